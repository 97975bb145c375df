"""Holes in the chain: rungs on which nobody can be told, by unit and by project."""

from dataclasses import dataclass

from domain.chain import Gap, Rung
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 4


@dataclass(frozen=True)
class UnitLine:
    """A unit with holes: how many of its listings they touch, and how many of each kind."""

    unit_id: int
    name: str
    listings: int
    gaps: tuple[tuple[Gap, int], ...]


@dataclass(frozen=True)
class HoleLine:
    """One rung on which nobody can be told, and whom that is about, if there is anybody."""

    rung: Rung
    gap: Gap
    person: str = ""


@dataclass(frozen=True)
class ProjectHoles:
    """A project and its holes."""

    name: str
    holes: tuple[HoleLine, ...]


@dataclass(frozen=True)
class HolesByUnit(Message):
    """The units with holes, a page of them; `looked_at` counts all listings that were looked at."""

    lines: tuple[UnitLine, ...]
    looked_at: int
    listings: int
    units: int
    page: int = 0
    pages: int = 1
    first: int = 1

    def rows(self) -> Rows:
        """Open a unit, turn the page, take all of it along."""
        units = tuple(
            Button("ordinal", "holes.unit", (line.unit_id, 0), {"number": number})
            for number, line in enumerate(self.lines, start=self.first)
        )
        turn = pager("holes.page", self.page, self.pages, ())
        return (*in_rows(units, BUTTONS_A_ROW), (*turn, Button("hand_over_holes", "holes.sheet")))


@dataclass(frozen=True)
class UnitHoles(Message):
    """One unit's projects with holes, a page of them."""

    unit_id: int
    unit: str
    projects: tuple[ProjectHoles, ...]
    listings: int
    page: int = 0
    pages: int = 1
    first: int = 1

    def rows(self) -> Rows:
        """Turn the page, or back to the units."""
        turn = pager("holes.unit", self.page, self.pages, (self.unit_id,))
        return ((*turn, Button("back_to_units", "holes.page", (0,))),)


@dataclass(frozen=True)
class NoHoles(Message):
    """Every rung of every listing can be told; how many were looked at."""

    looked_at: int


@dataclass(frozen=True)
class HolesTable(Message):
    """The caption of the workbook of all holes."""

    listings: int
