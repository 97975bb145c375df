"""What a reviewer holds a report against: the month before, and earlier revisions."""

from sqlmodel import Session, col, select

from db.tables.reporting import Report, Verdict
from templates.reporting import ReturnNote
from templates.reviewing import LastMonth
from usecases.ledgers import NO_RECORD, records_of
from usecases.reporting.cards import return_note
from usecases.reporting.matters import Matter, accepted_report


def accepted_before(session: Session, report: Report) -> int | None:
    """What a correction is to replace."""
    accepted = accepted_report(session, report.obligation_id)
    return accepted.invested_month if accepted and report.correction_reason else None


def earlier_note(session: Session, report: Report) -> ReturnNote | None:
    """What was asked for when the revision before was returned."""
    found = select(Report).where(
        Report.obligation_id == report.obligation_id,
        Report.verdict == Verdict.RETURNED,
        Report.revision < report.revision,
    )
    before = session.exec(found.order_by(col(Report.revision).desc())).first()
    return return_note(before) if before else None


def last_month(session: Session, matter: Matter) -> LastMonth | None:
    """The accepted month before."""
    record = records_of(session, [matter.project.id]).get(matter.project.id, NO_RECORD)
    months = record.until(matter.base.first.previous)
    if not months:
        return None
    last = months[-1]
    return LastMonth(last.period, last.invested, last.physical_progress, last.first)
