"""Decisions as units answer them and the office settles them, and what is asked on the way."""

import datetime as dtm
from dataclasses import dataclass

from domain.brakes import BrakeProblem
from domain.items.machine import ItemAct, ItemState
from domain.items.ways import ABOUT_EXTENSION, Way
from templates.brakes import day_button
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 3
LINES_SHOWN = 10
CANCEL = Button("brake_cancel", "dialog.cancel")
_FINISH = Button("decision_finish", "decision.finish")


@dataclass(frozen=True)
class DecisionHead:
    """An item with its decision; without one it has no unit and no deadline yet."""

    item_id: int
    project: str
    text: str
    unit: str = ""
    due_at: dtm.datetime | None = None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Happened:
    """Something that happened to an item; `by` is empty for the clock."""

    act: ItemAct
    at: dtm.datetime
    by: str = ""
    unit: str = ""
    text: str = ""
    due_at: dtm.datetime | None = None
    evidence: int = 0


@dataclass(frozen=True)
class Ways:
    """What somebody may do with an item now; `entry_id` is the extension they may answer."""

    item_id: int
    ways: tuple[Way, ...] = ()
    entry_id: int = 0

    def rows(self) -> Rows:
        """A button for each."""
        return in_rows(tuple(self._button(way) for way in self.ways), BUTTONS_A_ROW)

    def _button(self, way: Way) -> Button:
        entry = (self.entry_id,) if way in ABOUT_EXTENSION else ()
        return Button(f"decision_{way.value}", f"decision.{way.value}", (self.item_id, *entry))


@dataclass(frozen=True)
class DecisionLine:
    """An item among several, with what happened to it last and what its reader may do."""

    head: DecisionHead
    state: ItemState
    happened: Happened | None
    ways: Ways

    def rows(self) -> Rows:
        """What the reader may do; what was shown; the whole thread."""
        seen = self.happened.evidence if self.happened else 0
        evidence = Button(
            "decision_evidence", "decision.evidence", (self.head.item_id,), {"count": seen}
        )
        thread = Button("decision_thread", "item.show", (self.head.item_id,))
        return (*self.ways.rows(), (*((evidence,) if seen else ()), thread))


def open_each(lines: tuple[DecisionLine, ...]) -> Rows:
    """The buttons of the only line, or one that opens each of several."""
    if len(lines) == 1:
        return lines[0].rows()
    buttons = (
        Button("decision_open", "decision.open", (line.head.item_id,), {"id": line.head.item_id})
        for line in lines[:LINES_SHOWN]
    )
    return in_rows(tuple(buttons), BUTTONS_A_ROW)


@dataclass(frozen=True)
class DecisionStanding(Message):
    """Where an item stands and what its reader may do next.

    `unsaid` are words that came too late to count; `is_unheard`: the unit cannot be told by the
    bot.
    """

    line: DecisionLine
    unsaid: str = ""
    is_unheard: bool = False

    def rows(self) -> Rows:
        """What may be done next."""
        return self.line.rows()


@dataclass(frozen=True)
class DecisionsSigned(Message):
    """A meeting's decisions that bind the reader's unit; `count` of them were signed for now."""

    lines: tuple[DecisionLine, ...]
    count: int

    def rows(self) -> Rows:
        """Each of them."""
        return open_each(self.lines)


@dataclass(frozen=True)
class AskDecisionWords(Message):
    """The words with which somebody goes this way; `evidence` files have come already.

    Of an extension: the deadline asked for, and the working day to take where it is a day off.
    """

    head: DecisionHead
    way: Way
    longest: int
    evidence: int = 0
    needs_evidence: bool = False
    wanted: dtm.datetime | None = None
    instead: dtm.date | None = None
    is_too_long: bool = False

    def rows(self) -> Rows:
        """The working day, where one is offered, and the way out."""
        moved = ((day_button("decision.extend_until", self.instead),),) if self.instead else ()
        return (*moved, (CANCEL,))


@dataclass(frozen=True)
class AskExtensionDay(Message):
    """Until when does the unit ask to have time?"""

    head: DecisionHead
    days: tuple[dtm.date, ...]
    problem: BrakeProblem | None = None

    def rows(self) -> Rows:
        """Some likely days, or the way out."""
        return (tuple(day_button("decision.extend_until", day) for day in self.days), (CANCEL,))


@dataclass(frozen=True)
class ExtensionTooLate(Message):
    """The deadline has passed: no more time can be asked for, and what can be done instead."""

    head: DecisionHead
    ways: Ways
    unsaid: str = ""

    def rows(self) -> Rows:
        """What can be done instead."""
        return self.ways.rows()


@dataclass(frozen=True)
class AskEvidence(Message):
    """The words are kept; a photo or file has to show what was done."""

    head: DecisionHead

    def rows(self) -> Rows:
        """The way out."""
        return ((CANCEL,),)


@dataclass(frozen=True)
class EvidenceKept(Message):
    """So many photos and files came; `is_full` when this one was not kept.

    `is_noted`: what they show is on record already, else its words are still to come.
    """

    head: DecisionHead
    count: int
    is_noted: bool = False
    is_full: bool = False

    def rows(self) -> Rows:
        """That was all, once it is on record; else the way out."""
        return ((_FINISH if self.is_noted else CANCEL,),)


@dataclass(frozen=True)
class EntryKept(Message):
    """Progress or the end is on record; photos and files may still be added."""

    head: DecisionHead
    happened: Happened

    def rows(self) -> Rows:
        """That was all."""
        return ((_FINISH,),)


@dataclass(frozen=True)
class EvidencePiece(Message):
    """The caption of a photo or file that shows what was done."""

    head: DecisionHead
    happened: Happened
    number: int
    count: int


@dataclass(frozen=True)
class NoEvidence(Message):
    """Nothing but words was ever sent about the item."""

    head: DecisionHead
