"""Reviews that take too long: the reviewer hears, then the commissioner; the reporter never does.

Whoever reported has done their part: nothing here counts against the information officer.
"""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ReportingPeriod
from db.tables.speech import Message, MessageState, Notice
from domain.chain import Rung
from domain.timetable import Step
from domain.vocabulary import Role
from usecases.chasing.holds import held
from usecases.chasing.review_alerts import (
    REVIEW_OVERDUE,
    REVIEW_OVERDUE_ABOVE,
    REVIEW_RUNG_ON_TRIAL,
)
from usecases.chasing.trial import months_on_trial
from usecases.chasing.unreviewed import WAITING, Unreviewed, unreviewed
from usecases.notices import Occasion, Subject, Telling, coordinators, notify_all
from usecases.obligations import next_review_act_at
from usecases.reporting.review_notices import SUBJECT

# One transaction's worth: the rest is taken up two seconds later.
AT_ONCE = 400


def chase_reviews(session: Session, now: dtm.datetime) -> int:
    """Do what has come due for reports that wait for their review; how many were looked at."""
    due = _due(session, now)
    if not due:
        return 0
    brakes = held(session, now)
    free = [one for one in due if not brakes.has(one.chased)]
    late = [(one, step) for one in free if (step := one.rung_now(now))]
    _climb(session, late, now)
    for one in due:
        obligation = one.chased.obligation
        submitted_at = one.report.submitted_at
        obligation.next_act_at = next_review_act_at(one.chased.rules, obligation, submitted_at, now)
        session.add(obligation)
    session.flush()
    return len(due)


def _due(session: Session, now: dtm.datetime) -> list[Unreviewed]:
    query = (
        select(Obligation.id)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.next_act_at) <= now, col(Obligation.state).in_(WAITING))
        .where(col(ReportingPeriod.closed_at).is_(None))
        .order_by(col(Obligation.next_act_at), col(Obligation.id))
        .limit(AT_ONCE)
        # What somebody is submitting or judging at this moment is looked at two seconds later.
        .with_for_update(of=Obligation, skip_locked=True)
    )
    return unreviewed(session, session.exec(query).all(), now)


def _climb(session: Session, late: Sequence[tuple[Unreviewed, Step]], now: dtm.datetime) -> None:
    """Tell those whose turn it is; a rung that may not fire yet is left for another morning."""
    asked = _first_asked(session, [one.report.id for one, _ in late])
    on_trial = months_on_trial(session, [one.chased for one, _ in late])
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for one, step in late:
        if Role.COMMISSIONER in step.rung.tells and not _may_tell(one, asked, now):
            continue
        one.chased.obligation.review_climbed += 1
        session.add(one.chased.obligation)
        is_on_trial = one.chased.month in on_trial
        for occasion, telling in _tellings(session, one, step, is_on_trial, now):
            told[occasion.name].append(telling)
    for occasion in (REVIEW_OVERDUE, REVIEW_OVERDUE_ABOVE, REVIEW_RUNG_ON_TRIAL):
        notify_all(session, occasion, told[occasion.name], now)


def _may_tell(one: Unreviewed, asked: dict[int, dtm.datetime], now: dtm.datetime) -> bool:
    """The commissioner hears only after the liaison was reached, a working day before."""
    asked_at = asked.get(one.report.id)
    return asked_at is not None and one.chased.rules.allowed_after_delivery(asked_at) <= now


def _first_asked(session: Session, report_ids: Collection[int]) -> dict[int, dtm.datetime]:
    """When the reviewer was first really reached about each of these late reviews."""
    query = (
        select(Notice.subject_id, Message.sent_at)
        .join(Message, col(Message.id) == col(Notice.message_id))
        .where(
            Notice.subject_kind == SUBJECT,
            col(Notice.subject_id).in_(report_ids),
            Notice.occasion == REVIEW_OVERDUE.name,
            Message.state == MessageState.SENT,
        )
        .order_by(col(Message.sent_at).desc())
    )
    return {report_id: sent_at for report_id, sent_at in session.exec(query) if sent_at}


def _tellings(
    session: Session, one: Unreviewed, step: Step, is_on_trial: bool, now: dtm.datetime
) -> Iterator[tuple[Occasion, Telling]]:
    subject = one.subject(step)
    for role in step.rung.tells:
        if role is Role.LIAISON:
            for contact_id in _reviewers(session, one, now):
                yield REVIEW_OVERDUE, Telling(subject, contact_id)
        elif role is Role.COMMISSIONER and not one.is_filed_by_reviewer:
            yield from _above(session, one, subject, is_on_trial, now)


def _reviewers(session: Session, one: Unreviewed, now: dtm.datetime) -> Sequence[int]:
    """Who is to review it: the liaison, or the office where the liaison reported it."""
    if one.is_filed_by_reviewer:
        return coordinators(session, now)
    return [one.reviewer_id] if one.reviewer_id else []


def _above(
    session: Session, one: Unreviewed, subject: Subject, is_on_trial: bool, now: dtm.datetime
) -> Iterator[tuple[Occasion, Telling]]:
    seat = one.chain.seat(Rung.COMMISSIONER)
    if is_on_trial:
        for contact_id in coordinators(session, now):
            yield REVIEW_RUNG_ON_TRIAL, Telling(subject, contact_id)
    elif seat and seat.acting_id:
        yield REVIEW_OVERDUE_ABOVE, Telling(subject, seat.acting_id)
