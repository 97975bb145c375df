"""Inviting people to link their accounts: one by one, or many on a table or printed cards."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, func, select

from db.tables.people import Contact, Invitation, Organisation
from domain.access import Action
from domain.invitations import VALID_FOR, NewToken
from domain.words import read_words
from templates.documents.invitations import (
    InvitationCard,
    invitation_cards,
    invitations_workbook,
)
from templates.documents.workbook import file_name
from templates.inviting import (
    EVERYBODY,
    InvitationIssued,
    InvitationsHanded,
    InvitationToForward,
    InviteMany,
    InviteMenu,
    InviteUnit,
    InviteUnits,
    LinkedAlready,
    NobodyToInvite,
    NoLinksYet,
)
from templates.people import SHOWN, NobodyFound, PeopleFound, Purpose
from usecases import audit, invitations
from usecases.answers import Answers, Hand, Say, in_place, say
from usecases.asker import Asker
from usecases.directory import find_people, person_line, unlinked
from usecases.paging import page_of
from usecases.people import unit_name
from usecases.rights import entitled

UNITS_A_PAGE = 8

_EVERYBODY = frozenset(read_words("people")["everybody"])


class Form(StrEnum):
    """How many invitations are handed over."""

    SHEET = "sheet"
    CARDS = "cards"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom the office wants to invite, in words; none shows the ways to invite."""

    words: str
    new_token: NewToken


@dataclass(frozen=True, slots=True)
class One:
    """A person picked from a list."""

    contact_id: int
    new_token: NewToken


@dataclass(frozen=True, slots=True)
class Many:
    """Everybody, or a unit's people, and what to make of their invitations."""

    unit_id: int
    form: Form
    new_token: NewToken


@entitled(Action.INVITE)
def invite(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """/invite: a person by name or phone; without words, the ways to invite."""
    if not wanted.words:
        return say(InviteMenu(len(unlinked(session))))
    if wanted.words.casefold() in _EVERYBODY:
        return invite_many(session, asker, EVERYBODY, now)
    found = find_people(session, wanted.words)
    if not found:
        return say(NobodyFound(wanted.words))
    if len(found) > 1:
        lines = tuple(person_line(session, person) for person in found[:SHOWN])
        return say(PeopleFound(Purpose.INVITE, lines, len(found)))
    return invite_one(session, asker, One(found[0].id, wanted.new_token), now)


@entitled(Action.INVITE)
def invite_one(session: Session, asker: Asker, one: One, now: dtm.datetime) -> Answers:
    """Invite that person; of one who is linked already it is asked whether that is meant."""
    person = session.get(Contact, one.contact_id)
    if person is not None and person.telegram_user_id is not None and person.left_at is None:
        return say(LinkedAlready(person.id, person.name, person.linked_at or now))
    return invite_again(session, asker, one, now)


@entitled(Action.INVITE)
def invite_again(session: Session, asker: Asker, one: One, now: dtm.datetime) -> Answers:
    """Invite that person, linked or not: the new account will take the place of the old."""
    person = session.get(Contact, one.contact_id)
    if person is None or person.left_at is not None:
        return say(NobodyToInvite())
    links = _issue(session, asker, [person], one.new_token, now)
    if not links:
        return say(NoLinksYet())
    until = now + VALID_FOR
    return (
        Say(InvitationIssued(person.name, unit_name(session, person), until)),
        Say(InvitationToForward(person.name, links[0], until)),
    )


@entitled(Action.INVITE)
def invite_units(session: Session, _asker: Asker, page: int, _now: dtm.datetime) -> Answers:
    """The units with people to invite."""
    counts = Counter(person.organisation_id or EVERYBODY for person in unlinked(session))
    counts.pop(EVERYBODY, None)
    if not counts:
        return say(NobodyToInvite())
    names = _unit_names(session, list(counts))
    units = [InviteUnit(unit, names[unit], count) for unit, count in counts.most_common()]
    shown = page_of(units, page, UNITS_A_PAGE)
    first = shown.number * UNITS_A_PAGE + 1
    return in_place(InviteUnits(shown.items, shown.number, shown.count, first))


@entitled(Action.INVITE)
def invite_many(session: Session, _asker: Asker, unit_id: int, now: dtm.datetime) -> Answers:
    """Everybody, or one unit's people: as a table or to print?"""
    people = _people(session, unit_id)
    if not people:
        return say(NobodyToInvite())
    unit = _unit_names(session, [unit_id]).get(unit_id, "")
    return say(InviteMany(unit_id, unit, len(people), _outstanding(session, people, now)))


@entitled(Action.INVITE)
def hand_invitations(session: Session, asker: Asker, many: Many, now: dtm.datetime) -> Answers:
    """Invite them all, and hand over the table or the pages to print."""
    people = _people(session, many.unit_id)
    if not people:
        return say(NobodyToInvite())
    links = _issue(session, asker, people, many.new_token, now)
    if not links:
        return say(NoLinksYet())
    until = now + VALID_FOR
    cards = [
        InvitationCard(one.name, unit_name(session, one), one.position, one.phone or "", link)
        for one, link in zip(people, links, strict=True)
    ]
    message = InvitationsHanded(len(cards), until)
    if many.form is Form.SHEET:
        content = invitations_workbook(cards, until, asker.voice)
        return (Hand(message, file_name("invitations", asker.voice), content),)
    name = file_name("invitations", asker.voice, "cards")
    return (Hand(message, name, invitation_cards(cards, until, asker.voice)),)


def _issue(
    session: Session,
    asker: Asker,
    people: Sequence[Contact],
    new_token: NewToken,
    now: dtm.datetime,
) -> list[str]:
    try:
        links = invitations.issue(session, people, asker.contact_id, new_token, now)
    except invitations.NoUsernameError:
        return []
    for person in people:
        audit.record(session, asker, "invitation.issued", now, ("contact", person.id))
    return links


def _people(session: Session, unit_id: int) -> Sequence[Contact]:
    return unlinked(session, None if unit_id == EVERYBODY else unit_id)


def _outstanding(session: Session, people: Sequence[Contact], now: dtm.datetime) -> int:
    return session.exec(
        select(func.count())
        .select_from(Invitation)
        .where(
            col(Invitation.contact_id).in_([person.id for person in people]),
            col(Invitation.used_at).is_(None),
            col(Invitation.revoked_at).is_(None),
            Invitation.expires_at > now,
        )
    ).one()


def _unit_names(session: Session, unit_ids: Sequence[int]) -> dict[int, str]:
    rows = session.exec(select(Organisation).where(col(Organisation.id).in_(unit_ids)))
    return {row.id: row.name for row in rows}
