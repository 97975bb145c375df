"""What waits for whose review."""

import datetime as dtm
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.reporting import ObligationState, Report, Verdict
from domain.access import Action
from domain.chain import Rung
from templates.reviewing import WaitingLine
from usecases.asker import Asker
from usecases.reporting.cards import findings_of, reported
from usecases.reporting.matters import Matter
from usecases.reporting.owed import standing_matters


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted report and its matter."""

    matter: Matter
    report: Report


def waiting_for(session: Session, asker: Asker, now: dtm.datetime) -> Sequence[Review]:
    """The reports that wait for this person's review, the soonest due first."""
    submitted = (ObligationState.SUBMITTED,)
    matters = standing_matters(session, asker, Action.REVIEW, now, submitted)
    pending = pending_reports(session, [matter.id for matter in matters])
    reviews = [Review(matter, pending[matter.id]) for matter in matters if matter.id in pending]
    return [review for review in reviews if _is_for(asker, review)]


def line_of(session: Session, asker: Asker, review: Review) -> WaitingLine:
    """A waiting report in a list."""
    return WaitingLine(
        report_id=review.report.id,
        name=review.matter.project.name,
        period=review.matter.period,
        odd=odd_count(session, review),
        is_self=review.report.author_id == asker.contact_id,
    )


def clean(session: Session, asker: Asker, reviews: Sequence[Review]) -> Sequence[Review]:
    """Those with nothing odd about them, not one's own, and no corrections."""
    return [
        review
        for review in reviews
        if not odd_count(session, review)
        and review.report.author_id != asker.contact_id
        and not review.report.correction_reason
    ]


def odd_count(session: Session, review: Review) -> int:
    """How much is odd about a submitted report."""
    figures = reported(session, review.matter, review.report)
    return len(findings_of(review.matter, figures).odd)


def _is_for(asker: Asker, review: Review) -> bool:
    """Whether it is this person's turn.

    The lead unit's liaison reviews. What that liaison filed, and what has no liaison who could,
    waits for everybody else with the right: a second liaison, the office; the liaison's own
    acceptance is on record as 自审.
    """
    seat = review.matter.chain.seat(Rung.REVIEWER)
    acting = seat.acting_id if seat and seat.gap is None else None
    if acting is None or acting == review.report.author_id:
        return True
    return seat is not None and asker.contact_id in (seat.holder_id, acting)


def pending_reports(session: Session, obligation_ids: Collection[int]) -> dict[int, Report]:
    """The revision of each of these obligations that waits for its review, if any."""
    found = select(Report).where(
        col(Report.obligation_id).in_(obligation_ids), Report.verdict == Verdict.PENDING
    )
    return {row.obligation_id: row for row in session.exec(found)}
