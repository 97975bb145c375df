"""Linking an account and letting go of it: what the person hears."""

import datetime as dtm
from dataclasses import dataclass

from domain.invitations import Refusal
from templates.message import Button, Message, Rows, SharePhone
from templates.people import RoleLine

SHARE_PHONE: Rows = ((SharePhone("share_phone"),),)


@dataclass(frozen=True)
class HowToLink(Message):
    """To somebody unknown: the two ways to link oneself, and nothing else."""

    def rows(self) -> Rows:
        """The key that shares one's own phone."""
        return SHARE_PHONE


@dataclass(frozen=True)
class Linked(Message):
    """The account is linked: as whom, what they answer for, what to do first."""

    name: str
    position: str
    unit: str
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True)
class Greeting(Message):
    """/start again: who the asker is to the office, what they can do."""

    name: str
    position: str
    unit: str
    roles: tuple[RoleLine, ...]


@dataclass(frozen=True)
class LinkRefused(Message):
    """The account was not linked, and what to do now; tells nothing of who exists."""

    why: Refusal

    def rows(self) -> Rows:
        """One's own phone is the other way, where a wrong link or card was sent."""
        other_way = self.why in (Refusal.FORGED, Refusal.CARD_OF_ANOTHER)
        return SHARE_PHONE if other_way else ()


@dataclass(frozen=True)
class TooManyTries(Message):
    """Too many wrong tries; nothing is answered until then."""

    until: dtm.datetime


@dataclass(frozen=True)
class Displaced(Message):
    """To the account used before: the person now uses another one."""


@dataclass(frozen=True)
class ConfirmUnlinkSelf(Message):
    """Before letting go of one's own account: what that means."""

    def rows(self) -> Rows:
        """Yes, or back to the settings."""
        return ((Button("unlink_yes", "settings.unlinked"), Button("unlink_no", "settings.show")),)


@dataclass(frozen=True)
class UnlinkedSelf(Message):
    """One's own account was let go of; how to link again."""


@dataclass(frozen=True)
class ConfirmUnlink(Message):
    """To the office, before unlinking somebody."""

    contact_id: int
    name: str
    unit: str

    def rows(self) -> Rows:
        """Yes, or leave it."""
        return (
            (
                Button("unlink_yes", "unlink.do", (self.contact_id,)),
                Button("leave_it", "unlink.leave", (self.contact_id,)),
            ),
        )


@dataclass(frozen=True)
class UnlinkDone(Message):
    """To the office: that person's account was let go of and its holder told."""

    name: str


@dataclass(frozen=True)
class UnlinkLeft(Message):
    """To the office: nothing was changed."""

    name: str


@dataclass(frozen=True)
class NotLinked(Message):
    """To the office: that person has no account linked."""

    name: str


@dataclass(frozen=True)
class UnlinkedByOffice(Message):
    """To the account let go of: the office has ended the link."""
