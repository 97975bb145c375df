"""The dates of the three series; 1—8 October 2026 are days off, the 10th is worked."""

import datetime as dtm
from dataclasses import replace
from itertools import islice, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import shipped_calendar
from domain.meetings.series import sittings
from domain.policy import MeetingRules, OnDayOff, shipped_policy
from domain.vocabulary import Level

CALENDAR = shipped_calendar()
SERIES = shipped_policy("city").meetings.series
DAYS = st.dates(dtm.date(2026, 1, 1), dtm.date(2026, 12, 31))


def held(rules: MeetingRules, since: dtm.date, count: int) -> list[str]:
    return [f"{one.day:%m-%d}" for one in islice(sittings(rules, CALENDAR, since), count)]


@pytest.mark.parametrize(
    ("level", "since", "days"),
    [
        # The second Wednesday of each month.
        (Level.REGION, dtm.date(2026, 11, 1), ["11-11", "12-09"]),
        (Level.REGION, dtm.date(2026, 11, 12), ["12-09"]),
        # The 1st and the 16th; 1 November is a Sunday, so Monday.
        (Level.CITY, dtm.date(2026, 11, 1), ["11-02", "11-16", "12-01", "12-16"]),
        # Every Monday.
        (Level.COUNTY, dtm.date(2026, 11, 18), ["11-23", "11-30", "12-07"]),
    ],
)
def test_each_level_meets_as_its_plan_says(level: Level, since: dtm.date, days: list[str]) -> None:
    assert held(SERIES[level], since, len(days)) == days


def test_in_a_holiday_week_a_meeting_is_moved_or_skipped_as_the_policy_says() -> None:
    weekly, half_monthly = SERIES[Level.COUNTY], SERIES[Level.CITY]
    first = CALENDAR.add_working_days(dtm.date(2026, 9, 30), 1)

    assert held(half_monthly, dtm.date(2026, 10, 1), 1) == [f"{first:%m-%d}"]
    assert held(weekly, dtm.date(2026, 9, 28), 2) == ["09-28", "10-12"]


@given(st.sampled_from(Level), st.sampled_from(OnDayOff), DAYS)
def test_no_meeting_of_a_series_falls_on_a_day_off_or_together_with_the_next(
    level: Level, on_day_off: OnDayOff, since: dtm.date
) -> None:
    rules = replace(SERIES[level], on_day_off=on_day_off)
    found = list(islice(sittings(rules, CALENDAR, since), 8))

    assert all(CALENDAR.is_working_day(one.day) for one in found)
    assert all(one.planned_for >= since for one in found)
    assert all(one.day < other.day for one, other in pairwise(found))
    if on_day_off is OnDayOff.SKIP:
        assert all(one.day == one.planned_for for one in found)
