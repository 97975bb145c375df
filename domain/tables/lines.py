"""Walking down a sheet: titles, headers, sections, subtotals, and one line a project or person."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from domain import spellings
from domain.place import Place
from domain.stated.totals import Scope
from domain.tables.grid import Cell, Grid, Value
from domain.tables.headers import (
    Column,
    Form,
    Header,
    Heading,
    header_at,
    is_column_numbers,
    unit_of_sheet,
)
from domain.tables.problems import Doubt, DoubtCode, Problem, ProblemCode
from domain.tables.sections import (
    Extent,
    Sections,
    is_note,
    is_number_of_section,
    is_numbered,
    projects_counted,
    section_named,
    subtotal_named,
)
from domain.tables.values import is_wordy, raw_text
from domain.vocabulary import PlanCategory

FEW_CELLS = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for the rows under one header: its columns, and the unit of the sheet."""

    headings: Mapping[Column, Heading]
    unit: int | None


@dataclass(slots=True)
class Line:
    """A project or a person: its own row and the rows that continue it.

    `cells` are the understood columns with one cell for each row that says something; `others`
    are the cells of columns nobody asked for.
    """

    frame: Frame
    sections: Sections
    place: Place
    first_row: int
    last_row: int
    cells: dict[Column, list[Cell]] = field(default_factory=dict)
    others: list[Cell] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Subtotal:
    """A row that states a total. An unnamed one adds up the lines since the last (`scope` None)."""

    frame: Frame
    scope: Scope | None
    place: Place
    text: str
    projects: int | None
    cells: Mapping[Column, Cell]


Item: TypeAlias = Line | Subtotal


@dataclass(slots=True)
class SheetLines:
    """Everything found on one sheet."""

    grid: Grid
    titles: list[Cell] = field(default_factory=list)
    headers: list[Header] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)


def lines_of(grid: Grid, form: Form, regions: Collection[str]) -> SheetLines:
    """Read a sheet from top to bottom. `regions` are the names that open a region's section."""
    return _Walk(grid, form, regions).result()


class _Walk:
    def __init__(self, grid: Grid, form: Form, regions: Collection[str]) -> None:
        self._grid = grid
        self._form = form
        self._regions = regions
        self._found = SheetLines(grid)
        self._header: Header | None = None
        self._frame = Frame({}, None)
        self._unit: int | None = None
        self._sections = Sections(Scope())
        self._line: Line | None = None

    def result(self) -> SheetLines:
        row = 0
        while row < self._grid.height:
            header = header_at(self._grid, row, self._form)
            if header:
                self._enter(header)
                row = header.bottom
            elif fresh := self._fresh(row):
                self._read(row, fresh)
            row += 1
        return self._found

    def _fresh(self, row: int) -> dict[int, Value]:
        """The row's values that are not the lower part of a cell above."""
        values = self._grid.own_values(row).items()
        return {index: value for index, value in values if not self._grid.is_continued(row, index)}

    def _enter(self, header: Header) -> None:
        if not self._found.headers:
            self._sections = Sections(self._scope_of_sheet())
        self._found.headers.append(header)
        self._header = header
        self._frame = Frame(self._headings(header), self._unit)
        self._line = None

    def _headings(self, header: Header) -> dict[Column, Heading]:
        headings: dict[Column, Heading] = {}
        for heading in header.headings:
            if heading.column in headings and heading.column is not Column.NOT_USED:
                parameters = {"raw": heading.text, "first": headings[heading.column].text}
                place = header.place(self._grid, heading)
                self._found.problems.append(Problem(ProblemCode.COLUMN_TWICE, place, parameters))
            elif heading.column:
                headings[heading.column] = heading
        return headings

    def _scope_of_sheet(self) -> Scope:
        """The one category that the titles above the first header or the sheet's name mention."""
        titles = "".join(raw_text(cell.value) for cell in self._found.titles)
        mentioned = [
            spellings.mentioned(PlanCategory, text) for text in (titles, self._grid.sheet.name)
        ]
        single = [categories for categories in mentioned if len(categories) == 1]
        if len(set(single)) > 1:
            place = self._found.titles[0].place
            parameters = {"raw": self._grid.sheet.name, "other": titles}
            self._found.problems.append(Problem(ProblemCode.CATEGORY_CONFLICT, place, parameters))
        return Scope(single[0]) if single else Scope()

    def _read(self, row: int, fresh: dict[int, Value]) -> None:
        texts = [value for value in fresh.values() if isinstance(value, str) and is_wordy(value)]
        self._read_unit(texts)
        if self._header is None:
            self._found.titles += [self._grid.cell(row, index) for index in fresh]
        elif not is_column_numbers(list(fresh.values())):
            self._read_below_header(row, fresh, texts)

    def _read_unit(self, texts: list[str]) -> None:
        units = [unit for text in texts if (unit := unit_of_sheet(text))]
        if units and len(texts) <= FEW_CELLS:
            self._unit = units[0]
            self._frame = Frame(self._frame.headings, self._unit)

    def _read_below_header(self, row: int, fresh: dict[int, Value], texts: list[str]) -> None:
        if self._is_section_or_subtotal(row, fresh, texts) or self._is_remark(row, fresh, texts):
            self._line = None
        elif self._continues(fresh):
            self._continue(row, fresh)
        else:
            self._start(row)

    def _is_section_or_subtotal(self, row: int, fresh: dict[int, Value], texts: list[str]) -> bool:
        titles = [text for text in texts if not is_number_of_section(text)]
        if not titles:
            return False
        subtotal = subtotal_named(titles[0], self._regions)
        if subtotal is not None:
            self._add_subtotal(row, fresh, titles, self._scope_of_subtotal(subtotal))
            return True
        only_counts_follow = all(projects_counted(text) for text in titles[1:])
        section = section_named(titles[0], self._regions) if only_counts_follow else None
        index = next(index for index, value in fresh.items() if value == titles[0])
        if section is None or not self._is_place_of_titles(row, index):
            return False
        self._sections = self._sections.entered(section)
        self._add_subtotal(row, fresh, titles, self._sections.scope())
        return True

    def _is_place_of_titles(self, row: int, index: int) -> bool:
        """A category in the column of categories is a project's, not a section's."""
        merge = self._grid.merge(row, index)
        column = next(
            (column for column, each in self._frame.headings.items() if each.index == index), None
        )
        may_title = column in (None, Column.NAME, Column.NUMBER, Column.NOT_USED)
        return may_title or merge.right > merge.left

    def _scope_of_subtotal(self, subtotal: Scope | Extent) -> Scope | None:
        if isinstance(subtotal, Scope):
            return self._sections.scope_of(subtotal)
        if subtotal is Extent.SHEET:
            return self._sections.base
        return self._sections.scope() if self._sections.nested else None

    def _add_subtotal(
        self, row: int, fresh: dict[int, Value], titles: list[str], scope: Scope | None
    ) -> None:
        counts = [count for text in titles if (count := projects_counted(text))]
        cells = {
            column: self._grid.cell(row, heading.index, heading.text)
            for column, heading in self._frame.headings.items()
            if heading.index in fresh
        }
        place = self._grid.place(row)
        projects = counts[0] if counts else None
        self._found.items.append(Subtotal(self._frame, scope, place, titles[0], projects, cells))

    def _is_remark(self, row: int, fresh: dict[int, Value], texts: list[str]) -> bool:
        """Whether a row is a note or unit below or within the table, or an unknown section."""
        if len(texts) < len(fresh) or len(texts) > FEW_CELLS:
            return False
        if is_note(texts[0]) or any(unit_of_sheet(text) for text in texts):
            return True
        return len(fresh) == 1 and self._is_other_title(row, next(iter(fresh)), texts[0])

    def _is_other_title(self, row: int, index: int, text: str) -> bool:
        """Whether a row's only text stands where titles stand: a repeated or unknown one."""
        merge = self._grid.merge(row, index)
        name, number = (self._frame.headings.get(each) for each in (Column.NAME, Column.NUMBER))
        in_number_column = number is not None and index == number.index
        in_name_column = name is not None and index == name.index
        is_numbered_title = in_name_column and is_numbered(text)
        if not (merge.right > merge.left or in_number_column or is_numbered_title):
            return False
        if all(text != cell.value for cell in self._found.titles):
            place = self._grid.place(row, index)
            self._found.doubts.append(Doubt(DoubtCode.SECTION_UNKNOWN, place, {"raw": text}))
        return True

    def _continues(self, fresh: Collection[int]) -> bool:
        """Whether number and name are blank here, or merged with the row above."""
        headings = self._frame.headings
        columns = (Column.NAME, Column.NUMBER)
        return not any(headings[each].index in fresh for each in columns if each in headings)

    def _continue(self, row: int, fresh: dict[int, Value]) -> None:
        if self._line is None:
            place = self._grid.place(row)
            self._found.problems.append(Problem(ProblemCode.NO_ROW_ABOVE, place))
            return
        self._line.last_row = row + 1
        self._add_cells(self._line, row, fresh)

    def _start(self, row: int) -> None:
        name = self._frame.headings[Column.NAME]
        place = self._grid.place(row, name.index, name.text)
        self._line = Line(self._frame, self._sections, place, row + 1, row + 1)
        self._add_cells(self._line, row, self._grid.own_values(row))
        self._found.items.append(self._line)

    def _add_cells(self, line: Line, row: int, values: Collection[int]) -> None:
        headings = {heading.index: heading for heading in line.frame.headings.values()}
        for index in values:
            heading = headings.get(index)
            cell = self._grid.cell(row, index, heading.text if heading else "")
            if heading is None or heading.column in (None, Column.NOT_USED):
                line.others.append(cell)
            else:
                line.cells.setdefault(heading.column, []).append(cell)
