"""Somebody left their post (离任): the office says so, and what follows from it."""

from dataclasses import dataclass

from templates.message import Button, Message, Rows
from templates.people import RoleLine


@dataclass(frozen=True)
class ConfirmLeft(Message):
    """To the office, before recording that somebody left: what they answer for, what follows."""

    contact_id: int
    name: str
    unit: str
    roles: tuple[RoleLine, ...]
    is_linked: bool

    def rows(self) -> Rows:
        """Yes, or leave it."""
        return (
            (
                Button("left_yes", "left.do", (self.contact_id,)),
                Button("left_no", "left.leave", (self.contact_id,)),
            ),
        )


@dataclass(frozen=True)
class LeftRecorded(Message):
    """To the office: that person is in office no longer; where to fill what they leave open."""

    name: str
    unit: str

    def rows(self) -> Rows:
        """To what is open now."""
        return ((Button("see_holes", "holes.page", (0,)),),)


@dataclass(frozen=True)
class LeftAlready(Message):
    """To the office: that was recorded before."""

    name: str


@dataclass(frozen=True)
class StillInOffice(Message):
    """To the office: nothing was changed."""

    name: str


@dataclass(frozen=True)
class LastCoordinator(Message):
    """To the office: without this person nobody could coordinate; what to do first."""

    name: str
