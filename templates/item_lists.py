"""Coordination items narrowed down to lists, counted by kind and by region."""

import datetime as dtm
from dataclasses import dataclass

from domain.items.machine import ItemState
from domain.items.narrowing import ItemFilter
from domain.vocabulary import ProblemKind
from templates.items import ItemHead, listing
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

NUMBERS_A_ROW = 4
KINDS = tuple(ProblemKind)


@dataclass(frozen=True)
class ItemLine:
    """An item in a list; the unit and deadline of its decision, or whom it asks."""

    head: ItemHead
    state: ItemState
    unit: str = ""
    due_at: dtm.datetime | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class ItemList(Message):
    """Items narrowed down, the most pressing first; a page of them.

    `name` is the region or project, or the words asked for; `arg` is what its buttons carry.
    `mine` and `overdue` count what those filters would show.
    """

    what: ItemFilter
    arg: int
    name: str
    of_kind: ProblemKind | None
    lines: tuple[ItemLine, ...]
    total: int
    page: int
    pages: int
    mine: int = 0
    overdue: int = 0

    def rows(self) -> Rows:
        """Each item, the pages, and the other ways to look at them."""
        numbers = tuple(
            Button("ordinal", "item.show", (one.head.item_id,), {"number": one.head.item_id})
            for one in self.lines
        )
        turning = pager("item.list", self.page, self.pages, (self.what.number, self.arg))
        back = self.what is ItemFilter.PROJECT
        return tuple(
            filter(
                None,
                (
                    *in_rows(numbers, NUMBERS_A_ROW),
                    turning,
                    self._filters(),
                    (
                        Button("items_by_kind", "item.kinds"),
                        Button("by_region", "item.regions"),
                        *((Button("back", "status.turn", (self.arg,)),) if back else ()),
                    ),
                ),
            )
        )

    def _filters(self) -> tuple[Button, ...]:
        offered = (
            (True, listing("items_open", ItemFilter.OPEN)),
            (self.mine, listing("items_mine", ItemFilter.MINE, count=self.mine)),
            (self.overdue, listing("items_overdue", ItemFilter.OVERDUE, count=self.overdue)),
        )
        here = self.what.number
        return tuple(button for count, button in offered if count and button.args[0] != here)


@dataclass(frozen=True)
class KindCount:
    """How many items of a kind were raised, are closed out, are overdue and are open."""

    kind: ProblemKind
    raised: int
    closed: int
    overdue: int
    open: int


@dataclass(frozen=True)
class ItemCounts(Message):
    """Items counted by kind, within what the asker may read."""

    kinds: tuple[KindCount, ...]
    today: dtm.date

    def rows(self) -> Rows:
        """The open items of each kind, and the list of all."""
        kinds = tuple(
            Button(
                "item_kind_count",
                "item.list",
                (ItemFilter.KIND.number, KINDS.index(one.kind), 0),
                {"kind": one.kind, "count": one.open},
            )
            for one in self.kinds
            if one.open
        )
        return (*in_rows(kinds, 3), (listing("items_open", ItemFilter.OPEN),))


@dataclass(frozen=True)
class RegionItems:
    """How many open items a region has."""

    region_id: int
    name: str
    count: int


@dataclass(frozen=True)
class ItemRegions(Message):
    """The regions with open items, those with most of them first."""

    regions: tuple[RegionItems, ...]
    page: int
    pages: int

    def rows(self) -> Rows:
        """Each region, the pages, and the list of all."""
        regions = tuple(
            Button(
                "region_count",
                "item.list",
                (ItemFilter.REGION.number, one.region_id, 0),
                {"region": one.name, "count": one.count},
            )
            for one in self.regions
        )
        turning = pager("item.regions", self.page, self.pages, ())
        back = (listing("items_open", ItemFilter.OPEN),)
        return tuple(filter(None, (*in_rows(regions, 2), turning, back)))
