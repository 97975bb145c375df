"""What a report looks like: its head, its figures with the sums, its card."""

from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.reporting import Problem, Report, Verdict
from domain.reporting import preliminary
from domain.reporting.checks import Figures, Findings, check
from domain.reporting.filling import Filling, ReportedProblem, Step, path
from domain.reporting.reasons import ReturnReason
from templates.reporting import (
    Correction,
    ReportCard,
    ReportFigures,
    ReportHead,
    ReturnNote,
    Sums,
)
from usecases.reporting.matters import Matter, newest_report
from usecases.reporting.photos import photos_of, photos_so_far
from usecases.reporting.settlement import settled_until


@dataclass(frozen=True, slots=True)
class Stated:
    """The amounts a report states, in yuan; `adjustment` corrects the month before."""

    invested: int | None
    opening_year: int | None
    opening_start: int | None
    adjustment: int


def head_of(matter: Matter) -> ReportHead:
    """Which report it is."""
    return ReportHead(
        obligation_id=matter.id,
        project_id=matter.project.id,
        name=matter.project.name,
        period=matter.period,
        first=matter.base.first,
        due=matter.obligation.due_at,
        is_preparatory=matter.base.is_preparatory,
    )


def figures_of(matter: Matter, filling: Filling) -> ReportFigures:
    """What has been filled in, with the sums it makes."""
    return ReportFigures(
        invested=filling.invested,
        progress=filling.progress or "",
        problems=filling.problems,
        problems_stand=filling.problems_stand,
        explanation=filling.explanation,
        next_steps=filling.next_steps,
        is_unchanged=filling.is_unchanged,
        sums=sums_of(matter, stated_in(matter, filling)),
        correction=_correction(matter, filling.adjustment, filling.adjustment_reason),
        wanted_help=filling.wanted_help,
        correction_reason=filling.correction_reason,
        stages=filling.stages_from(matter.base) if matter.base.is_preparatory else (),
    )


def reported(session: Session, matter: Matter, report: Report) -> ReportFigures:
    """What a submitted report says, with the sums it makes as things stand."""
    found = select(Problem).where(Problem.report_id == report.id).order_by(col(Problem.id))
    problems = tuple(ReportedProblem(row.text, row.kind) for row in session.exec(found))
    stand = matter.base.open_problems > 0 and not problems
    unchanged = not report.invested_month and report.physical_progress == matter.base.progress
    stated = Stated(
        report.invested_month,
        report.opening_year_to_date,
        report.opening_since_start,
        report.adjustment or 0,
    )
    return ReportFigures(
        invested=report.invested_month,
        progress=report.physical_progress,
        problems=problems,
        problems_stand=stand and (unchanged or bool(report.correction_reason)),
        explanation=report.explanation,
        next_steps=report.next_steps,
        is_unchanged=unchanged,
        sums=sums_of(matter, stated),
        correction=_correction(matter, report.adjustment, report.adjustment_reason),
        wanted_help=report.wanted_help,
        correction_reason=report.correction_reason,
        is_settlement=_is_settlement(matter, report),
        stages=preliminary.of_data(report.preliminary_work),
        photos=len(photos_of(session, report)),
    )


def stated_in(matter: Matter, filling: Filling) -> Stated:
    """The amounts filled in, where they are asked at all."""
    asked = path(matter.base)
    return Stated(
        filling.invested,
        filling.opening_year if Step.OPENING_YEAR in asked else None,
        filling.opening_start if Step.OPENING_START in asked else None,
        (filling.adjustment or 0) if matter.base.corrects else 0,
    )


def sums_of(matter: Matter, stated: Stated) -> Sums:
    """The cumulative figures, this month's included."""
    base = matter.base
    in_year = stated.adjustment if base.corrects_this_year else 0
    return Sums(
        year_to_date=_sum(base.year_to_date, stated.opening_year, stated.invested, in_year),
        plan=base.plan,
        since_start=_sum(
            base.since_start, stated.opening_start, stated.invested, stated.adjustment
        ),
        total_investment=base.total_investment,
        missing=base.missing,
        year_adjusted=in_year,
        start_adjusted=stated.adjustment,
    )


def findings_of(matter: Matter, figures: ReportFigures) -> Findings:
    """What is odd about a report, by the margins of its policy."""
    checked = Figures(
        figures.invested,
        figures.progress,
        figures.sums.year_to_date,
        figures.sums.since_start,
    )
    return check(checked, matter.base, matter.timetable.policy.margins)


def card_of(session: Session, matter: Matter, filling: Filling) -> ReportCard:
    """The card of a report before it is submitted."""
    photos = len(photos_so_far(session, matter.id))
    figures = replace(figures_of(matter, filling), photos=photos)
    return ReportCard(
        head=head_of(matter),
        version=filling.version,
        figures=figures,
        findings=findings_of(matter, figures),
        note=note_of(session, matter),
    )


def note_of(session: Session, matter: Matter) -> ReturnNote | None:
    """What the reviewer asked for when the newest revision was returned."""
    report = newest_report(session, matter.id)
    if report is None or report.verdict is not Verdict.RETURNED:
        return None
    return return_note(report)


def return_note(report: Report) -> ReturnNote:
    """The reason of a return: a ready one is kept by its code, so each reads it in their words."""
    if report.verdict_reason in tuple(ReturnReason):
        return ReturnNote(ReturnReason(report.verdict_reason), "")
    return ReturnNote(None, report.verdict_reason)


def _is_settlement(matter: Matter, report: Report) -> bool:
    """Whether a correction of December came while the year's figures could be settled."""
    until = settled_until(matter.timetable, matter.period)
    return until is not None and report.submitted_at <= until and bool(report.correction_reason)


def _correction(matter: Matter, yuan: int | None, reason: str) -> Correction | None:
    period = matter.base.corrects
    return Correction(period, yuan, reason) if period and yuan else None


def _sum(
    before: int | None, stated: int | None, invested: int | None, adjustment: int
) -> int | None:
    start = stated if before is None else before
    return None if start is None or invested is None else start + invested + adjustment
