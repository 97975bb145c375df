"""Meetings as the organiser sees them: calling one, the draft, the agenda, who answered."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.chain import Gap
from domain.meetings.kinds import MeetingKind, ReplyStanding
from domain.meetings.moments import MomentProblem
from domain.vocabulary import Level
from templates.meetings import MeetingHead, ReportingLine
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 4


class Doubt(StrEnum):
    """Why a time is asked about once more."""

    PAST = "past"
    DAY_OFF = "day_off"


@dataclass(frozen=True)
class AskWhen(Message):
    """When is it?"""

    problem: MomentProblem | None = None

    def rows(self) -> Rows:
        """The way out."""
        return _leave()


@dataclass(frozen=True)
class AskWhenSure(Message):
    """The time is odd: is it meant?"""

    starts_at: dtm.datetime
    doubts: tuple[Doubt, ...]

    def rows(self) -> Rows:
        """It is, or leave it; another one is just typed."""
        return ((Button("meeting_sure", "meeting.sure"), *_leave()[0]),)


@dataclass(frozen=True)
class AskWhere(Message):
    """Where is it? Above the question the time as it was read; `places` were used before."""

    starts_at: dtm.datetime
    places: tuple[tuple[int, str], ...] = ()

    def rows(self) -> Rows:
        """A place used before, or the way out."""
        used = tuple(
            (Button("meeting_place", "meeting.same_place", (meeting_id,), {"place": place}),)
            for meeting_id, place in self.places
        )
        return (*used, *_leave())


@dataclass(frozen=True)
class AskUnits(Message):
    """Which units? `unknown` are the words that name none."""

    head: MeetingHead
    unknown: tuple[str, ...] = ()

    def rows(self) -> Rows:
        """The way out."""
        return ((Button("back", "meeting.show", (self.head.meeting_id,)),),)


def _leave() -> Rows:
    return ((Button("leave_dialog", "dialog.cancel"),),)


@dataclass(frozen=True)
class UnitToPhone:
    """A unit nobody of which can be told; `phone` of whom there is."""

    unit: str
    gap: Gap
    person: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Clash:
    """A unit that is called to another meeting at the same time."""

    unit: str
    other: MeetingHead


@dataclass(frozen=True)
class MeetingDraft(Message):
    """A meeting before it is let out; `notice_at` is when units are to be told."""

    head: MeetingHead
    units: int
    projects: int
    notice_at: dtm.datetime
    is_notice_now: bool
    to_phone: tuple[UnitToPhone, ...] = ()
    clashes: tuple[Clash, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    def rows(self) -> Rows:
        """Change anything, and let it out, now or when units are due to be told."""
        here = (self.head.meeting_id,)
        publish = (Button("meeting_publish", "meeting.publish", here),)
        at_once = (
            () if self.is_notice_now else (Button("meeting_at_once", "meeting.at_once", here),)
        )
        return (
            (
                Button("meeting_time", "meeting.time", here),
                Button("meeting_where", "meeting.place", here),
                Button("meeting_kind", "meeting.kinds", here),
            ),
            (
                Button("meeting_scope", "meeting.scopes", here),
                Button("meeting_units", "meeting.units", (*here, 0), {"count": self.units}),
                Button("meeting_agenda", "meeting.agenda", (*here, 0), {"count": self.projects}),
            ),
            (*publish, *at_once, Button("meeting_drop", "meeting.drop", here)),
        )


@dataclass(frozen=True)
class UnitStanding:
    """A unit and how it stands; `said` is the delegate's name or the reason for leave."""

    unit: str
    standing: ReplyStanding
    said: str = ""


@dataclass(frozen=True)
class MeetingOverview(Message):
    """A published meeting: who answered what, who did not, who cannot be reached.

    `may_call` is for the organiser; others only read. Once it has begun its decisions are recorded:
    `drafts` of them wait for the minutes to be approved.
    """

    head: MeetingHead
    notice_at: dtm.datetime
    reply_due_at: dtm.datetime
    is_told: bool
    units: tuple[UnitStanding, ...]
    to_phone: tuple[UnitToPhone, ...] = ()
    leaves: tuple[tuple[int, str], ...] = ()
    projects: int = 0
    may_call: bool = True
    is_over: bool = False
    nudged: int | None = None
    drafts: int = 0

    def rows(self) -> Rows:
        """Decide on leave, nudge, change, cancel."""
        here = (self.head.meeting_id,)
        read = (
            Button("meeting_agenda", "meeting.agenda", (*here, 0), {"count": self.projects}),
            Button("meeting_file", "meeting.file", here),
        )
        if not self.may_call:
            return (read,)
        if self.is_over:
            return (*self._minutes(), read)
        is_open = any(one.standing.is_open for one in self.units)
        nudge = (
            (Button("meeting_nudge", "meeting.nudge", here),) if self.is_told and is_open else ()
        )
        leaves = tuple(row for reply_id, unit in self.leaves for row in leave_row(reply_id, unit))
        change = (
            Button("meeting_time", "meeting.time", here),
            Button("meeting_where", "meeting.place", here),
            Button("meeting_cancel", "meeting.cancel", here),
        )
        add = (Button("meeting_add", "meeting.add", here),)
        return (*leaves, change, (*nudge, *add), read)

    def _minutes(self) -> Rows:
        """Record what was decided, see what is recorded, the document."""
        here = (self.head.meeting_id,)
        drafts = (
            (Button("minutes_drafts", "minutes.drafts", here, {"count": self.drafts}),)
            if self.drafts
            else ()
        )
        file = Button("minutes_file", "minutes.file", here)
        return ((Button("minutes_record", "minutes.record", (*here, 0)), *drafts, file),)


def leave_row(reply_id: int, unit: str) -> Rows:
    """Grant or refuse a unit's leave."""
    words = {"unit": unit}
    return (
        (
            Button("meeting_grant", "meeting.grant", (reply_id,), words),
            Button("meeting_refuse", "meeting.refuse", (reply_id,), words),
        ),
    )


@dataclass(frozen=True)
class MeetingKinds(Message):
    """What is the meeting for?"""

    head: MeetingHead

    def rows(self) -> Rows:
        """Each kind."""
        here = self.head.meeting_id
        buttons = tuple(
            Button("meeting_of_kind", "meeting.kind", (here, number), {"kind": kind})
            for number, kind in enumerate(MeetingKind)
        )
        return (*in_rows(buttons, 2), (Button("back", "meeting.show", (here,)),))


@dataclass(frozen=True)
class MeetingScopes(Message):
    """Whose meeting is it? A level's, or one region's at it; a region's id is 0 for the level."""

    head: MeetingHead
    scopes: tuple[tuple[Level, int, str], ...]

    def rows(self) -> Rows:
        """Each level and region."""
        here = self.head.meeting_id
        buttons = tuple(
            Button(
                "meeting_of_scope",
                "meeting.scope",
                (here, list(Level).index(level), region_id),
                {"level": level, "region": region},
            )
            for level, region_id, region in self.scopes
        )
        return (*in_rows(buttons, 2), (Button("back", "meeting.show", (here,)),))


@dataclass(frozen=True)
class UnitChoice:
    """A unit that could come."""

    organisation_id: int
    unit: str
    is_invited: bool


@dataclass(frozen=True)
class MeetingUnits(Message):
    """Who is invited: each unit taken in or left out with a tap, others by their names."""

    head: MeetingHead
    units: tuple[UnitChoice, ...]
    invited: int
    page: int
    pages: int
    first: int

    def rows(self) -> Rows:
        """Each unit's tap, the pages, units by name."""
        here = self.head.meeting_id
        taps = tuple(
            Button(
                "ordinal",
                "meeting.unit",
                (here, unit.organisation_id, self.page),
                {"number": number},
            )
            for number, unit in enumerate(self.units, start=self.first)
        )
        named = (
            Button("meeting_only", "meeting.only", (here,)),
            Button("meeting_add", "meeting.add", (here,)),
        )
        pages = pager("meeting.units", self.page, self.pages, (here,))
        back = (Button("back", "meeting.show", (here,)),)
        return tuple(filter(None, (*in_rows(taps, BUTTONS_A_ROW), pages, named, back)))


@dataclass(frozen=True)
class AgendaLine:
    """A project on the agenda, and who reports."""

    unit: str
    reports: ReportingLine
    is_left_out: bool = False


@dataclass(frozen=True)
class MeetingAgenda(Message):
    """What is spoken about, in speaking order; a draft's projects are left out with a tap."""

    head: MeetingHead
    lines: tuple[AgendaLine, ...]
    total: int
    is_draft: bool
    page: int
    pages: int
    first: int

    def rows(self) -> Rows:
        """Each project's tap, and the pages."""
        here = self.head.meeting_id
        taps = tuple(
            Button(
                "ordinal",
                "meeting.topic",
                (here, line.reports.project_id, self.page),
                {"number": number},
            )
            for number, line in enumerate(self.lines, start=self.first)
            if self.is_draft
        )
        pages = pager("meeting.agenda", self.page, self.pages, (here,))
        back = (Button("back", "meeting.show", (here,)),)
        return tuple(filter(None, (*in_rows(taps, BUTTONS_A_ROW), pages, back)))


@dataclass(frozen=True)
class ConfirmChange(Message):
    """Old and new, and how many hear of it."""

    head: MeetingHead
    starts_at: dtm.datetime
    place: str
    units: int
    clashes: tuple[Clash, ...] = ()

    def rows(self) -> Rows:
        """Change it, or leave it as it is."""
        return (
            (
                Button("meeting_change_yes", "meeting.change_yes", (self.head.meeting_id,)),
                Button("back", "meeting.show", (self.head.meeting_id,)),
            ),
        )


@dataclass(frozen=True)
class ConfirmCancel(Message):
    """Is it really off? So many units hear of it."""

    head: MeetingHead
    units: int

    def rows(self) -> Rows:
        """Cancel it, or leave it on."""
        return (
            (
                Button("meeting_cancel_yes", "meeting.cancel_yes", (self.head.meeting_id,)),
                Button("back", "meeting.show", (self.head.meeting_id,)),
            ),
        )


@dataclass(frozen=True)
class MeetingDropped(Message):
    """The draft is gone; nobody was told."""

    head: MeetingHead


@dataclass(frozen=True)
class DraftLine:
    """A draft of a series, and when units are due to be told."""

    head: MeetingHead
    notice_at: dtm.datetime
    units: int
    projects: int


@dataclass(frozen=True)
class DraftsWaiting(Message):
    """To the office: these drafts wait to be let out."""

    lines: tuple[DraftLine, ...]

    def rows(self) -> Rows:
        """Each draft."""
        buttons = tuple(
            Button("meeting_open", "meeting.show", (line.head.meeting_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class LeaveLine:
    """A unit that asks to stay away, and why."""

    reply_id: int
    unit: str
    head: MeetingHead
    reason: str
    by: str


@dataclass(frozen=True)
class LeavesAsked(Message):
    """To the office: these units ask to stay away."""

    lines: tuple[LeaveLine, ...]

    def rows(self) -> Rows:
        """Grant or refuse each."""
        return tuple(row for line in self.lines for row in leave_row(line.reply_id, line.unit))


@dataclass(frozen=True)
class LeaveSettled(Message):
    """What became of a unit's leave."""

    line: LeaveLine
    standing: ReplyStanding
