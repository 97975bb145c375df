"""Composing: the notices that are due become a message, rendered from what is still true."""

import datetime as dtm
from collections.abc import Sequence
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, exists, or_, select

from db.tables.people import Contact
from db.tables.speech import WAITING, Dialog, Message, MessageState, Notice, NoticeState, Urgency
from domain.dialogs import ASLEEP_AFTER
from templates.render import Rendered, render
from usecases import budgets
from usecases.asker import voice_of
from usecases.notices import occasion_of, settle, spending_occasions, spends_budget
from usecases.outbox import new_rows
from usecases.policies import timetable
from usecases.untold import tell_office

# How long what cannot be composed is left alone before it is tried again.
PUT_OFF = dtm.timedelta(minutes=10)


class NotComposedError(Exception):
    """What one person is to be told cannot be put into words: our mistake, nobody else's."""

    def __init__(self, notice_ids: tuple[int, ...]) -> None:
        super().__init__(f"notices {notice_ids} could not be composed")
        self.notice_ids = notice_ids


def compose_next(
    session: Session, urgency: Urgency, now: dtm.datetime, resting: frozenset[int]
) -> Message | None:
    """The next unasked message of this class, rendered from what is still true, or None.

    All due notices of the person on the same occasion become one message; what has settled is
    withdrawn, and when nothing is left nothing is said. `resting` are chats that must wait.
    Raises NotComposedError; `put_off` then keeps those notices from stopping the others.
    """
    waiting = session.exec(_due(urgency, now, resting)).all()
    if not waiting or not window_is_open(session, urgency, now):
        return None
    for notice, contact in waiting:
        if notice.state is not NoticeState.DUE or _must_wait(session, notice, contact, now):
            continue
        if row := _compose(session, notice, contact, now):
            return row
    return None


def compose_again(session: Session, message: Message, now: dtm.datetime) -> bool:
    """Have a message that did not leave at once say what is true now; False when nothing is.

    What has become due on its occasion meanwhile joins it. A message that tells no notices, and a
    later part of a long one, stays as it is. Raises NotComposedError.
    """
    told = session.exec(select(Notice).where(Notice.message_id == message.id)).all()
    if not told:
        return True
    contact = session.get_one(Contact, told[0].contact_id)
    notices = [*told, *_same_occasion(session, told[0], now)]
    rendered, still = _words(session, contact, notices, now)
    if rendered is not None:
        reword(session, message, rendered)
        _tell(session, notices, still, message, now)
    elif not message.repeated:
        _tell(session, notices, frozenset(), None, now)
    return rendered is not None


def put_off(session: Session, notice_ids: Sequence[int], now: dtm.datetime) -> None:
    """Try these again later, so that whoever can be told is told meanwhile; the office hears."""
    notices = session.exec(select(Notice).where(col(Notice.id).in_(notice_ids))).all()
    call_back(session, notices, now + PUT_OFF)
    tell_office(session, notices, now)


def call_back(session: Session, notices: Sequence[Notice], due_at: dtm.datetime) -> None:
    """The messages that tell these do not leave; what they tell is due again from then on."""
    for notice in notices:
        if notice.message_id is not None:
            message = session.get_one(Message, notice.message_id)
            _supersede(session, message, *_later_parts(session, message))
        notice.state, notice.message_id, notice.settled_at = NoticeState.DUE, None, None
        notice.due_at = due_at
        session.add(notice)
    session.flush()


def _compose(
    session: Session, first: Notice, contact: Contact, now: dtm.datetime
) -> Message | None:
    assert contact.telegram_user_id is not None
    notices = _same_occasion(session, first, now)
    rendered, told = _words(session, contact, notices, now)
    if rendered is None:
        _tell(session, notices, told, None, now)
        return None
    rows = new_rows(contact.telegram_user_id, contact.id, rendered, first.urgency, now)
    for row in rows:
        row.silent = occasion_of(first).is_silent
    session.add_all(rows)
    session.flush()
    _tell(session, notices, told, rows[0], now)
    return rows[0]


def _words(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> tuple[Rendered | None, frozenset[int]]:
    """What is to be said of these notices, if anything, and which of them that tells."""
    try:
        composed = occasion_of(notices[0]).compose(session, contact, notices, now)
        if composed.message is None:
            return None, frozenset()
        return render(composed.message, voice_of(session, contact)), composed.told
    except OperationalError:
        # The database is away or busy: no fault of what is to be said.
        raise
    except Exception as error:
        raise NotComposedError(tuple(notice.id for notice in notices)) from error


def _tell(
    session: Session,
    notices: Sequence[Notice],
    told: frozenset[int],
    message: Message | None,
    now: dtm.datetime,
) -> None:
    """These are told by that message; those it does not tell have settled meanwhile."""
    for notice in notices:
        is_told = message is not None and notice.id in told
        notice.message_id = message.id if message and is_told else None
        settle(session, notice, NoticeState.TOLD if is_told else NoticeState.WITHDRAWN, now)
    session.flush()


def reword(session: Session, message: Message, rendered: Rendered) -> None:
    """Put other words into a message that has not left, and into as many parts as they need."""
    _supersede(session, *_later_parts(session, message))
    first, *more = new_rows(
        message.chat_id, message.contact_id, rendered, message.urgency, message.created_at
    )
    message.kind, message.text, message.keyboard = first.kind, first.text, first.keyboard
    session.add_all([message, *more])


def _later_parts(session: Session, message: Message) -> Sequence[Message]:
    """The parts behind the first one of a long message: made with it, in the same instant."""
    found = select(Message).where(
        Message.chat_id == message.chat_id,
        Message.urgency == message.urgency,
        Message.kind == message.kind,
        Message.created_at == message.created_at,
        Message.id > message.id,
        Message.state == MessageState.QUEUED,
    )
    return session.exec(found).all()


def _supersede(session: Session, *messages: Message) -> None:
    for message in messages:
        message.state = MessageState.SUPERSEDED
        session.add(message)


def _same_occasion(session: Session, notice: Notice, now: dtm.datetime) -> Sequence[Notice]:
    found = select(Notice).where(
        Notice.contact_id == notice.contact_id,
        Notice.occasion == notice.occasion,
        Notice.state == NoticeState.DUE,
        Notice.due_at <= now,
    )
    return session.exec(found.order_by(col(Notice.id)).with_for_update()).all()


def _due(urgency: Urgency, now: dtm.datetime, resting: frozenset[int]) -> Any:
    """Due notices of people who can be written to now, and for whom nothing of the class waits.

    A routine one waits while a dialog is awake.
    """
    waiting = exists().where(
        col(Message.chat_id) == col(Contact.telegram_user_id),
        col(Message.urgency) == urgency,
        col(Message.state).in_(WAITING),
    )
    query = (
        select(Notice, Contact)
        .join(Contact, col(Contact.id) == col(Notice.contact_id))
        .where(
            Notice.state == NoticeState.DUE,
            Notice.urgency == urgency,
            Notice.due_at <= now,
            or_(col(Notice.expires_at).is_(None), col(Notice.expires_at) > now),
            col(Contact.telegram_user_id).is_not(None),
            col(Contact.telegram_user_id).not_in(resting),
            col(Contact.unreachable).is_(None),
            col(Contact.left_at).is_(None),
            ~waiting,
        )
        .order_by(col(Notice.due_at), col(Notice.id))
        .limit(20)
    )
    if urgency is Urgency.ROUTINE:
        awake = select(Dialog.contact_id).where(Dialog.touched_at >= now - ASLEEP_AFTER)
        query = query.where(col(Notice.contact_id).not_in(awake))
    return query


def window_is_open(session: Session, urgency: Urgency, now: dtm.datetime) -> bool:
    """Whether unasked messages of this class may leave now."""
    rules = timetable(session)
    windows = rules.policy.windows
    window = windows.urgent if urgency is Urgency.URGENT else windows.routine
    return rules.next_allowed(window, now) == now


def _must_wait(session: Session, notice: Notice, contact: Contact, now: dtm.datetime) -> bool:
    """Whether the person's budget is used up; then what they were to hear joins the next."""
    if not spends_budget(notice):
        return False
    spending = spending_occasions()
    again = budgets.full_again_at(session, contact, spending, now)
    if again is None:
        return False
    for held in session.exec(_waiting_for(contact.id, spending, now)):
        held.due_at = again
        session.add(held)
    session.flush()
    return True


def _waiting_for(contact_id: int, occasions: Sequence[str], now: dtm.datetime) -> Any:
    return select(Notice).where(
        Notice.contact_id == contact_id,
        col(Notice.occasion).in_(occasions),
        Notice.state == NoticeState.DUE,
        Notice.due_at <= now,
    )
