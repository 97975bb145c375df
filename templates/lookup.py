"""What looking a project up by its name may answer, when it is not the card itself."""

from dataclasses import dataclass

from domain.periods import Period
from domain.vocabulary import PlanCategory
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager
from templates.status import month_args

_CATEGORIES = tuple(PlanCategory)
BUTTONS_A_ROW = 6


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Which of the hits are shown: of one category, of one region, or of any."""

    category: PlanCategory | None = None
    region_id: int | None = None

    @classmethod
    def of(cls, category: int, region_id: int) -> "Narrowing":
        """What the arguments of a button stand for; ValueError for numbers no button carries."""
        if not 0 <= category <= len(_CATEGORIES):
            raise ValueError(f"no category has the number {category}")
        return cls(_CATEGORIES[category - 1] if category else None, region_id or None)

    @property
    def args(self) -> tuple[int, int]:
        """As arguments of a button: the category's number from 1 and the region's id; 0 is any."""
        category = _CATEGORIES.index(self.category) + 1 if self.category else 0
        return category, self.region_id or 0

    @property
    def is_any(self) -> bool:
        """Whether nothing is left out."""
        return self.category is None and self.region_id is None


@dataclass(frozen=True)
class HitLine:
    """One project found."""

    project_id: int
    name: str
    category: PlanCategory | None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class HitList(Message):
    """Several projects may be meant: a page of them to tap, and ways to narrow them down.

    `first` is the number of the first one on the page; `is_cut` says that there are more than
    `total`, which were not looked at.
    """

    lookup_id: int
    query: str
    hits: tuple[HitLine, ...]
    total: int
    first: int
    page: int
    pages: int
    narrowing: Narrowing = Narrowing()
    region: str = ""
    as_at: Period | None = None
    is_cut: bool = False

    def rows(self) -> Rows:
        """The numbers, the ways to narrow, the pages."""
        turning = pager(
            "lookup.page", self.page, self.pages, (self.lookup_id, *self.narrowing.args)
        )
        ways = self._ways() if self.pages > 1 or not self.narrowing.is_any else ()
        return (*_numbers(self.hits, self.first, self.as_at), *filter(None, (ways, turning)))

    def _ways(self) -> tuple[Button, ...]:
        here = (self.lookup_id, *self.narrowing.args)
        by_category = Button("by_category", "lookup.categories", here)
        by_region = Button("by_region", "lookup.regions", (*here, 0))
        everything = Button("all_hits", "lookup.page", (self.lookup_id, *Narrowing().args, 0))
        return (
            *((by_category,) if self.narrowing.category is None else ()),
            *((by_region,) if self.narrowing.region_id is None else ()),
            *(() if self.narrowing.is_any else (everything,)),
        )


@dataclass(frozen=True)
class CategoryCount:
    """How many of the hits are of one category."""

    category: PlanCategory
    count: int


@dataclass(frozen=True)
class HitCategories(Message):
    """The hits by category: which are meant?"""

    lookup_id: int
    query: str
    categories: tuple[CategoryCount, ...]
    narrowing: Narrowing = Narrowing()

    def rows(self) -> Rows:
        """A button a category, and the way back."""
        region_id = self.narrowing.region_id
        buttons = tuple(
            Button(
                "category_count",
                "lookup.page",
                (self.lookup_id, *Narrowing(one.category, region_id).args, 0),
                words={"category": one.category, "count": one.count},
            )
            for one in self.categories
        )
        return (*in_rows(buttons, 2), (_back(self.lookup_id, self.narrowing),))


@dataclass(frozen=True)
class RegionCount:
    """How many of the hits lie in one region."""

    region_id: int
    name: str
    count: int


@dataclass(frozen=True)
class HitRegions(Message):
    """The hits by region, a page of regions: which are meant?"""

    lookup_id: int
    query: str
    regions: tuple[RegionCount, ...]
    page: int
    pages: int
    narrowing: Narrowing = Narrowing()

    def rows(self) -> Rows:
        """A button a region, the pages, and the way back."""
        category = self.narrowing.category
        buttons = tuple(
            Button(
                "region_count",
                "lookup.page",
                (self.lookup_id, *Narrowing(category, one.region_id).args, 0),
                words={"region": one.name, "count": one.count},
            )
            for one in self.regions
        )
        here = (self.lookup_id, *self.narrowing.args)
        turning = pager("lookup.regions", self.page, self.pages, here)
        return (*in_rows(buttons, 2), (*turning, _back(self.lookup_id, self.narrowing)))


@dataclass(frozen=True)
class NearestHits(Message):
    """Nothing bears that name; these come nearest."""

    query: str
    hits: tuple[HitLine, ...]
    as_at: Period | None = None

    def rows(self) -> Rows:
        """The numbers."""
        return _numbers(self.hits, 1, self.as_at)


@dataclass(frozen=True)
class NothingFound(Message):
    """Nothing comes near those words; how to ask."""

    query: str


@dataclass(frozen=True)
class AskForName(Message):
    """Which project? How one may be named."""


def _numbers(hits: tuple[HitLine, ...], first: int, as_at: Period | None) -> Rows:
    """A numbered button for each hit, to its card."""
    buttons = tuple(
        Button(
            "ordinal",
            "status.card",
            (hit.project_id, *month_args(as_at)),
            words={"number": number},
        )
        for number, hit in enumerate(hits, start=first)
    )
    return in_rows(buttons, BUTTONS_A_ROW)


def _back(lookup_id: int, narrowing: Narrowing) -> Button:
    return Button("back", "lookup.page", (lookup_id, *narrowing.args, 0))
