"""One project of a programme, as its row says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from domain import spellings
from domain.periods import Period
from domain.place import Place
from domain.tables import dates, values
from domain.tables.dates import Years
from domain.tables.fields import Fields
from domain.tables.grid import Value
from domain.tables.headers import Column
from domain.tables.lines import Line
from domain.tables.names import Known, near_name
from domain.tables.problems import DoubtCode, ProblemCode, Unreadable
from domain.vocabulary import ActualState, PlanCategory, Sector

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project as a programme lists it; money in whole yuan, None where the table is silent.

    `site` is where it is built (建设地点), `place` where its name stands in the file. Of the
    responsible units the first leads; names of units are the known ones where they are known.
    """

    place: Place
    name: str
    plan_category: PlanCategory
    code: str | None = None
    aliases: tuple[str, ...] = ()
    sector: Sector | None = None
    region: str | None = None
    site: str | None = None
    scope: str | None = None
    years: Years | None = None
    total_investment: int | None = None
    invested_before: int | None = None
    invested_this_year: int | None = None
    invested_month: int | None = None
    annual_planned_investment: int | None = None
    annual_goal: str | None = None
    planned_start: Period | None = None
    planned_finish: Period | None = None
    responsible_units: tuple[str, ...] = ()
    owner: str | None = None
    agent: str | None = None
    actual_state: ActualState | None = None
    places: Mapping[Column, Place] = field(default_factory=dict, compare=False)

    def place_of(self, column: Column) -> Place:
        """Where in the file it says what it does of a column; its name's place if nowhere."""
        return self.places.get(column, self.place)


class ProjectReader:
    """Reads one line; `row` is None when anything in it is a problem."""

    def __init__(self, line: Line, year: int, known: Known) -> None:
        self._fields = Fields(line)
        self._line = line
        self._year = year
        self._known = known
        self.row = self._read()
        self.problems = self._fields.problems
        self.doubts = self._fields.doubts

    def _read(self) -> ProjectRow | None:
        fields = self._fields
        name, category = fields.text(Column.NAME), self._category()
        if name is None:
            fields.report_line(ProblemCode.NAME_MISSING, Column.NAME)
        invested, month = self._invested_this_year()
        start, finish = self._planned_months()
        # Without name or category it is thrown away below, once its other problems are known.
        row = ProjectRow(
            place=self._line.place,
            name=name or "",
            plan_category=category or PlanCategory.NEW_START,
            code=fields.one(Column.CODE, values.code),
            aliases=fields.names(Column.ALIASES, frozenset()),
            sector=self._sector(),
            region=self._region(),
            site=fields.text(Column.PLACE),
            scope=fields.text(Column.SCOPE),
            years=self._years(),
            total_investment=self._amount(Column.TOTAL_INVESTMENT),
            invested_before=self._amount(Column.INVESTED_BEFORE),
            invested_this_year=invested,
            invested_month=month,
            annual_planned_investment=self._amount(Column.ANNUAL_PLANNED_INVESTMENT),
            annual_goal=fields.text(Column.ANNUAL_GOAL),
            planned_start=start,
            planned_finish=finish,
            responsible_units=self._units(),
            owner=fields.text(Column.OWNER),
            agent=fields.text(Column.AGENT),
            actual_state=fields.one(
                Column.ACTUAL_STATE, _spelled(_actual_state, ProblemCode.STATE_UNKNOWN)
            ),
            places={column: fields.place(column) for column in self._line.cells},
        )
        return None if fields.problems else row

    def _category(self) -> PlanCategory | None:
        """From the row's own column, else from the section, title or sheet it stands in."""
        own = self._fields.one(
            Column.PLAN_CATEGORY, _spelled(_plan_category, ProblemCode.CATEGORY_UNKNOWN)
        )
        around = self._line.sections.scope().categories
        if own and around and own not in around:
            self._fields.report_line(ProblemCode.CATEGORY_CONFLICT, Column.PLAN_CATEGORY)
        if own or around:
            return own or around[0]
        if not any(cell.value for cell in self._line.cells.get(Column.PLAN_CATEGORY, [])):
            self._fields.report_line(ProblemCode.CATEGORY_MISSING, Column.PLAN_CATEGORY)
        return None

    def _sector(self) -> Sector | None:
        parse = _spelled(spellings.sector, ProblemCode.SECTOR_UNKNOWN)
        own, around = self._fields.one(Column.SECTOR, parse), self._line.sections.scope().sector
        if own and around and own is not around:
            self._fields.report_line(ProblemCode.SECTOR_CONFLICT, Column.SECTOR)
        return own or around

    def _region(self) -> str | None:
        """The row's own region may lie within the one of its section, so it counts."""
        own = self._fields.text(Column.REGION)
        if own is None:
            return self._line.sections.scope().region
        region = spellings.region(own)
        if near := near_name(region, self._known.regions):
            self._fields.doubt(DoubtCode.REGION_NEAR, Column.REGION, raw=own, near=near)
        return region

    def _years(self) -> Years | None:
        span = self._fields.one(Column.YEARS, dates.years)
        start = self._fields.one(Column.START_YEAR, dates.year)
        end = self._fields.one(Column.END_YEAR, dates.year)
        if span or start is None:
            return span
        if end is not None and end < start:
            self._fields.report_line(ProblemCode.YEARS_REVERSED, Column.END_YEAR)
        return Years(start, end)

    def _amount(self, column: Column) -> int | None:
        heading = self._line.frame.headings.get(column)
        if heading is None:
            return None
        unit = heading.unit or self._line.frame.unit
        for cell in self._line.cells.get(column, []):
            first, last = self._line.first_row, self._line.last_row
            if (cell.first_row < first or cell.last_row > last) and cell.value is not None:
                self._fields.report(ProblemCode.AMOUNT_SHARED, cell)
                return None
        return self._fields.one(column, lambda value: values.amount(value, unit))

    def _invested_this_year(self) -> tuple[int | None, int | None]:
        """The amount, and the month up to which it counts: from its header or its own column."""
        column = Column.INVESTED_THIS_YEAR
        invested = self._amount(column)
        if invested is None:
            return None, None
        own = self._fields.one(Column.INVESTED_MONTH, lambda value: dates.month(value, self._year))
        month = own.month if own else self._line.frame.headings[column].month
        if month is None:
            self._fields.report_line(ProblemCode.MONTH_MISSING, column)
        return invested, month

    def _planned_months(self) -> tuple[Period | None, Period | None]:
        start, finish = (
            self._fields.one(column, lambda value: dates.month(value, self._year))
            for column in (Column.PLANNED_START, Column.PLANNED_FINISH)
        )
        if start and finish and finish < start:
            self._fields.report_line(ProblemCode.FINISH_BEFORE_START, Column.PLANNED_FINISH)
        return start, finish

    def _units(self) -> tuple[str, ...]:
        known = self._known.units
        columns = (Column.RESPONSIBLE_UNITS, Column.SUPPORTING_UNITS)
        names = [name for column in columns for name in self._fields.names(column, known)]
        for name in names:
            if near := near_name(name, known):
                self._fields.doubt(
                    DoubtCode.UNIT_NEAR, Column.RESPONSIBLE_UNITS, raw=name, near=near
                )
        return tuple(dict.fromkeys(names))


def _plan_category(text: str) -> PlanCategory | None:
    return spellings.named(PlanCategory, text)


def _actual_state(text: str) -> ActualState | None:
    return spellings.named(ActualState, text)


def _spelled(
    member: Callable[[str], Read | None], unknown: ProblemCode
) -> Callable[[Value], Read | None]:
    """A reader of one word of a closed set."""

    def parse(value: Value) -> Read | None:
        said = values.text(value)
        if said is None:
            return None
        found = member(said)
        if found is None:
            raise Unreadable(unknown, raw=said)
        return found

    return parse
