"""What is said of reviews that take too long: to the reviewer, the commissioner, the office."""

import datetime as dtm
from collections import Counter
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.reporting import Report
from db.tables.speech import Notice, Urgency
from domain.chain import Rung
from templates.review_chasing import (
    LateReview,
    ReviewRungOnTrial,
    ReviewsOverdue,
    ReviewsOverdueAbove,
    WithheldLine,
)
from usecases.chasing.unreviewed import Unreviewed, unreviewed
from usecases.notices import Composed, Occasion, coordinators, register

LINES_SHOWN = 10


def _to_reviewer(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    office = contact.id in coordinators(session, now)

    def is_theirs(one: Unreviewed) -> bool:
        return office if one.is_filed_by_reviewer else one.reviewer_id == contact.id

    late = list(filter(is_theirs, _late(session, notices, now)))
    if not late:
        return Composed(None)
    days = late[0].chased.rules.policy.review.working_days
    message = ReviewsOverdue(now, days, _lines(session, late[:LINES_SHOWN], now), len(late))
    return Composed(message, _covered(notices, late))


def _to_commissioner(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    def is_theirs(one: Unreviewed) -> bool:
        return _commissioner_id(one) == contact.id and not one.is_filed_by_reviewer

    late = list(filter(is_theirs, _late(session, notices, now)))
    if not late:
        return Composed(None)
    message = ReviewsOverdueAbove(now, _lines(session, late[:LINES_SHOWN], now), len(late))
    return Composed(message, _covered(notices, late))


def _on_trial(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """Whom it would have been said to, and of how many reviews, if this were no trial."""
    late = _late(session, notices, now)
    counts = Counter(_commissioner_id(one) for one in late)
    if not counts:
        return Composed(None)
    names = _names(session, [one for one in counts if one])
    lines = tuple(WithheldLine(names.get(one or 0, ""), count) for one, count in counts.items())
    return Composed(ReviewRungOnTrial(lines), _covered(notices, late))


def _late(session: Session, notices: Sequence[Notice], now: dtm.datetime) -> list[Unreviewed]:
    """What of the notices' reports still waits, too long, for the revision that was meant."""
    ids = {notice.subject_id for notice in notices}
    found = select(Report.obligation_id).where(col(Report.id).in_(ids))
    waiting = unreviewed(session, session.exec(found).all(), now)
    return [one for one in waiting if one.report.id in ids and one.due_at <= now]


def _covered(notices: Sequence[Notice], late: Collection[Unreviewed]) -> frozenset[int]:
    ids = {one.report.id for one in late}
    return frozenset(notice.id for notice in notices if notice.subject_id in ids)


def _lines(
    session: Session, late: Sequence[Unreviewed], now: dtm.datetime
) -> tuple[LateReview, ...]:
    names = _names(session, [one.reviewer_id for one in late if one.reviewer_id])
    return tuple(
        LateReview(
            one.report.id,
            one.chased.project.id,
            one.chased.project.name,
            one.chased.month,
            one.report.submitted_at,
            one.days_waiting(now),
            names.get(one.reviewer_id or 0, ""),
        )
        for one in late
    )


def _commissioner_id(one: Unreviewed) -> int | None:
    seat = one.chain.seat(Rung.COMMISSIONER)
    return seat.acting_id if seat else None


def _names(session: Session, ids: Collection[int]) -> dict[int, str]:
    rows = session.exec(select(Contact.id, Contact.name).where(col(Contact.id).in_(ids)))
    return dict(rows.all())


REVIEW_OVERDUE = register(Occasion("review_overdue", Urgency.URGENT, _to_reviewer, is_chasing=True))
REVIEW_OVERDUE_ABOVE = register(
    Occasion("review_overdue_above", Urgency.URGENT, _to_commissioner, is_chasing=True)
)
REVIEW_RUNG_ON_TRIAL = register(
    Occasion("review_rung_on_trial", Urgency.ROUTINE, _on_trial, is_chasing=True)
)
