"""`[reporting]`: which months are reported, when a month opens and when it is due."""

import datetime as dtm
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from domain.calendar import Roll
from domain.periods import Period
from domain.schema import Between, Fault, FaultCode
from domain.vocabulary import PlanCategory

Month = Annotated[int, Between(1, 12)]
DayOfMonth = Annotated[int, Between(1, 31)]
# No month has fewer working days than this, 春节 included.
NthWorkday = Annotated[int, Between(1, 15)]
WorkingDays = Annotated[int, Between(1, 20)]


class MonthOf(StrEnum):
    """Which month a day lies in: the one that is reported on, or the one after it."""

    SAME = "same"
    NEXT = "next"


class Cycle(StrEnum):
    """How often projects report."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"


class Basis(StrEnum):
    """What a month's figure is (口径): 预计至月底, or 月末实际."""

    EXPECTED_TO_MONTH_END = "expected_to_month_end"
    MONTH_END_ACTUAL = "month_end_actual"


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthDay:
    """A day by its number (31 is the month's last) or as the n-th working day of the month."""

    of: MonthOf
    day: DayOfMonth | None = None
    nth_workday: NthWorkday | None = None

    def faults(self) -> Iterator[Fault]:
        """Exactly one of the two ways of naming the day is used."""
        if self.day is None and self.nth_workday is None:
            yield Fault("day", FaultCode.MISSING, "", "day, nth_workday")
        if self.day is not None and self.nth_workday is not None:
            yield Fault("day", FaultCode.CONFLICT, str(self.day), "nth_workday")


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRule(MonthDay):
    """When something is due, and where a due day goes that is a day off."""

    time: dtm.time
    roll: Roll


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthException:
    """A month whose report is due otherwise (清远: 12月为25日); it names only what differs."""

    month: Month
    of: MonthOf | None = None
    day: DayOfMonth | None = None
    nth_workday: NthWorkday | None = None
    time: dtm.time | None = None
    roll: Roll | None = None

    def faults(self) -> Iterator[Fault]:
        """At most one way of naming the day is used."""
        if self.day is not None and self.nth_workday is not None:
            yield Fault("day", FaultCode.CONFLICT, str(self.day), "nth_workday")

    def applied_to(self, rule: DueRule) -> DueRule:
        """The rule as it stands in this month."""
        names_day = self.day is not None or self.nth_workday is not None
        return DueRule(
            of=self.of or rule.of,
            day=self.day if names_day else rule.day,
            nth_workday=self.nth_workday if names_day else rule.nth_workday,
            time=rule.time if self.time is None else self.time,
            roll=self.roll or rule.roll,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class LongBreak:
    """After a break of `days` or more, a due day that is one of the first `within` working days
    moves to working day number `moves_to`, counted from the break."""

    days: Annotated[int, Between(3, 15)]
    within: WorkingDays
    moves_to: WorkingDays

    def faults(self) -> Iterator[Fault]:
        """A due day never moves to an earlier one."""
        if self.moves_to < self.within:
            yield Fault("moves_to", FaultCode.CONFLICT, str(self.moves_to), "within")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting(DueRule):
    """The cycle of reports. The due rule stands in the section itself, exceptions in `months`.

    `preparatory` is the cycle of 预备 projects. `merged_months` are months reported together at
    the last of them (1—2月). `settlement` is when the year's figures are final (年终核定).
    """

    cycle: Cycle
    preparatory: Cycle
    basis: Basis
    opens: MonthDay
    months: tuple[MonthException, ...] = ()
    merged_months: tuple[tuple[Month, ...], ...] = ()
    long_break: LongBreak | None = None
    settlement: DueRule | None = None

    def faults(self) -> Iterator[Fault]:
        """No month has two exceptions or is merged twice; merged months follow each other."""
        yield from MonthDay.faults(self)  # super() is broken in dataclasses with slots
        excepted = [exception.month for exception in self.months]
        yield from _repeated("months", excepted)
        yield from _repeated(
            "merged_months", [month for group in self.merged_months for month in group]
        )
        for group in self.merged_months:
            if len(group) < 2 or any(later != month + 1 for month, later in pairwise(group)):
                yield Fault("merged_months", FaultCode.CONFLICT, _listed(group), "")

    def due_rule(self, month: int) -> DueRule:
        """The rule for the report on a month (1 to 12)."""
        for exception in self.months:
            if exception.month == month:
                return exception.applied_to(self)
        return self

    def covered_by(self, period: Period, category: PlanCategory) -> tuple[Period, ...]:
        """The months that a report due for `period` covers; none when no report is due for it."""
        cycle = self.preparatory if category is PlanCategory.PREPARATORY else self.cycle
        if cycle is Cycle.QUARTERLY:
            return period.plus(-2).until(period) if period.month % 3 == 0 else ()
        for group in self.merged_months:
            if period.month in group:
                return (
                    Period(period.year, group[0]).until(period) if period.month == group[-1] else ()
                )
        return (period,)


def _repeated(path: str, months: list[int]) -> Iterator[Fault]:
    for month in sorted({month for month in months if months.count(month) > 1}):
        yield Fault(path, FaultCode.CONFLICT, str(month), "")


def _listed(months: tuple[int, ...]) -> str:
    return ", ".join(map(str, months))
