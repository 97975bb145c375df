"""What a verdict changes: acceptance, its undoing, a return."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.programme import Adjustment, BalanceKind, OpeningBalance
from db.tables.reporting import (
    ObligationState,
    Problem,
    ProjectChangeKind,
    Report,
    ReportDraft,
    Verdict,
)
from usecases import audit
from usecases.asker import Asker
from usecases.following import changes_undone, project_changed
from usecases.items.open_items import ever_raised
from usecases.obligations import obligation_changed
from usecases.reporting.matters import Matter, draft_of
from usecases.reporting.queue import Review
from usecases.reporting.restoring import filling_of
from usecases.reporting.review_notices import (
    forget_acceptance,
    tell_of_acceptance,
    tell_of_return,
)


def accept_report(session: Session, asker: Asker, review: Review, now: dtm.datetime) -> None:
    """The report's figures are facts from now on, and its problems are adopted."""
    _judge(session, asker, review.report, Verdict.ACCEPTED, now)
    _state(session, review.matter, ObligationState.ACCEPTED, now)
    _keep_openings(session, review, now)
    _keep_adjustment(session, asker, review, now)
    _drop_draft(session, review.matter.id)
    project_id = review.matter.project.id
    if _adopt_problems(session, asker, review.report, now):
        project_changed(session, project_id, ProjectChangeKind.PROBLEM_ADOPTED, now)
    project_changed(session, project_id, ProjectChangeKind.REPORT_ACCEPTED, now)
    tell_of_acceptance(session, review, undo_until(review.matter, now))
    is_self = review.report.author_id == asker.contact_id
    audit.record(
        session, asker, "report.accepted", now, ("report", review.report.id), by_author=is_self
    )


def undo_until(matter: Matter, accepted_at: dtm.datetime) -> dtm.datetime:
    """Until when an acceptance can be undone."""
    return accepted_at + dtm.timedelta(minutes=matter.timetable.policy.review.undo_minutes)


def undo_acceptance(session: Session, asker: Asker, review: Review, now: dtm.datetime) -> None:
    """The report waits for its review again, and nothing of its acceptance is left."""
    report = review.report
    if report.verdict_at is not None:
        changes_undone(session, review.matter.project.id, report.verdict_at)
    report.verdict, report.verdict_at, report.verdict_by_id = Verdict.PENDING, None, None
    session.add(report)
    problems = problems_of(session, report)
    raised = ever_raised(session, [problem.id for problem in problems])
    # What was raised meanwhile is for a meeting to settle: it stands.
    for problem in (one for one in problems if one.id not in raised):
        problem.adopted_at, problem.adopted_by_id = None, None
        session.add(problem)
    for balance in session.exec(
        select(OpeningBalance).where(OpeningBalance.source == _source(report))
    ):
        session.delete(balance)
    for adjustment in session.exec(select(Adjustment).where(Adjustment.report_id == report.id)):
        session.delete(adjustment)
    forget_acceptance(session, report)
    _state(session, review.matter, ObligationState.SUBMITTED, now)
    audit.record(session, asker, "report.acceptance_undone", now, ("report", report.id))


def return_report(
    session: Session, asker: Asker, review: Review, reason: str, now: dtm.datetime
) -> None:
    """The reporter is to change it, and has at least the policy's time for that: not late."""
    matter, obligation = review.matter, review.matter.obligation
    review.report.verdict_reason = reason
    _judge(session, asker, review.report, Verdict.RETURNED, now)
    if review.report.correction_reason:
        # What was accepted before still stands: nothing is owed.
        _state(session, matter, ObligationState.ACCEPTED, now)
    else:
        obligation.due_at = max(obligation.due_at, matter.timetable.return_due_at(now))
        _state(session, matter, ObligationState.RETURNED, now)
    _keep_what_was_filled_in(session, review, now)
    tell_of_return(session, review, now)
    audit.record(session, asker, "report.returned", now, ("report", review.report.id))


def _judge(
    session: Session, asker: Asker, report: Report, verdict: Verdict, now: dtm.datetime
) -> None:
    report.verdict, report.verdict_at, report.verdict_by_id = verdict, now, asker.contact_id
    session.add(report)
    session.flush()


def _state(session: Session, matter: Matter, state: ObligationState, now: dtm.datetime) -> None:
    matter.obligation.state = state
    session.add(matter.obligation)
    session.flush()
    obligation_changed(session, matter.obligation, now)


def _drop_draft(session: Session, obligation_id: int) -> None:
    """What is accepted is no draft any more; a correction begins with what was accepted."""
    draft = draft_of(session, obligation_id)
    if draft is not None:
        session.delete(draft)
        session.flush()


def _keep_what_was_filled_in(session: Session, review: Review, now: dtm.datetime) -> None:
    """An acceptance that was undone had let go of the draft: the author is not to begin anew."""
    author_id = review.report.author_id
    if author_id is not None and draft_of(session, review.matter.id) is None:
        content = filling_of(session, review.matter, review.report).as_data()
        draft = ReportDraft(
            obligation_id=review.matter.id, holder_id=author_id, content=content, touched_at=now
        )
        session.add(draft)
        session.flush()


def _keep_openings(session: Session, review: Review, now: dtm.datetime) -> None:
    """What was stated as completed before the first month is a fact from now on."""
    report, before = review.report, review.matter.base.first.previous
    stated = {
        BalanceKind.YEAR_TO_DATE: report.opening_year_to_date,
        BalanceKind.SINCE_START: report.opening_since_start,
    }
    for kind, amount in stated.items():
        if amount is not None:
            session.add(
                OpeningBalance(
                    project_id=review.matter.project.id,
                    kind=kind,
                    year=before.year,
                    month=before.month,
                    amount=amount,
                    source=_source(report),
                    recorded_at=now,
                )
            )


def _keep_adjustment(session: Session, asker: Asker, review: Review, now: dtm.datetime) -> None:
    """What corrects the month before counts from this one on; what an earlier revision of the
    report had corrected already is in the sums."""
    report, base = review.report, review.matter.base
    amount = (report.adjustment or 0) - _adjusted_before(session, report)
    if not amount:
        return
    corrected = base.corrects or base.first.previous
    session.add(
        Adjustment(
            project_id=review.matter.project.id,
            report_id=report.id,
            year=corrected.year,
            month=corrected.month,
            counts_from_year=base.period.year,
            counts_from_month=base.period.month,
            amount=amount,
            reason=report.adjustment_reason,
            entered_by_id=asker.contact_id,
            recorded_at=now,
        )
    )
    session.flush()


def _adjusted_before(session: Session, report: Report) -> int:
    earlier = (
        select(Adjustment.amount)
        .join(Report, col(Report.id) == col(Adjustment.report_id))
        .where(Report.obligation_id == report.obligation_id, Report.id != report.id)
    )
    return sum(session.exec(earlier))


def _source(report: Report) -> str:
    return f"report:{report.id}"


def _adopt_problems(session: Session, asker: Asker, report: Report, now: dtm.datetime) -> bool:
    problems = problems_of(session, report)
    for problem in problems:
        problem.adopted_at, problem.adopted_by_id = now, asker.contact_id
        session.add(problem)
    return bool(problems)


def problems_of(session: Session, report: Report) -> list[Problem]:
    """The problems that came with a report."""
    return list(session.exec(select(Problem).where(Problem.report_id == report.id)))
