"""A programme as the office keeps it: its projects, and the totals its tables state."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from domain.spellings import folded
from domain.stated.totals import Figure, Scope, StatedTotal
from domain.tables import values
from domain.tables.grid import Workbook
from domain.tables.headers import Column, Form
from domain.tables.lines import Line, SheetLines, Subtotal
from domain.tables.names import Known
from domain.tables.problems import Doubt, DoubtCode, Parameters, Problem, ProblemCode, Unreadable
from domain.tables.project_rows import ProjectReader, ProjectRow
from domain.tables.secrecy import secrecy_problem
from domain.tables.sheets import asked_once, is_classified, sheets_of, told_once
from domain.vocabulary import PlanCategory

# Which year a header should name, counted from the programme's.
YEARS_OF_HEADERS = {
    Column.ANNUAL_PLANNED_INVESTMENT: 0,
    Column.ANNUAL_GOAL: 0,
    Column.INVESTED_THIS_YEAR: 0,
    Column.INVESTED_BEFORE: -1,
}


@dataclass(frozen=True, slots=True)
class ProgrammeTable:
    """A programme read from a file: the sound rows, all problems, all doubts, stated totals."""

    rows: tuple[ProjectRow, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]
    stated: tuple[StatedTotal, ...]


def read_programme(workbook: Workbook, year: int, known: Known | None = None) -> ProgrammeTable:
    """Understand a file of projects of the programme of `year`.

    A row with a problem is not among the rows; every problem of the file is reported at once.
    """
    known = known or Known()
    sheets = sheets_of(workbook, Form.PROJECTS, known.regions)
    reading = _Reading(year, known)
    for sheet in sheets.found:
        reading.read(sheet)
    return ProgrammeTable(
        tuple(reading.rows),
        told_once([*sheets.problems, *reading.problems]),
        asked_once([*sheets.doubts, *reading.doubts]),
        tuple(reading.stated),
    )


class _Reading:
    def __init__(self, year: int, known: Known) -> None:
        self._year = year
        self._known = known
        self._seen: dict[tuple[str, ...], ProjectRow] = {}
        self.rows: list[ProjectRow] = []
        self.problems: list[Problem] = []
        self.doubts: list[Doubt] = []
        self.stated: list[StatedTotal] = []

    def read(self, sheet: SheetLines) -> None:
        if is_classified(sheet):
            return
        self.doubts += _other_years(sheet, self._year)
        stretches: list[list[ProjectRow]] = [[]]
        subtotals = []
        for item in sheet.items:
            if isinstance(item, Subtotal):
                subtotals.append(item)
                stretches.append([])
            elif row := self._read_line(item):
                stretches[-1].append(row)
        whole = _categories(row for rows in stretches for row in rows)
        for subtotal, above, below in zip(subtotals, stretches, stretches[1:], strict=False):
            if subtotal.scope == Scope():
                subtotal = replace(subtotal, scope=whole)
            self._read_subtotal(subtotal, above, below)

    def _read_line(self, line: Line) -> ProjectRow | None:
        if secret := secrecy_problem(line):
            self.problems.append(secret)
            return None
        reader = ProjectReader(line, self._year, self._known)
        self.problems += reader.problems
        self.doubts += reader.doubts
        if reader.row and not self._is_duplicate(reader.row):
            self.rows.append(reader.row)
        return reader.row

    def _is_duplicate(self, row: ProjectRow) -> bool:
        """Whether a project stands in the file already: by its code, else by name and region."""
        keys = {Column.NAME: (folded(row.name), row.region or "")}
        if row.code:
            keys[Column.CODE] = (folded(row.code), "")
        same = [column for column, key in keys.items() if (column, *key) in self._seen]
        if same:
            first = self._seen[same[0], *keys[same[0]]]
            self.problems.append(_duplicate(row, same[0], first))
        for column, key in keys.items():
            self._seen.setdefault((column, *key), row)
        return bool(same)

    def _read_subtotal(
        self, subtotal: Subtotal, above: Sequence[ProjectRow], below: Sequence[ProjectRow]
    ) -> None:
        scope = _narrowed(subtotal, above, below) if subtotal.scope else _in_common(above)
        total = StatedTotal(
            scope or Scope(),
            projects=None if subtotal.projects is None else Figure(subtotal.projects),
            total_investment=_figure(subtotal, Column.TOTAL_INVESTMENT),
            annual_plan=_figure(subtotal, Column.ANNUAL_PLANNED_INVESTMENT),
            where=subtotal.text,
            place=subtotal.place,
        )
        if not (total.projects or total.total_investment or total.annual_plan):
            return
        if scope is None:
            parameters = {"raw": subtotal.text}
            self.doubts.append(Doubt(DoubtCode.SUBTOTAL_UNCLEAR, subtotal.place, parameters))
        else:
            self.stated.append(total)


def _duplicate(row: ProjectRow, column: Column, first: ProjectRow) -> Problem:
    parameters: Parameters = {
        "raw": (row.code if column is Column.CODE else row.name) or "",
        "sheet": first.place.sheet,
        "row": first.place.row,
    }
    return Problem(ProblemCode.DUPLICATE, row.place_of(column), parameters)


def _other_years(sheet: SheetLines, year: int) -> Iterator[Doubt]:
    """Headers that name another year than the programme's: perhaps last year's file."""
    for header in sheet.headers:
        for heading in header.headings:
            after = YEARS_OF_HEADERS.get(heading.column) if heading.column else None
            if after is not None and heading.year and heading.year != year + after:
                place = header.place(sheet.grid, heading)
                yield Doubt(DoubtCode.YEAR_DIFFERS, place, {"year": year + after})


def _narrowed(
    subtotal: Subtotal, above: Sequence[ProjectRow], below: Sequence[ProjectRow]
) -> Scope | None:
    """基础设施小计 among the rows of one category is that category's.

    Where totals stand above what they add up, the rows are those below; the count tells which.
    """
    scope = subtotal.scope
    if scope is None or scope.categories or not (scope.sector or scope.region):
        return scope
    for rows in sorted((above, below), key=lambda rows: len(rows) != subtotal.projects):
        categories = {row.plan_category for row in rows}
        if len(categories) == 1 and all(_is_within(row, scope) for row in rows):
            return replace(scope, categories=tuple(categories))
    return scope


def _categories(rows: Iterable[ProjectRow]) -> Scope:
    """What a sheet's grand total adds up: the categories on it, unlimited where they are all."""
    present = {row.plan_category for row in rows}
    every = tuple(PlanCategory)
    return Scope(tuple(one for one in every if one in present and len(present) < len(every)))


def _is_within(row: ProjectRow, scope: Scope) -> bool:
    return scope.sector in (None, row.sector) and scope.region in (None, row.region)


def _in_common(rows: Sequence[ProjectRow]) -> Scope | None:
    """What the rows above a subtotal have in common; None when that is nothing."""
    categories, sectors, regions = (
        {row.plan_category for row in rows},
        {row.sector for row in rows},
        {row.region for row in rows},
    )
    common = Scope(
        tuple(categories) if len(categories) == 1 else (),
        regions.pop() if len(regions) == 1 else None,
        sectors.pop() if len(sectors) == 1 else None,
    )
    return None if common == Scope() else common


def _figure(subtotal: Subtotal, column: Column) -> Figure | None:
    """The amount in a subtotal row; one that cannot be read states nothing."""
    cell = subtotal.cells.get(column)
    if cell is None:
        return None
    unit = subtotal.frame.headings[column].unit or subtotal.frame.unit
    try:
        yuan = values.amount(cell.value, unit)
    except Unreadable:
        return None
    return None if yuan is None else Figure(yuan, values.printed_step(cell.value, unit or 1))
