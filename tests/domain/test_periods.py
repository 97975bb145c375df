from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period, read_period, split_as_at

TODAY = date(2026, 11, 18)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PERIODS = DAYS.map(Period.of)


def test_a_period_knows_its_first_and_last_day() -> None:
    assert Period(2028, 2).first_day == date(2028, 2, 1)
    assert Period(2028, 2).last_day == date(2028, 2, 29)


def test_the_month_after_december_is_january_of_the_next_year() -> None:
    assert Period(2026, 12).next == Period(2027, 1)
    assert Period(2027, 1).previous == Period(2026, 12)


@pytest.mark.parametrize("month", [0, 13, -1])
def test_a_month_that_does_not_exist_is_refused(month: int) -> None:
    with pytest.raises(ValueError, match="month"):
        Period(2026, month)


@pytest.mark.parametrize("text", ["2026-9", "2026-13", "202609", "2026-09-01", "", "２０２６-09"])
def test_only_the_one_spelling_of_data_is_parsed(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a period|month must be"):
        Period.parse(text)


def test_the_months_up_to_a_period_include_both_ends() -> None:
    assert Period(2026, 11).until(Period(2027, 1)) == (
        Period(2026, 11),
        Period(2026, 12),
        Period(2027, 1),
    )
    assert Period(2026, 11).until(Period(2026, 10)) == ()


@given(PERIODS)
def test_what_data_spells_is_read_back(period: Period) -> None:
    assert Period.parse(str(period)) == period


@given(PERIODS, st.integers(-300, 300))
def test_moving_there_and_back_changes_nothing(period: Period, months: int) -> None:
    assert period.plus(months).plus(-months) == period


@given(PERIODS, PERIODS)
def test_periods_sort_as_their_days_do(one: Period, other: Period) -> None:
    assert (one < other) == (one.first_day < other.first_day)


@given(DAYS)
def test_the_period_ended_by_a_day_is_over_and_the_next_one_is_not(day: date) -> None:
    ended = Period.ended_by(day)

    assert ended.last_day <= day < ended.next.last_day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("截至9月底", "2026-09"),
        ("截至 9 月底", "2026-09"),
        ("截止到9月末", "2026-09"),
        ("截至9月", "2026-09"),
        ("9月", "2026-09"),
        ("９月", "2026-09"),
        ("9月份", "2026-09"),
        ("九月", "2026-09"),
        ("截至九月底", "2026-09"),
        ("十一月", "2026-11"),
        ("十二月", "2025-12"),
        ("12月", "2025-12"),
        ("11月", "2026-11"),
        ("2026年9月", "2026-09"),
        ("截至2026年9月底", "2026-09"),
        ("二〇二六年九月", "2026-09"),
        ("二零二五年12月", "2025-12"),
        ("2026-09", "2026-09"),
        ("2026.9", "2026-09"),
        ("2026/9", "2026-09"),
        ("2026年09月", "2026-09"),
        ("202609", "2026-09"),
        ("1-9月", "2026-09"),
        ("1—10月", "2026-10"),
        ("2025年1至9月", "2025-09"),
        ("本月", "2026-11"),
        ("上月", "2026-10"),
        ("上个月底", "2026-10"),
        ("上上月", "2026-09"),
        ("去年12月", "2025-12"),
        ("去年底", "2025-12"),
        ("去年", "2025-12"),
        ("前年", "2024-12"),
        ("2025年", "2025-12"),
        ("2025年底", "2025-12"),
        ("年底", "2025-12"),
        ("今年", "2026-11"),
        ("今年以来", "2026-11"),
        ("今年9月", "2026-09"),
        ("上半年", "2026-06"),
        ("去年上半年", "2025-06"),
        ("一季度", "2026-03"),
        ("前三季度", "2026-09"),
        ("明年3月", "2027-03"),
        ("截至9月30日", "2026-09"),
        ("截至9月25日", "2026-08"),
        ("截至12月31日", "2025-12"),
        ("截至2026-09-30", "2026-09"),
        ("2026年9月29号", "2026-08"),
        ("as at Sep 2026", "2026-09"),
        ("as of end of September", "2026-09"),
        ("as at the end of September", "2026-09"),
        ("end Sep 2025", "2025-09"),
        ("September 2026", "2026-09"),
        ("Sept", "2026-09"),
        ("Dec", "2025-12"),
        ("December last year", "2025-12"),
        ("last month", "2026-10"),
        ("last year", "2025-12"),
        ("Q3", "2026-09"),
        ("q3 2025", "2025-09"),
        ("first half 2026", "2026-06"),
        ("as at 2026-09", "2026-09"),
    ],
)
def test_a_month_is_understood_as_people_name_it(text: str, expected: str) -> None:
    assert read_period(text, TODAY) == Period.parse(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "截至",
        "五象",
        "13月",
        "0月",
        "2026年13月",
        "9月31日",
        "1亿",
        "9",
        "3-9月",
        "月底",
        "9月x",
    ],
)
def test_what_names_no_month_is_not_guessed(text: str) -> None:
    assert read_period(text, TODAY) is None


@given(DAYS, st.integers(1, 12))
def test_a_month_without_a_year_is_the_latest_that_has_begun(today: date, month: int) -> None:
    period = read_period(f"{month}月", today)

    assert period is not None
    assert period.first_day <= today < period.plus(12).first_day


@given(PERIODS, DAYS)
def test_a_month_with_its_year_is_itself_whenever_it_is_said(period: Period, today: date) -> None:
    assert read_period(f"截至{period.year}年{period.month}月底", today) == period
    assert read_period(str(period), today) == period


@given(DAYS)
def test_a_day_that_is_named_means_the_last_month_over_by_then(day: date) -> None:
    today = day + timedelta(days=40)

    assert read_period(f"截至{day:%Y-%m-%d}", today) == Period.ended_by(day)


@pytest.mark.parametrize(
    ("text", "rest", "expected"),
    [
        ("五象大道 截至9月底", "五象大道", "2026-09"),
        ("五象大道截至9月底", "五象大道", "2026-09"),
        ("截至9月底 五象大道", "五象大道", "2026-09"),
        ("截至9月底五象大道", "五象大道", "2026-09"),
        ("五象大道 9月", "五象大道", "2026-09"),
        ("五象大道 去年12月", "五象大道", "2025-12"),
        ("Wuxiang Avenue as at Sep 2026", "Wuxiang Avenue", "2026-09"),
        ("Wuxiang Avenue As of last month", "Wuxiang Avenue", "2026-10"),
        ("9月", "", "2026-09"),
    ],
)
def test_a_question_is_split_from_its_month(text: str, rest: str, expected: str) -> None:
    assert split_as_at(text, TODAY) == (rest, Period.parse(expected))


@pytest.mark.parametrize(
    "text", ["五象大道", "三月三广场", "2026年产20万辆新能源汽车", "jiang jun", "may", "五一路 9号"]
)
def test_a_name_that_only_looks_like_a_month_stays_whole(text: str) -> None:
    assert split_as_at(text, TODAY) == (text, None)
