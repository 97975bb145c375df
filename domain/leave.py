"""The conversation in which somebody registers leave: first day, last day, who stands in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from domain.days import read_days, read_last_day
from domain.dialogs import Ask, Finish, Position, Turn
from domain.words import read_words

LONGEST = timedelta(days=366)

FIRST, LAST, DEPUTY = "first_day", "last_day", "deputy"


class LeaveProblem(StrEnum):
    """What is wrong with an answer."""

    NOT_A_DAY = "not_a_day"
    ENDS_BEFORE_IT_BEGINS = "ends_before_it_begins"
    OVER_ALREADY = "over_already"
    TOO_LONG = "too_long"
    NO_SUCH_PERSON = "no_such_person"
    SEVERAL_PEOPLE = "several_people"
    OWN_DEPUTY = "own_deputy"


@dataclass(frozen=True, slots=True)
class LeaveMachine:
    """Asks for the first day, the last day and the deputy; days from one to another in one go.

    The draft holds days as 2026-11-25, and the deputy as the words that name them, empty for
    nobody: who that is, the contact book knows.
    """

    def start(self, known: Mapping[str, Any]) -> Position:
        """The first thing that is not known yet."""
        missing = [step for step in (FIRST, LAST) if step not in known]
        return Position(missing[0] if missing else DEPUTY, dict(known))

    def hear(self, position: Position, text: str, today: date) -> Turn:
        """The turn after what was said at this position."""
        if position.step == FIRST:
            return _first(position, text, today)
        if position.step == LAST:
            return _last(position, text, today)
        named = "" if text.strip().casefold() in _NOBODY else text.strip()
        return Finish({**position.draft, DEPUTY: named})

    def back(self, position: Position) -> Position:
        """The question before; the first stays."""
        previous = {DEPUTY: LAST, LAST: FIRST}.get(position.step, FIRST)
        kept = {key: value for key, value in position.draft.items() if key != previous}
        return Position(previous, kept)


def _first(position: Position, text: str, today: date) -> Turn:
    days = read_days(text, today)
    if days is None:
        return Ask(position, (LeaveProblem.NOT_A_DAY,))
    if days.first == days.last:
        return Ask(position.noted(LAST, **{FIRST: days.first.isoformat()}))
    return _with_both(position, days.first, days.last, today)


def _last(position: Position, text: str, today: date) -> Turn:
    first = date.fromisoformat(position.draft[FIRST])
    last = read_last_day(text, first, today)
    if last is None:
        return Ask(position, (LeaveProblem.NOT_A_DAY,))
    return _with_both(position, first, last, today)


def _with_both(position: Position, first: date, last: date, today: date) -> Turn:
    if problem := problem_of(first, last, today):
        return Ask(position, (problem,))
    return Ask(position.noted(DEPUTY, **{FIRST: first.isoformat(), LAST: last.isoformat()}))


def problem_of(first: date, last: date, today: date) -> LeaveProblem | None:
    """What is wrong with these days, both included; leave that has begun already is not."""
    if last < first:
        return LeaveProblem.ENDS_BEFORE_IT_BEGINS
    if last < today:
        return LeaveProblem.OVER_ALREADY
    return LeaveProblem.TOO_LONG if last - first >= LONGEST else None


_NOBODY = frozenset(read_words("leave")["nobody"])
