"""The organiser's view of a meeting that was let out: who answered, who did not, whom to phone."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from db.tables.meetings import MeetingReply
from domain.access import Action, Reach
from domain.meetings.kinds import LeaveVerdict
from templates.meetings import MeetingBegun, MeetingOff
from templates.message import Message
from templates.office import StaleButton
from templates.organising import LeaveSettled, MeetingOverview, UnitStanding
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items.drafts import draft_count
from usecases.meetings.agenda import project_count
from usecases.meetings.book import Called, InvitedUnit, called, with_unit
from usecases.meetings.organisers import leave_line
from usecases.meetings.repliers import repliers, to_phone
from usecases.meetings.telling import LEAVE_DECIDED, REPLY, ask_again
from usecases.notices import Subject, notify
from usecases.rights import entitled

LEAVES_SHOWN = 5


def overview(session: Session, asker: Asker, meeting: Called, now: dtm.datetime) -> MeetingOverview:
    """Who has answered what, who has not, and, for the office, who cannot be reached."""
    may_call = asker.reach(Action.CALL_MEETING) is not Reach.NONE
    leaves = [unit for unit in meeting.units if unit.asks_leave][:LEAVES_SHOWN]
    return MeetingOverview(
        meeting.head,
        meeting.dates.notice_at,
        meeting.dates.reply_due_at,
        meeting.dates.notice_at <= now,
        tuple(
            UnitStanding(unit.organisation.name, unit.standing, unit.said) for unit in meeting.units
        ),
        to_phone(session, meeting, now) if may_call else (),
        tuple((unit.reply.id, unit.organisation.name) for unit in leaves if unit.reply),
        project_count(session, meeting.id),
        may_call,
        meeting.has_begun(now),
        drafts=draft_count(session, meeting.id),
    )


@entitled(Action.CALL_MEETING)
def nudge(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Ask those who have not answered once more; twice within an hour is once."""
    meeting = called(session, meeting_id)
    if meeting is None:
        return say(StaleButton())
    if refusal := closed(meeting, now):
        return say(refusal)
    told = repliers(session, meeting, now)
    awaited = [one for one in told.items() if meeting.unit(one[0]).standing.is_open]
    ask_again(session, meeting, awaited, f"nudge {now:%m%d%H}", now)
    audit.record(session, asker, "meeting.nudged", now, ("meeting", meeting_id))
    return in_place(replace(overview(session, asker, meeting, now), nudged=len(awaited)))


def closed(meeting: Called, now: dtm.datetime) -> Message | None:
    """Why nothing about the meeting can be changed any more."""
    if not meeting.is_on:
        return MeetingOff(meeting.head)
    return MeetingBegun(meeting.head) if meeting.has_begun(now) else None


@entitled(Action.CALL_MEETING)
def grant_leave(session: Session, asker: Asker, reply_id: int, now: dtm.datetime) -> Answers:
    """准假."""
    return _decided(session, asker, reply_id, LeaveVerdict.GRANTED, now)


@entitled(Action.CALL_MEETING)
def refuse_leave(session: Session, asker: Asker, reply_id: int, now: dtm.datetime) -> Answers:
    """不准假: the unit has to send somebody."""
    return _decided(session, asker, reply_id, LeaveVerdict.REFUSED, now)


def _decided(
    session: Session, asker: Asker, reply_id: int, verdict: LeaveVerdict, now: dtm.datetime
) -> Answers:
    reply = session.get(MeetingReply, reply_id, with_for_update=True)
    meeting = with_unit(session, reply.meeting_unit_id) if reply else None
    if reply is None or meeting is None:
        return say(StaleButton())
    if refusal := closed(meeting, now):
        return say(refusal)
    unit = meeting.unit(reply.meeting_unit_id)
    if unit.reply is None or unit.reply.id != reply.id:
        return in_place(overview(session, asker, meeting, now))
    if unit.asks_leave:
        _decide(session, asker, reply, verdict, now)
        _tell(session, meeting, unit, now)
    return in_place(LeaveSettled(leave_line(session, meeting, unit), unit.standing))


def _decide(
    session: Session,
    asker: Asker,
    reply: MeetingReply,
    verdict: LeaveVerdict,
    now: dtm.datetime,
) -> None:
    reply.leave_verdict, reply.leave_decided_at = verdict, now
    reply.leave_decided_by_id = asker.contact_id
    session.add(reply)
    session.flush()
    audit.record(session, asker, f"meeting.leave_{verdict}", now, ("meeting_reply", reply.id))


def _tell(session: Session, meeting: Called, unit: InvitedUnit, now: dtm.datetime) -> None:
    """Whoever asked hears, and whoever answers for the unit now."""
    assert unit.reply
    answering = repliers(session, meeting, now).get(unit.id)
    for contact_id in {unit.reply.replied_by_id, answering} - {None}:
        assert contact_id
        notify(session, LEAVE_DECIDED, Subject(REPLY, unit.reply.id), contact_id, now)
