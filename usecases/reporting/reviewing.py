"""/review: what waits, the card with last month beside this, 通过, 退回 and the undoing."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.reporting import ObligationState, Report, ReportSource, Verdict
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.reporting.reasons import ReturnReason
from templates.message import Message
from templates.office import StaleButton
from templates.reviewing import (
    AskReturnReason,
    CleanAccepted,
    NothingToReview,
    ReviewAccepted,
    ReviewCard,
    ReviewQueue,
    ReviewReturned,
    ReviewSettled,
)
from usecases import dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.paging import page_of
from usecases.people import unit_name
from usecases.reporting.cards import findings_of, head_of, reported, return_note
from usecases.reporting.earlier import accepted_before, earlier_note, last_month
from usecases.reporting.matters import newest_report
from usecases.reporting.queue import Review, clean, count_waiting, line_of, waiting_for
from usecases.reporting.rights import entitled_matter
from usecases.reporting.verdicts import (
    accept_report,
    problems_of,
    return_report,
    undo_acceptance,
    undo_until,
)
from usecases.rights import entitled
from usecases.updating.adopting import waiting_updates

WAITING_A_PAGE = 10
LONGEST_REASON = 500
REPORT_ID = "report_id"


class Standing(StrEnum):
    """How a report stands that cannot be reviewed any more."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    TAKEN_BACK = "taken_back"
    WITHDRAWN = "withdrawn"
    EXEMPT = "exempt"
    CLOSED = "closed"
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True)
class Reason:
    """A ready reason pressed, by its number."""

    report_id: int
    number: int


@entitled(Action.REVIEW)
def review(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """What waits for the asker, as a new message."""
    return say(_queue(session, asker, 0, now))


@entitled(Action.REVIEW)
def turn_queue(session: Session, asker: Asker, page: int, now: dtm.datetime) -> Answers:
    """A page of it in place of the pressed message."""
    return in_place(_queue(session, asker, page, now))


def show(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """A report's card as a new message."""
    return say(_card(session, asker, report_id, now))


def turn_card(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """The card again, in place of what was opened from it."""
    dialogs.end(session, asker)
    return in_place(_card(session, asker, report_id, now))


@entitled(Action.REVIEW)
def show_next(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """The card of the report that comes after this one in the asker's queue."""
    waiting = [one.report.id for one in waiting_for(session, asker, now)]
    others = [one for one in waiting if one != report_id]
    if not others:
        return in_place(_queue(session, asker, 0, now))
    at = waiting.index(report_id) if report_id in waiting else 0
    return in_place(_card(session, asker, others[at % len(others)], now))


def accept(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """通过: the figures count from now on; that can be undone for a while."""
    at = pending(session, asker, report_id, now)
    if isinstance(at, Message):
        return in_place(at)
    figures = reported(session, at.matter, at.report)
    accept_report(session, asker, at, now)
    return in_place(
        ReviewAccepted(
            report_id=report_id,
            head=head_of(at.matter),
            figures=figures,
            undo_until=undo_until(at.matter, now),
            left=count_waiting(session, asker, now),
            is_self=at.report.author_id == asker.contact_id,
            problems=tuple((one.id, one.kind) for one in problems_of(session, at.report)),
        )
    )


def undo(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """撤销通过, as long as the policy allows: the card is back."""
    at = _review(session, asker, report_id, now)
    if isinstance(at, Message):
        return say(at)
    standing = _standing(at)
    if standing is not Standing.ACCEPTED or at.report.verdict_at is None:
        return say(ReviewSettled(head_of(at.matter), standing or Standing.TAKEN_BACK))
    if newest_report(session, at.matter.id) != at.report:
        # A correction came after it: it is that one's verdict that may be undone.
        return say(StaleButton())
    if now > undo_until(at.matter, at.report.verdict_at):
        return say(ReviewSettled(head_of(at.matter), Standing.TOO_LATE))
    undo_acceptance(session, asker, at, now)
    of_several = asker.pressed is not None and asker.pressed.kind == CleanAccepted.kind()
    answer = say if of_several else in_place
    return answer(_card(session, asker, report_id, now))


def ask_reason(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """退回: why? The next words are the reason, unless a ready one is pressed."""
    at = pending(session, asker, report_id, now)
    if isinstance(at, Message):
        return in_place(at)
    dialogs.stand_at(session, asker, RETURNING, Position("reason", {REPORT_ID: report_id}), now)
    return in_place(AskReturnReason(report_id, head_of(at.matter)))


def give_reason(session: Session, asker: Asker, reason: Reason, now: dtm.datetime) -> Answers:
    """A ready reason was pressed."""
    reasons = tuple(ReturnReason)
    if not 0 <= reason.number < len(reasons):
        return say(StaleButton())
    at = pending(session, asker, reason.report_id, now)
    if isinstance(at, Message):
        return in_place(at)
    dialogs.end(session, asker)
    return in_place(_returned(session, asker, at, reasons[reason.number].value, now))


def _queue(
    session: Session, asker: Asker, number: int, now: dtm.datetime
) -> ReviewQueue | NothingToReview:
    reviews = waiting_for(session, asker, now)
    updates = len(waiting_updates(session, asker, now))
    if not reviews:
        return NothingToReview(updates)
    page = page_of(reviews, number, WAITING_A_PAGE)
    return ReviewQueue(
        tuple(line_of(session, asker, one) for one in page.items),
        total=len(reviews),
        clean=len(clean(session, asker, reviews)),
        page=page.number,
        pages=page.count,
        updates=updates,
    )


def _card(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Message:
    at = pending(session, asker, report_id, now)
    if isinstance(at, Message):
        return at
    matter, report = at.matter, at.report
    author = session.get(Contact, report.author_id) if report.author_id else None
    figures = reported(session, matter, report)
    waiting = [one.report.id for one in waiting_for(session, asker, now)]
    return ReviewCard(
        report_id=report.id,
        head=head_of(matter),
        author=author.name if author else "",
        unit=unit_name(session, author) if author else "",
        at=report.submitted_at,
        figures=figures,
        findings=findings_of(matter, figures),
        last=last_month(session, matter),
        position=waiting.index(report.id) + 1 if report.id in waiting else 1,
        waiting=max(1, len(waiting)),
        revision=report.revision,
        by_phone=report.source is ReportSource.PHONE,
        told_by=report.source_note,
        is_self=report.author_id == asker.contact_id,
        note=earlier_note(session, report),
        accepted_before=accepted_before(session, report),
    )


def _returned(
    session: Session, asker: Asker, at: Review, reason: str, now: dtm.datetime
) -> ReviewReturned:
    return_report(session, asker, at, reason, now)
    author = session.get(Contact, at.report.author_id) if at.report.author_id else None
    return ReviewReturned(
        report_id=at.report.id,
        head=head_of(at.matter),
        author=author.name if author else "",
        note=return_note(at.report),
        due=at.matter.obligation.due_at,
        left=count_waiting(session, asker, now),
    )


def _review(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Review | Message:
    report = session.get(Report, report_id)
    if report is None:
        return StaleButton()
    matter = entitled_matter(session, asker, Action.REVIEW, report.obligation_id, now)
    if isinstance(matter, Message):
        return matter
    session.refresh(report)
    return Review(matter, report)


def pending(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Review | Message:
    """The report as it waits for its verdict, or the message that says how it stands."""
    at = _review(session, asker, report_id, now)
    if isinstance(at, Message):
        return at
    standing = _standing(at)
    return ReviewSettled(head_of(at.matter), standing) if standing else at


def _standing(at: Review) -> Standing | None:
    """How it stands if no verdict can be given now."""
    state = at.matter.obligation.state
    if state is ObligationState.WITHDRAWN or at.matter.listed.listing.withdrawn_at:
        return Standing.WITHDRAWN
    if state is ObligationState.EXEMPT:
        return Standing.EXEMPT
    if at.matter.books.closed_at is not None:
        return Standing.CLOSED
    return {
        Verdict.ACCEPTED: Standing.ACCEPTED,
        Verdict.RETURNED: Standing.RETURNED,
        Verdict.SUPERSEDED: Standing.TAKEN_BACK,
        Verdict.PENDING: None,
    }[at.report.verdict]


class _Returning:
    """Free text after 退回: the reason."""

    kind = "return_report"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The report goes back with these words."""
        at = pending(session, asker, row.draft[REPORT_ID], now)
        if isinstance(at, Message):
            dialogs.end(session, asker)
            return say(at)
        if not text.strip() or len(text) > LONGEST_REASON:
            return say(AskReturnReason(at.report.id, head_of(at.matter), is_unfit=True))
        dialogs.end(session, asker)
        return say(_returned(session, asker, at, text.strip(), now))

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """Why, once more."""
        return ask_reason(session, asker, row.draft[REPORT_ID], now)


RETURNING = dialogs.register_flow(_Returning())
