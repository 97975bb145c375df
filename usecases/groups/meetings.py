"""Meetings as a group reads of them: told, changed, called off; of the group's scope only."""

import datetime as dtm

from sqlmodel import Session, select

from db.tables.groups import GroupPost
from db.tables.meetings import MeetingChange, MeetingState
from db.tables.speech import NoticeState
from domain.vocabulary import Level
from templates.groups import GroupMeeting, GroupMeetingChanged, GroupMeetingOff
from templates.message import Message
from usecases.groups.book import Bound, bound_groups, extent
from usecases.groups.posting import Posting, PostOccasion, post_once, register
from usecases.meetings import agenda
from usecases.meetings.book import Called, called, standing_meetings
from usecases.notices import Subject

MEETING = "meeting"


def post_meetings(session: Session, now: dtm.datetime) -> None:
    """Every bound group is to read of the meetings of its scope, once units are told of them.

    Of a cancellation only where the meeting was posted.
    """
    bindings = bound_groups(session)
    if not bindings:
        return
    states = (MeetingState.PUBLISHED, MeetingState.CANCELLED)
    meetings = [one for one in standing_meetings(session, states, now) if _is_told(one, now)]
    wanted = [
        Posting(binding, _subject(one), one.meeting.starts_at)
        for one in meetings
        for binding in bindings
        if binding.holds(one.meeting.level, one.meeting.region_id)
        if one.is_on or _posted_as(session, binding, one.id) is not None
    ]
    post_once(session, MEETING_POST, wanted, now)


def meetings_to_post(
    session: Session, level: Level, region_id: int | None, now: dtm.datetime
) -> list[Called]:
    """The meetings a group of that scope would read of at once."""
    found = standing_meetings(session, (MeetingState.PUBLISHED,), now)
    return [
        one
        for one in found
        if _is_told(one, now)
        and one.meeting.level == level
        and region_id in (None, one.meeting.region_id)
    ]


def _is_told(meeting: Called, now: dtm.datetime) -> bool:
    """Whether it is time that units hear of it, and it lies ahead."""
    return meeting.dates.notice_at <= now < meeting.meeting.starts_at


def _subject(meeting: Called) -> Subject:
    return Subject(MEETING, meeting.id, str(meeting.meeting.sequence))


def _posted_as(session: Session, binding: Bound, meeting_id: int) -> int | None:
    """The meeting's sequence when the group last read of it."""
    return max(_sequences_told(session, binding, meeting_id), default=None)


def _sequences_told(session: Session, binding: Bound, meeting_id: int) -> list[int]:
    query = select(GroupPost.turn).where(
        GroupPost.work_group_id == binding.row.id,
        GroupPost.subject_kind == MEETING,
        GroupPost.subject_id == meeting_id,
        GroupPost.state == NoticeState.TOLD,
    )
    return [int(turn) for turn in session.exec(query)]


def _compose(
    session: Session, binding: Bound, post: GroupPost, now: dtm.datetime
) -> Message | None:
    """What is new to the group; None once a later change has a post of its own."""
    meeting = called(session, post.subject_id)
    if meeting is None or meeting.has_begun(now) or _subject(meeting).turn != post.turn:
        return None
    if not binding.holds(meeting.meeting.level, meeting.meeting.region_id):
        return None
    told = _sequences_told(session, binding, meeting.id)
    before = max((one for one in told if one < meeting.meeting.sequence), default=None)
    if before is None:
        return _notice(session, binding, meeting, now) if meeting.is_on else None
    if not meeting.is_on:
        return GroupMeetingOff(meeting.head)
    return _change(session, meeting, before + 1)


def _notice(session: Session, binding: Bound, meeting: Called, now: dtm.datetime) -> Message:
    """Only what is the group's is counted and named: the agenda and the guests may go beyond it."""
    theirs = extent(session, binding.row.level, binding.row.region_id, now)
    rows = agenda.items(session, meeting.id)
    spoken_of = {row.project_id for row in rows if not row.left_out}
    units = [unit.organisation for unit in meeting.units]
    return GroupMeeting(
        meeting.head,
        len(spoken_of & theirs.project_ids),
        tuple(unit.name for unit in units if unit.id in theirs.unit_ids),
    )


def _change(session: Session, meeting: Called, sequence: int) -> Message | None:
    """What the group has not read of yet; None where it is as it was after all."""
    query = select(MeetingChange).where(
        MeetingChange.meeting_id == meeting.id, MeetingChange.sequence == sequence
    )
    row = session.exec(query).one()
    now = (meeting.meeting.starts_at, meeting.meeting.place)
    if (row.starts_before, row.place_before) == now:
        return None
    return GroupMeetingChanged(meeting.head, row.starts_before, row.place_before)


MEETING_POST = register(PostOccasion("meeting", _compose))
