"""When units hear of a meeting and when they answer, on the shipped policy."""

import datetime as dtm
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import shipped_calendar
from domain.meetings.timing import draft_at, first_notice_at, invited, is_soon, overlap
from domain.policy import shipped_policy
from domain.timetable import Timetable
from domain.vocabulary import Level

ZONE = ZoneInfo("Asia/Shanghai")
RULES = Timetable(shipped_policy("city"), shipped_calendar(), ZONE)
MEETING = dtm.datetime(2026, 12, 2, 15, tzinfo=ZONE)
MINUTES = st.integers(0, 340 * 24 * 60)


@pytest.mark.parametrize(
    ("level", "day"),
    [(Level.COUNTY, "12-01 09:00"), (Level.CITY, "11-30 09:00"), (Level.REGION, "11-27 09:00")],
)
def test_units_are_first_told_one_two_or_three_working_days_before(level: Level, day: str) -> None:
    told = first_notice_at(RULES, level, MEETING)

    assert f"{told.astimezone(ZONE):%m-%d %H:%M}" == day
    assert draft_at(RULES, level, MEETING) < told


def test_a_meeting_on_a_day_off_is_announced_before_that_break() -> None:
    saturday = dtm.datetime(2026, 12, 5, 15, tzinfo=ZONE)
    told = first_notice_at(RULES, Level.COUNTY, saturday)
    assert f"{told.astimezone(ZONE):%m-%d}" == "12-04"


@pytest.mark.parametrize(
    ("noticed", "due", "reminded"),
    [
        ((11, 30, 9), "12-01 12:00", "12-01 10:00"),
        ((12, 1, 9), "12-01 17:00", "12-01 15:00"),
        ((12, 2, 10), "12-02 14:00", "12-02 12:00"),
        ((12, 2, 14), "12-02 14:00", "12-02 14:00"),
    ],
)
def test_the_answer_is_due_the_day_before_or_an_hour_before_at_short_notice(
    noticed: tuple[int, int, int], due: str, reminded: str
) -> None:
    month, day, hour = noticed
    dates = invited(RULES, MEETING, dtm.datetime(2026, month, day, hour, tzinfo=ZONE))

    assert f"{dates.reply_due_at.astimezone(ZONE):%m-%d %H:%M}" == due
    assert f"{dates.remind_at.astimezone(ZONE):%m-%d %H:%M}" == reminded


@given(MINUTES, st.timedeltas(dtm.timedelta(minutes=1), dtm.timedelta(days=20)))
def test_an_answer_is_due_after_the_notice_and_before_the_meeting(
    minutes: int, ahead: dtm.timedelta
) -> None:
    notice_at = dtm.datetime(2026, 1, 5, tzinfo=dtm.UTC) + dtm.timedelta(minutes=minutes)
    dates = invited(RULES, notice_at + ahead, notice_at)
    assert notice_at <= dates.remind_at <= dates.reply_due_at <= notice_at + ahead


def test_meetings_overlap_within_two_hours_and_are_soon_within_a_day() -> None:
    hour = dtm.timedelta(hours=1)
    assert overlap(MEETING, MEETING + hour)
    assert not overlap(MEETING, MEETING + 2 * hour)
    assert is_soon(MEETING, MEETING - 24 * hour)
    assert not is_soon(MEETING, MEETING - 25 * hour)
