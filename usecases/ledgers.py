"""The accepted figures of projects, read for many projects at once.

Only what a reviewer accepted is a fact: everything shown outside a report's own dialog and review
is summed from here.
"""

import datetime as dtm
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Session, col, select

from db.tables import programme
from db.tables.programme import BalanceKind, Listing
from db.tables.reporting import Obligation, Report, ReportingPeriod, Verdict
from domain.periods import Period
from domain.progress import Adjustment, Ledger, MonthFigure, OpeningBalance
from domain.vocabulary import PlanCategory
from usecases.policies import timetable_of


@dataclass(frozen=True, slots=True)
class AcceptedMonth:
    """A month's report as accepted; a later acceptance of the same month replaces it.

    `first` is the first of the months it covers: 1—2月 may be one report.
    """

    period: Period
    invested: int | None
    physical_progress: str
    known_at: dtm.datetime
    first: Period


@dataclass(frozen=True, slots=True)
class Record:
    """A project's accepted months, oldest first, and the ledger that sums them."""

    months: tuple[AcceptedMonth, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)

    @property
    def latest(self) -> dict[Period, AcceptedMonth]:
        """The last word on each month."""
        return {month.period: month for month in self.months}

    @property
    def first(self) -> dict[Period, AcceptedMonth]:
        """The first word on each month."""
        return {month.period: month for month in reversed(self.months)}

    def until(self, last: Period | None) -> list[AcceptedMonth]:
        """The last word on each month, oldest first, up to `last` where one is given."""
        latest = self.latest
        return [latest[month] for month in sorted(latest) if last is None or month <= last]

    def then_known(self, period: Period) -> Ledger | None:
        """The ledger as recorded when the month was first accepted (当时所知)."""
        month = self.first.get(period)
        return self.ledger.known_by(month.known_at) if month else None


NO_RECORD = Record()


def records_of(
    session: Session, project_ids: Collection[int], year: int | None = None
) -> Mapping[int, Record]:
    """The records of these projects in three queries; of one year's months when it is given.

    A project nothing is known of is left out.
    """
    months = _months(session, project_ids, year)
    openings = _openings(session, project_ids)
    adjustments = _adjustments(session, project_ids)
    return {
        project_id: Record(
            tuple(months.get(project_id, ())),
            Ledger(
                tuple(map(_figure, filter(_has_figure, months.get(project_id, ())))),
                tuple(openings.get(project_id, ())),
                tuple(adjustments.get(project_id, ())),
            ),
        )
        for project_id in months.keys() | openings.keys()
    }


def _months(
    session: Session, project_ids: Collection[int], year: int | None
) -> dict[int, list[AcceptedMonth]]:
    query = (
        sa.select(col(Obligation.project_id), col(ReportingPeriod.year), col(ReportingPeriod.month))
        .add_columns(
            col(Report.invested_month), col(Report.physical_progress), col(Report.verdict_at)
        )
        .add_columns(col(Obligation.policy_version_id), col(Listing.plan_category))
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .join(Listing, col(Listing.id) == col(Obligation.listing_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.project_id).in_(project_ids))
        .where(col(Report.verdict) == Verdict.ACCEPTED)
        .order_by(col(ReportingPeriod.year), col(ReportingPeriod.month), col(Report.revision))
    )
    if year is not None:
        query = query.where(col(ReportingPeriod.year) == year)
    found: defaultdict[int, list[AcceptedMonth]] = defaultdict(list)
    # SQLModel types four columns at most; rows of entities would take ten times as long.
    first_of = _first_covered(session)
    for project_id, of_year, month, *fact in session.exec(cast(Any, query)):
        invested, progress, known_at, *rules = fact
        period = Period(of_year, month)
        accepted = AcceptedMonth(period, invested, progress, known_at, first_of(period, *rules))
        found[project_id].append(accepted)
    return found


def _first_covered(session: Session) -> Callable[[Period, int | None, PlanCategory], Period]:
    """The first month that a report covers, by the policy its round kept."""
    rules_of = cache(partial(timetable_of, session))

    @cache
    def first_of(period: Period, version: int | None, category: PlanCategory) -> Period:
        rules = rules_of(version).policy.reporting
        return (rules.covered_by(period, category) or (period,))[0]

    return first_of


def _openings(session: Session, project_ids: Collection[int]) -> dict[int, list[OpeningBalance]]:
    table = programme.OpeningBalance
    query = select(table).where(col(table.project_id).in_(project_ids)).order_by(col(table.id))
    found: defaultdict[int, list[OpeningBalance]] = defaultdict(list)
    for row in session.exec(query):
        in_year = row.kind is BalanceKind.YEAR_TO_DATE
        opening = OpeningBalance(
            as_at=Period(row.year, row.month),
            known_at=row.recorded_at,
            year_to_date=row.amount if in_year else None,
            since_start=None if in_year else row.amount,
        )
        found[row.project_id].append(opening)
    return found


def _adjustments(session: Session, project_ids: Collection[int]) -> dict[int, list[Adjustment]]:
    """Corrections; they enter the sums with the month they count from."""
    table = programme.Adjustment
    query = select(table).where(col(table.project_id).in_(project_ids)).order_by(col(table.id))
    found: defaultdict[int, list[Adjustment]] = defaultdict(list)
    for row in session.exec(query):
        counts_from = Period(row.counts_from_year, row.counts_from_month)
        corrects = Period(row.year, row.month)
        found[row.project_id].append(Adjustment(counts_from, corrects, row.amount, row.recorded_at))
    return found


def _has_figure(month: AcceptedMonth) -> bool:
    return month.invested is not None


def _figure(month: AcceptedMonth) -> MonthFigure:
    first = None if month.first == month.period else month.first
    return MonthFigure(month.period, month.invested or 0, month.known_at, first)
