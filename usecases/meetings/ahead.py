"""/meetings: what is ahead for the asker, a meeting as it concerns them, and its calendar file."""

import datetime as dtm

from sqlmodel import Session

from db.tables.meetings import MeetingState
from domain.access import Action, Reach
from domain.meetings.timing import LENGTH
from templates.documents.calendar_file import CalendarEntry, calendar_file
from templates.linking import HowToLink
from templates.meetings import (
    AheadLine,
    CalendarFile,
    InvitationCard,
    MeetingOff,
    MeetingsAhead,
)
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import dialogs
from usecases.answers import Answers, Hand, in_place, say
from usecases.asker import Asker, office
from usecases.meetings.book import (
    Called,
    InvitedUnit,
    called,
    held_meetings,
    standing_meetings,
)
from usecases.meetings.drafting import card
from usecases.meetings.organising import overview
from usecases.meetings.repliers import may_answer, may_read
from usecases.meetings.telling import notice_of

LINES_SHOWN = 10

# What is said and done with a meeting outlives its conversation: going back to it ends that.
_CONVERSATIONS = ("meeting", "meeting_change")


def meetings(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """What is ahead for me; the office sees everything, its drafts, and what waits for minutes."""
    if asker.contact is None:
        return say(HowToLink())
    may_call = asker.reach(Action.CALL_MEETING) is not Reach.NONE
    states = [MeetingState.PUBLISHED, *([MeetingState.DRAFT] if may_call else [])]
    lines = [
        line
        for meeting in standing_meetings(session, states, now)
        if (line := _line(session, asker, meeting, now))
    ]
    shown = lines[:LINES_SHOWN]
    held = held_meetings(session, now) if may_call else []
    waiting = [AheadLine(meeting.head, is_held=True) for meeting in held]
    return say(MeetingsAhead((*shown, *waiting), may_call, len(lines) - len(shown)))


def show_meeting(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """The meeting as it concerns the asker: a draft, the answers, or their own invitation."""
    if asker.contact is None:
        return say(HowToLink())
    row = dialogs.open_dialog(session, asker)
    if row is not None and row.kind in _CONVERSATIONS:
        dialogs.end(session, asker)
    meeting = called(session, meeting_id)
    if meeting is None or meeting.meeting.state is MeetingState.DROPPED:
        return say(StaleButton())
    if asker.reach(Action.READ_MEETINGS) is Reach.ALL:
        return _to_the_office(session, asker, meeting, now)
    units = _own_units(session, asker, meeting, now)
    if not units or meeting.is_draft:
        return say(NotYours())
    if not meeting.is_on:
        return in_place(MeetingOff(meeting.head))
    begun = meeting.has_begun(now)
    return tuple(
        answer
        for unit in units
        for answer in say(
            InvitationCard(
                notice_of(session, meeting, unit),
                may_answer(session, asker, unit, now) and not begun,
            )
        )
    )


def hand_over_file(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """The meeting for a calendar: a later file replaces the earlier one, or takes it out."""
    meeting = called(session, meeting_id)
    if asker.contact is None or meeting is None:
        return say(StaleButton() if asker.contact else HowToLink())
    reads_all = asker.reach(Action.READ_MEETINGS) is Reach.ALL
    if meeting.meeting.state in (MeetingState.DRAFT, MeetingState.DROPPED):
        return say(StaleButton())
    if not reads_all and not _own_units(session, asker, meeting, now):
        return say(NotYours())
    row = meeting.meeting
    entry = CalendarEntry(
        f"meeting-{row.id}",
        office(session).bot_username,
        row.sequence,
        row.starts_at,
        row.starts_at + LENGTH,
        now,
        meeting.head,
        is_cancelled=row.state is MeetingState.CANCELLED,
    )
    content = calendar_file(entry, asker.voice)
    return (Hand(CalendarFile(meeting.head, entry.is_cancelled), f"meeting-{row.id}.ics", content),)


def _to_the_office(session: Session, asker: Asker, meeting: Called, now: dtm.datetime) -> Answers:
    if meeting.is_on:
        return in_place(overview(session, asker, meeting, now))
    if not meeting.is_draft:
        return in_place(MeetingOff(meeting.head))
    if asker.reach(Action.CALL_MEETING) is Reach.NONE:
        return say(NotYours())
    return in_place(card(session, meeting, now))


def _line(session: Session, asker: Asker, meeting: Called, now: dtm.datetime) -> AheadLine | None:
    units = _own_units(session, asker, meeting, now)
    if asker.reach(Action.READ_MEETINGS) is Reach.ALL:
        return AheadLine(meeting.head, is_draft=meeting.is_draft)
    return AheadLine(meeting.head, units[0].standing) if units else None


def _own_units(
    session: Session, asker: Asker, meeting: Called, now: dtm.datetime
) -> list[InvitedUnit]:
    return [unit for unit in meeting.units if may_read(session, asker, unit, now)]
