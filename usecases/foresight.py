"""What would be said until a day if nobody did anything: the planner and the composer themselves,
on a clock that runs ahead, in a corner of the transaction that is not kept."""

import datetime as dtm
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlmodel import Session, col, func, select, update

from db.tables.chasing import Hold
from db.tables.items import Decision, DecisionState
from db.tables.reporting import Obligation, ReportingPeriod
from db.tables.speech import WAITING, Message, MessageState, Notice, NoticeState, Urgency
from domain.rounds import rounds_ahead
from domain.texts import plain
from domain.timetable import Timetable
from domain.vocabulary import Role
from usecases.composing import NotComposedError, compose_next, put_off
from usecases.meetings.foreseen import instants_ahead
from usecases.obligations import LIVE
from usecases.policies import timetable

Duty = Callable[[Session, dtm.datetime], object]

_DIGESTED = (Role.LIAISON, Role.COORDINATOR)
_AT_ONCE = (Urgency.URGENT, Urgency.ROUTINE)
# No stretch of days off is longer.
_LONGEST_BREAK = 15


@dataclass(frozen=True, slots=True)
class Foreseen:
    """A message that would leave: to whom, on which occasion, and how it begins."""

    at: dtm.datetime
    contact_id: int
    occasion: str
    reports: int
    begins: str


def foresee(
    session: Session, duties: Sequence[Duty], now: dtm.datetime, until: dtm.datetime
) -> list[Foreseen]:
    """Every message that would leave from now until then; nothing of it is kept or sent."""
    rehearsal = session.begin_nested()
    try:
        return list(_lived_through(session, duties, now, until))
    finally:
        rehearsal.rollback()


def _lived_through(
    session: Session, duties: Sequence[Duty], now: dtm.datetime, until: dtm.datetime
) -> Iterator[Foreseen]:
    at: dtm.datetime | None = now
    while at is not None and at <= until:
        _do(session, duties, at)
        yield from _said(session, at)
        at = _next_instant(session, at)


def _do(session: Session, duties: Sequence[Duty], at: dtm.datetime) -> None:
    """What the planner does then, transaction after transaction until nothing more is done."""
    left = None
    while left is None or 0 < _obligations_due(session, at) < left:
        left = _obligations_due(session, at)
        for duty in duties:
            duty(session, at)


def _obligations_due(session: Session, at: dtm.datetime) -> int:
    query = (
        select(func.count())
        .select_from(Obligation)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.next_act_at) <= at, col(Obligation.state).in_(LIVE))
        .where(col(ReportingPeriod.closed_at).is_(None))
    )
    return session.exec(query).one()


def _said(session: Session, at: dtm.datetime) -> Iterator[Foreseen]:
    """What leaves then and arrives at once, so that what depends on it can follow."""
    arrived = update(Message).where(col(Message.state).in_(WAITING))
    session.exec(arrived.values(state=MessageState.SENT, sent_at=at))
    for urgency in _AT_ONCE:
        while (message := _composed(session, urgency, at)) is not None:
            message.state, message.sent_at = MessageState.SENT, at
            session.add(message)
            session.flush()
            if found := _foreseen(session, message, at):
                yield found


def _composed(session: Session, urgency: Urgency, at: dtm.datetime) -> Message | None:
    try:
        return compose_next(session, urgency, at, frozenset())
    except NotComposedError as unsaid:
        put_off(session, unsaid.notice_ids, at)
        return _composed(session, urgency, at)


def _foreseen(session: Session, message: Message, at: dtm.datetime) -> Foreseen | None:
    told = session.exec(select(Notice).where(Notice.message_id == message.id)).all()
    if not told:
        return None
    begins = plain(message.text).partition("\n")[0]
    reports = len({(notice.subject_kind, notice.subject_id) for notice in told})
    return Foreseen(at, told[0].contact_id, told[0].occasion, reports, begins)


def _next_instant(session: Session, after: dtm.datetime) -> dtm.datetime | None:
    """The next moment at which anything could be said."""
    rules = timetable(session)
    stored = (
        select(func.min(col(Obligation.next_act_at))).where(
            col(Obligation.next_act_at) > after, col(Obligation.state).in_(LIVE)
        ),
        select(func.min(col(Decision.next_act_at))).where(
            col(Decision.next_act_at) > after, Decision.state == DecisionState.IN_FORCE
        ),
        select(func.min(col(Notice.due_at))).where(
            Notice.state == NoticeState.DUE, Notice.due_at > after
        ),
        select(func.min(col(Hold.until))).where(
            col(Hold.until) > after, col(Hold.lifted_at).is_(None)
        ),
    )
    instants = [at for query in stored if (at := session.exec(query).one())]
    instants += _digests(rules, after)
    instants += instants_ahead(session, after)
    instants += [one.opens_at for one in islice(rounds_ahead(rules, after), 3)]
    if _something_waits(session, after):
        windows = (rules.policy.windows.urgent, rules.policy.windows.routine)
        instants += [rules.next_allowed(window, after) for window in windows]
    return min((at for at in instants if at > after), default=None)


def _something_waits(session: Session, at: dtm.datetime) -> bool:
    found = select(Notice.id).where(Notice.state == NoticeState.DUE, Notice.due_at <= at)
    return session.exec(found.limit(1)).first() is not None


def _digests(rules: Timetable, after: dtm.datetime) -> list[dtm.datetime]:
    today = rules.local_day(after)
    days = (today + dtm.timedelta(days=number) for number in range(_LONGEST_BREAK))
    for day in days:
        ahead = [at for role in _DIGESTED for at in rules.digests(role, day) if at > after]
        if ahead:
            return ahead
    return []
