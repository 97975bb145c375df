import csv
import io
from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar, Roll, Span, read_calendar, shipped_calendar
from domain.periods import Period
from domain.schema import FaultCode, FaultyDataError

OFFICE = shipped_calendar()
NATIONAL = Calendar(OFFICE.layers[:1])
DAYS = st.dates(date(2025, 1, 1), date(2030, 12, 31))

# The deadline vectors for 2026 in Guangxi: what becomes of the 25th (rolled on, rolled back), of
# the 5th, of the 2nd, and the 5th working day, month by month.
VECTORS = """\
month,25th on,25th back,5th on,5th working day,2nd on
2026-01,01-26,01-23,01-05,01-08,01-04
2026-02,02-25,02-25,02-05,02-06,02-02
2026-03,03-25,03-25,03-05,03-06,03-02
2026-04,04-27,04-24,04-07,04-08,04-02
2026-05,05-25,05-25,05-06,05-11,05-06
2026-06,06-25,06-25,06-05,06-05,06-02
2026-07,07-27,07-24,07-06,07-07,07-02
2026-08,08-25,08-25,08-05,08-07,08-03
2026-09,09-28,09-24,09-07,09-07,09-02
2026-10,10-26,10-23,10-08,10-13,10-08
2026-11,11-25,11-25,11-05,11-06,11-02
2026-12,12-25,12-25,12-07,12-07,12-02
"""


@pytest.mark.parametrize(
    "row", list(csv.DictReader(io.StringIO(VECTORS))), ids=lambda r: r["month"]
)
def test_deadlines_of_2026_in_guangxi(row: dict[str, str]) -> None:
    period = Period.parse(row["month"])

    def day(number: int) -> date:
        return period.first_day.replace(day=number)

    computed = {
        "25th on": OFFICE.roll(day(25), Roll.NEXT),
        "25th back": OFFICE.roll(day(25), Roll.PREVIOUS),
        "5th on": OFFICE.roll(day(5), Roll.NEXT),
        "5th working day": OFFICE.nth_working_day(period, 5),
        "2nd on": OFFICE.roll(day(2), Roll.NEXT),
    }

    assert {name: f"{found:%m-%d}" for name, found in computed.items()} == {
        name: row[name] for name in computed
    }


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_national_layer_agrees_with_an_independent_calendar(year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]

    assert [
        day for day in days if NATIONAL.is_working_day(day) != chinese_calendar.is_workday(day)
    ] == []


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-03-31", False),
        ("2025-04-01", False),
        ("2025-04-02", True),
        ("2026-04-16", True),
        ("2026-04-17", False),
        ("2026-04-20", False),
        ("2026-04-21", True),
        ("2026-02-14", True),
        ("2026-10-08", True),
        ("2026-10-10", True),
        ("2021-04-18", True),
        ("2017-04-08", True),
    ],
)
def test_guangxi_has_sanyuesan_on_top_of_the_national_calendar(day: str, works: bool) -> None:
    assert OFFICE.is_working_day(date.fromisoformat(day)) is works


def test_a_region_can_take_off_a_national_makeup_workday() -> None:
    national_2017 = {
        "published": True,
        "makeup_work": ["2017-04-01"],
        "off": ["2017-04-02..2017-04-04"],
    }
    calendar = OFFICE.with_notice("CN", 2017, national_2017)

    assert Calendar(calendar.layers[:1]).is_working_day(date(2017, 4, 1))
    assert not calendar.is_working_day(date(2017, 4, 1))


def test_five_working_days_count_makeup_saturdays_over_the_national_holiday() -> None:
    assert OFFICE.add_working_days(date(2026, 9, 29), 5) == date(2026, 10, 12)


def test_a_year_without_a_notice_is_provisional() -> None:
    assert not OFFICE.is_provisional(date(2026, 12, 31))
    assert OFFICE.is_provisional(date(2027, 1, 4))
    assert not OFFICE.is_published(2027)


@pytest.mark.parametrize(
    "day", ["2027-01-01", "2027-02-08", "2027-06-09", "2027-10-01", "2040-10-01"]
)
def test_a_year_without_a_notice_still_has_its_statutory_days(day: str) -> None:
    assert not OFFICE.is_working_day(date.fromisoformat(day))


def test_once_the_country_has_announced_only_the_season_of_sanyuesan_stays_provisional() -> None:
    calendar = OFFICE.with_notice(
        "CN", 2027, {"published": True, "off": ["2027-01-01..2027-01-03"]}
    )

    assert not calendar.is_provisional(date(2027, 1, 25))
    assert calendar.is_provisional(date(2027, 4, 9))
    assert not calendar.is_provisional(date(2027, 5, 6))


def test_a_loaded_notice_replaces_the_estimate() -> None:
    notice = {"published": True, "off": ["2027-02-05..2027-02-13"], "makeup_work": ["2027-02-20"]}
    calendar = OFFICE.with_notice("CN", 2027, notice)

    assert OFFICE.is_working_day(date(2027, 2, 11))
    assert not calendar.is_working_day(date(2027, 2, 11))
    assert calendar.is_working_day(date(2027, 2, 20))


@pytest.mark.parametrize(
    ("notice", "path", "code"),
    [
        ({}, "years.2027.published", FaultCode.MISSING),
        ({"published": True, "offf": []}, "years.2027.offf", FaultCode.UNKNOWN_KEY),
        ({"published": True, "off": ["2027-02-30"]}, "years.2027.off[0]", FaultCode.MALFORMED),
        (
            {"published": True, "off": ["2027-02-06..2027-02-05"]},
            "years.2027.off[0]",
            FaultCode.MALFORMED,
        ),
        ({"published": True, "off": ["2026-02-06"]}, "years.2027", FaultCode.CONFLICT),
        (
            {"published": True, "makeup_work": ["2027-02-10"]},
            "years.2027.makeup_work",
            FaultCode.CONFLICT,
        ),
        (
            {"published": True, "off": ["2027-02-06"], "makeup_work": ["2027-02-06"]},
            "years.2027.makeup_work",
            FaultCode.CONFLICT,
        ),
    ],
)
def test_an_unsound_notice_is_refused(
    notice: dict[str, object], path: str, code: FaultCode
) -> None:
    with pytest.raises(FaultyDataError) as refused:
        OFFICE.with_notice("CN", 2027, notice)

    assert [(fault.path, fault.code) for fault in refused.value.faults] == [(path, code)]


def test_a_notice_for_an_unknown_layer_is_refused() -> None:
    with pytest.raises(FaultyDataError) as refused:
        OFFICE.with_notice("CN-XX", 2027, {"published": True})

    assert refused.value.faults[0].path == "layer"


def test_data_that_is_no_calendar_is_refused() -> None:
    with pytest.raises(FaultyDataError):
        read_calendar([])


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-10-08", "2026-10-01..2026-10-07"),
        ("2026-10-10", "2026-10-01..2026-10-07"),
        ("2026-10-12", None),
        ("2026-02-25", "2026-02-15..2026-02-23"),
        ("2026-04-07", None),
        ("2026-05-06", "2026-05-01..2026-05-05"),
    ],
)
def test_a_long_break_is_remembered_for_three_working_days(day: str, expected: str | None) -> None:
    found = OFFICE.long_break_before(date.fromisoformat(day), at_least=5, within=3)

    assert found == (Span.parse(expected) if expected else None)


def test_a_weekend_does_not_hide_the_long_break_before_it() -> None:
    calendar = OFFICE.with_notice(
        "CN", 2027, {"published": True, "off": ["2027-02-05..2027-02-10"]}
    )
    thursday_after, monday = date(2027, 2, 11), date(2027, 2, 15)

    assert calendar.is_working_day(thursday_after)
    assert calendar.long_break_before(monday, at_least=5, within=3) == Span(
        date(2027, 2, 5), date(2027, 2, 10)
    )


@given(DAYS, st.integers(1, 60))
def test_counting_forward_lands_on_a_working_day_that_many_later(day: date, count: int) -> None:
    found = OFFICE.add_working_days(day, count)

    assert OFFICE.is_working_day(found)
    assert OFFICE.working_days_between(day, found) == count


@given(DAYS.filter(OFFICE.is_working_day), st.integers(-60, 60))
def test_counting_there_and_back_returns_to_a_working_day(day: date, count: int) -> None:
    assert OFFICE.add_working_days(OFFICE.add_working_days(day, count), -count) == day


@given(DAYS, DAYS, DAYS)
def test_working_days_of_two_stretches_add_up(one: date, two: date, three: date) -> None:
    whole = OFFICE.working_days_between(one, three)

    assert OFFICE.working_days_between(one, two) + OFFICE.working_days_between(two, three) == whole


@given(DAYS, st.sampled_from([Roll.NEXT, Roll.PREVIOUS]))
def test_a_rolled_day_is_the_nearest_working_day_on_its_side(day: date, rule: Roll) -> None:
    rolled = OFFICE.roll(day, rule)

    assert OFFICE.is_working_day(rolled)
    assert (rolled >= day) if rule is Roll.NEXT else (rolled <= day)
    first, last = sorted((day, rolled))
    between = [first + timedelta(days=n) for n in range(1, (last - first).days)]
    assert not any(map(OFFICE.is_working_day, between))


@given(DAYS)
def test_without_a_roll_rule_a_date_stays(day: date) -> None:
    assert OFFICE.roll(day, Roll.NONE) == day
