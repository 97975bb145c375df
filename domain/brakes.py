"""The office's brakes on chasing: what they cover, and the conversation that puts one on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from domain.days import read_day
from domain.dialogs import Ask, Finish, Position, Turn
from domain.periods import Period, read_period

LONGEST_REASON = 200
FARTHEST_MONTHS = 24

UNTIL, REASON, CONFIRM = "until", "reason", "confirm"
AFTER = "after"
"""What the end has to lie behind, kept in the draft: a day or a month as data spells it."""


class Brake(StrEnum):
    """What the office can do to chasing; the value begins the actions of its buttons."""

    HOLD = "hold"
    EXTEND = "extend"
    EXEMPT = "exempt"


class HoldScope(StrEnum):
    """What a brake covers; buttons carry a scope's place in this list."""

    EVERYBODY = "everybody"
    UNIT = "unit"
    PROJECT = "project"

    @property
    def number(self) -> int:
        """The place of the scope in this list."""
        return tuple(HoldScope).index(self)


class BrakeProblem(StrEnum):
    """What is wrong with an answer."""

    NOT_A_DAY = "not_a_day"
    NOT_A_MONTH = "not_a_month"
    NOT_LATER = "not_later"
    TOO_FAR = "too_far"
    NO_REASON = "no_reason"
    REASON_TOO_LONG = "reason_too_long"


Reading = Callable[[str, str, date], str | BrakeProblem]
"""What an answer to "until when?" names, as data; given what it has to lie behind, and today."""


def day_after(text: str, after: str, today: date) -> str | BrakeProblem:
    """The day that was typed, if it lies behind that one and within two years."""
    day = read_day(text, today)
    if day is None:
        return BrakeProblem.NOT_A_DAY
    if day <= date.fromisoformat(after):
        return BrakeProblem.NOT_LATER
    is_far = Period.of(day) > Period.of(today).plus(FARTHEST_MONTHS)
    return BrakeProblem.TOO_FAR if is_far else day.isoformat()


def month_from(text: str, first: str, today: date) -> str | BrakeProblem:
    """The month that was typed, `first` or a later one; without its year the next such month."""
    begin = Period.parse(first)
    month = read_period(text, today)
    if month is None:
        return BrakeProblem.NOT_A_MONTH
    if month < begin and str(month.year) not in text:
        month = month.plus(12)
    if month < begin:
        return BrakeProblem.NOT_LATER
    return BrakeProblem.TOO_FAR if month > begin.plus(FARTHEST_MONTHS) else str(month)


@dataclass(frozen=True, slots=True)
class BrakeMachine:
    """Asks until when and why; a brake that is confirmed waits at its card for a button."""

    read: Reading
    is_confirmed: bool = True

    def start(self, known: Mapping[str, Any]) -> Position:
        """Until when?"""
        return Position(UNTIL, dict(known))

    def hear(self, position: Position, text: str, today: date) -> Turn:
        """The turn after what was said at this position."""
        if position.step == UNTIL:
            return self._until(position, text, today)
        if position.step == REASON:
            return self._reason(position, text.strip())
        return Ask(position)

    def back(self, position: Position) -> Position:
        """The question before; the first stays."""
        return Position(REASON if position.step == CONFIRM else UNTIL, position.draft)

    def _until(self, position: Position, text: str, today: date) -> Turn:
        named = self.read(text, position.draft[AFTER], today)
        if isinstance(named, BrakeProblem):
            return Ask(position, (named,))
        return Ask(position.noted(REASON, until=named))

    def _reason(self, position: Position, text: str) -> Turn:
        if not text:
            return Ask(position, (BrakeProblem.NO_REASON,))
        if len(text) > LONGEST_REASON:
            return Ask(position, (BrakeProblem.REASON_TOO_LONG,))
        if self.is_confirmed:
            return Ask(position.noted(CONFIRM, reason=text))
        return Finish({**position.draft, REASON: text})
