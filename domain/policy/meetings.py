"""`[meetings]`: how often each level meets, how early units are told, what is followed up."""

import datetime as dtm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from domain.schema import Between, Fault, FaultCode
from domain.vocabulary import Level

WorkingDays = Annotated[int, Between(1, 60)]


class Cadence(StrEnum):
    """How often a level holds its coordination meeting (自治区每月, 设区市每半月, 县每周)."""

    WEEKLY = "weekly"
    HALF_MONTHLY = "half_monthly"
    MONTHLY = "monthly"


class OnDayOff(StrEnum):
    """What becomes of a meeting that falls on a day off."""

    MOVE = "move"
    SKIP = "skip"


class Weekday(StrEnum):
    """The days of the week, Monday first."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRules:
    """A level's series. Weekly: on a weekday. Monthly: on the `week`-th such weekday of the
    month (第二个周三). Half-monthly: on the `days` of the month, fixed anchors."""

    cadence: Cadence
    time: dtm.time
    notice_working_days: WorkingDays
    on_day_off: OnDayOff
    weekday: Weekday | None = None
    week: Annotated[int, Between(1, 4)] | None = None
    days: tuple[Annotated[int, Between(1, 28)], ...] = ()

    def faults(self) -> Iterator[Fault]:
        """The cadence has just the keys that it needs."""
        needed = _NEEDS[self.cadence]
        given = {name for name in ("weekday", "week", "days") if getattr(self, name)}
        for name in sorted(needed - given):
            yield Fault(name, FaultCode.MISSING, "", self.cadence)
        for name in sorted(given - needed):
            yield Fault(name, FaultCode.CONFLICT, "", self.cadence)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meetings:
    """Coordination meetings, and what they decide."""

    series: Mapping[Level, MeetingRules]
    reminder_minutes: Annotated[int, Between(5, 24 * 60)]
    decision_working_days: WorkingDays
    evidence_photo: bool


_NEEDS = {
    Cadence.WEEKLY: {"weekday"},
    Cadence.HALF_MONTHLY: {"days"},
    Cadence.MONTHLY: {"weekday", "week"},
}
