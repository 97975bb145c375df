"""Submitting a report as its card was shown, and taking it back until it is reviewed."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.reporting import (
    Obligation,
    ObligationState,
    Problem,
    Report,
    ReportDraft,
    ReportSource,
    Verdict,
)
from domain.access import Action
from domain.reporting import machine, preliminary
from domain.reporting.filling import Filling, Step, awaited
from domain.reporting.turns import Turn
from domain.vocabulary import ProblemKind, Role
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reporting import ReportSubmitted
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.obligations import obligation_changed, taken_back
from usecases.reporting.cards import figures_of, findings_of, head_of, stated_in
from usecases.reporting.filling import Desk, Shown, desk_of, fill, keep, outdated
from usecases.reporting.matters import Matter, accepted_report, draft_of, newest_report
from usecases.reporting.owed import owed_after
from usecases.reporting.photos import hand_in_photos
from usecases.reporting.restoring import filling_of
from usecases.reporting.review_notices import tell_of_resubmission
from usecases.reporting.rights import entitled_matter, may_withdraw


def submit(session: Session, asker: Asker, shown: Shown, now: dtm.datetime) -> Answers:
    """提交审核: exactly what the card showed; what is odd must have a reason first."""
    desk = desk_of(session, asker, shown.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    if desk.filling.version != shown.version:
        return outdated(session, asker, desk, now)
    if missing := lacking(desk):
        turn = Turn(machine.go_to(desk.filling, missing))
        return in_place(keep(session, asker, desk.matter, turn, now))
    hand_in(session, asker, desk, source_of(asker), now)
    dialogs.end(session, asker)
    return _submitted(session, asker, desk, now)


def withdraw(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """撤回: until it is reviewed a submission can be taken back and is filled in again."""
    matter = entitled_matter(session, asker, Action.REPORT, obligation_id, now)
    if isinstance(matter, Message):
        return say(matter)
    report = newest_report(session, obligation_id)
    if report is None or matter.obligation.state is not ObligationState.SUBMITTED:
        return say(StaleButton())
    if not may_withdraw(asker, matter, report):
        return say(NotYours())
    if matter.books.closed_at is not None or matter.listed.listing.withdrawn_at is not None:
        return fill(session, asker, obligation_id, now)
    report.verdict, report.verdict_at = Verdict.SUPERSEDED, now
    report.verdict_by_id = asker.contact_id
    session.add(report)
    _owed_again(session, matter, now)
    _restore_draft(session, asker, matter, report, now)
    audit.record(session, asker, "report.withdrawn", now, ("report", report.id))
    return fill(session, asker, obligation_id, now)


def lacking(desk: Desk) -> Step | None:
    """What still has to be answered before this may go."""
    step = awaited(desk.filling, desk.matter.base)
    if step is not Step.CARD:
        return step
    odd = findings_of(desk.matter, figures_of(desk.matter, desk.filling)).odd
    return Step.EXPLANATION if odd and not desk.filling.explanation else None


def hand_in(
    session: Session, asker: Asker, desk: Desk, source: ReportSource, now: dtm.datetime
) -> None:
    """The report as filled in is a revision that waits for its review."""
    matter, filling = desk.matter, desk.filling
    obligation = matter.obligation
    was_returned = obligation.state is ObligationState.RETURNED
    report = _revision(session, asker, desk, source, now)
    _drop_unreviewed_problems(session, obligation.id)
    _note_problems(session, asker, report, obligation, filling)
    hand_in_photos(session, report)
    obligation.state = ObligationState.SUBMITTED
    obligation.first_submitted_at = obligation.first_submitted_at or now
    session.add(obligation)
    session.flush()
    obligation_changed(session, obligation, now)
    audit.record(session, asker, "report.submitted", now, ("report", report.id))
    if was_returned:
        tell_of_resubmission(session, matter, report, now)


def _submitted(session: Session, asker: Asker, desk: Desk, now: dtm.datetime) -> Answers:
    left = owed_after(session, asker, desk.matter, now)
    return in_place(
        ReportSubmitted(
            head=head_of(desk.matter),
            at=now,
            figures=figures_of(desk.matter, desk.filling),
            left=len(left),
            next_id=left[0].obligation_id if left else None,
        )
    )


def _revision(
    session: Session, asker: Asker, desk: Desk, source: ReportSource, now: dtm.datetime
) -> Report:
    matter, filling = desk.matter, desk.filling
    before, draft = newest_report(session, matter.id), draft_of(session, matter.id)
    told_by = draft.source_note if draft else ""
    stated, is_preparatory = stated_in(matter, filling), matter.base.is_preparatory
    stages = filling.stages_from(matter.base) if is_preparatory else ()
    report = Report(
        obligation_id=matter.id,
        revision=before.revision + 1 if before else 1,
        author_id=asker.contact_id,
        source=ReportSource.PHONE if told_by else source,
        source_note=told_by,
        basis=matter.timetable.policy.reporting.basis,
        invested_month=None if is_preparatory else stated.invested,
        physical_progress=filling.progress or "",
        preliminary_work=preliminary.as_data(stages) if stages else None,
        opening_year_to_date=stated.opening_year,
        opening_since_start=stated.opening_start,
        adjustment=stated.adjustment or None,
        adjustment_reason=filling.adjustment_reason if stated.adjustment else "",
        explanation=filling.explanation,
        next_steps=filling.next_steps,
        wanted_help=filling.wanted_help,
        correction_reason=filling.correction_reason,
        submitted_at=now,
    )
    session.add(report)
    session.flush()
    return report


def source_of(asker: Asker) -> ReportSource:
    """What the office itself enters was given by phone (代录)."""
    office_only = {grant.role for grant in asker.grants} <= {Role.COORDINATOR}
    return ReportSource.PHONE if office_only and asker.grants else ReportSource.CHAT


def _drop_unreviewed_problems(session: Session, obligation_id: int) -> None:
    """A new revision states its problems anew; those nobody adopted go with the old one."""
    earlier = (
        select(Problem)
        .join(Report, col(Report.id) == col(Problem.report_id))
        .where(Report.obligation_id == obligation_id, col(Problem.adopted_at).is_(None))
    )
    for problem in session.exec(earlier):
        session.delete(problem)


def _note_problems(
    session: Session, asker: Asker, report: Report, obligation: Obligation, filling: Filling
) -> None:
    for problem in filling.problems or ():
        session.add(
            Problem(
                project_id=obligation.project_id,
                report_id=report.id,
                kind=problem.kind or ProblemKind.OTHER,
                text=problem.text,
                raised_by_id=asker.contact_id,
                raised_at=report.submitted_at,
            )
        )


def _owed_again(session: Session, matter: Matter, now: dtm.datetime) -> None:
    """It is as before: accepted, or owed as returned where an earlier revision was, or as new."""
    obligation = matter.obligation
    returned = select(Report.id).where(
        Report.obligation_id == obligation.id, Report.verdict == Verdict.RETURNED
    )
    if accepted_report(session, obligation.id) is not None:
        obligation.state = ObligationState.ACCEPTED
    elif session.exec(returned).first() is not None:
        obligation.state = ObligationState.RETURNED
    else:
        obligation.state, obligation.first_submitted_at = ObligationState.OPEN, None
    session.add(obligation)
    session.flush()
    taken_back(session, obligation, now)


def _restore_draft(
    session: Session, asker: Asker, matter: Matter, report: Report, now: dtm.datetime
) -> None:
    """The draft is offered to whoever took the report back, as it was submitted."""
    draft = draft_of(session, matter.id) or ReportDraft(
        obligation_id=matter.id,
        holder_id=asker.contact_id,
        content=filling_of(session, matter, report).as_data(),
        touched_at=now,
    )
    draft.holder_id = asker.contact_id
    draft.source_note = report.source_note if report.author_id == asker.contact_id else ""
    session.add(draft)
    session.flush()
