"""What the office hears of meetings: drafts that wait to be let out, units that ask for leave."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.meetings import MeetingReply
from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.meetings.timing import first_notice_at
from templates.organising import DraftLine, DraftsWaiting, LeaveLine, LeavesAsked
from usecases.meetings.agenda import project_count
from usecases.meetings.book import Called, InvitedUnit, called, with_unit
from usecases.meetings.telling import MEETING, REPLY
from usecases.notices import Composed, Occasion, Subject, notify_office, register


def tell_of_draft(session: Session, meeting: Called, now: dtm.datetime) -> None:
    """The office hears of a series' draft, and once more when units are due to be told."""
    is_due = notice_at(meeting) <= now
    turn = f"{meeting.meeting.starts_at:%m%d%H%M}{'!' if is_due else ''}"
    notify_office(session, DRAFT_WAITING, Subject(MEETING, meeting.id, turn), now)


def tell_of_leave(session: Session, reply: MeetingReply, now: dtm.datetime) -> None:
    """The office hears at once that a unit asks to stay away."""
    notify_office(session, LEAVE_ASKED, Subject(REPLY, reply.id), now)


def notice_at(meeting: Called) -> dtm.datetime:
    """When units are to be told by the rules."""
    return first_notice_at(meeting.rules, meeting.meeting.level, meeting.meeting.starts_at)


def leave_line(session: Session, meeting: Called, unit: InvitedUnit) -> LeaveLine:
    """A unit's leave as the office sees it."""
    assert unit.reply
    by = session.get_one(Contact, unit.reply.replied_by_id).name
    return LeaveLine(unit.reply.id, unit.organisation.name, meeting.head, unit.reply.reason, by)


def _drafts(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    found = {notice.subject_id: called(session, notice.subject_id) for notice in notices}
    drafts = {
        meeting_id: meeting
        for meeting_id, meeting in found.items()
        if meeting and meeting.is_draft and not meeting.has_begun(now)
    }
    if not drafts:
        return Composed(None)
    lines = tuple(
        DraftLine(one.head, notice_at(one), len(one.units), project_count(session, one.id))
        for one in drafts.values()
    )
    told = frozenset(notice.id for notice in notices if notice.subject_id in drafts)
    return Composed(DraftsWaiting(lines), told)


def _leaves(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    lines, told = [], set()
    for notice in notices:
        reply = session.get_one(MeetingReply, notice.subject_id)
        meeting = with_unit(session, reply.meeting_unit_id)
        assert meeting
        unit = meeting.unit(reply.meeting_unit_id)
        is_newest = unit.reply is not None and unit.reply.id == reply.id
        if is_newest and unit.asks_leave and meeting.is_on and not meeting.has_begun(now):
            lines.append(leave_line(session, meeting, unit))
            told.add(notice.id)
    message = LeavesAsked(tuple(lines)) if lines else None
    return Composed(message, frozenset(told))


DRAFT_WAITING = register(Occasion("meeting_draft_waiting", Urgency.ROUTINE, _drafts))
LEAVE_ASKED = register(
    Occasion("meeting_leave_asked", Urgency.URGENT, _leaves, spends_budget=False)
)
