"""Recording that somebody left their post (离任), as of now."""

import datetime as dtm

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact
from db.tables.speech import Notice, NoticeState
from domain.access import Action
from templates.leaving import (
    ConfirmLeft,
    LastCoordinator,
    LeftAlready,
    LeftRecorded,
    StillInOffice,
)
from templates.linking import UnlinkedByOffice
from templates.people import SHOWN, NobodyFound, PeopleFound, Purpose, WhomMissing
from usecases import audit, invitations, notices
from usecases.accounts import detach, forget_dialog
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker, grants_of
from usecases.directory import find_people, person_line, role_lines
from usecases.people import unit_name
from usecases.rights import entitled

_OPEN = (NoticeState.DUE, NoticeState.HELD)


@entitled(Action.MARK_LEFT)
def left(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/left: a person by name or phone, who is then asked about once more."""
    if not words:
        return say(WhomMissing("left"))
    found = find_people(session, words)
    if not found:
        return say(NobodyFound(words))
    if len(found) > 1:
        lines = tuple(person_line(session, person) for person in found[:SHOWN])
        return say(PeopleFound(Purpose.LEFT, lines, len(found)))
    return ask_left(session, asker, found[0].id, now)


@entitled(Action.MARK_LEFT)
def ask_left(session: Session, _asker: Asker, contact_id: int, now: dtm.datetime) -> Answers:
    """Before recording it: is that meant, and what follows?"""
    person = session.get_one(Contact, contact_id)
    if person.left_at is not None:
        return say(LeftAlready(person.name))
    if notices.coordinators(session, now) == [person.id]:
        return say(LastCoordinator(person.name))
    roles = role_lines(session, grants_of(session, person.id, now))
    is_linked = person.telegram_user_id is not None
    return say(ConfirmLeft(person.id, person.name, unit_name(session, person), roles, is_linked))


@entitled(Action.MARK_LEFT)
def record_left(session: Session, asker: Asker, contact_id: int, now: dtm.datetime) -> Answers:
    """They left: duties end, the account is let go of; pressing again changes nothing."""
    person = session.get_one(Contact, contact_id, with_for_update=True)
    if person.left_at is not None:
        return in_place(LeftAlready(person.name))
    if notices.coordinators(session, now) == [person.id]:
        return in_place(LastCoordinator(person.name))
    _take_leave_of(session, person, now)
    audit.record(session, asker, "contact.left", now, ("contact", person.id))
    return in_place(LeftRecorded(person.name, unit_name(session, person)))


@entitled(Action.MARK_LEFT)
def keep_in_office(session: Session, _asker: Asker, contact_id: int, _now: dtm.datetime) -> Answers:
    """The office decided against it."""
    return in_place(StillInOffice(session.get_one(Contact, contact_id).name))


def _take_leave_of(session: Session, person: Contact, now: dtm.datetime) -> None:
    forget_dialog(session, person)
    detach(session, person, UnlinkedByOffice(), now)
    invitations.revoke(session, [person.id], now)
    _end_posts(session, person, now)
    waiting = select(Notice).where(Notice.contact_id == person.id, col(Notice.state).in_(_OPEN))
    for notice in session.exec(waiting):
        notices.settle(session, notice, NoticeState.WITHDRAWN, now)
    person.left_at = now
    session.add(person)
    session.flush()


def _end_posts(session: Session, person: Contact, now: dtm.datetime) -> None:
    held = select(Assignment).where(
        Assignment.contact_id == person.id,
        or_(col(Assignment.until).is_(None), col(Assignment.until) > now),
    )
    for post in session.exec(held):
        post.until = now
        session.add(post)
