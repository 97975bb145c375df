"""Who hears of a verdict: the reporter of a return at once, of an acceptance quietly; and the
reviewer of what is in again."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, Verdict
from db.tables.speech import Notice, NoticeState, Urgency
from domain.chain import Rung
from templates.reviewing import (
    AcceptedLine,
    ReportResubmitted,
    ReportsAccepted,
    ReportsReturned,
    ReturnedReport,
    WaitingLine,
)
from usecases.chain import gap_of
from usecases.notices import Composed, Occasion, Subject, notify, register
from usecases.reporting.cards import head_of, return_note
from usecases.reporting.matters import Matter, matters_of
from usecases.reporting.queue import Review

SUBJECT = "report"


def tell_of_return(session: Session, review: Review, now: dtm.datetime) -> None:
    """Whoever sent it hears at once; where they cannot be told, the main reporter does."""
    author_id = review.report.author_id
    author = session.get(Contact, author_id) if author_id else None
    if author is None or not _can_be_told(author):
        seat = review.matter.chain.seat(Rung.MAIN_REPORTER)
        author_id = seat.acting_id if seat else None
    if author_id is not None:
        notify(session, REPORT_RETURNED, Subject(SUBJECT, review.report.id), author_id, now)


def _can_be_told(contact: Contact) -> bool:
    return gap_of(contact.left_at, contact.telegram_user_id, contact.unreachable) is None


def tell_of_acceptance(session: Session, review: Review, told_at: dtm.datetime) -> None:
    """Whoever sent it hears once it cannot be undone any more; not of their own 自审."""
    report = review.report
    if report.author_id is not None and report.author_id != report.verdict_by_id:
        notify(session, REPORT_ACCEPTED, Subject(SUBJECT, report.id), report.author_id, told_at)


def forget_acceptance(session: Session, report: Report) -> None:
    """An acceptance that was undone is not told; the next one is."""
    found = select(Notice).where(
        Notice.subject_kind == SUBJECT,
        Notice.subject_id == report.id,
        Notice.occasion == REPORT_ACCEPTED.name,
        Notice.state == NoticeState.DUE,
    )
    for notice in session.exec(found):
        session.delete(notice)
    session.flush()


def tell_of_resubmission(
    session: Session, matter: Matter, report: Report, now: dtm.datetime
) -> None:
    """The reviewer hears at once that what was returned is in again."""
    seat = matter.chain.seat(Rung.REVIEWER)
    reviewer_id = seat.acting_id if seat and seat.gap is None else None
    if reviewer_id is not None and reviewer_id != report.author_id:
        notify(session, REPORT_RESUBMITTED, Subject(SUBJECT, report.id), reviewer_id, now)


def _returned(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    found = _standing(session, notices, Verdict.RETURNED, now)
    reports = tuple(_returned_report(session, review) for _, review in found)
    return Composed(ReportsReturned(reports) if reports else None, _told(found))


def _returned_report(session: Session, review: Review) -> ReturnedReport:
    reviewer_id = review.report.verdict_by_id
    reviewer = session.get(Contact, reviewer_id) if reviewer_id else None
    return ReturnedReport(
        head_of(review.matter),
        return_note(review.report),
        reviewer=reviewer.name if reviewer else "",
        phone=(reviewer.phone or "") if reviewer else "",
    )


def _accepted(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    found = _standing(session, notices, Verdict.ACCEPTED, now)
    lines = tuple(
        AcceptedLine(review.matter.project.name, review.matter.period) for _, review in found
    )
    return Composed(ReportsAccepted(lines) if lines else None, _told(found))


def _resubmitted(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    found = _standing(session, notices, Verdict.PENDING, now)
    lines = tuple(
        WaitingLine(review.report.id, review.matter.project.name, review.matter.period)
        for _, review in found
    )
    return Composed(ReportResubmitted(lines) if lines else None, _told(found))


_STATES = {
    Verdict.RETURNED: ObligationState.RETURNED,
    Verdict.ACCEPTED: ObligationState.ACCEPTED,
    Verdict.PENDING: ObligationState.SUBMITTED,
}


def _standing(
    session: Session, notices: Sequence[Notice], verdict: Verdict, now: dtm.datetime
) -> list[tuple[Notice, Review]]:
    """The notices whose report still stands as it did, with their matters."""
    pairs = []
    for notice in notices:
        report = session.get(Report, notice.subject_id)
        obligation = session.get_one(Obligation, report.obligation_id) if report else None
        if not report or not obligation or report.verdict is not verdict:
            continue
        if _stands(report, obligation, verdict):
            pairs.append((notice, report, obligation))
    matters = matters_of(session, [obligation for _, _, obligation in pairs], now)
    return [
        (notice, Review(matter, report))
        for (notice, report, _), matter in zip(pairs, matters, strict=True)
    ]


def _stands(report: Report, obligation: Obligation, verdict: Verdict) -> bool:
    """Whether nothing has happened since; what a returned correction corrects stays accepted."""
    corrected = report.correction_reason and obligation.state is ObligationState.ACCEPTED
    return obligation.state is _STATES[verdict] or (verdict is Verdict.RETURNED and bool(corrected))


def _told(found: Sequence[tuple[Notice, Review]]) -> frozenset[int]:
    return frozenset(notice.id for notice, _ in found)


REPORT_RETURNED = register(
    Occasion("report_returned", Urgency.URGENT, _returned, spends_budget=False)
)
REPORT_RESUBMITTED = register(
    Occasion("report_resubmitted", Urgency.URGENT, _resubmitted, spends_budget=False)
)
REPORT_ACCEPTED = register(
    Occasion("report_accepted", Urgency.ROUTINE, _accepted, expires_after=dtm.timedelta(days=7))
)
