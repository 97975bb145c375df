"""What waits for whose review."""

import datetime as dtm
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ObligationState, Report, Verdict
from domain.access import Action
from domain.chain import Chain, Rung
from templates.reviewing import WaitingLine
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.reporting.cards import findings_of, reported
from usecases.reporting.matters import Matter, matters_of
from usecases.reporting.owed import standing_reports


@dataclass(frozen=True, slots=True)
class Review:
    """A submitted report and its matter."""

    matter: Matter
    report: Report


def waiting_for(session: Session, asker: Asker, now: dtm.datetime) -> Sequence[Review]:
    """The reports that wait for this person's review, the soonest due first."""
    waiting = _waiting(session, asker, now)
    matters = matters_of(session, [obligation for obligation, _ in waiting], now)
    return [Review(matter, report) for matter, (_, report) in zip(matters, waiting, strict=True)]


def count_waiting(session: Session, asker: Asker, now: dtm.datetime) -> int:
    """How many reports wait for this person's review; quicker than to list them."""
    return len(_waiting(session, asker, now))


def _waiting(
    session: Session, asker: Asker, now: dtm.datetime
) -> Sequence[tuple[Obligation, Report]]:
    """What is read of each is little: the office may review everything, and it is seldom theirs."""
    submitted = (ObligationState.SUBMITTED,)
    standing = standing_reports(session, asker, Action.REVIEW, now, submitted)
    pending = pending_reports(session, [obligation.id for obligation, _ in standing])
    roster = load_roster(session, now, [place for _, place in standing])
    return [
        (obligation, report)
        for obligation, place in standing
        if (report := pending.get(obligation.id)) and _is_for(asker, report, roster.chain(place))
    ]


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


def _is_for(asker: Asker, report: Report, chain: Chain) -> bool:
    """Whether it is this person's turn.

    The lead unit's liaison reviews. What that liaison filed, and what has no liaison who could,
    waits for everybody else with the right: a second liaison, the office; the liaison's own
    acceptance is on record as 自审.
    """
    seat = chain.seat(Rung.REVIEWER)
    acting = seat.acting_id if seat and seat.gap is None else None
    if acting is None or acting == report.author_id:
        return True
    return seat is not None and asker.contact_id in (seat.holder_id, acting)


def pending_reports(session: Session, obligation_ids: Collection[int]) -> dict[int, Report]:
    """The revision of each of these obligations that waits for its review, if any."""
    found = select(Report).where(
        col(Report.obligation_id).in_(obligation_ids), Report.verdict == Verdict.PENDING
    )
    return {row.obligation_id: row for row in session.exec(found)}
