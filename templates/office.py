"""What the office and anybody may hear about the running of the bot."""

from dataclasses import dataclass
from enum import StrEnum

from templates.message import Message


@dataclass(frozen=True)
class Repeated(Message):
    """The line above a message sent a second time because the first was never confirmed."""


@dataclass(frozen=True)
class Failure(Message):
    """To a sender: their message could not be handled, the office knows."""


@dataclass(frozen=True)
class StaleButton(Message):
    """To a presser: this button is no longer valid; how to go on."""


@dataclass(frozen=True)
class NotUnderstood(Message):
    """Something came that no one can make use of, with what works instead."""


@dataclass(frozen=True)
class UnreachablePerson:
    """One line of the list of people who cannot be reached."""

    name: str
    unit: str
    why: StrEnum


@dataclass(frozen=True)
class PeopleUnreachable(Message):
    """To the office: these people no longer get what the bot sends."""

    people: tuple[UnreachablePerson, ...]


@dataclass(frozen=True)
class UntoldPerson:
    """Somebody who was to be told `count` things."""

    name: str
    unit: str
    count: int


@dataclass(frozen=True)
class PeopleUntold(Message):
    """To the office: these people were not told, because of a fault of ours."""

    people: tuple[UntoldPerson, ...]


@dataclass(frozen=True)
class UpdatesFailed(Message):
    """To the office: these incoming messages could not be handled."""

    updates: tuple[int, ...]
