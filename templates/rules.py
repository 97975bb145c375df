"""The office's rules, what a change of them would move, and what is wrong with a file of them."""

import datetime as dtm
from dataclasses import dataclass

from domain.rounds import Move, Round
from domain.schema import Fault
from templates.message import Message


@dataclass(frozen=True)
class PolicyShown(Message):
    """The policy in force: its file as it was given, where it comes from, the rounds to come."""

    name: str
    sources: tuple[str, ...]
    text: str
    rounds: tuple[Round, ...]
    applied_at: dtm.datetime | None = None


@dataclass(frozen=True)
class RuleChange:
    """A key of a policy that a file changes; empty where it is not there."""

    path: str
    was: str
    becomes: str


@dataclass(frozen=True)
class PolicyPreview(Message):
    """What a policy file would change, and every date of the year ahead it would move."""

    name: str
    changes: tuple[RuleChange, ...]
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class PolicyApplied(Message):
    """The policy rules what opens from now on."""

    name: str


@dataclass(frozen=True)
class CalendarPreview(Message):
    """What a published year would move."""

    layer: str
    year: int
    moves: tuple[Move, ...]


@dataclass(frozen=True)
class CalendarLoaded(Message):
    """The year is known from now on."""

    layer: str
    year: int


@dataclass(frozen=True)
class RulesFaulty(Message):
    """A file of rules cannot be used: everything that is wrong with it."""

    file: str
    faults: tuple[Fault, ...]


@dataclass(frozen=True)
class YearUnpublished(Message):
    """To the office: next year's days off are not loaded, its dates are provisional."""

    year: int
