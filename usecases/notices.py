"""Notices: somebody must hear something once. What is said is decided when it leaves."""

import datetime as dtm
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact
from db.tables.speech import Dialog, Message, Notice, NoticeState, Urgency
from domain.vocabulary import Role
from templates.message import Message as Typed
from templates.render import render
from usecases.asker import voice_of
from usecases.outbox import new_rows

AWAKE = dtm.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to tell somebody something.

    `compose` gets every due notice of one person on this occasion and answers what to say now and
    which notices it covers; the others have settled meanwhile and are withdrawn.
    """

    name: str
    urgency: Urgency
    compose: Callable[[Session, Contact, Sequence[Notice], dtm.datetime], "Composed"]
    expires_after: dtm.timedelta | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """What is to be said to one person, and the ids of the notices it tells."""

    message: Typed | None
    told: frozenset[int] = frozenset()


_OCCASIONS: dict[str, Occasion] = {}


def register(occasion: Occasion) -> Occasion:
    """Make an occasion known, so that its notices can be composed."""
    _OCCASIONS[occasion.name] = occasion
    return occasion


def notify(
    session: Session,
    occasion: Occasion,
    subject: Subject,
    contact_id: int,
    now: dtm.datetime,
    **details: Any,
) -> None:
    """Somebody must hear this once; saying so twice changes nothing."""
    if _exists(session, occasion, subject, contact_id):
        return
    session.add(
        Notice(
            subject_kind=subject.kind,
            subject_id=subject.id,
            occasion=occasion.name,
            contact_id=contact_id,
            urgency=occasion.urgency,
            details=details,
            due_at=now,
            expires_at=now + occasion.expires_after if occasion.expires_after else None,
            created_at=now,
        )
    )
    session.flush()


def notify_office(
    session: Session, occasion: Occasion, subject: Subject, now: dtm.datetime, **details: Any
) -> None:
    """Every coordinator must hear this once."""
    for contact_id in coordinators(session, now):
        notify(session, occasion, subject, contact_id, now, **details)


def coordinators(session: Session, now: dtm.datetime) -> list[int]:
    """The contacts who are the office itself at this moment."""
    current = select(Assignment.contact_id).where(
        Assignment.role == Role.COORDINATOR,
        Assignment.since <= now,
        or_(col(Assignment.until).is_(None), col(Assignment.until) > now),
    )
    return sorted(set(session.exec(current)))


def compose_next(
    session: Session, urgency: Urgency, now: dtm.datetime, resting: frozenset[int]
) -> Message | None:
    """The next unasked message of this class, rendered from what is still true, or None.

    All due notices of the person on the same occasion become one message; what has settled is
    withdrawn, and when nothing is left nothing is said. `resting` are chats that must wait.
    """
    for notice, contact in session.exec(_due(urgency, now)).all():
        if contact.telegram_user_id in resting:
            continue
        if notice.state is NoticeState.DUE and (row := _compose(session, notice, contact, now)):
            return row
    return None


def expire(session: Session, now: dtm.datetime) -> int:
    """Let go of notices nobody could be told in time; how many."""
    stale = select(Notice).where(
        Notice.state == NoticeState.DUE,
        col(Notice.expires_at) <= now,
    )
    rows = session.exec(stale).all()
    for row in rows:
        _settle(session, row, NoticeState.EXPIRED, now)
    return len(rows)


def due_again(session: Session, message: Message) -> None:
    """A message did not reach its person: what it told is still to be told, once they are back."""
    for notice in session.exec(select(Notice).where(Notice.message_id == message.id)):
        notice.state, notice.message_id, notice.settled_at = NoticeState.DUE, None, None
        session.add(notice)


def _compose(
    session: Session, first: Notice, contact: Contact, now: dtm.datetime
) -> Message | None:
    notices = _same_occasion(session, first, now)
    composed = _OCCASIONS[first.occasion].compose(session, contact, notices, now)
    message = _row(session, contact, composed.message, first.urgency, now)
    for notice in notices:
        told = message is not None and notice.id in composed.told
        notice.message_id = message.id if message and told else None
        _settle(session, notice, NoticeState.TOLD if told else NoticeState.WITHDRAWN, now)
    session.flush()
    return message


def _row(
    session: Session,
    contact: Contact,
    message: Typed | None,
    urgency: Urgency,
    now: dtm.datetime,
) -> Message | None:
    if message is None or contact.telegram_user_id is None:
        return None
    rendered = render(message, voice_of(session, contact))
    rows = new_rows(contact.telegram_user_id, contact.id, rendered, urgency, now)
    session.add_all(rows)
    session.flush()
    return rows[0]


def _settle(session: Session, notice: Notice, state: NoticeState, now: dtm.datetime) -> None:
    notice.state, notice.settled_at = state, now
    session.add(notice)


def _same_occasion(session: Session, notice: Notice, now: dtm.datetime) -> Sequence[Notice]:
    found = select(Notice).where(
        Notice.contact_id == notice.contact_id,
        Notice.occasion == notice.occasion,
        Notice.state == NoticeState.DUE,
        Notice.due_at <= now,
    )
    return session.exec(found.order_by(col(Notice.id)).with_for_update()).all()


def _due(urgency: Urgency, now: dtm.datetime) -> Any:
    """Due notices of people who can be reached; a routine one waits while a dialog is awake."""
    query = (
        select(Notice, Contact)
        .join(Contact, col(Contact.id) == col(Notice.contact_id))
        .where(
            Notice.state == NoticeState.DUE,
            Notice.urgency == urgency,
            Notice.due_at <= now,
            or_(col(Notice.expires_at).is_(None), col(Notice.expires_at) > now),
            col(Contact.telegram_user_id).is_not(None),
            col(Contact.unreachable).is_(None),
            col(Contact.left_at).is_(None),
        )
        .order_by(col(Notice.due_at), col(Notice.id))
        .limit(20)
    )
    if urgency is Urgency.ROUTINE:
        awake = select(Dialog.contact_id).where(Dialog.touched_at > now - AWAKE)
        query = query.where(col(Notice.contact_id).not_in(awake))
    return query


def _exists(session: Session, occasion: Occasion, subject: Subject, contact_id: int) -> bool:
    found = select(Notice.id).where(
        Notice.subject_kind == subject.kind,
        Notice.subject_id == subject.id,
        Notice.occasion == occasion.name,
        Notice.contact_id == contact_id,
    )
    return session.exec(found).first() is not None
