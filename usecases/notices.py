"""Notices: somebody must hear something once. What is said is decided when it leaves
(`usecases.composing`)."""

import datetime as dtm
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact
from db.tables.speech import Message, Notice, NoticeState, Urgency
from domain.vocabulary import Role
from templates.message import Message as Typed


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
    spend the person's budget, and wait when that is used up, unless it says otherwise. What asks
    somebody for a report is chasing, and is kept back while the office holds that. What only takes
    a worry away is silent: the phone does not ring.
    """

    name: str
    urgency: Urgency
    compose: Callable[[Session, Contact, Sequence[Notice], dtm.datetime], "Composed"]
    expires_after: dtm.timedelta | None = None
    spends_budget: bool = True
    is_chasing: bool = False
    is_silent: bool = False


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


def occasion_of(notice: Notice) -> Occasion:
    """The occasion the notice is on."""
    return _OCCASIONS[notice.occasion]


def spends_budget(notice: Notice) -> bool:
    """Whether its message counts against what a person may hear; an unknown occasion's does not."""
    occasion = _OCCASIONS.get(notice.occasion)
    return occasion is not None and occasion.spends_budget


def spending_occasions() -> list[str]:
    """The names of the occasions whose messages spend a person's budget."""
    return [one.name for one in _OCCASIONS.values() if one.spends_budget]


def chasing_occasions() -> list[str]:
    """The names of the occasions that ask somebody for a report."""
    return [one.name for one in _OCCASIONS.values() if one.is_chasing]


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


def expire(session: Session, now: dtm.datetime) -> int:
    """Let go of notices nobody could be told in time; how many."""
    stale = select(Notice).where(
        Notice.state == NoticeState.DUE,
        col(Notice.expires_at) <= now,
    )
    rows = session.exec(stale).all()
    for row in rows:
        settle(session, row, NoticeState.EXPIRED, now)
    return len(rows)


def due_again(session: Session, message: Message) -> None:
    """A message did not reach its person: what it told is still to be told, once they are back."""
    for notice in session.exec(select(Notice).where(Notice.message_id == message.id)):
        notice.state, notice.message_id, notice.settled_at = NoticeState.DUE, None, None
        session.add(notice)


def settle(session: Session, notice: Notice, state: NoticeState, now: dtm.datetime) -> None:
    """This notice has had its end."""
    notice.state, notice.settled_at = state, now
    session.add(notice)


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
