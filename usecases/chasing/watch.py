"""The coordinator's watch: twice a day around the due day, where the round stands and what leaves
next."""

import datetime as dtm
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, func, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.vocabulary import Role
from templates.overdue import Grouping
from templates.watch import Leaving, OfficeWatch
from usecases.chasing.round_state import (
    chains_of,
    expected_in,
    open_months,
    tally_of,
    unreached,
)
from usecases.chasing.tick import AT_ONCE, chase
from usecases.notices import (
    Composed,
    Occasion,
    Subject,
    Telling,
    coordinators,
    notify_all,
    register,
)
from usecases.obligations import AWAITED
from usecases.outstanding import group_tallies, open_month
from usecases.policies import timetable, timetable_of

GROUPS_SHOWN = 6


def watch_rounds(session: Session, now: dtm.datetime) -> None:
    """At the watch's hours, from so many days before a month is due until so many after."""
    rules = timetable(session)
    digest_at = rules.digest_now(Role.COORDINATOR, now)
    if digest_at is None:
        return
    ends = rules.digest_ends(Role.COORDINATOR, digest_at)
    turn = f"{digest_at.astimezone(rules.zone):%Y-%m-%d %H%M}"
    tellings = [
        Telling(Subject("reporting_period", month.id, turn), contact_id, ends)
        for month in open_months(session, now)
        if _is_watched(session, month, digest_at)
        for contact_id in coordinators(session, now)
    ]
    notify_all(session, OFFICE_WATCH, tellings, now)


def what_leaves_next(session: Session, month: ReportingPeriod, now: dtm.datetime) -> Leaving | None:
    """Who would hear what at the month's next reminder or rung, if nobody did anything.

    The planner itself does it, in a corner of this transaction that is not kept.
    """
    next_at = session.exec(
        select(func.min(col(Obligation.next_act_at))).where(
            Obligation.period_id == month.id, col(Obligation.state).in_(AWAITED)
        )
    ).one()
    if next_at is None:
        return None
    at = max(next_at, now)
    rehearsal = session.begin_nested()
    try:
        known = session.exec(select(func.max(col(Notice.id)))).one() or 0
        while chase(session, at) >= AT_ONCE:
            continue
        people = dict(session.exec(_people_by_occasion(known)).all())
    finally:
        rehearsal.rollback()
    return Leaving(at, tuple(people.items())) if people else None


def _people_by_occasion(known: int) -> Any:
    """How many people each of the notices after that one is for."""
    people = func.count(func.distinct(col(Notice.contact_id)))
    query = select(Notice.occasion, people).where(Notice.id > known)
    return query.group_by(col(Notice.occasion)).order_by(func.min(col(Notice.id)))


def _is_watched(session: Session, month: ReportingPeriod, at: dtm.datetime) -> bool:
    rules = timetable_of(session, month.policy_version_id)
    watch = rules.policy.reminders.office_watch
    days = rules.calendar.working_days_between(rules.local_day(month.due_at), rules.local_day(at))
    return -watch.before <= days <= watch.after


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    ids = {notice.subject_id for notice in notices}
    month = next((one for one in open_months(session, now) if one.id in ids), None)
    if month is None:
        return Composed(None)
    reports = expected_in(session, month)
    outstanding = [one for one in reports if one.is_outstanding]
    gaps = unreached(chains_of(session, outstanding, now)).keys()
    total = tally_of(reports, gaps)
    if not total.outstanding and not total.waiting:
        return Composed(None)
    groups = group_tallies(session, reports, Grouping.UNIT, gaps)
    message = OfficeWatch(
        at=open_month(month),
        as_at=now,
        total=total,
        groups=tuple(groups[:GROUPS_SHOWN]),
        more=len(groups[GROUPS_SHOWN:]),
        more_missing=sum(one.tally.missing for one in groups[GROUPS_SHOWN:]),
        leaving=what_leaves_next(session, month, now),
    )
    return Composed(message, frozenset(notice.id for notice in notices))


OFFICE_WATCH = register(Occasion("office_watch", Urgency.ROUTINE, _compose))
