"""Meetings as units hear of them: the invitation, the answer, reminders, changes."""

import datetime as dtm
from dataclasses import dataclass

from domain.meetings.kinds import Attendance, LeaveVerdict, MeetingKind, ReplyStanding, Topic
from domain.vocabulary import Level, ProblemKind
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4


@dataclass(frozen=True)
class MeetingHead:
    """Which meeting it is; `region` is empty for a level's own."""

    meeting_id: int
    kind: MeetingKind
    level: Level
    region: str
    starts_at: dtm.datetime
    place: str


@dataclass(frozen=True)
class SpokenItem:
    """A coordination item on the agenda; `is_moved_up` where the level below is stuck with it."""

    item_id: int
    kind: ProblemKind
    is_moved_up: bool = False


@dataclass(frozen=True)
class ReportingLine:
    """A project a unit reports on, and why."""

    project_id: int
    name: str
    problems: tuple[ProblemKind, ...] = ()
    topics: tuple[Topic, ...] = ()
    items: tuple[SpokenItem, ...] = ()


@dataclass(frozen=True)
class UnitNotice:
    """A unit's invitation; `said` is the delegate's name or the reason for leave."""

    unit_id: int
    unit: str
    head: MeetingHead
    reply_due_at: dtm.datetime
    reports: tuple[ReportingLine, ...] = ()
    standing: ReplyStanding = ReplyStanding.UNANSWERED
    said: str = ""

    def answers(self) -> Rows:
        """The answers a unit may give, and whom else they may come from."""
        plain = tuple(
            Button(f"meeting_{attendance.value}", "meeting.answer", (self.unit_id, number))
            for number, attendance in enumerate(Attendance)
            if attendance in (Attendance.LEADER, Attendance.DEPUTY_LEADER)
        )
        return (
            plain,
            (
                Button("meeting_delegate", "meeting.delegate", (self.unit_id,)),
                Button("meeting_leave", "meeting.leave", (self.unit_id,)),
            ),
            (
                Button("meeting_pass_on", "meeting.pass_on", (self.unit_id,)),
                Button("meeting_file", "meeting.file", (self.head.meeting_id,)),
            ),
        )


def answer_buttons(notices: tuple[UnitNotice, ...]) -> Rows:
    """The answers to one invitation, or a button to each of several."""
    if len(notices) == 1:
        return notices[0].answers()
    buttons = tuple(
        Button("meeting_reply_to", "meeting.invitation", (notice.unit_id,), {"number": number})
        for number, notice in enumerate(notices, start=1)
    )
    return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class MeetingNotices(Message):
    """To a unit: it is invited to these meetings."""

    notices: tuple[UnitNotice, ...]

    def rows(self) -> Rows:
        """Answer."""
        return answer_buttons(self.notices)


@dataclass(frozen=True)
class RepliesAwaited(Message):
    """To a unit, once, and when the organiser nudges: it has not answered yet."""

    notices: tuple[UnitNotice, ...]

    def rows(self) -> Rows:
        """Answer."""
        return answer_buttons(self.notices)


@dataclass(frozen=True)
class InvitationCard(Message):
    """A unit's invitation with its answer; a delegate reads it without answering."""

    notice: UnitNotice
    may_answer: bool = True

    def rows(self) -> Rows:
        """Answer, or answer otherwise; the calendar file for everybody."""
        if self.may_answer:
            return self.notice.answers()
        return ((Button("meeting_file", "meeting.file", (self.notice.head.meeting_id,)),),)


@dataclass(frozen=True)
class ReplyRecorded(Message):
    """The unit's answer stands; `is_told` says whether the delegate hears of it by the bot."""

    notice: UnitNotice
    is_told: bool = False

    def rows(self) -> Rows:
        """Change the answer, or take the meeting into one's calendar."""
        return (
            (
                Button("meeting_change_reply", "meeting.invitation", (self.notice.unit_id,)),
                Button("meeting_file", "meeting.file", (self.notice.head.meeting_id,)),
            ),
        )


@dataclass(frozen=True)
class ReplierNamed(Message):
    """Somebody else answers for the unit now; they are told."""

    notice: UnitNotice
    replier: str
    is_linked: bool


@dataclass(frozen=True)
class AskDelegate(Message):
    """Who comes?"""

    notice: UnitNotice

    def rows(self) -> Rows:
        """The way out."""
        return _way_out(self.notice)


@dataclass(frozen=True)
class AskLeaveReason(Message):
    """Why can nobody come?"""

    notice: UnitNotice

    def rows(self) -> Rows:
        """The way out."""
        return _way_out(self.notice)


@dataclass(frozen=True)
class AskReplier(Message):
    """Who answers instead? `is_unknown` where the contact book does not know one such person."""

    notice: UnitNotice
    is_unknown: bool = False

    def rows(self) -> Rows:
        """The way out."""
        return _way_out(self.notice)


def _way_out(notice: UnitNotice) -> Rows:
    return ((Button("back", "meeting.invitation", (notice.unit_id,)),),)


@dataclass(frozen=True)
class MeetingBegun(Message):
    """Too late: the meeting began; what was answered before stands."""

    head: MeetingHead


@dataclass(frozen=True)
class MeetingOff(Message):
    """The meeting was cancelled."""

    head: MeetingHead


@dataclass(frozen=True)
class AttendanceLine:
    """A meeting somebody comes to, for a unit; `delegate` is whom the unit sends, if anybody."""

    head: MeetingHead
    unit: str
    standing: ReplyStanding
    delegate: str = ""


@dataclass(frozen=True)
class MeetingsSoon(Message):
    """To those who come, an hour before."""

    lines: tuple[AttendanceLine, ...]


@dataclass(frozen=True)
class DelegateNamed(Message):
    """To a delegate: their unit sends them."""

    lines: tuple[AttendanceLine, ...]

    def rows(self) -> Rows:
        """The calendar file of each."""
        return _files(tuple(line.head for line in self.lines))


@dataclass(frozen=True)
class DelegateReleased(Message):
    """To somebody who was to go: the unit sends somebody else, or answers otherwise."""

    lines: tuple[AttendanceLine, ...]


@dataclass(frozen=True)
class ChangedMeeting:
    """A meeting with what was told of it before."""

    head: MeetingHead
    starts_before: dtm.datetime
    place_before: str
    unit_id: int
    unit: str
    standing: ReplyStanding


@dataclass(frozen=True)
class MeetingsChanged(Message):
    """The time or place changed: old and new."""

    changes: tuple[ChangedMeeting, ...]

    def rows(self) -> Rows:
        """See to the answer, and the new calendar file."""
        if len(self.changes) > 1:
            return _files(tuple(change.head for change in self.changes))
        (change,) = self.changes
        return (
            (
                Button("meeting_change_reply", "meeting.invitation", (change.unit_id,)),
                Button("meeting_file", "meeting.file", (change.head.meeting_id,)),
            ),
        )


@dataclass(frozen=True)
class MeetingsCancelled(Message):
    """These meetings do not take place."""

    heads: tuple[MeetingHead, ...]

    def rows(self) -> Rows:
        """The file that takes each out of a calendar."""
        return _files(self.heads)


def _files(heads: tuple[MeetingHead, ...]) -> Rows:
    if len(heads) == 1:
        return ((Button("meeting_file", "meeting.file", (heads[0].meeting_id,)),),)
    buttons = tuple(
        Button("meeting_file_of", "meeting.file", (head.meeting_id,), {"number": number})
        for number, head in enumerate(heads, start=1)
    )
    return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class LeaveDecision:
    """What the organiser said to a unit's leave."""

    notice: UnitNotice
    verdict: LeaveVerdict


@dataclass(frozen=True)
class LeavesDecided(Message):
    """To a unit: its leave is granted, or somebody has to come."""

    decisions: tuple[LeaveDecision, ...]

    def rows(self) -> Rows:
        """Answer anew where leave was refused."""
        open_ones = (one.notice for one in self.decisions if one.verdict is LeaveVerdict.REFUSED)
        return answer_buttons(tuple(open_ones))


@dataclass(frozen=True)
class AheadLine:
    """A meeting ahead for somebody; for the office's eyes a draft, and one held without minutes."""

    head: MeetingHead
    standing: ReplyStanding | None = None
    is_draft: bool = False
    is_held: bool = False


@dataclass(frozen=True)
class MeetingsAhead(Message):
    """/meetings: what is ahead for the asker; with the way to call one, where they may."""

    lines: tuple[AheadLine, ...]
    may_call: bool
    more: int = 0

    def rows(self) -> Rows:
        """Each meeting, and calling one."""
        buttons = tuple(
            Button("ordinal", "meeting.show", (line.head.meeting_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        call = ((Button("meeting_call", "meeting.call"),),) if self.may_call else ()
        return (*in_rows(buttons, BUTTONS_A_ROW), *call)


@dataclass(frozen=True)
class CalendarFile(Message):
    """The meeting as a file for a calendar."""

    head: MeetingHead
    is_cancelled: bool = False
