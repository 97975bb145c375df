"""A filling made from a submitted report, for whoever goes on with it."""

from sqlmodel import Session

from db.tables.reporting import Report
from domain.reporting.filling import OPENINGS, Filling, Step, path
from usecases.reporting.cards import reported
from usecases.reporting.matters import Matter


def filling_of(session: Session, matter: Matter, report: Report) -> Filling:
    """The report as it would stand in the dialog, at its card."""
    figures = reported(session, matter, report)
    stated = {
        Step.OPENING_YEAR: report.opening_year_to_date,
        Step.OPENING_START: report.opening_since_start,
    }
    asked = [step for step in OPENINGS if step in path(matter.base)]
    return Filling(
        step=Step.CARD,
        version=report.revision,
        opening_year=report.opening_year_to_date,
        opening_start=report.opening_since_start,
        unknown=frozenset(step for step in asked if stated[step] is None),
        invested=report.invested_month,
        progress=report.physical_progress,
        problems=figures.problems,
        problems_stand=figures.problems_stand,
        explanation=report.explanation,
        next_steps=report.next_steps,
        adjustment=report.adjustment,
        adjustment_reason=report.adjustment_reason,
        wanted_help=report.wanted_help,
        correction_reason=report.correction_reason,
        stages=figures.stages if matter.base.is_preparatory else None,
        is_unchanged=figures.is_unchanged,
    )
