"""What a use-case answers: typed messages, said anew or in place of the pressed one."""

import datetime as dtm
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlmodel import Session

from templates.message import Message
from usecases.asker import Asker

Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Say:
    """A new message in the asker's chat."""

    message: Message


@dataclass(frozen=True, slots=True)
class InPlace:
    """The message whose button was pressed now reads like this; a new one if none was pressed."""

    message: Message


@dataclass(frozen=True, slots=True)
class Hand:
    """A file for the asker, with the message as its caption."""

    message: Message
    file_name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class SayOnce:
    """As a new message, unless the last one was of its kind a moment ago: that one changes.

    The pictures of an album come one by one, and are answered together.
    """

    message: Message


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture Telegram keeps, for the asker, with the message as its caption."""

    message: Message
    file_id: str


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file Telegram keeps, for the asker, with the message as its caption."""

    message: Message
    file_id: str


Answer = Say | InPlace | Hand | SayOnce | Picture | KeptFile
Answers = tuple[Answer, ...]

# A use-case: one transaction's worth of work for one asker. It never commits and never sends.
UseCase = Callable[[Session, Asker, Given, dtm.datetime], Answers]


def say(message: Message) -> Answers:
    """The commonest answer: one new message."""
    return (Say(message),)


def in_place(message: Message) -> Answers:
    """The other common answer: the pressed message changes."""
    return (InPlace(message),)
