"""Opening the months that are reported; their obligations follow the programme."""

import datetime as dtm
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, exists, func, select

from db.tables.programme import Listing, Programme, Project
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, Verdict
from domain.periods import Period
from domain.rounds import Round, owing_categories, rounds_ahead
from domain.timetable import Timetable
from domain.vocabulary import ActualState, Level
from usecases import audit
from usecases.exemptions import exempt_projects
from usecases.obligations import LIVE, first_act_at, obligation_changed
from usecases.policies import kept_version, timetable, timetable_of

# No policy opens a period longer than this many before it is due.
LOOKOUT = 3

_STATE_AFTER: Mapping[Verdict | None, ObligationState] = {
    None: ObligationState.OPEN,
    Verdict.PENDING: ObligationState.SUBMITTED,
    Verdict.RETURNED: ObligationState.RETURNED,
    Verdict.ACCEPTED: ObligationState.ACCEPTED,
}


def keep_periods(session: Session, now: dtm.datetime) -> int:
    """Open what is to be opened, give every current listing its obligation, end those without one.

    Doing it twice changes nothing. How many obligations were made, ended or taken up again.
    """
    _open_due_periods(session, now)
    return sum(_keep(session, period, now) for period in _unsettled(session, now))


def _open_due_periods(session: Session, now: dtm.datetime) -> None:
    """Only periods whose due time is ahead: nobody is asked for what was due before the bot."""
    rules = timetable(session)
    for one in islice(rounds_ahead(rules, now), LOOKOUT):
        if one.opens_at <= now and _period_row(session, one.period) is None:
            _open(session, one, now)


def _open(session: Session, coming: Round, now: dtm.datetime) -> None:
    row = ReportingPeriod(
        year=coming.period.year,
        month=coming.period.month,
        opens_at=coming.opens_at,
        due_at=coming.due_at,
        policy_version_id=kept_version(session, now).id,
    )
    session.add(row)
    session.flush()
    audit.record(session, None, "period.opened", now, ("reporting_period", row.id))


def _unsettled(session: Session, now: dtm.datetime) -> Iterable[ReportingPeriod]:
    """The open periods that are still to come due, or of which somebody still owes something."""
    live = exists().where(
        col(Obligation.period_id) == col(ReportingPeriod.id), col(Obligation.state).in_(LIVE)
    )
    query = select(ReportingPeriod).where(
        col(ReportingPeriod.closed_at).is_(None),
        (col(ReportingPeriod.due_at) > now) | live,
        col(ReportingPeriod.opens_at) <= now,
    )
    return session.exec(query).all()


def _keep(session: Session, period: ReportingPeriod, now: dtm.datetime) -> int:
    """The database compares; nearly always nothing differs, and no row is loaded."""
    rules = timetable_of(session, period.policy_version_id)
    wanted = _owing(session, rules, Period(period.year, period.month))
    missing = session.exec(_missing(period, wanted)).all() if period.due_at > now else ()
    changed = session.exec(_changed(period, wanted)).all()
    if missing:
        _add(session, period, dict(missing), rules)
    for obligation, listing_id in changed:
        _follow_programme(session, obligation, listing_id, now)
    return len(missing) + len(changed)


def _owing(session: Session, rules: Timetable, period: Period) -> sa.Subquery:
    """The listing under which each project reports on a month.

    Of two levels the higher one's counts, and the project reports once. A level without a
    programme of the year is carried by its newest one before, but for what is completed.
    """
    height = sa.case(
        {level: place for place, level in enumerate(Level)}, value=col(Programme.level)
    )
    first = func.row_number().over(
        partition_by=col(Listing.project_id), order_by=(height, col(Listing.id))
    )
    ruling = sa.tuple_(Programme.level, Programme.year).in_(_ruling_years(session, period.year))
    ranked = (
        sa.select(col(Listing.project_id), col(Listing.id).label("listing_id"))
        .add_columns(first.label("place"))
        .join(Programme, col(Programme.id) == col(Listing.programme_id))
        .join(Project, col(Project.id) == col(Listing.project_id))
        .where(col(Listing.withdrawn_at).is_(None), ruling)
        .where(col(Listing.plan_category).in_(owing_categories(rules.policy, period)))
        .where(
            (col(Programme.year) == period.year)
            | (col(Project.actual_state) != ActualState.COMPLETED)
        )
        .subquery()
    )
    return sa.select(ranked.c.project_id, ranked.c.listing_id).where(ranked.c.place == 1).subquery()


def _missing(period: ReportingPeriod, wanted: sa.Subquery) -> Any:
    """Projects that owe a report and have no obligation, each with its listing."""
    known = exists().where(
        col(Obligation.period_id) == period.id, col(Obligation.project_id) == wanted.c.project_id
    )
    return select(wanted.c.project_id, wanted.c.listing_id).where(~known)


def _changed(period: ReportingPeriod, wanted: sa.Subquery) -> Any:
    """Obligations that the programme has changed, each with its listing of now, if any."""
    ended = col(Obligation.state) == ObligationState.WITHDRAWN
    moved = col(Obligation.listing_id).is_distinct_from(wanted.c.listing_id)
    return (
        select(Obligation, wanted.c.listing_id)
        .outerjoin(wanted, wanted.c.project_id == col(Obligation.project_id))
        .where(Obligation.period_id == period.id)
        .where(
            (ended & wanted.c.listing_id.is_not(None)) | (col(Obligation.state).in_(LIVE) & moved)
        )
        .order_by(col(Obligation.id))
    )


def _add(
    session: Session, period: ReportingPeriod, wanted: Mapping[int, int], rules: Timetable
) -> None:
    begins = first_act_at(rules, period.due_at)
    exempt = exempt_projects(session, Period(period.year, period.month))
    session.add_all(
        Obligation(
            project_id=project_id,
            period_id=period.id,
            listing_id=listing_id,
            policy_version_id=period.policy_version_id,
            due_at=period.due_at,
            next_act_at=None if project_id in exempt else begins,
            state=ObligationState.EXEMPT if project_id in exempt else ObligationState.OPEN,
            reason=exempt.get(project_id, ""),
        )
        for project_id, listing_id in sorted(wanted.items())
    )
    session.flush()


def _follow_programme(
    session: Session, obligation: Obligation, listing_id: int | None, now: dtm.datetime
) -> None:
    """The project was withdrawn, listed again, or is listed by another programme now."""
    if listing_id is not None:
        obligation.listing_id = listing_id
    ended = obligation.state is ObligationState.WITHDRAWN
    if ended == (listing_id is not None):
        obligation.state = state_again(session, obligation) if ended else ObligationState.WITHDRAWN
        obligation_changed(session, obligation, now)
        action = "obligation.taken_up_again" if ended else "obligation.withdrawn"
        audit.record(session, None, action, now, ("obligation", obligation.id))
    session.add(obligation)


def state_again(session: Session, obligation: Obligation) -> ObligationState:
    """How an obligation that had ended stands once it is taken up again."""
    newest = (
        select(Report.verdict)
        .where(Report.obligation_id == obligation.id, Report.verdict != Verdict.SUPERSEDED)
        .order_by(col(Report.revision).desc())
    )
    verdict = session.exec(newest).first()
    return _STATE_AFTER[Verdict(verdict) if verdict else None]


def _ruling_years(session: Session, year: int) -> Sequence[tuple[Level, int]]:
    """Of each level the newest year that has a programme and is not after `year`."""
    query = (
        select(Programme.level, func.max(Programme.year))
        .where(Programme.year <= year)
        .group_by(col(Programme.level))
    )
    return [(Level(level), newest) for level, newest in session.exec(query)]


def _period_row(session: Session, period: Period) -> ReportingPeriod | None:
    found = select(ReportingPeriod).where(
        ReportingPeriod.year == period.year, ReportingPeriod.month == period.month
    )
    return session.exec(found).one_or_none()
