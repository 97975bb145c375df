"""Reading a line's columns; what cannot be read is remembered with its place."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from domain.place import Place
from domain.tables.grid import Cell, Value, column_letter, is_blank
from domain.tables.headers import Column
from domain.tables.lines import Line
from domain.tables.names import split_names
from domain.tables.problems import Doubt, DoubtCode, Problem, ProblemCode, Unreadable
from domain.tables.values import raw_text, text

Read = TypeVar("Read")


class Fields:
    """One line's columns by what they hold."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.problems: list[Problem] = []
        self.doubts: list[Doubt] = []

    def place(self, column: Column) -> Place:
        """Where a column of this line is; the line itself when the table has no such column."""
        cells, heading = self.line.cells.get(column), self.line.frame.headings.get(column)
        if cells:
            return cells[0].place
        if heading is None:
            return self.line.place
        return replace(self.line.place, column=column_letter(heading.index), header=heading.text)

    def one(self, column: Column, parse: Callable[[Value], Read | None]) -> Read | None:
        """The one value of a column; a second one, in a row that continues, is a problem."""
        cells = [cell for cell in self.line.cells.get(column, []) if not is_blank(cell.value)]
        if len(cells) > 1:
            self.report(ProblemCode.SEVERAL_VALUES, cells[1])
            return None
        return self._parsed(cells[0], parse) if cells else None

    def text(self, column: Column) -> str | None:
        """A text, which may be wrapped over the rows that continue the line."""
        texts = [self._parsed(cell, text) for cell in self.line.cells.get(column, [])]
        return "".join(part for part in texts if part) or None

    def names(self, column: Column, known: frozenset[str]) -> tuple[str, ...]:
        """The names in a column, in their order, over all rows of the line."""
        cells = self.line.cells.get(column, [])
        found = [self._parsed(cell, lambda value: split_names(value, known)) for cell in cells]
        return tuple(dict.fromkeys(name for names in found for name in names or ()))

    def report(self, code: ProblemCode, cell: Cell, **parameters: str | int) -> None:
        """Remember a problem of a cell."""
        self.problems.append(Problem(code, cell.place, {"raw": raw_text(cell.value), **parameters}))

    def report_line(self, code: ProblemCode, column: Column, **parameters: str | int) -> None:
        """Remember a problem of the line, at a column when it has one."""
        self.problems.append(Problem(code, self.place(column), parameters))

    def doubt(self, code: DoubtCode, column: Column, **parameters: str | int) -> None:
        """Remember something to ask about."""
        self.doubts.append(Doubt(code, self.place(column), parameters))

    def _parsed(self, cell: Cell, parse: Callable[[Value], Read | None]) -> Read | None:
        try:
            return parse(cell.value)
        except Unreadable as unreadable:
            self.problems.append(Problem(unreadable.code, cell.place, unreadable.parameters))
            return None
