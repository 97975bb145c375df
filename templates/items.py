"""Coordination items: raised from a problem, put in other words, read as one thread."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.items.machine import ItemAct, ItemState
from domain.items.narrowing import ItemFilter
from domain.vocabulary import Level, ProblemKind
from templates.item_answers import Ways
from templates.meetings import MeetingHead
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

UNITS_A_ROW = 2


@dataclass(frozen=True)
class ItemHead:
    """Which item it is, and what it asks."""

    item_id: int
    project_id: int
    project: str
    kind: ProblemKind
    text: str


class RaiseObstacle(StrEnum):
    """Why a problem cannot be raised."""

    NOT_ADOPTED = "not_adopted"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class UnitToAsk:
    """A unit that may be asked."""

    id: int
    name: str


@dataclass(frozen=True)
class ItemRaised(Message):
    """The problem is an item now; whom it asks and its words may still be changed."""

    head: ItemHead
    level: Level
    asked_of: str = ""
    units: tuple[UnitToAsk, ...] = ()

    def rows(self) -> Rows:
        """Ask one of these units, or another; put it better; the thread."""
        here = (self.head.item_id,)
        unit = "item_other_unit" if self.units else "item_unit"
        return (
            *_units(self.head, self.units),
            (Button(unit, "item.unit", here), Button("item_text", "item.text", here)),
            (Button("item_thread", "item.show", here),),
        )


@dataclass(frozen=True)
class ItemNotRaised(Message):
    """The problem cannot be raised, and why."""

    project: str
    text: str
    why: RaiseObstacle


@dataclass(frozen=True)
class ItemSettled(Message):
    """Something was decided on the item meanwhile, or it ended: its words stand."""

    head: ItemHead

    def rows(self) -> Rows:
        """The thread."""
        return ((Button("item_thread", "item.show", (self.head.item_id,)),),)


@dataclass(frozen=True)
class AskItemText(Message):
    """What is asked, in better words? `is_unfit` where it was nothing or too long."""

    head: ItemHead
    is_unfit: bool = False


@dataclass(frozen=True)
class AskItemUnit(Message):
    """Which unit is asked? What was `said` names none, or several of those `near`."""

    head: ItemHead
    said: str = ""
    near: tuple[UnitToAsk, ...] = ()

    def rows(self) -> Rows:
        """Those that may be meant."""
        return _units(self.head, self.near)


@dataclass(frozen=True)
class ItemUnknown(Message):
    """There is no item of this number, or it is none of the asker's."""

    item_id: int

    def rows(self) -> Rows:
        """The list of those that are."""
        return ((listing("items_open", ItemFilter.OPEN),),)


@dataclass(frozen=True)
class AskItemNumber(Message):
    """Which item? By its number."""

    def rows(self) -> Rows:
        """The list."""
        return ((listing("items_open", ItemFilter.OPEN),),)


@dataclass(frozen=True)
class DecisionLines:
    """The decision in force; `meeting` and `article` are where it stands in the minutes."""

    text: str
    unit: str
    supporting: tuple[str, ...]
    due_at: dtm.datetime
    is_overdue: bool = False
    meeting: MeetingHead | None = None
    article: int = 0


@dataclass(frozen=True)
class EntryLine:
    """Something that happened; nobody's name where the clock did it."""

    at: dtm.datetime
    act: ItemAct
    who: str = ""
    unit: str = ""
    text: str = ""
    due_at: dtm.datetime | None = None


@dataclass(frozen=True)
class ItemCard(Message):
    """An item's whole thread, a page of its entries, and what the asker may do now."""

    head: ItemHead
    level: Level
    state: ItemState
    asked_of: str
    decision: DecisionLines | None
    entries: tuple[EntryLine, ...]
    evidence: int
    page: int
    pages: int
    may_word: bool
    ways: Ways
    is_withdrawn: bool = False

    def rows(self) -> Rows:
        """What may be done; what was shown; the pages; the project."""
        here = (self.head.item_id,)
        words = (Button("item_unit", "item.unit", here), Button("item_text", "item.text", here))
        evidence = Button("decision_evidence", "decision.evidence", here, {"count": self.evidence})
        last = (
            *((evidence,) if self.evidence else ()),
            Button("report_project", "status.card", (self.head.project_id,)),
        )
        turning = pager("item.turn", self.page, self.pages, here)
        return tuple(
            filter(None, (words if self.may_word else (), *self.ways.rows(), turning, last))
        )


def _units(head: ItemHead, units: tuple[UnitToAsk, ...]) -> Rows:
    buttons = tuple(
        Button("item_ask", "item.ask", (head.item_id, one.id), {"unit": one.name}) for one in units
    )
    return in_rows(buttons, UNITS_A_ROW)


def listing(label: str, what: ItemFilter, **words: object) -> Button:
    """The way to the list of what a filter without an argument leaves."""
    return Button(label, "item.list", (what.number, 0, 0), words)
