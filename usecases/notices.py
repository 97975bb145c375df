"""Notices: somebody must hear something once. What is said is decided when it leaves."""

import datetime as dtm
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, exists, or_, select

from db.tables.people import Assignment, Contact
from db.tables.speech import WAITING, Dialog, Message, MessageState, Notice, NoticeState, Urgency
from domain.dialogs import ASLEEP_AFTER
from domain.vocabulary import Role
from templates.message import Message as Typed
from templates.render import Rendered, render
from usecases import budgets
from usecases.asker import voice_of
from usecases.outbox import new_rows
from usecases.policies import timetable

# How long what cannot be composed is left alone before it is tried again.
PUT_OFF = dtm.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Subject:
    """What a notice is about; `turn` tells apart the times the same occasion comes round."""

    kind: str
    id: int
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """Who must hear of what, and until when it is worth saying."""

    subject: Subject
    contact_id: int
    expires_at: dtm.datetime | None = None
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Occasion:
    """A reason to tell somebody something.

    `compose` gets every due notice of one person on this occasion and answers what to say now and
    which notices it covers; the others have settled meanwhile and are withdrawn. Its messages
    spend the person's budget, and wait when that is used up, unless it says otherwise.
    """

    name: str
    urgency: Urgency
    compose: Callable[[Session, Contact, Sequence[Notice], dtm.datetime], "Composed"]
    expires_after: dtm.timedelta | None = None
    spends_budget: bool = True


@dataclass(frozen=True, slots=True)
class Composed:
    """What is to be said to one person, and the ids of the notices it tells."""

    message: Typed | None
    told: frozenset[int] = frozenset()


class NotComposedError(Exception):
    """What one person is to be told cannot be put into words: our mistake, nobody else's."""

    def __init__(self, notice_ids: tuple[int, ...]) -> None:
        super().__init__(f"notices {notice_ids} could not be composed")
        self.notice_ids = notice_ids


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
    notify_all(session, occasion, [Telling(subject, contact_id, details=details)], now)


def notify_all(
    session: Session, occasion: Occasion, tellings: Iterable[Telling], now: dtm.datetime
) -> None:
    """Many must hear something once each; what was said before stays as it is."""
    wanted = {(one.subject, one.contact_id): one for one in tellings}
    for known in _known(session, occasion, {subject for subject, _ in wanted}):
        wanted.pop(known, None)
    lasting = occasion.expires_after
    session.add_all(
        Notice(
            subject_kind=one.subject.kind,
            subject_id=one.subject.id,
            occasion=occasion.name,
            turn=one.subject.turn,
            contact_id=one.contact_id,
            urgency=occasion.urgency,
            details=dict(one.details),
            due_at=now,
            expires_at=one.expires_at or (now + lasting if lasting else None),
            created_at=now,
        )
        for one in wanted.values()
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
    Raises NotComposedError; `put_off` then keeps those notices from stopping the others.
    """
    waiting = session.exec(_due(urgency, now, resting)).all()
    if not waiting or not _window_is_open(session, urgency, now):
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
        _reword(session, message, rendered)
        _tell(session, notices, still, message, now)
    elif not message.repeated:
        _tell(session, notices, frozenset(), None, now)
    return rendered is not None


def put_off(session: Session, notice_ids: Sequence[int], now: dtm.datetime) -> None:
    """Try these again later, so that whoever can be told is told meanwhile."""
    for notice in session.exec(select(Notice).where(col(Notice.id).in_(notice_ids))):
        if notice.message_id is not None:
            message = session.get_one(Message, notice.message_id)
            _supersede(session, message, *_later_parts(session, message))
        notice.state, notice.message_id, notice.settled_at = NoticeState.DUE, None, None
        notice.due_at = now + PUT_OFF
        session.add(notice)


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
    assert contact.telegram_user_id is not None
    notices = _same_occasion(session, first, now)
    rendered, told = _words(session, contact, notices, now)
    if rendered is None:
        _tell(session, notices, told, None, now)
        return None
    rows = new_rows(contact.telegram_user_id, contact.id, rendered, first.urgency, now)
    session.add_all(rows)
    session.flush()
    _tell(session, notices, told, rows[0], now)
    return rows[0]


def _words(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> tuple[Rendered | None, frozenset[int]]:
    """What is to be said of these notices, if anything, and which of them that tells."""
    try:
        composed = _OCCASIONS[notices[0].occasion].compose(session, contact, notices, now)
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
        _settle(session, notice, NoticeState.TOLD if is_told else NoticeState.WITHDRAWN, now)
    session.flush()


def _reword(session: Session, message: Message, rendered: Rendered) -> None:
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


def _window_is_open(session: Session, urgency: Urgency, now: dtm.datetime) -> bool:
    rules = timetable(session)
    windows = rules.policy.windows
    window = windows.urgent if urgency is Urgency.URGENT else windows.routine
    return rules.next_allowed(window, now) == now


def _must_wait(session: Session, notice: Notice, contact: Contact, now: dtm.datetime) -> bool:
    """Whether the person's budget is used up; then what they were to hear joins the next."""
    if not _OCCASIONS[notice.occasion].spends_budget:
        return False
    spending = [one.name for one in _OCCASIONS.values() if one.spends_budget]
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


def _known(
    session: Session, occasion: Occasion, subjects: Set[Subject]
) -> Iterator[tuple[Subject, int]]:
    """Which of these somebody was to hear before."""
    ids = {subject.id for subject in subjects}
    found = select(Notice.subject_kind, Notice.subject_id, Notice.turn, Notice.contact_id).where(
        Notice.occasion == occasion.name, col(Notice.subject_id).in_(ids)
    )
    for kind, subject_id, turn, contact_id in session.exec(found):
        yield Subject(kind, subject_id, turn), contact_id
