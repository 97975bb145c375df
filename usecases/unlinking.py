"""Letting go of a linked account: by its holder, or by the office."""

import datetime as dtm

from sqlmodel import Session

from db.tables.people import Contact
from domain.access import Action
from templates.linking import (
    ConfirmUnlink,
    ConfirmUnlinkSelf,
    HowToLink,
    NotLinked,
    UnlinkDone,
    UnlinkedByOffice,
    UnlinkedSelf,
    UnlinkLeft,
)
from templates.people import SHOWN, NobodyFound, PeopleFound, Purpose, WhomMissing
from usecases import audit
from usecases.accounts import detach, forget_dialog
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.directory import find_people, person_line
from usecases.people import unit_name
from usecases.rights import entitled


def ask_unlink_self(_session: Session, asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """Before letting go of one's own account: is that meant?"""
    return in_place(ConfirmUnlinkSelf()) if asker.contact else say(HowToLink())


def unlink_self(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """Let go of one's own account; pressing again changes nothing."""
    if asker.contact is None:
        return say(HowToLink())
    person = session.get_one(Contact, asker.contact.id)
    forget_dialog(session, person)
    detach(session, person, None, now)
    audit.record(session, asker, "linking.unlinked_self", now, ("contact", person.id))
    return in_place(UnlinkedSelf())


@entitled(Action.UNLINK_OTHERS)
def unlink(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/unlink: a person by name or phone, who is then asked about once more."""
    if not words:
        return say(WhomMissing("unlink"))
    found = find_people(session, words)
    if not found:
        return say(NobodyFound(words))
    if len(found) > 1:
        lines = tuple(person_line(session, person) for person in found[:SHOWN])
        return say(PeopleFound(Purpose.UNLINK, lines, len(found)))
    return ask_unlink(session, asker, found[0].id, now)


@entitled(Action.UNLINK_OTHERS)
def ask_unlink(session: Session, _asker: Asker, contact_id: int, _now: dtm.datetime) -> Answers:
    """Before letting go of that person's account: is that meant?"""
    person = session.get_one(Contact, contact_id)
    if person.telegram_user_id is None:
        return say(NotLinked(person.name))
    return say(ConfirmUnlink(person.id, person.name, unit_name(session, person)))


@entitled(Action.UNLINK_OTHERS)
def unlink_person(session: Session, asker: Asker, contact_id: int, now: dtm.datetime) -> Answers:
    """Let go of that person's account and tell its holder; pressing again changes nothing."""
    person = session.get_one(Contact, contact_id)
    if person.telegram_user_id is None:
        return in_place(NotLinked(person.name))
    account = person.telegram_user_id
    forget_dialog(session, person)
    detach(session, person, UnlinkedByOffice(), now)
    audit.record(session, asker, "linking.unlinked", now, ("contact", person.id), account=account)
    return in_place(UnlinkDone(person.name))


@entitled(Action.UNLINK_OTHERS)
def leave_linked(session: Session, _asker: Asker, contact_id: int, _now: dtm.datetime) -> Answers:
    """The office decided against it."""
    return in_place(UnlinkLeft(session.get_one(Contact, contact_id).name))
