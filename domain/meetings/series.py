"""The dates of a level's series: every month (自治区), half month (设区市) or week (县)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import Calendar, Roll
from domain.periods import Period
from domain.policy.meetings import Cadence, MeetingRules, OnDayOff, Weekday

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of a series: the day the rule names, and the day it is held on."""

    planned_for: date
    day: date


def sittings(rules: MeetingRules, calendar: Calendar, since: date) -> Iterator[Sitting]:
    """The meetings of a series that the rule names on `since` or later, without an end.

    One that falls on a day off is moved to the next working day or skipped, as the policy says;
    one that would be moved onto the next meeting or past it is skipped, too.
    """
    days = _named_days(rules, since)
    named = next(days)
    while True:
        following = next(days)
        day = calendar.roll(named, Roll.NEXT)
        held = day == named or (rules.on_day_off is OnDayOff.MOVE and day < following)
        if held:
            yield Sitting(named, day)
        named = following


def _named_days(rules: MeetingRules, since: date) -> Iterator[date]:
    if rules.cadence is Cadence.WEEKLY:
        yield from _weekly(_number(rules.weekday), since)
    period = Period.of(since)
    while True:
        yield from (day for day in _of_month(rules, period) if day >= since)
        period = period.next


def _weekly(weekday: int, since: date) -> Iterator[date]:
    day = since + timedelta(days=(weekday - since.weekday()) % 7)
    while True:
        yield day
        day += _WEEK


def _of_month(rules: MeetingRules, period: Period) -> Iterator[date]:
    if rules.cadence is Cadence.HALF_MONTHLY:
        yield from (period.first_day.replace(day=day) for day in sorted(rules.days))
        return
    assert rules.week, "a sound policy names the week of a monthly meeting"
    first = next(_weekly(_number(rules.weekday), period.first_day))
    yield first + _WEEK * (rules.week - 1)


def _number(weekday: Weekday | None) -> int:
    assert weekday, "a sound policy names the weekday"
    return list(Weekday).index(weekday)
