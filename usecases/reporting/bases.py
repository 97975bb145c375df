"""What is known of projects before a month is reported, read for many projects at once."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from sqlmodel import Session, col, select

from db.tables.programme import Project
from db.tables.reporting import Obligation, Problem, Report, ReportingPeriod, Verdict
from domain.periods import Period
from domain.policy import Policy
from domain.progress import Ledger, OpeningBalance
from domain.reporting import preliminary
from domain.reporting.base import Base
from domain.vocabulary import ActualState, PlanCategory
from usecases.ledgers import NO_RECORD, Record, records_of
from usecases.listings import Listed
from usecases.progress_of import year_plan

MONTHS_LOOKED_BACK = 6


@dataclass(frozen=True, slots=True)
class EarlierReport:
    """The last word on an earlier month, accepted or still waiting for its review."""

    period: Period
    report: Report


@dataclass(frozen=True, slots=True)
class Past:
    """All that earlier months tell of some projects."""

    records: Mapping[int, Record]
    reports: Mapping[int, Sequence[EarlierReport]]
    open_problems: Mapping[int, int] = field(default_factory=dict)


def past_of(session: Session, project_ids: Collection[int]) -> Past:
    """The past of these projects, in a handful of queries however many there are."""
    return Past(
        records_of(session, project_ids),
        _reports(session, project_ids),
        _open_problems(session, project_ids),
    )


def base_of(
    past: Past, project: Project, listed: Listed, covered: Sequence[Period], policy: Policy
) -> Base:
    """The ground on which a project's report for these months stands."""
    before = covered[0].previous
    record = past.records.get(project.id, NO_RECORD)
    earlier = [one for one in past.reports.get(project.id, ()) if one.period <= before]
    ledger = _with_stated_openings(record.ledger, earlier)
    is_preparatory = listed.listing.plan_category is PlanCategory.PREPARATORY
    same_year = listed.programme.year == covered[-1].year
    base = Base(
        period=covered[-1],
        first=covered[0],
        is_preparatory=is_preparatory,
        is_under_construction=project.actual_state is ActualState.UNDER_CONSTRUCTION,
        plan=year_plan(listed.listing) if same_year else None,
        total_investment=listed.listing.total_investment,
        recent=_recent(record, before),
        progress=earlier[-1].report.physical_progress if earlier else "",
        explanation=earlier[-1].report.explanation if earlier else "",
        open_problems=past.open_problems.get(project.id, 0),
        unchanged_before=_unchanged_in_a_row(earlier),
        unchanged_limit=policy.margins.unchanged_preparatory
        if is_preparatory
        else policy.margins.unchanged,
        corrects=before if ledger.month(before) is not None and not is_preparatory else None,
        stages=preliminary.of_data(earlier[-1].report.preliminary_work) if earlier else (),
    )
    return _with_sums(base, ledger, before)


def _with_sums(base: Base, ledger: Ledger, before: Period) -> Base:
    """The sums up to the month before; January begins its year at nothing."""
    start = ledger.since_start(before)
    base = replace(base, since_start=start.yuan if start else None)
    if before.year != base.period.year:
        return replace(base, year_to_date=0)
    year = ledger.year_to_date(before)
    if set(Period(before.year, 1).until(before)) == set(year.missing):
        return base
    return replace(base, year_to_date=year.yuan, missing=year.missing)


def _with_stated_openings(ledger: Ledger, earlier: Sequence[EarlierReport]) -> Ledger:
    """Opening balances stated in a report that still waits for its review are not asked again."""
    stated = [
        OpeningBalance(
            one.period.previous,
            one.report.submitted_at,
            one.report.opening_year_to_date,
            one.report.opening_since_start,
        )
        for one in earlier
        if one.report.verdict is Verdict.PENDING
    ]
    return replace(ledger, openings=(*ledger.openings, *stated))


def _recent(record: Record, before: Period) -> tuple[int, ...]:
    months = [month.invested for month in record.until(before) if month.invested is not None]
    return tuple(reversed(months[-MONTHS_LOOKED_BACK:]))


def _unchanged_in_a_row(earlier: Sequence[EarlierReport]) -> int:
    """How many reports in a row, up to the last one, have stated no change."""
    count = 0
    for previous, one in reversed(list(pairwise(earlier))):
        same = one.report.physical_progress == previous.report.physical_progress
        if one.report.invested_month or not same:
            break
        count += 1
    return count


def _reports(
    session: Session, project_ids: Collection[int]
) -> Mapping[int, Sequence[EarlierReport]]:
    """The last word on each month that was reported, oldest first."""
    query = (
        select(Report, Obligation.project_id, ReportingPeriod)
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.project_id).in_(project_ids))
        .where(col(Report.verdict).in_((Verdict.PENDING, Verdict.ACCEPTED)))
        .order_by(col(ReportingPeriod.year), col(ReportingPeriod.month), col(Report.revision))
    )
    latest: defaultdict[int, dict[Period, Report]] = defaultdict(dict)
    for report, project_id, books in session.exec(query):
        latest[project_id][Period(books.year, books.month)] = report
    return {
        project_id: [EarlierReport(period, report) for period, report in months.items()]
        for project_id, months in latest.items()
    }


def _open_problems(session: Session, project_ids: Collection[int]) -> Mapping[int, int]:
    query = select(Problem.project_id).where(
        col(Problem.project_id).in_(project_ids),
        col(Problem.adopted_at).is_not(None),
        col(Problem.closed_at).is_(None),
    )
    return Counter(session.exec(query))
