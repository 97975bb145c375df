"""A project at a glance, and what opens from it: its months, its people, its problems."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.chain import Gap, Rung
from domain.items.narrowing import ItemFilter
from domain.periods import Period
from domain.progress import YearPlan
from domain.vocabulary import ActualState, Level, PlanCategory, ProblemKind
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager


@dataclass(frozen=True)
class ListingLine:
    """What one programme says of the project."""

    level: Level
    year: int
    category: PlanCategory
    lead_unit: str
    total_investment: int | None
    annual_plan: int | None


@dataclass(frozen=True)
class Withdrawal:
    """Since when the project is out of the programme (退出), and why."""

    day: dtm.date
    reason: str


@dataclass(frozen=True)
class YearFigures:
    """Investment accepted from `first` to `last` of one year, in yuan.

    `plan` is that year's; `then` what was known when the last month was first accepted, where
    that differs; `missing` are the months between for which nothing is accepted.
    """

    first: Period
    last: Period
    done: int
    plan: YearPlan | None = None
    missing: tuple[Period, ...] = ()
    then: int | None = None

    @property
    def share(self) -> Fraction:
        """The part of the year's plan that is done (占年计划)."""
        return self.plan.share(self.done) if self.plan else Fraction(0)

    @property
    def due(self) -> Fraction:
        """The part that should be done by now (序时进度)."""
        return self.plan.due_share(self.last.month) if self.plan else Fraction(0)

    @property
    def behind(self) -> Fraction:
        """How far the plan is behind time elapsed; negative when it is ahead."""
        return self.due - self.share


@dataclass(frozen=True)
class SinceStart:
    """Investment since construction started (开工累计), in yuan, as at the end of a month."""

    as_at: Period
    done: int
    share: Fraction | None


@dataclass(frozen=True)
class ReportLine:
    """Whether the newest month's report is in; `due` only while it is still awaited."""

    period: Period
    state: StrEnum
    due: dtm.date | None = None


@dataclass(frozen=True)
class ProblemCount:
    """Adopted problems of one kind that are not closed out."""

    kind: ProblemKind
    count: int


@dataclass(frozen=True)
class Progress:
    """What the last accepted report says of the works, or of the preliminary work."""

    period: Period
    text: str


@dataclass(frozen=True)
class LatestNote:
    """Progress told since the last accepted month; `reviewed` once the liaison adopted it."""

    day: dtm.date
    text: str
    reviewed: bool = True


@dataclass(frozen=True)
class ItemCount:
    """A project's open coordination items, and how many of them are overdue."""

    open: int
    overdue: int = 0


class CardList(StrEnum):
    """A list that opens from the card."""

    HISTORY = "history"
    PEOPLE = "people"
    PROBLEMS = "problems"

    @property
    def first_page(self) -> tuple[int, ...]:
        """Its first page as button arguments; the people are one page."""
        return () if self is CardList.PEOPLE else (0,)


@dataclass(frozen=True)
class StatusCard(Message):
    """The quick answer: one project, readable in five seconds.

    `as_at` is the month asked about, None for the latest figures. The first listing is the one
    the figures are put beside; `earlier` is the month before the one shown. `offers` are the
    lists that open from it: those in which this asker would find something. `has_record` offers
    the record of chasing.
    """

    project_id: int
    name: str
    today: dtm.date
    listings: tuple[ListingLine, ...] = ()
    state: ActualState | None = None
    withdrawal: Withdrawal | None = None
    as_at: Period | None = None
    figures: YearFigures | None = None
    since_start: SinceStart | None = None
    progress: Progress | None = None
    problems: tuple[ProblemCount, ...] = ()
    report: ReportLine | None = None
    is_followed: bool = False
    earlier: Period | None = None
    offers: tuple[CardList, ...] = tuple(CardList)
    note: LatestNote | None = None
    has_record: bool = False
    items: ItemCount | None = None

    def rows(self) -> Rows:
        """What opens from the card, and the way to the month before and back to the newest."""
        follow = "unfollow" if self.is_followed else "follow"
        here = (self.project_id, *month_args(self.as_at))
        opens = (*map(self._opening, self.offers), Button(follow, f"status.{follow}", here))
        below = (*self._months(), *self._items(), *self._record())
        return (opens, below) if below else (opens,)

    def _record(self) -> tuple[Button, ...]:
        record = Button("chasing_record", "record.project", (self.project_id, 0))
        return (record,) if self.has_record else ()

    def _items(self) -> tuple[Button, ...]:
        here = (ItemFilter.PROJECT.number, self.project_id, 0)
        return (Button("items_of", "item.list", here),) if self.items else ()

    def _opening(self, what: CardList) -> Button:
        return Button(what.value, f"status.{what.value}", (self.project_id, *what.first_page))

    def _months(self) -> tuple[Button, ...]:
        earlier = (
            (_to_month("earlier_month", self.project_id, self.earlier),) if self.earlier else ()
        )
        newest = (Button("newest", "status.turn", (self.project_id,)),) if self.as_at else ()
        return (*earlier, *newest)


@dataclass(frozen=True)
class HistoryMonth:
    """One accepted month: its own figure as now known, and as first accepted where that differs."""

    period: Period
    invested: int | None
    then: int | None
    physical_progress: str
    first: Period | None = None

    @property
    def begins(self) -> Period:
        """The first month it covers: 1—2月 may be one report."""
        return self.first or self.period


@dataclass(frozen=True)
class ProjectHistory(Message):
    """A project's accepted months, the newest first, a page of them."""

    project_id: int
    name: str
    months: tuple[HistoryMonth, ...]
    page: int
    pages: int
    may_correct: bool = False

    def rows(self) -> Rows:
        """Each month's card, then the pages and the way back."""
        months = tuple(
            _to_month("as_at_month", self.project_id, month.period) for month in self.months
        )
        turning = pager("status.history", self.page, self.pages, (self.project_id,))
        here = (self.project_id,)
        correct = (Button("report_correct", "correct.which", here),) if self.may_correct else ()
        last = (*turning, *correct, back_to_card(self.project_id))
        return tuple(filter(None, (*in_rows(months, 3), last)))


@dataclass(frozen=True)
class PersonLine:
    """Who sits on a rung of the project's chain; the phone only where the asker may have it.

    `stands_in` says that it is the deputy of whoever is away; `gap` why this person cannot be
    told, to those who look after that. Without a name the rung is empty.
    """

    rung: Rung
    name: str = ""
    unit: str = ""
    position: str = ""
    phone: str = ""
    is_away: bool = False
    stands_in: bool = False
    gap: Gap | None = None


@dataclass(frozen=True)
class ProjectPeople(Message):
    """Who answers for a project, from the information officer up."""

    project_id: int
    name: str
    people: tuple[PersonLine, ...]

    def rows(self) -> Rows:
        """The way back to the card."""
        return ((back_to_card(self.project_id),),)


@dataclass(frozen=True)
class ProblemLine:
    """One problem; `closed` when it was closed out, `reviewed` once the liaison adopted it.

    `item_id` is the coordination item it has become; `may_raise` offers to make it one.
    """

    kind: ProblemKind
    text: str
    raised: dtm.date
    reviewed: bool = True
    closed: dtm.date | None = None
    closing_note: str = ""
    problem_id: int = 0
    item_id: int | None = None
    may_raise: bool = False


@dataclass(frozen=True)
class ProjectProblems(Message):
    """A project's problems: what is open first, then what was closed out; a page of them.

    `wanted_help` is what the last accepted report asks others to settle (需协调事项).
    """

    project_id: int
    name: str
    open_count: int
    unreviewed_count: int
    closed_count: int
    problems: tuple[ProblemLine, ...]
    today: dtm.date
    page: int
    pages: int
    wanted_help: str = ""

    def rows(self) -> Rows:
        """The items they have become or may become, the pages and the way back."""
        items = tuple(
            button
            for number, line in enumerate(self.problems, start=1)
            if (button := _item_button(line, number))
        )
        turning = pager("status.problems", self.page, self.pages, (self.project_id,))
        return (*in_rows(items, 3), (*turning, back_to_card(self.project_id)))


def _item_button(line: ProblemLine, number: int) -> Button | None:
    """The item that the problem is, or the way to raise it."""
    if line.item_id is not None:
        return Button("item_open", "item.show", (line.item_id,), {"number": line.item_id})
    if line.may_raise:
        return Button("item_raise", "item.raise", (line.problem_id,), {"number": number})
    return None


def month_args(period: Period | None) -> tuple[int, ...]:
    """A month as button arguments; none stands for the latest figures."""
    return (period.year, period.month) if period else ()


def back_to_card(project_id: int) -> Button:
    """From what opened from a card back to the card."""
    return Button("back", "status.turn", (project_id,))


def _to_month(label: str, project_id: int, period: Period) -> Button:
    args = (project_id, *month_args(period))
    return Button(label, "status.turn", args, words={"period": period})
