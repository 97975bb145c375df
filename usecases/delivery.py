"""Delivery's side of the database: what leaves next, and what became of it."""

import datetime as dtm
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import aliased
from sqlmodel import Session, case, col, exists, func, or_, select

from db.tables.people import Contact, Unreachable
from db.tables.speech import WAITING, Attachment, Delivery, Message, MessageState, Urgency
from domain.texts import plain
from templates.office import Repeated
from templates.render import render
from usecases import composing, notices, untold
from usecases.asker import voice_of
from usecases.groups import posting
from usecases.groups.ending import lose, move_group
from usecases.outcomes import (
    BadKeyboard,
    BadMarkup,
    Delivered,
    GroupGone,
    Migrated,
    NoAnswer,
    NotEditable,
    NotSent,
    Outcome,
    PersonUnreachable,
    Refused,
    Throttled,
    Unexpected,
)
from usecases.reachability import tell_office_unreachable

HEADS_LOOKED_AT = 10
LONGEST_PAUSE = dtm.timedelta(minutes=5)
# An edit may be repeated without harm, but not for ever: what comes after it waits.
MOST_EDITS = 5
# About an hour of trying again: whoever sits between us and Telegram may be mended by then.
MOST_UNEXPECTED = 20
# Clocks of replicas may differ by this much; a claim further ahead means ours was set back.
CLOCKS_DIFFER = dtm.timedelta(seconds=30)


class UnclaimableError(Exception):
    """A message no parcel can be made of: our mistake; it must stop nobody else's."""

    def __init__(self, message_id: int) -> None:
        super().__init__(f"no parcel can be made of message {message_id}")
        self.message_id = message_id


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
    silent: bool = False


def heads(session: Session, now: dtm.datetime, resting: frozenset[int]) -> list[int]:
    """The messages that may leave next, but for `resting` chats: answers first, oldest first."""
    return list(session.exec(_heads(now, resting)))


def claim(session: Session, message_id: int, now: dtm.datetime) -> Parcel | None:
    """Take a queued message for sending; None when there is nothing to send after all.

    One that did not leave at its first attempt is read again. Raises composing.NotComposedError,
    and UnclaimableError where no parcel can be made of the message; then nothing has changed.
    """
    try:
        return _claim(session, message_id, now)
    except (OperationalError, composing.NotComposedError):
        raise
    except Exception as error:
        raise UnclaimableError(message_id) from error


def _claim(session: Session, message_id: int, now: dtm.datetime) -> Parcel | None:
    found = select(Message).where(Message.id == message_id, Message.state == MessageState.QUEUED)
    row = session.exec(found.with_for_update(skip_locked=True)).one_or_none()
    if row is None:
        return None
    target = session.get(Message, row.target_id) if row.target_id else None
    if target is not None and target.telegram_message_id is None:
        row.state, row.failure = MessageState.SUPERSEDED, "the message to edit never arrived"
    elif row.claimed_at is not None and not _is_worth_saying(session, row, now):
        # A first copy may have arrived all the same.
        row.state = MessageState.UNCERTAIN if row.repeated else MessageState.SUPERSEDED
        row.failure = "what it said has settled"
    else:
        row.state, row.claimed_at, row.attempts = MessageState.SENDING, now, row.attempts + 1
    session.add(row)
    return _parcel(session, row, target) if row.state is MessageState.SENDING else None


def _is_worth_saying(session: Session, row: Message, now: dtm.datetime) -> bool:
    """Whether a message that did not leave at once, now reworded, still has something to say."""
    if row.chat_id < 0:
        return posting.compose_again(session, row, now)
    return composing.compose_again(session, row, now)


def compose(
    session: Session, urgency: Urgency, now: dtm.datetime, resting: frozenset[int]
) -> Parcel | None:
    """Render and claim the next unasked message of this class from what is due now: people first,
    then groups."""
    row = composing.compose_next(session, urgency, now, resting)
    if row is None and urgency is Urgency.ROUTINE:
        row = posting.compose_next(session, now, resting)
    return claim(session, row.id, now) if row else None


def settle(session: Session, message_id: int, outcome: Outcome, now: dtm.datetime) -> None:
    """Record what became of a claimed message, and what follows from it."""
    row = session.get_one(Message, message_id, with_for_update=True)
    if row.state is not MessageState.SENDING and not isinstance(outcome, Delivered):
        # Another replica took it over while the answer was on its way; it knows better.
        return
    match outcome:
        case Delivered():
            _delivered(session, row, outcome, now)
        case NotSent(reason=reason):
            _again_at(row, now + _pause(row.attempts), reason)
        case Unexpected(reason=reason) if row.attempts < MOST_UNEXPECTED:
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
        case _:
            _refused(session, row, outcome, now)
    session.add(row)
    if row.state is MessageState.FAILED and not isinstance(outcome, PersonUnreachable):
        _give_up(session, row, now)


def cannot_leave(session: Session, message_id: int, reason: str, now: dtm.datetime) -> None:
    """No parcel can be made of this message: it fails, so that what is behind it can leave."""
    row = session.get_one(Message, message_id, with_for_update=True)
    if row.state is MessageState.QUEUED:
        _failed(row, reason)
        session.add(row)
        _give_up(session, row, now)


def recover(session: Session) -> int:
    """At start: what was being sent when the process died may have arrived; how many."""
    rows = session.exec(select(Message).where(Message.state == MessageState.SENDING)).all()
    for row in rows:
        _no_answer(row, "the process ended while sending", row.claimed_at or row.created_at)
        session.add(row)
    return len(rows)


def sent_between(
    session: Session, since: dtm.datetime, now: dtm.datetime
) -> list[tuple[int, dtm.datetime]]:
    """(chat id, instant) of everything that left, or may have left, in that time; oldest first."""
    left = func.coalesce(Message.sent_at, Message.claimed_at)
    # What lies ahead was sent before the clock was set back: who knows how long ago.
    found = select(Message.chat_id, left).where(left.between(since, now)).order_by(left)
    return list(session.exec(found))


def move_chat(session: Session, old: int, new: int) -> None:
    """A group was upgraded: whatever is kept under its old id moves to the new one."""
    move_group(session, old, new)
    waiting = select(Message).where(Message.chat_id == old, col(Message.state).in_(WAITING))
    for row in session.exec(waiting):
        row.chat_id = new
        session.add(row)


def _heads(now: dtm.datetime, resting: frozenset[int]) -> Any:
    earlier = aliased(Message)
    behind = exists().where(
        col(earlier.chat_id) == col(Message.chat_id),
        col(earlier.urgency) == col(Message.urgency),
        col(earlier.id) < col(Message.id),
        col(earlier.state).in_(WAITING),
    )
    rested = or_(
        col(Message.not_before).is_(None),
        col(Message.not_before) <= now,
        # The clock was set back since: what was to be waited for is long over.
        col(Message.claimed_at) > now + CLOCKS_DIFFER,
    )
    ready = (rested, ~behind, col(Message.chat_id).not_in(resting))
    rank = case({urgency: place for place, urgency in enumerate(Urgency)}, value=Message.urgency)
    return (
        select(Message.id)
        .where(Message.state == MessageState.QUEUED, *ready)
        .order_by(rank, col(Message.id))
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
        silent=row.silent,
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
    if row.target_id is not None and row.attempts < MOST_EDITS:
        _again_at(row, now + _pause(row.attempts), reason)
    elif row.target_id is not None or row.repeated:
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


def _failed(row: Message, reason: str) -> None:
    row.state, row.failure = MessageState.FAILED, reason[:500]


def _refused(
    session: Session,
    row: Message,
    outcome: BadMarkup | BadKeyboard | NotEditable | GroupGone | Unexpected | Refused,
    now: dtm.datetime,
) -> None:
    """Send it again in a form Telegram takes, where there is one."""
    text = _without_markup(row.text)
    match outcome:
        case BadMarkup() if text != row.text:
            row.text = text
        case BadKeyboard() if row.keyboard:
            row.keyboard = []
        case NotEditable() if row.update_id is not None:
            # Somebody asked and is to be answered; an edit nobody asked for is let go.
            row.delivery, row.target_id = Delivery.SEND, None
        case GroupGone():
            _failed(row, outcome.reason)
            lose(session, row.chat_id, now)
            return
        case _:
            _failed(row, outcome.reason)
            return
    _again_at(row, now, outcome.reason)


def _give_up(session: Session, row: Message, now: dtm.datetime) -> None:
    untold.give_up(session, row, now)
    posting.give_up(session, row, now)


def _without_markup(text: str) -> str:
    return plain(text).replace("&", "&amp;").replace("<", "&lt;")


def _pause(attempts: int) -> dtm.timedelta:
    return min(dtm.timedelta(seconds=2.0 ** min(attempts, 12) / 2), LONGEST_PAUSE)
