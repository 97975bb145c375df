"""年终核定: December is reported early as an estimate, and may be settled for some days more."""

import datetime as dtm
from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.chain import Rung
from domain.periods import Period
from domain.timetable import Timetable
from templates.settlement import SettlementReminder, ToSettle
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register
from usecases.policies import timetable_of
from usecases.reporting.matters import Matter, matters_of

SUBJECT = "obligation"
LAST_MONTH = 12
LINES_SHOWN = 10
REMINDED_BEFORE = 3
"""Working days before the day of settlement; the shipped policies name none."""


def settled_until(rules: Timetable, period: Period) -> dtm.datetime | None:
    """Until when a month may be settled; only December may."""
    return rules.settled_at(period.year) if period.month == LAST_MONTH else None


def remind_of_settlement(session: Session, now: dtm.datetime) -> int:
    """Whoever reports a project whose December is accepted hears once that it may be settled."""
    query = select(ReportingPeriod).where(
        ReportingPeriod.month == LAST_MONTH,
        ReportingPeriod.due_at <= now,
        col(ReportingPeriod.closed_at).is_(None),
    )
    told = 0
    for books in session.exec(query):
        rules = timetable_of(session, books.policy_version_id)
        until = settled_until(rules, Period(books.year, books.month))
        if until is not None and _reminded_from(rules, until) <= now < until:
            told += _remind(session, books, until, now)
    return told


def _reminded_from(rules: Timetable, until: dtm.datetime) -> dtm.datetime:
    day = rules.calendar.add_working_days(rules.local_day(until), -REMINDED_BEFORE)
    return rules.instant(day, rules.policy.reminders.time)


def _remind(
    session: Session, books: ReportingPeriod, until: dtm.datetime, now: dtm.datetime
) -> int:
    query = select(Obligation).where(
        Obligation.period_id == books.id, Obligation.state == ObligationState.ACCEPTED
    )
    matters = matters_of(session, session.exec(query).all(), now)
    tellings = list(_tellings(matters, until))
    notify_all(session, SETTLEMENT_REMINDER, tellings, now)
    return len(tellings)


def _tellings(matters: Iterable[Matter], until: dtm.datetime) -> Iterable[Telling]:
    for matter in matters:
        seat = matter.chain.seat(Rung.MAIN_REPORTER)
        if not matter.base.is_preparatory and seat is not None and seat.acting_id is not None:
            yield Telling(Subject(SUBJECT, matter.id, "settled"), seat.acting_id, until)


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """One message for all that is still accepted and open to be settled."""
    ids = [notice.subject_id for notice in notices]
    query = select(Obligation).where(
        col(Obligation.id).in_(ids), Obligation.state == ObligationState.ACCEPTED
    )
    matters = [one for one in matters_of(session, session.exec(query).all(), now) if _is_open(one)]
    if not matters:
        return Composed(None)
    until = settled_until(matters[0].timetable, matters[0].period)
    assert until is not None, "reminded only of what may be settled"
    lines = tuple(ToSettle(one.id, one.project.name) for one in matters)
    message = SettlementReminder(
        matters[0].period.year, until, lines[:LINES_SHOWN], len(lines[LINES_SHOWN:])
    )
    told = {one.id for one in matters}
    return Composed(message, frozenset(one.id for one in notices if one.subject_id in told))


def _is_open(matter: Matter) -> bool:
    return matter.books.closed_at is None


SETTLEMENT_REMINDER = register(Occasion("settlement_reminder", Urgency.ROUTINE, _compose))
