"""Inviting people: what the office hears, and what it passes on."""

import datetime as dtm
from dataclasses import dataclass

from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 4
EVERYBODY = 0


@dataclass(frozen=True)
class InviteMenu(Message):
    """/invite alone: how many are not linked yet, and the ways to invite."""

    unlinked: int

    def rows(self) -> Rows:
        """Everybody at once, or unit by unit."""
        if not self.unlinked:
            return ()
        everybody = Button("invite_everybody", "invite.many", (EVERYBODY,))
        return ((everybody, Button("invite_by_unit", "invite.units", (0,))),)


@dataclass(frozen=True)
class InviteUnit:
    """A unit and how many of its people are not linked yet."""

    unit_id: int
    name: str
    unlinked: int


@dataclass(frozen=True)
class InviteUnits(Message):
    """The units with people to invite, a page of them."""

    units: tuple[InviteUnit, ...]
    page: int = 0
    pages: int = 1
    first: int = 1

    def rows(self) -> Rows:
        """Pick a unit, or turn the page."""
        units = tuple(
            Button("ordinal", "invite.many", (unit.unit_id,), {"number": number})
            for number, unit in enumerate(self.units, start=self.first)
        )
        turn = pager("invite.units", self.page, self.pages, ())
        return (*in_rows(units, BUTTONS_A_ROW), *((turn,) if turn else ()))


@dataclass(frozen=True)
class InviteMany(Message):
    """How to invite these people: as a table or as a page to print; unit 0 is everybody.

    `outstanding` have an invitation they have not used, which a new one replaces.
    """

    unit_id: int
    unit: str
    people: int
    outstanding: int

    def rows(self) -> Rows:
        """Table or print."""
        return (
            (
                Button("invite_sheet", "invite.sheet", (self.unit_id,)),
                Button("invite_cards", "invite.cards", (self.unit_id,)),
            ),
        )


@dataclass(frozen=True)
class InvitationIssued(Message):
    """To the office: the next message is for that person; how long it is good for."""

    name: str
    unit: str
    until: dtm.datetime


@dataclass(frozen=True)
class InvitationToForward(Message):
    """What the office forwards to the person."""

    name: str
    link: str
    until: dtm.datetime


@dataclass(frozen=True)
class LinkedAlready(Message):
    """To the office: that person is linked; a new invitation is for changing the account."""

    contact_id: int
    name: str
    since: dtm.datetime

    def rows(self) -> Rows:
        """Invite nevertheless."""
        return ((Button("invite_again", "invite.again", (self.contact_id,)),),)


@dataclass(frozen=True)
class InvitationsHanded(Message):
    """The caption of the table or the pages with many invitations."""

    people: int
    until: dtm.datetime


@dataclass(frozen=True)
class NobodyToInvite(Message):
    """Everybody there is linked."""


@dataclass(frozen=True)
class NoLinksYet(Message):
    """The bot has not reached Telegram yet, so it has no name to make links with."""
