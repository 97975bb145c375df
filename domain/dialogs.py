"""Conversations as pure state machines: a position, something said, and the turn that follows.

Positions are plain data, kept as a row; a machine knows neither Telegram nor a database nor words.
"""

import datetime as dtm
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Protocol

ASLEEP_AFTER = dtm.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a conversation stands: the step whose answer is awaited, and what was said so far."""

    step: str
    draft: Mapping[str, Any] = field(default_factory=dict)

    def noted(self, step: str, **facts: Any) -> "Position":
        """The next step, with these facts added to the draft."""
        return Position(step, {**self.draft, **facts})


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask the question of this position; with problems, what was wrong with the last answer."""

    position: Position
    problems: tuple[StrEnum, ...] = ()


@dataclass(frozen=True, slots=True)
class Finish:
    """Everything was said; the draft is complete."""

    draft: Mapping[str, Any]


Turn = Ask | Finish


class Machine(Protocol):
    """One kind of conversation."""

    def start(self, known: Mapping[str, Any]) -> Position:
        """The first position, with what is known beforehand in the draft."""

    def hear(self, position: Position, text: str, today: dtm.date) -> Turn:
        """The turn that follows when this was said at that position."""

    def back(self, position: Position) -> Position:
        """The position before this one (上一步); the first stays where it is."""


def is_awake(touched_at: dtm.datetime, now: dtm.datetime) -> bool:
    """Whether a conversation still takes free text as its answer: it sleeps after 30 minutes."""
    return now - touched_at <= ASLEEP_AFTER
