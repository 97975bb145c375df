"""A period's round: every date of it, and what a change of the rules would move.

Opening a period, acting on it, previewing a policy and listing what comes all ask these functions,
so what is shown is what will happen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.periods import Period
from domain.policy import Policy
from domain.timetable import Reminder, Step, Timetable
from domain.vocabulary import PlanCategory


class Mark(StrEnum):
    """What a date of a round is."""

    OPENS = "opens"
    REMINDER = "reminder"
    LAST_CALL = "last_call"
    DUE = "due"
    RUNG = "rung"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Dated:
    """One date of a round; `working_days` is how far a reminder or rung is from the due day."""

    mark: Mark
    at: datetime
    working_days: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """All dates of one reporting period."""

    period: Period
    opens_at: datetime
    due_at: datetime
    reminders: tuple[Reminder, ...]
    ladder: tuple[Step, ...]
    settled_at: datetime | None = None

    def dates(self) -> tuple[Dated, ...]:
        """The round day by day."""
        found = [Dated(Mark.OPENS, self.opens_at), Dated(Mark.DUE, self.due_at)]
        found += [_reminded(reminder) for reminder in self.reminders]
        found += [Dated(Mark.RUNG, step.at, step.rung.working_days) for step in self.ladder]
        found += [Dated(Mark.SETTLED, self.settled_at)] if self.settled_at else []
        return tuple(sorted(found, key=lambda dated: dated.at))


@dataclass(frozen=True, slots=True)
class Move:
    """A date that other rules would move; None where one of them does not know it."""

    period: Period
    mark: Mark
    working_days: int
    was: datetime | None
    becomes: datetime | None


def round_of(timetable: Timetable, period: Period) -> Round:
    """The round of one period."""
    due_at = timetable.due_at(period)
    return Round(
        period,
        timetable.opens_at(period),
        due_at,
        timetable.reminders(due_at),
        timetable.ladder(due_at),
        timetable.settled_at(period.year) if period.month == 12 else None,
    )


def rounds_ahead(timetable: Timetable, now: datetime) -> Iterator[Round]:
    """The rounds whose due time is still ahead, the next one first, without an end."""
    # A report may be due in the month after its own, and a long break moves it further still.
    period = Period.of(timetable.local_day(now)).plus(-2)
    while True:
        if is_reported(timetable.policy, period):
            coming = round_of(timetable, period)
            if coming.due_at > now:
                yield coming
        period = period.next


def is_reported(policy: Policy, period: Period) -> bool:
    """Whether anybody reports on this period by itself."""
    return bool(owing_categories(policy, period))


def owing_categories(policy: Policy, period: Period) -> tuple[PlanCategory, ...]:
    """The plan categories whose projects report on this period."""
    return tuple(
        category for category in PlanCategory if policy.reporting.covered_by(period, category)
    )


def moves(old: Iterable[Round], new: Iterable[Round]) -> tuple[Move, ...]:
    """What differs between the dates of the same periods by either rules, in their order."""
    before = {one.period: one for one in old}
    after = {one.period: one for one in new}
    return tuple(
        move
        for period in sorted(before.keys() | after.keys())
        for move in _moved(before.get(period), after.get(period))
    )


def _moved(old: Round | None, new: Round | None) -> Iterator[Move]:
    known = old or new
    assert known, "a period is in one of both lookouts"
    was, becomes = _by_mark(old), _by_mark(new)
    for mark, days in dict.fromkeys([*was, *becomes]):
        at, then = was.get((mark, days)), becomes.get((mark, days))
        if at != then:
            yield Move(known.period, mark, days, at, then)


def _by_mark(known: Round | None) -> dict[tuple[Mark, int], datetime]:
    if known is None:
        return {}
    return {(dated.mark, dated.working_days): dated.at for dated in known.dates()}


def _reminded(reminder: Reminder) -> Dated:
    mark = Mark.LAST_CALL if reminder.is_last_call else Mark.REMINDER
    return Dated(mark, reminder.at, reminder.working_days_before)
