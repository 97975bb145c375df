"""The liaison's two digests a day: what waits for their review, and what is not in yet."""

import datetime as dtm
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Listing, Programme, Project, ResponsibleUnit
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, Verdict
from db.tables.speech import Delivery, Message, MessageState, Notice, NoticeState, Urgency
from domain.chain import Place, Rung
from domain.vocabulary import Role
from templates.render import render
from templates.review_chasing import ReviewDigest
from usecases.asker import Caller, identify
from usecases.chain import load_roster
from usecases.chasing.review_alerts import REVIEW_OVERDUE
from usecases.chasing.unreviewed import unreviewed
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register
from usecases.obligations import AWAITED
from usecases.policies import timetable
from usecases.reporting.queue import clean, line_of, waiting_for
from usecases.updating.adopting import waiting_updates

LINES_SHOWN = 8
# Who has just been told what waits too long needs no digest of the same on top.
JUST_TOLD = dtm.timedelta(hours=1)


def digest_reviews(session: Session, now: dtm.datetime) -> None:
    """At a digest's hour, every liaison for whom something waited by then is to hear of it."""
    rules = timetable(session)
    digest_at = rules.digest_now(Role.LIAISON, now)
    if digest_at is None:
        return
    subject = Subject("review_digest", digest_at.toordinal(), f"{digest_at:%H%M}")
    if _is_planned(session, subject):
        return
    waiting = unreviewed(session, _waiting_at(session, digest_at), now)
    people = sorted({one.reviewer_id for one in waiting if one.reviewer_id})
    ends = rules.digest_ends(Role.LIAISON, digest_at)
    notify_all(session, REVIEW_DIGEST, [Telling(subject, one, ends) for one in people], now)


def _is_planned(session: Session, subject: Subject) -> bool:
    found = select(Notice.id).where(
        Notice.subject_kind == subject.kind,
        Notice.subject_id == subject.id,
        Notice.occasion == REVIEW_DIGEST.name,
        Notice.turn == subject.turn,
    )
    return session.exec(found.limit(1)).first() is not None


def _waiting_at(session: Session, instant: dtm.datetime) -> Sequence[int]:
    """The reports of open months that were submitted by then and wait still."""
    query = (
        select(Obligation.id)
        .join(Report, col(Report.obligation_id) == col(Obligation.id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(
            Obligation.state == ObligationState.SUBMITTED,
            Report.verdict == Verdict.PENDING,
            Report.submitted_at <= instant,
            col(ReportingPeriod.closed_at).is_(None),
        )
    )
    return session.exec(query).all()


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    account = contact.telegram_user_id
    if account is None or _was_just_told(session, contact, now):
        return Composed(None)
    asker = identify(session, Caller(account, account, is_private=True), now)
    waiting = sorted(waiting_for(session, asker, now), key=lambda one: one.report.submitted_at)
    if not waiting:
        return Composed(None)
    missing = _missing_under(session, contact, now)
    message = ReviewDigest(
        tuple(line_of(session, asker, one) for one in waiting[:LINES_SHOWN]),
        total=len(waiting),
        clean=len(clean(session, asker, waiting)),
        missing=len(missing),
        late=sum(due_at <= now for due_at in missing),
        notes=len(waiting_updates(session, asker, now)),
    )
    if _was_said_today(session, contact, render(message, asker.voice).text, now):
        return Composed(None)
    return Composed(message, frozenset(notice.id for notice in notices))


def _was_said_today(session: Session, contact: Contact, text: str, now: dtm.datetime) -> bool:
    """Whether the day's earlier digest read word for word the same."""
    rules = timetable(session)
    last = select(Message.text).where(
        Message.contact_id == contact.id,
        Message.kind == ReviewDigest.kind(),
        Message.delivery == Delivery.SEND,
        Message.state == MessageState.SENT,
        col(Message.sent_at) >= rules.instant(rules.local_day(now), dtm.time(0)),
    )
    return session.exec(last.order_by(col(Message.id).desc())).first() == text


def _was_just_told(session: Session, contact: Contact, now: dtm.datetime) -> bool:
    found = select(Notice.id).where(
        Notice.contact_id == contact.id,
        Notice.occasion == REVIEW_OVERDUE.name,
        Notice.state == NoticeState.TOLD,
        col(Notice.settled_at) > now - JUST_TOLD,
    )
    return session.exec(found.limit(1)).first() is not None


def _missing_under(session: Session, contact: Contact, now: dtm.datetime) -> list[dtm.datetime]:
    """When each report that is not in yet and that this liaison reviews is due."""
    query: Any = (
        select(Obligation.due_at, Project.id, Programme.level)
        .add_columns(
            col(ResponsibleUnit.organisation_id), col(Project.owner_id), col(Project.region_id)
        )
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .join(Project, col(Project.id) == col(Obligation.project_id))
        .join(Listing, col(Listing.id) == col(Obligation.listing_id))
        .join(Programme, col(Programme.id) == col(Listing.programme_id))
        .join(
            ResponsibleUnit,
            (col(ResponsibleUnit.listing_id) == col(Listing.id))
            & (col(ResponsibleUnit.position) == 1),
            isouter=True,
        )
        .where(col(Obligation.state).in_(AWAITED), col(ReportingPeriod.opens_at) <= now)
        .where(col(ReportingPeriod.closed_at).is_(None))
    )
    places = [(due_at, Place(*place)) for due_at, *place in session.exec(query)]
    roster = load_roster(session, now)
    return [
        due_at
        for due_at, place in places
        if (seat := roster.chain(place).seat(Rung.REVIEWER)) and seat.acting_id == contact.id
    ]


REVIEW_DIGEST = register(Occasion("review_digest", Urgency.ROUTINE, _compose))
