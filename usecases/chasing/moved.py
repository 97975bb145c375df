"""Due times that move: whoever knows of the old one hears of the new one, once and merged."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.reporting import Obligation
from db.tables.speech import Notice, NoticeState, Urgency
from domain.chain import Rung
from templates.extending import NewDueTimes
from usecases.chain import load_roster
from usecases.chasing.chased import chased_by_ids
from usecases.chasing.overdue import REPORT_OVERDUE
from usecases.chasing.reminders import (
    LINES_SHOWN,
    REPORT_REMINDER,
    covered_ids,
    owed_reports,
    theirs,
)
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register


def reminded_of(session: Session, obligation_ids: Collection[int]) -> Mapping[int, set[int]]:
    """Which reporters were reminded of each report, before or after it was due."""
    query = select(Notice.subject_id, Notice.contact_id).where(
        Notice.subject_kind == "obligation",
        col(Notice.subject_id).in_(obligation_ids),
        col(Notice.occasion).in_((REPORT_REMINDER.name, REPORT_OVERDUE.name)),
        Notice.state == NoticeState.TOLD,
    )
    reminded: defaultdict[int, set[int]] = defaultdict(set)
    for obligation_id, contact_id in session.exec(query):
        reminded[obligation_id].add(contact_id)
    return reminded


def owing_people(
    session: Session, obligation_ids: Collection[int], now: dtm.datetime
) -> Mapping[int, set[int]]:
    """Who is to hear about each report: its main reporter, and whoever was reminded of it."""
    reminded = reminded_of(session, obligation_ids)
    roster = load_roster(session, now)
    found = {}
    for one in chased_by_ids(session, obligation_ids).values():
        main = roster.chain(one.place).seat(Rung.MAIN_REPORTER)
        acting = {main.acting_id} if main and main.acting_id else set()
        found[one.id] = acting | reminded.get(one.id, set())
    return found


def tell_of_new_due_times(
    session: Session,
    people: Mapping[int, set[int]],
    moved: Collection[Obligation],
    now: dtm.datetime,
    reason: str = "",
) -> int:
    """These people hear when their reports are due now; how many people."""
    tellings = [
        Telling(
            Subject("obligation", one.id, f"{one.due_at:%Y%m%d%H%M}"),
            contact_id,
            expires_at=one.due_at,
            details={"reason": reason},
        )
        for one in moved
        for contact_id in sorted(people.get(one.id, ()))
    ]
    notify_all(session, DUE_TIME_MOVED, tellings, now)
    return len({telling.contact_id for telling in tellings})


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    owed = [one for one in theirs(session, contact, notices, now) if one.obligation.due_at > now]
    if not owed:
        return Composed(None)
    ids = {one.id for one in owed}
    reasons = [notice.details["reason"] for notice in notices if notice.subject_id in ids]
    message = NewDueTimes(
        owed_reports(owed[:LINES_SHOWN]),
        reason=reasons[-1] if len(set(reasons)) == 1 else "",
        more=len(owed[LINES_SHOWN:]),
    )
    return Composed(message, covered_ids(notices, owed))


DUE_TIME_MOVED = register(Occasion("due_time_moved", Urgency.URGENT, _compose, spends_budget=False))
