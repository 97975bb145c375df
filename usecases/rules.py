"""Changing the rules with open eyes: what a policy or a published year moves, then doing it."""

import datetime as dtm
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ReportingPeriod
from domain.calendar import Calendar
from domain.periods import Period
from domain.rounds import Move, Round, moves, round_of, rounds_ahead
from domain.timetable import Timetable
from usecases.chasing.moved import reminded_of, tell_of_new_due_times
from usecases.obligations import AWAITED, obligation_changed
from usecases.policies import (
    calendar_in_force,
    load_year,
    timetable,
    timetable_of,
    timetable_on,
    timetable_with,
)

# A year and the month that its last report may be due in.
PREVIEWED = dtm.timedelta(days=400)
MOST_ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Published:
    """What one layer of the calendar has announced of a year."""

    layer: str
    year: int
    days: Mapping[str, object]


def coming_rounds(session: Session, rules: Timetable, now: dtm.datetime) -> list[Round]:
    """The rounds that have not opened yet, of the year ahead."""
    opened = {Period(row.year, row.month) for row in session.exec(select(ReportingPeriod))}
    ahead = islice(rounds_ahead(rules, now), MOST_ROUNDS)
    return [one for one in ahead if one.period not in opened and one.due_at <= now + PREVIEWED]


def policy_moves(
    session: Session, rules: Mapping[str, object], now: dtm.datetime
) -> tuple[Move, ...]:
    """Every date that this policy would move; what is open keeps the policy it opened with.

    Raises FaultyDataError with all that is wrong with the rules.
    """
    new = timetable_with(session, rules)
    return moves(coming_rounds(session, timetable(session), now), coming_rounds(session, new, now))


def calendar_moves(session: Session, published: Published, now: dtm.datetime) -> tuple[Move, ...]:
    """Every date that the published year would move, also of what is open.

    Raises FaultyDataError with all that is wrong with it.
    """
    known = calendar_in_force(session)
    new = known.with_notice(published.layer, published.year, published.days)
    return moves(_all_ahead(session, known, now), _all_ahead(session, new, now))


def load_published(session: Session, published: Published, now: dtm.datetime) -> None:
    """Know the year from now on, and move what is open and not yet due."""
    open_ahead = _open_ahead(session, now)
    load_year(session, published.layer, published.year, published.days, now)
    for period in open_ahead:
        rules = timetable_of(session, period.policy_version_id)
        _move(session, period, rules.due_at(Period(period.year, period.month)), now)


def _move(
    session: Session, period: ReportingPeriod, due_at: dtm.datetime, now: dtm.datetime
) -> None:
    """Only what was due with the others moves with them: an extension stays as it was granted."""
    if due_at == period.due_at:
        return
    affected = select(Obligation).where(
        Obligation.period_id == period.id,
        Obligation.due_at == period.due_at,
        col(Obligation.state).in_(AWAITED),
    )
    moved = session.exec(affected).all()
    # Asked before the change: those who know of the old date hear of the new one, nobody else.
    people = reminded_of(session, [one.id for one in moved])
    for obligation in moved:
        obligation.due_at = due_at
        obligation_changed(session, obligation, now)
    tell_of_new_due_times(session, people, moved, now)
    period.due_at = due_at
    session.add(period)
    session.flush()


def _all_ahead(session: Session, calendar: Calendar, now: dtm.datetime) -> Sequence[Round]:
    return [*_open_rounds(session, calendar, now), *_unopened(session, calendar, now)]


def _unopened(session: Session, calendar: Calendar, now: dtm.datetime) -> list[Round]:
    newest = timetable_on(session, calendar, None)
    return coming_rounds(session, newest, now)


def _open_rounds(session: Session, calendar: Calendar, now: dtm.datetime) -> Iterator[Round]:
    for row in _open_ahead(session, now):
        rules = timetable_on(session, calendar, row.policy_version_id)
        yield round_of(rules, Period(row.year, row.month))


def _open_ahead(session: Session, now: dtm.datetime) -> Sequence[ReportingPeriod]:
    """The open rounds not yet due, by the calendar in force; more time stays as it was granted."""
    query = select(ReportingPeriod).where(
        col(ReportingPeriod.closed_at).is_(None), ReportingPeriod.due_at > now
    )
    rows = session.exec(query.order_by(col(ReportingPeriod.due_at))).all()
    return [row for row in rows if row.due_at == _ruled_due_at(session, row)]


def _ruled_due_at(session: Session, row: ReportingPeriod) -> dtm.datetime:
    rules = timetable_of(session, row.policy_version_id)
    return rules.due_at(Period(row.year, row.month))
