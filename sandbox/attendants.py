"""The other units of the sample office: they answer invitations, sign for what was decided and
have it done, each as far as somebody there could be told."""

import datetime as dtm
from collections.abc import Iterator

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.meetings import Meeting, MeetingReply, MeetingState
from domain.chain import Rung
from domain.items.machine import ItemAct, ItemState, may
from domain.meetings.kinds import Attendance
from usecases.chain import load_roster
from usecases.items import answer_notices
from usecases.items.book import Decided, Item, items_of, note
from usecases.items.people import place_of, seat_of
from usecases.meetings.book import Called, InvitedUnit, called_all
from usecases.meetings.repliers import repliers
from usecases.policies import timetable

_ANSWERS_AFTER = dtm.timedelta(hours=1)
_COMING = (Attendance.LEADER, Attendance.DEPUTY_LEADER)
_SIGNED, _DONE = (1, dtm.time(11)), (3, dtm.time(14))
"""So many working days after the decision was given out, at that time."""

_DONE_WORDS = "已按议定事项办理完毕"


def attend(session: Session, unit_id: int | None, now: dtm.datetime) -> int:
    """Answer for every invited unit but this one, an hour after they heard; how many did."""
    query = select(Meeting).where(
        Meeting.state == MeetingState.PUBLISHED, col(Meeting.starts_at) > now
    )
    meetings = called_all(session, session.exec(query.order_by(col(Meeting.id))).all())
    heard = (one for one in meetings if one.dates.notice_at + _ANSWERS_AFTER <= now)
    replies = [reply for one in heard for reply in _replies(session, one, unit_id, now)]
    session.add_all(replies)
    session.flush()
    return len(replies)


def carry_out(session: Session, unit_id: int | None, now: dtm.datetime) -> int:
    """Sign for what binds other units the next working day, report it done on the third."""
    query = (
        select(CoordinationItem)
        .join(Decision, col(Decision.item_id) == col(CoordinationItem.id))
        .where(Decision.state == DecisionState.IN_FORCE, Decision.organisation_id != (unit_id or 0))
        .where(col(CoordinationItem.state).in_((ItemState.ASSIGNED, ItemState.IN_HAND)))
        .order_by(col(CoordinationItem.id))
    )
    found = items_of(session, session.exec(query).all(), now)
    return sum(_acts(session, one, one.decided, now) for one in found if one.decided)


def _replies(
    session: Session, meeting: Called, unit_id: int | None, now: dtm.datetime
) -> Iterator[MeetingReply]:
    reachable = repliers(session, meeting, now)
    for unit in meeting.units:
        if unit.reply is None and unit.organisation.id != unit_id and unit.id in reachable:
            yield _reply(unit, reachable[unit.id], now)


def _reply(unit: InvitedUnit, replier_id: int, now: dtm.datetime) -> MeetingReply:
    coming = _COMING[unit.id % len(_COMING)]
    return MeetingReply(
        meeting_unit_id=unit.id, attendance=coming, replied_by_id=replier_id, replied_at=now
    )


def _acts(session: Session, item: Item, decided: Decided, now: dtm.datetime) -> bool:
    """Whether the unit did something about it just now."""
    roster = load_roster(session, now, [place_of(item, decided)])
    seat = seat_of(roster, item, decided, Rung.REVIEWER)
    if seat.acting_id is None or seat.gap is not None or item.is_withdrawn:
        return False
    if may(ItemAct.SIGNED, item.row.state) and _has_come(session, decided, _SIGNED, now):
        note(session, item, ItemAct.SIGNED, now, by_id=seat.acting_id)
        return True
    if item.row.state is ItemState.IN_HAND and _has_come(session, decided, _DONE, now):
        entry = note(session, item, ItemAct.DONE, now, by_id=seat.acting_id, text=_DONE_WORDS)
        answer_notices.tell_office(session, answer_notices.DONE, entry, now)
        return True
    return False


def _has_come(
    session: Session, decided: Decided, moment: tuple[int, dtm.time], now: dtm.datetime
) -> bool:
    rules = timetable(session)
    given = rules.local_day(decided.row.approved_at or decided.row.recorded_at)
    days, time = moment
    return rules.instant(rules.calendar.add_working_days(given, days), time) <= now
