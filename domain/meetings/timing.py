"""When units are told of a meeting, when they answer, and when they are reminded."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from domain.calendar import Roll
from domain.policy.meetings import MeetingRules
from domain.timetable import Timetable
from domain.vocabulary import Level

LENGTH = timedelta(hours=2)
"""How long a meeting is taken to last, for overlaps and calendars. (Our own rule.)"""

SOON = timedelta(hours=24)
"""A change so shortly before a meeting is urgent."""

PREPARED = 2
"""So many working days before the first notice a draft lies on the organiser's table."""

# The answer is due at noon of the working day before, as notices write it, or that afternoon when
# the notice came only in the morning.
_DUE_HOURS = (time(12), time(17))
_TIME_TO_ANSWER = timedelta(hours=4)
_REMINDED_BEFORE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Invited:
    """The dates of an invitation that leaves at `notice_at`."""

    notice_at: datetime
    reply_due_at: datetime
    remind_at: datetime


def rules_of(timetable: Timetable, level: Level) -> MeetingRules | None:
    """The rules of a level's series, if the policy has one."""
    return timetable.policy.meetings.series.get(level)


def first_notice_at(timetable: Timetable, level: Level, starts_at: datetime) -> datetime:
    """When units are first told: county 1, city 2, region 3 working days before, in the morning."""
    rules = rules_of(timetable, level)
    days = rules.notice_working_days if rules else PREPARED
    return _morning(timetable, starts_at, days)


def draft_at(timetable: Timetable, level: Level, starts_at: datetime) -> datetime:
    """When the organiser finds the draft of a series' meeting, to look through and let out."""
    return _morning(timetable, first_notice_at(timetable, level, starts_at), PREPARED)


def invited(timetable: Timetable, starts_at: datetime, notice_at: datetime) -> Invited:
    """By when a unit that is told at `notice_at` is to answer; always before the meeting begins.

    Called at short notice, the answer is due an hour before, and the reminder may come at once.
    """
    before = timetable.calendar.add_working_days(timetable.local_day(starts_at), -1)
    hours = (timetable.instant(before, hour) for hour in _DUE_HOURS)
    enough = [at for at in hours if at - notice_at >= _TIME_TO_ANSWER]
    due_at = enough[0] if enough else max(notice_at, starts_at - timedelta(hours=1))
    due_at = min(due_at, starts_at)
    remind_at = max(due_at - _REMINDED_BEFORE, notice_at + (due_at - notice_at) / 2)
    return Invited(notice_at, due_at, remind_at)


def overlap(one: datetime, other: datetime) -> bool:
    """Whether two meetings that begin then take place at the same time."""
    return abs(one - other) < LENGTH


def is_soon(starts_at: datetime, now: datetime) -> bool:
    """Whether the meeting is within 24 hours."""
    return starts_at - now <= SOON


def _morning(timetable: Timetable, instant: datetime, days: int) -> datetime:
    day = timetable.local_day(instant)
    # Whatever lies on a day off counts from the working day after it.
    worked = timetable.calendar.roll(day, Roll.NEXT)
    morning = timetable.calendar.add_working_days(worked, -days)
    return timetable.instant(morning, timetable.policy.reminders.time)
