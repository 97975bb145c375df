"""When what somebody was alarmed about is over: their alert says so, and one quiet line follows."""

import datetime as dtm
from collections.abc import Iterator, Mapping, Sequence

from sqlmodel import Session, col, or_, select

from db.tables.chasing import Promise, PromiseState
from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod
from db.tables.speech import WAITING, Message, MessageState, Notice, NoticeState, Urgency
from domain.vocabulary import Role
from templates.alerts import AlertEnd, AllClear
from usecases.chasing.alert_lines import ended_reports
from usecases.chasing.alerts import alert_occasions, is_alert, role_told
from usecases.chasing.refreshing import refresh, told_about
from usecases.chasing.reminders import LINES_SHOWN
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register
from usecases.obligations import AWAITED
from usecases.policies import timetable

# One transaction's worth: the rest is taken up two seconds later.
AT_ONCE = 50

_CAME_IN = (ObligationState.SUBMITTED, ObligationState.ACCEPTED)
_REACHED = (MessageState.SENT, MessageState.UNCERTAIN)


def clear_alarms(session: Session, now: dtm.datetime) -> int:
    """Whoever was told that a report is late hears that it is so no more; how many reports.

    It came in, was given more time, exempt, withdrawn or closed: whatever ended it, this finds it.
    """
    over = _over(session, now)
    told = told_about(session, [one.id for one in over], alert_occasions())
    on_its_way = {
        notice.subject_id
        for message, notices in told
        if message.state in WAITING
        for notice in notices
    }
    # What is on its way must arrive, or fail to, before it can be taken back.
    settled = {one.id: one for one in over if one.id not in on_its_way}
    _settle_promises(session, settled)
    refresh(session, settled, now)
    for occasion_at, tellings in _tellings(session, told, settled, now).items():
        notify_all(session, ALL_CLEAR, tellings, occasion_at)
    for one in settled.values():
        one.alarmed = False
        session.add(one)
    session.flush()
    return len(settled)


def _over(session: Session, now: dtm.datetime) -> Sequence[Obligation]:
    query = (
        select(Obligation)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(
            col(Obligation.alarmed),
            or_(
                col(Obligation.state).not_in(AWAITED),
                Obligation.due_at > now,
                col(ReportingPeriod.closed_at).is_not(None),
            ),
        )
    )
    return session.exec(query.order_by(col(Obligation.id)).limit(AT_ONCE)).all()


def _tellings(
    session: Session,
    told: Sequence[tuple[Message, Sequence[Notice]]],
    settled: Mapping[int, Obligation],
    now: dtm.datetime,
) -> dict[dtm.datetime, list[Telling]]:
    """Who hears it, and when: the liaison with the next digest, those above at once.

    Whoever handed the report in themselves knows.
    """
    authors = _authors(session, settled)
    digest_at = _next_digest(session, now)
    found: dict[dtm.datetime, list[Telling]] = {now: [], digest_at: []}
    for message, notices in told:
        if message.state not in _REACHED:
            continue
        for notice in notices:
            by_themselves = authors.get(notice.subject_id) == notice.contact_id
            if notice.subject_id in settled and is_alert(notice) and not by_themselves:
                ladder = notice.turn.partition("+")[0]
                subject = Subject("obligation", notice.subject_id, ladder)
                at = digest_at if role_told(notice) is Role.LIAISON else now
                found[at].append(Telling(subject, notice.contact_id))
    return found


def _authors(session: Session, settled: Mapping[int, Obligation]) -> dict[int, int | None]:
    """Who handed in the newest revision of those of these reports that are in."""
    came_in = [one.id for one in settled.values() if one.state in _CAME_IN]
    revisions = select(Report.obligation_id, Report.author_id).where(
        col(Report.obligation_id).in_(came_in)
    )
    return dict(session.exec(revisions.order_by(col(Report.revision))).all())


def _next_digest(session: Session, now: dtm.datetime) -> dtm.datetime:
    """The next hour of the liaison's digests today; after the last one nothing is waited for."""
    rules = timetable(session)
    times = rules.digests(Role.LIAISON, rules.local_day(now))
    return min((at for at in times if at > now), default=now)


def _settle_promises(session: Session, settled: Mapping[int, Obligation]) -> None:
    """A promise is kept by a report that came in by its time."""
    found = select(Promise).where(
        col(Promise.obligation_id).in_(settled), Promise.state == PromiseState.OPEN
    )
    for promise in session.exec(found):
        promise.state = _end_of(session, promise, settled[promise.obligation_id])
        session.add(promise)


def _end_of(session: Session, promise: Promise, obligation: Obligation) -> PromiseState:
    if obligation.state not in _CAME_IN:
        return PromiseState.DROPPED
    newest = select(Report.submitted_at).where(Report.obligation_id == obligation.id)
    came_at = session.exec(newest.order_by(col(Report.revision).desc())).first()
    kept = came_at is not None and came_at <= promise.promised_for
    return PromiseState.KEPT if kept else PromiseState.BROKEN


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What is over; a report that is late again meanwhile is not said to be."""
    over = {
        notice.id: ended
        for notice in notices
        for ended in ended_reports(session, [notice], (), now)
        if ended.end is not AlertEnd.MOVED
    }
    if not over:
        return Composed(None)
    lines = tuple(dict.fromkeys(over.values()))
    still_late = len(set(_still_late(session, contact, now)))
    message = AllClear(lines[:LINES_SHOWN], len(lines[LINES_SHOWN:]), still_late)
    return Composed(message, frozenset(over))


def _still_late(session: Session, contact: Contact, now: dtm.datetime) -> Iterator[int]:
    """What this person was alarmed about and is not over."""
    query = (
        select(Notice)
        .join(Obligation, col(Obligation.id) == col(Notice.subject_id))
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(
            Notice.subject_kind == "obligation",
            Notice.contact_id == contact.id,
            col(Notice.occasion).in_(alert_occasions()),
            Notice.state == NoticeState.TOLD,
            col(Obligation.alarmed),
            col(Obligation.state).in_(AWAITED),
            Obligation.due_at <= now,
            col(ReportingPeriod.closed_at).is_(None),
        )
    )
    return (notice.subject_id for notice in session.exec(query) if is_alert(notice))


ALL_CLEAR = register(
    Occasion(
        "all_clear",
        Urgency.ROUTINE,
        _compose,
        expires_after=dtm.timedelta(days=7),
        spends_budget=False,
        is_silent=True,
    )
)
