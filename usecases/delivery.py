"""Delivery's side of the database: what leaves next, and what became of it."""

import datetime as dtm
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select

from db.tables.people import Contact, Group, Unreachable
from db.tables.speech import Attachment, Delivery, Message, MessageState, Urgency
from domain.texts import plain
from templates.office import Repeated
from templates.render import render
from usecases import notices
from usecases.asker import Asker, voice_of
from usecases.office_notices import PERSON_UNREACHABLE

HEADS_LOOKED_AT = 40
LONGEST_PAUSE = dtm.timedelta(minutes=5)
WAITING = (MessageState.QUEUED, MessageState.SENDING)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message claimed for sending: everything the network call needs, no session attached."""

    message_id: int
    chat_id: int
    delivery: Delivery
    text: str
    keyboard: list[list[dict[str, str]]]
    edits: int | None = None
    file_name: str = ""
    file: bytes | str = b""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram took it."""

    telegram_message_id: int | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """It surely did not leave (no connection, a 5xx): try again after a while."""

    reason: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """429: wait these seconds; it does not count as an attempt."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """It may have been delivered or not: Telegram never said."""

    reason: str


@dataclass(frozen=True, slots=True)
class PersonUnreachable:
    """This person cannot be written to at present."""

    why: Unreachable


@dataclass(frozen=True, slots=True)
class GroupGone:
    """The bot is no longer in this group."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has a new id; send it there."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class BadMarkup:
    """Telegram cannot parse our markup: our mistake; send the plain text."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this: our mistake, nobody else's."""

    reason: str


Outcome = (
    Delivered
    | NotSent
    | Throttled
    | NoAnswer
    | PersonUnreachable
    | GroupGone
    | Migrated
    | BadMarkup
    | Refused
)


def heads(session: Session, now: dtm.datetime) -> list[tuple[int, int]]:
    """(message id, chat id) of what each chat may get next, answers first, oldest first."""
    rows = session.exec(_heads(now)).all()
    ranked = sorted(rows, key=lambda row: (_RANK[row[2]], row[0]))
    return [(message_id, chat_id) for message_id, chat_id, _ in ranked]


def claim(session: Session, message_id: int, now: dtm.datetime) -> Parcel | None:
    """Take a queued message for sending; None when there is nothing to send after all."""
    found = select(Message).where(Message.id == message_id, Message.state == MessageState.QUEUED)
    row = session.exec(found.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    target = session.get(Message, row.target_id) if row.target_id else None
    if target is not None and target.telegram_message_id is None:
        row.state, row.failure = MessageState.SUPERSEDED, "the message to edit never arrived"
        session.add(row)
        return None
    row.state, row.claimed_at, row.attempts = MessageState.SENDING, now, row.attempts + 1
    session.add(row)
    return _parcel(session, row, target)


def compose(
    session: Session, urgency: Urgency, now: dtm.datetime, resting: frozenset[int]
) -> Parcel | None:
    """Render and claim the next unasked message of this class from the notices due now."""
    row = notices.compose_next(session, urgency, now, resting)
    return claim(session, row.id, now) if row else None


def settle(session: Session, message_id: int, outcome: Outcome, now: dtm.datetime) -> None:
    """Record what became of a claimed message, and what follows from it."""
    row = session.get_one(Message, message_id, with_for_update=True)
    match outcome:
        case Delivered():
            _delivered(session, row, outcome, now)
        case NotSent(reason=reason):
            _again_at(row, now + _pause(row.attempts), reason)
        case Throttled(seconds=seconds):
            row.attempts -= 1
            _again_at(row, now + dtm.timedelta(seconds=seconds), "429")
        case NoAnswer(reason=reason):
            _no_answer(row, reason, now)
        case PersonUnreachable(why=why):
            _unreachable(session, row, why, now)
        case Migrated(new_chat_id=new_chat_id):
            move_chat(session, row.chat_id, new_chat_id)
            _again_at(row, now, "the group moved")
        case BadMarkup(reason=reason):
            row.text = _without_markup(row.text)
            _again_at(row, now, reason)
        case GroupGone(reason=reason) | Refused(reason=reason):
            _failed(row, reason)
    session.add(row)


def recover(session: Session) -> int:
    """At start: what was being sent when the process died may have arrived; how many."""
    rows = session.exec(select(Message).where(Message.state == MessageState.SENDING)).all()
    for row in rows:
        _no_answer(row, "the process ended while sending", row.claimed_at or row.created_at)
        session.add(row)
    return len(rows)


def sent_since(session: Session, since: dtm.datetime) -> list[tuple[int, dtm.datetime]]:
    """(chat id, instant) of everything that left, or may have left, since then."""
    left = or_(col(Message.sent_at) >= since, col(Message.claimed_at) >= since)
    rows = session.exec(select(Message).where(left).order_by(col(Message.claimed_at)))
    return [(row.chat_id, row.sent_at or row.claimed_at or row.created_at) for row in rows]


def move_chat(session: Session, old: int, new: int) -> None:
    """A group was upgraded: whatever is kept under its old id moves to the new one."""
    known = session.exec(select(Group).where(Group.chat_id == new)).one_or_none()
    for group in session.exec(select(Group).where(Group.chat_id == old)):
        # Telegram may have told of the new group first; then there is nothing left to rename.
        if known is None:
            group.chat_id = new
            session.add(group)
        else:
            session.delete(group)
    waiting = select(Message).where(Message.chat_id == old, col(Message.state).in_(WAITING))
    for row in session.exec(waiting):
        row.chat_id = new
        session.add(row)


def person_wrote(session: Session, asker: Asker) -> None:
    """Whoever writes can be reached, whatever was thought of them before."""
    if asker.contact is not None and asker.contact.unreachable is not None:
        person_is_back(session, asker.contact)


def person_is_back(session: Session, contact: Contact) -> None:
    """A person wrote or unblocked the bot: they can be reached again."""
    contact.unreachable, contact.unreachable_since = None, None
    session.add(contact)


_RANK = {Urgency.ANSWER: 0, Urgency.URGENT: 1, Urgency.ROUTINE: 2}


def _heads(now: dtm.datetime) -> Any:
    earlier = aliased(Message)
    behind = exists().where(
        col(earlier.chat_id) == col(Message.chat_id),
        col(earlier.urgency) == col(Message.urgency),
        col(earlier.id) < col(Message.id),
        col(earlier.state).in_(WAITING),
    )
    rested = or_(col(Message.not_before).is_(None), col(Message.not_before) <= now)
    return (
        select(Message.id, Message.chat_id, Message.urgency)
        .where(Message.state == MessageState.QUEUED, rested, ~behind)
        .order_by(col(Message.urgency), col(Message.id))
        .limit(HEADS_LOOKED_AT)
    )


def _parcel(session: Session, row: Message, target: Message | None) -> Parcel:
    attachment = session.get(Attachment, row.attachment_id) if row.attachment_id else None
    return Parcel(
        message_id=row.id,
        chat_id=row.chat_id,
        delivery=row.delivery,
        text=_marked(session, row) if row.repeated else row.text,
        keyboard=row.keyboard,
        edits=target.telegram_message_id if target else None,
        file_name=attachment.name if attachment else "",
        file=(attachment.telegram_file_id or attachment.content) if attachment else b"",
    )


def _marked(session: Session, row: Message) -> str:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    mark = render(Repeated(), voice_of(session, contact)).text
    return f"{mark}\n{row.text}"


def _delivered(session: Session, row: Message, outcome: Delivered, now: dtm.datetime) -> None:
    row.state, row.sent_at, row.failure = MessageState.SENT, now, ""
    row.telegram_message_id = outcome.telegram_message_id
    if row.attachment_id and outcome.file_id:
        attachment = session.get_one(Attachment, row.attachment_id)
        attachment.telegram_file_id = outcome.file_id
        session.add(attachment)


def _again_at(row: Message, when: dtm.datetime, reason: str) -> None:
    row.state, row.not_before, row.failure = MessageState.QUEUED, when, reason[:500]


def _no_answer(row: Message, reason: str, now: dtm.datetime) -> None:
    """Once more, marked, and never again; an edit may be repeated without harm."""
    if row.delivery is Delivery.EDIT:
        _again_at(row, now + _pause(row.attempts), reason)
    elif row.repeated:
        row.state, row.failure = MessageState.UNCERTAIN, reason[:500]
    else:
        row.repeated = True
        _again_at(row, now, reason)


def _unreachable(session: Session, row: Message, why: Unreachable, now: dtm.datetime) -> None:
    _failed(row, why.value)
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    if contact is None:
        return
    notices.due_again(session, row)
    # The account may have been displaced meanwhile; the person's new one is not to blame.
    if contact.unreachable is None and contact.telegram_user_id == row.chat_id:
        contact.unreachable, contact.unreachable_since = why, now
        session.add(contact)
        tell_office_unreachable(session, contact, now)


def tell_office_unreachable(session: Session, contact: Contact, now: dtm.datetime) -> None:
    """The office hears once, each time a person stops being reachable."""
    # The instant tells one spell of silence from the next: each is told once.
    subject = notices.Subject(f"unreachable:{int(now.timestamp())}", contact.id)
    notices.notify_office(session, PERSON_UNREACHABLE, subject, now)


def _failed(row: Message, reason: str) -> None:
    row.state, row.failure = MessageState.FAILED, reason[:500]


def _without_markup(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("<", "&lt;")


def _pause(attempts: int) -> dtm.timedelta:
    return min(dtm.timedelta(seconds=2.0 ** min(attempts, 12) / 2), LONGEST_PAUSE)
