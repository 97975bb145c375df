"""/close (封账): a month's books are closed by the office, after it has seen what is missing."""

import datetime as dtm
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.access import Action
from domain.periods import Period
from templates.closing import (
    BooksClosed,
    BooksList,
    CloseBooks,
    OpenBooks,
    Standings,
    UnfinishedReport,
)
from templates.office import StaleButton
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.listings import units_of
from usecases.notices import Composed, Occasion, Subject, coordinators, notify, register
from usecases.obligations import AWAITED, LIVE
from usecases.reporting.overtaken import propose_overtaken
from usecases.rights import entitled

LINES_SHOWN = 12
_EXPECTED = (*LIVE, ObligationState.ACCEPTED)


@dataclass(frozen=True, slots=True)
class Shown:
    """A month's list of what is missing, as it was shown."""

    period_id: int
    digest: int


@entitled(Action.CLOSE_BOOKS)
def close(session: Session, _asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """/close: the months past their due time whose books are open, the oldest first."""
    return say(_list(session, now))


@entitled(Action.CLOSE_BOOKS)
def show_list(session: Session, _asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The same in place of what was opened from it."""
    return in_place(_list(session, now))


@entitled(Action.CLOSE_BOOKS)
def show(session: Session, _asker: Asker, period_id: int, now: dtm.datetime) -> Answers:
    """What is missing of a month, before it is closed."""
    period = _due_period(session, period_id, now)
    if period is None:
        return say(StaleButton())
    if period.closed_at is not None:
        return in_place(_closed(session, period))
    return in_place(_card(session, period))


@entitled(Action.CLOSE_BOOKS)
def confirm(session: Session, asker: Asker, shown: Shown, now: dtm.datetime) -> Answers:
    """The books are closed as they were shown; where that has changed it is shown anew."""
    period = _due_period(session, shown.period_id, now)
    if period is None:
        return say(StaleButton())
    if period.closed_at is not None:
        return in_place(_closed(session, period))
    card = _card(session, period, is_stale=True)
    if card.digest != shown.digest:
        return in_place(card)
    _close(session, asker, period, now)
    return in_place(_closed(session, period))


def _close(session: Session, asker: Asker, period: ReportingPeriod, now: dtm.datetime) -> None:
    period.closed_at, period.closed_by_id = now, asker.contact_id
    session.add(period)
    propose_overtaken(session, asker, period, now)
    for obligation in _obligations(session, period):
        obligation.next_act_at = None
        session.add(obligation)
    session.flush()
    standings = _standings(session, period)
    audit.record(
        session,
        asker,
        "books.closed",
        now,
        ("reporting_period", period.id),
        missing=standings.missing,
        waiting=standings.waiting,
    )
    for contact_id in coordinators(session, now):
        if contact_id != asker.contact_id:
            subject = Subject("reporting_period", period.id)
            notify(session, BOOKS_CLOSED, subject, contact_id, now)


def _list(session: Session, now: dtm.datetime) -> BooksList:
    query = select(ReportingPeriod).where(
        ReportingPeriod.due_at <= now, col(ReportingPeriod.closed_at).is_(None)
    )
    rows = session.exec(query.order_by(col(ReportingPeriod.year), col(ReportingPeriod.month)))
    return BooksList(
        tuple(OpenBooks(row.id, _month(row), _standings(session, row)) for row in rows.all())
    )


def _card(session: Session, period: ReportingPeriod, *, is_stale: bool = False) -> CloseBooks:
    unfinished = [one for one in _obligations(session, period) if one.state in LIVE]
    state = [(one.id, one.state.value) for one in unfinished]
    return CloseBooks(
        period.id,
        _month(period),
        _standings(session, period),
        _lines(session, unfinished[:LINES_SHOWN]),
        more=len(unfinished[LINES_SHOWN:]),
        digest=zlib.crc32(repr(state).encode()),
        is_stale=is_stale,
    )


def _lines(session: Session, obligations: Sequence[Obligation]) -> tuple[UnfinishedReport, ...]:
    ids = [one.project_id for one in obligations]
    projects = session.exec(select(Project).where(col(Project.id).in_(ids)))
    names = {project.id: project.name for project in projects}
    units = units_of(session, [one.listing_id for one in obligations])
    return tuple(
        UnfinishedReport(
            names[one.project_id],
            units[one.listing_id][0].name if units.get(one.listing_id) else "",
            is_waiting=one.state not in AWAITED,
        )
        for one in obligations
    )


def _closed(session: Session, period: ReportingPeriod) -> BooksClosed:
    assert period.closed_at is not None
    by = session.get(Contact, period.closed_by_id) if period.closed_by_id else None
    return BooksClosed(
        _month(period), period.closed_at, by.name if by else "", _standings(session, period)
    )


def _standings(session: Session, period: ReportingPeriod) -> Standings:
    counts = Counter(one.state for one in _obligations(session, period))
    return Standings(
        expected=sum(counts[state] for state in _EXPECTED),
        accepted=counts[ObligationState.ACCEPTED],
        waiting=counts[ObligationState.SUBMITTED],
        missing=sum(counts[state] for state in AWAITED),
    )


def _obligations(session: Session, period: ReportingPeriod) -> Sequence[Obligation]:
    """The missing first, then what waits, then the others."""
    query = select(Obligation).where(Obligation.period_id == period.id)
    rows = session.exec(query.order_by(col(Obligation.id))).all()
    return sorted(rows, key=lambda one: (one.state not in AWAITED, one.id))


def _due_period(session: Session, period_id: int, now: dtm.datetime) -> ReportingPeriod | None:
    """The month, locked, so that two people take turns; none that is not due yet."""
    query = select(ReportingPeriod).where(ReportingPeriod.id == period_id).with_for_update()
    period = session.exec(query).one_or_none()
    return period if period is not None and period.due_at <= now else None


def _month(period: ReportingPeriod) -> Period:
    return Period(period.year, period.month)


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    newest = notices[-1]
    period = session.get_one(ReportingPeriod, newest.subject_id)
    return Composed(_closed(session, period), frozenset({newest.id}))


BOOKS_CLOSED = register(Occasion("books_closed", Urgency.URGENT, _compose, spends_budget=False))
