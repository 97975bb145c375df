"""A programme added up, by whatever divides it, and the projects behind each figure."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.overview import ANY, EVERYTHING, Dimension, Keys, Sums, is_fixed, narrowed
from domain.periods import Period
from domain.vocabulary import Level, PlanCategory
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

LEVELS = tuple(Level)
DIMENSIONS = tuple(Dimension)


@dataclass(frozen=True, slots=True)
class Slice:
    """Which projects of which level's programme are added up."""

    level: Level
    keys: Keys = EVERYTHING

    @classmethod
    def of(cls, args: Sequence[int]) -> "Slice":
        """What the arguments of a button stand for; ValueError for another number of them."""
        level, category, region, sector, unit = args
        return cls(LEVELS[level - 1], (category, region, sector, unit))

    @property
    def args(self) -> tuple[int, ...]:
        """As arguments of a button: the level's number from 1, then the keys."""
        return (LEVELS.index(self.level) + 1, *self.keys)

    def to(self, dimension: Dimension, key: int) -> "Slice":
        """Narrowed to one group of a dimension."""
        return Slice(self.level, narrowed(self.keys, dimension, key))

    @property
    def open_dimensions(self) -> tuple[Dimension, ...]:
        """What these projects can still be divided by."""
        return tuple(one for one in DIMENSIONS if not is_fixed(self.keys, one))

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return all(key == ANY for key in self.keys)


@dataclass(frozen=True)
class GroupName:
    """What a group is called: a member of a closed set, or a name; neither where none is stated."""

    member: StrEnum | None = None
    name: str = ""


@dataclass(frozen=True)
class GroupLine:
    """One group of the dimension shown, with its sums."""

    key: int
    name: GroupName
    sums: Sums


@dataclass(frozen=True)
class StatedFigures:
    """What the programme's document states where its listings add up to something else."""

    projects: int | None = None
    total_investment: int | None = None
    annual_plan: int | None = None


@dataclass(frozen=True)
class Header:
    """What every message of the overview begins with."""

    year: int
    names: tuple[GroupName, ...]
    through: Period | None
    today: dtm.date
    is_whole: bool


@dataclass(frozen=True)
class Overview(Message):
    """The sums of a slice, and of its groups by one dimension; `first` numbers the first group."""

    slice: Slice
    header: Header
    sums: Sums
    dimension: Dimension
    groups: tuple[GroupLine, ...]
    first: int
    page: int
    pages: int
    levels: tuple[Level, ...] = ()
    stated: StatedFigures | None = None

    def rows(self) -> Rows:
        """Into each group; by other dimensions; the projects, the workbook; other levels."""
        here = (_number(self.dimension), *self.slice.args)
        return tuple(
            filter(
                None,
                (
                    *in_rows(tuple(map(self._into, range(len(self.groups)))), 8),
                    pager("overview.show", self.page, self.pages, here),
                    self._other_dimensions(),
                    self._opens(),
                    self._others(),
                ),
            )
        )

    def _into(self, place: int) -> Button:
        """Into one group: divided by what is still open, else its projects."""
        slice_ = self.slice.to(self.dimension, self.groups[place].key)
        words = {"number": self.first + place}
        if not slice_.open_dimensions:
            return Button("ordinal", "overview.projects", (*slice_.args, 0), words)
        return Button("ordinal", "overview.show", _show(slice_, slice_.open_dimensions[0]), words)

    def _other_dimensions(self) -> tuple[Button, ...]:
        others = (one for one in self.slice.open_dimensions if one is not self.dimension)
        return tuple(Button(f"by_{one}", "overview.show", _show(self.slice, one)) for one in others)

    def _opens(self) -> tuple[Button, ...]:
        return (
            Button("overview_projects", "overview.projects", (*self.slice.args, 0)),
            Button("overview_table", "overview.table", self.slice.args),
        )

    def _others(self) -> tuple[Button, ...]:
        levels = tuple(
            Button("level", "overview.show", _show(Slice(level)), {"level": level})
            for level in self.levels
            if level is not self.slice.level
        )
        return levels if self.slice.is_everything else (_to_the_whole(self.slice), *levels)


@dataclass(frozen=True)
class ProjectSum:
    """A project behind a figure, with what of it went into the sums."""

    project_id: int
    name: str
    category: PlanCategory
    sums: Sums


@dataclass(frozen=True)
class OverviewProjects(Message):
    """The projects a figure is the sum of, the furthest behind first; a page of them."""

    slice: Slice
    header: Header
    projects: tuple[ProjectSum, ...]
    total: int
    first: int
    page: int
    pages: int

    def rows(self) -> Rows:
        """Each project's card, the pages, and the way back to the sums."""
        cards = tuple(
            Button("ordinal", "status.card", (project.project_id,), {"number": number})
            for number, project in enumerate(self.projects, start=self.first)
        )
        turning = pager("overview.projects", self.page, self.pages, self.slice.args)
        back = Button("back", "overview.show", _show(self.slice))
        table = Button("overview_table", "overview.table", self.slice.args)
        return (*in_rows(cards, 8), (*turning, table, back))


@dataclass(frozen=True)
class OverviewTable(Message):
    """The caption of the workbook with a slice's projects."""

    header: Header
    level: Level
    projects: int


@dataclass(frozen=True)
class NothingToOverview(Message):
    """There is no programme yet, or none of it is the asker's."""


def _number(dimension: Dimension) -> int:
    return DIMENSIONS.index(dimension) + 1


def _show(slice_: Slice, dimension: Dimension | None = None) -> tuple[int, ...]:
    """The arguments that show a slice by a dimension, from the first page on."""
    by = dimension or next(iter(slice_.open_dimensions), Dimension.CATEGORY)
    return (_number(by), *slice_.args, 0)


def _to_the_whole(slice_: Slice) -> Button:
    return Button("whole_programme", "overview.show", _show(Slice(slice_.level)))
