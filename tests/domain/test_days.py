from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.days import Days, read_day, read_days, read_last_day

# A Wednesday.
TODAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("今天", date(2026, 11, 18)),
        ("明天", date(2026, 11, 19)),
        ("大后天", date(2026, 11, 21)),
        ("昨天", date(2026, 11, 17)),
        ("tomorrow", date(2026, 11, 19)),
        ("11月25日", date(2026, 11, 25)),
        ("11月25号", date(2026, 11, 25)),
        ("11月25", date(2026, 11, 25)),
        ("１１月２５日", date(2026, 11, 25)),
        (" 11 月 25 日 ", date(2026, 11, 25)),
        ("2026年11月25日", date(2026, 11, 25)),
        ("2026-11-25", date(2026, 11, 25)),
        ("2026.11.25", date(2026, 11, 25)),
        ("2026/11/25", date(2026, 11, 25)),
        ("20261125", date(2026, 11, 25)),
        ("12.25", date(2026, 12, 25)),
        ("12/25", date(2026, 12, 25)),
        ("12-25", date(2026, 12, 25)),
        ("25 Nov", date(2026, 11, 25)),
        ("November 25, 2027", date(2027, 11, 25)),
        ("25日", date(2026, 11, 25)),
        ("18号", date(2026, 11, 18)),
        ("17日", date(2026, 12, 17)),
        ("31日", date(2026, 12, 31)),
        ("1月3日", date(2027, 1, 3)),
        ("明年1月3日", date(2027, 1, 3)),
        ("11月16日", date(2026, 11, 16)),
        ("9月20日", date(2026, 9, 20)),
        ("9月1日", date(2027, 9, 1)),
        ("周三", date(2026, 11, 18)),
        ("星期五", date(2026, 11, 20)),
        ("周一", date(2026, 11, 23)),
        ("下周一", date(2026, 11, 23)),
        ("下周五", date(2026, 11, 27)),
        ("下个礼拜天", date(2026, 11, 29)),
        ("本周日", date(2026, 11, 22)),
        ("next Monday", date(2026, 11, 23)),
        ("从11月25日起", date(2026, 11, 25)),
        ("明天请假", date(2026, 11, 19)),
    ],
)
def test_a_day_is_understood_as_people_write_it(text: str, day: date) -> None:
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "5",
        "25",
        "下周",
        "过几天",
        "13月1日",
        "11月31日",
        "2月29日",
        "2026年2月30日",
        "0日",
        "32日",
        "1200万",
        "11月",
        "白露大道",
        "٢٥日",
        "9999999999日",
    ],
)
def test_what_names_no_day_there_is_is_none(text: str) -> None:
    assert read_day(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11月25日至27日", date(2026, 11, 25), date(2026, 11, 27)),
        ("11月25日到27号", date(2026, 11, 25), date(2026, 11, 27)),
        ("11月25日-11月27日", date(2026, 11, 25), date(2026, 11, 27)),
        ("11月30日—2日", date(2026, 11, 30), date(2026, 12, 2)),
        ("12月30日至1月2日", date(2026, 12, 30), date(2027, 1, 2)),
        ("11.25-11.27", date(2026, 11, 25), date(2026, 11, 27)),
        ("2026-11-25至2026-11-27", date(2026, 11, 25), date(2026, 11, 27)),
        ("2026-11-25 - 2026-11-27", date(2026, 11, 25), date(2026, 11, 27)),
        ("25—27日", date(2026, 11, 25), date(2026, 11, 27)),
        ("12月5日到25日", date(2026, 12, 5), date(2026, 12, 25)),
        ("25日到20日", date(2026, 11, 25), date(2026, 12, 20)),
        ("11月10日至12日", date(2026, 11, 10), date(2026, 11, 12)),
        ("11月25日到下周五", date(2026, 11, 25), date(2026, 11, 27)),
        ("12月1日到周五", date(2026, 12, 1), date(2026, 12, 4)),
        ("25-27", date(2026, 11, 25), date(2026, 11, 27)),
        ("明天到后天", date(2026, 11, 19), date(2026, 11, 20)),
        ("明天到周五", date(2026, 11, 19), date(2026, 11, 20)),
        ("25 Nov to 27 Nov", date(2026, 11, 25), date(2026, 11, 27)),
        ("从25日起到27日止", date(2026, 11, 25), date(2026, 11, 27)),
        ("明天", date(2026, 11, 19), date(2026, 11, 19)),
        ("12-25", date(2026, 12, 25), date(2026, 12, 25)),
    ],
)
def test_days_from_one_to_another_come_in_one_go(text: str, first: date, last: date) -> None:
    assert read_days(text, TODAY) == Days(first, last)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("11月27日", date(2026, 11, 27)),
        ("27日", date(2026, 11, 27)),
        ("27", date(2026, 11, 27)),
        ("2日", date(2026, 12, 2)),
        ("20日", date(2026, 11, 20)),
        ("当天", date(2026, 11, 25)),
        ("One day", date(2026, 11, 25)),
        ("1天", date(2026, 11, 25)),
        ("3天", date(2026, 11, 27)),
        ("下周五", date(2026, 11, 27)),
        ("0天", None),
        ("不知道", None),
    ],
)
def test_a_last_day_is_named_or_counted_from_the_first(text: str, last: date | None) -> None:
    first = date(2026, 11, 20) if text == "20日" else date(2026, 11, 25)

    assert read_last_day(text, first, TODAY) == last


def test_days_in_the_wrong_order_are_read_as_written() -> None:
    found = read_days("2026-11-27至2026-11-25", TODAY)

    assert found is not None
    assert not found.in_order


DAYS = st.dates(date(2020, 1, 1), date(2099, 12, 31))


@given(DAYS, DAYS)
def test_a_day_with_its_year_means_the_same_whenever_it_is_said(day: date, today: date) -> None:
    written = f"{day.year}年{day.month}月{day.day}日"

    assert read_day(written, today) == read_day(day.isoformat(), today) == day


@given(DAYS, DAYS)
def test_a_day_without_its_year_is_never_long_past(day: date, today: date) -> None:
    found = read_day(f"{day.month}月{day.day}日", today)

    if found is not None:
        assert (found.month, found.day) == (day.month, day.day)
        assert timedelta(days=-60) <= found - today <= timedelta(days=366)


@given(st.text(), DAYS)
def test_nothing_anybody_types_raises(text: str, today: date) -> None:
    found = read_days(text, today)

    assert found is None or read_day(text, today) in (None, found.first)
