"""Recording what was decided, to the office: question by question, until the draft stands."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.chain import Gap
from domain.items.machine import ItemState
from domain.meetings.kinds import Topic
from domain.vocabulary import ProblemKind
from templates.meetings import MeetingHead
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 4


class Offer(StrEnum):
    """What is wrong with an answer about a decision."""

    NO_TEXT = "no_text"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"
    SEVERAL = "several"
    NOT_A_DAY = "not_a_day"


class Odd(StrEnum):
    """Why a decision is asked about once more."""

    DAY_PAST = "day_past"
    DAY_OFF = "day_off"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class UnitOffered:
    """A unit that may be meant."""

    unit_id: int
    unit: str


@dataclass(frozen=True)
class TopicLine:
    """Something the meeting speaks about; `drafts` decisions on it are recorded.

    `item_id` is 0 for what is no item yet; `words` are the problem's or the item's own.
    """

    agenda_id: int
    project: str
    topic: Topic
    kind: ProblemKind | None = None
    words: str = ""
    item_id: int = 0
    drafts: int = 0


@dataclass(frozen=True)
class DraftedLine:
    """A decision as it stands: `article` is its place in the minutes, 0 outside of them.

    `is_default`: nobody named a day, so `due_at` counts from when it is given to the unit.
    `is_past`: the day that was named is over before the unit heard of it. `gap` is why the unit's
    liaison cannot be told, with whom there is to phone.
    """

    decision_id: int
    item_id: int
    project: str
    text: str
    unit: str
    due_at: dtm.datetime
    supporting: tuple[str, ...] = ()
    is_default: bool = False
    is_past: bool = False
    is_withdrawn: bool = False
    article: int = 0
    gap: Gap | None = None
    person: str = ""
    phone: str = ""


@dataclass(frozen=True)
class RecordWhich(Message):
    """On what was decided? The agenda by number, or another project."""

    head: MeetingHead
    lines: tuple[TopicLine, ...]
    page: int
    pages: int
    first: int
    drafts: int = 0

    def rows(self) -> Rows:
        """Each topic, another project, what is recorded already."""
        here = (self.head.meeting_id,)
        taps = tuple(
            Button("ordinal", "minutes.topic", (line.agenda_id,), {"number": number})
            for number, line in enumerate(self.lines, start=self.first)
        )
        drafts = (
            (Button("minutes_drafts", "minutes.drafts", here, {"count": self.drafts}),)
            if self.drafts
            else ()
        )
        other = (Button("minutes_other", "minutes.other", here), *drafts)
        back = (Button("back", "meeting.show", here),)
        pages = pager("minutes.record", self.page, self.pages, here)
        return tuple(filter(None, (*in_rows(taps, BUTTONS_A_ROW), pages, other, back)))


@dataclass(frozen=True)
class AskDecidedProject(Message):
    """Which project was decided on? `found` are those the words may mean."""

    said: str = ""
    found: tuple[tuple[int, str], ...] = ()

    def rows(self) -> Rows:
        """Each of them, or the way out."""
        buttons = tuple(
            Button("ordinal", "minutes.project", (project_id,), {"number": number})
            for number, (project_id, _) in enumerate(self.found, start=1)
        )
        return (*in_rows(buttons, BUTTONS_A_ROW), *_leave())


@dataclass(frozen=True)
class AskWording(Message):
    """What was decided? All of it in one message, or just what; `words` are what was raised.

    `is_text_only`: the other parts stand, the words are changed.
    """

    project: str
    words: str = ""
    item_id: int = 0
    working_days: int = 20
    is_text_only: bool = False
    problem: Offer | None = None

    def rows(self) -> Rows:
        """The way out."""
        return _leave()


@dataclass(frozen=True)
class AskDecidedUnit(Message):
    """Whose duty is it? What was read so far stands above the question."""

    project: str
    text: str
    said: str = ""
    problem: Offer | None = None
    units: tuple[UnitOffered, ...] = ()

    def rows(self) -> Rows:
        """The likely units, or the way out; another one is just typed."""
        return (*_units(self.units), *_leave())


@dataclass(frozen=True)
class AskSupportingUnits(Message):
    """Which units help? `kept` are those that are known already."""

    project: str
    text: str
    kept: tuple[str, ...] = ()
    said: str = ""
    problem: Offer | None = None
    units: tuple[UnitOffered, ...] = ()

    def rows(self) -> Rows:
        """The likely units, that there are no more, or the way out."""
        done = ((Button("minutes_no_support", "minutes.no_support"), *_leave()[0]),)
        return (*_units(self.units), *done)


@dataclass(frozen=True)
class AskDueDay(Message):
    """By when?"""

    project: str
    text: str
    working_days: int
    problem: Offer | None = None

    def rows(self) -> Rows:
        """The usual time, or the way out."""
        words = {"days": self.working_days}
        return ((Button("minutes_usual_day", "minutes.usual_day", (), words), *_leave()[0]),)


@dataclass(frozen=True)
class DecisionOdd(Message):
    """Something about the decision is odd: is it meant? Nothing typed is lost meanwhile."""

    project: str
    text: str
    unit: str
    odd: tuple[Odd, ...]
    due_at: dtm.datetime | None = None

    def rows(self) -> Rows:
        """It is meant, another day, or leave it."""
        day = (
            (Button("minutes_day", "minutes.other_day"),)
            if {Odd.DAY_PAST, Odd.DAY_OFF} & set(self.odd)
            else ()
        )
        return ((Button("minutes_sure", "minutes.sure"), *day), *_leave())


@dataclass(frozen=True)
class DraftDecision(Message):
    """A decision before it counts: change each part, drop it; without a meeting, give it out.

    `replaces` is the unit of the decision in force that it would replace, if there is one.
    """

    line: DraftedLine
    head: MeetingHead | None
    working_days: int
    replaces: str = ""

    def rows(self) -> Rows:
        """Change it, go on to the next one, or drop it."""
        here = (self.line.decision_id,)
        change = (
            (
                Button("minutes_text", "minutes.text", here),
                Button("minutes_unit", "minutes.unit", here),
            ),
            (
                Button("minutes_support", "minutes.support", here),
                Button("minutes_day", "minutes.day", here),
            ),
        )
        drop = Button("minutes_drop", "minutes.drop", here)
        if self.head is None:
            return (*change, (Button("minutes_issue", "minutes.issue", here), drop))
        meeting = (self.head.meeting_id,)
        on = (
            Button("minutes_more", "minutes.again", here),
            Button("minutes_next", "minutes.record", (*meeting, 0)),
            Button("minutes_all", "minutes.drafts", meeting),
        )
        return (*change, (drop, on[0]), on[1:])


@dataclass(frozen=True)
class DraftOver(Message):
    """The draft is none any more: it was given out, or dropped."""

    item_id: int
    is_issued: bool

    def rows(self) -> Rows:
        """The item's thread."""
        return ((Button("item_thread", "item.show", (self.item_id,)),),)


@dataclass(frozen=True)
class DecisionScrapped(Message):
    """The draft is gone; nobody was told."""

    line: DraftedLine


@dataclass(frozen=True)
class ItemOver(Message):
    """Nothing more can be decided on this item; the words that were typed are handed back."""

    item_id: int
    project: str
    state: ItemState
    said: str = ""

    def rows(self) -> Rows:
        """The item's thread."""
        return ((Button("item_thread", "item.show", (self.item_id,)),),)


@dataclass(frozen=True)
class MeetingNotBegun(Message):
    """Decisions of a meeting are recorded once it has begun."""

    head: MeetingHead


def _units(units: tuple[UnitOffered, ...]) -> Rows:
    return tuple(
        (Button("minutes_unit_named", "minutes.take", (unit.unit_id,), {"unit": unit.unit}),)
        for unit in units
    )


def _leave() -> Rows:
    return ((Button("leave_dialog", "dialog.cancel"),),)
