"""Saying no, kindly and shortly."""

from dataclasses import dataclass

from templates.message import Message


@dataclass(frozen=True)
class NotYours(Message):
    """This is not for the asker's role; whom to turn to."""
