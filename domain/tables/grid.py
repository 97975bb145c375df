"""A spreadsheet as plain cells: what every office table is understood from."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from domain.place import Place

LETTERS_IN_ALPHABET = 26


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula the spreadsheet program never calculated; it is never calculated here either."""

    text: str


Value: TypeAlias = str | int | float | date | Formula | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, edges included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, from its first row and column on; merged ranges are filled with their value."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    merges: tuple[Merge, ...] = ()
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file's sheets in their order; hidden sheets are there too."""

    name: str
    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands; a merged cell says from which row to which."""

    value: Value
    place: Place
    first_row: int
    last_row: int


def column_letter(index: int) -> str:
    """The spreadsheet's letters for a column counted from 0: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, LETTERS_IN_ALPHABET)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(value: Value) -> bool:
    """Whether a cell holds nothing, or only white space."""
    return value is None or (isinstance(value, str) and not value.strip())


class Grid:
    """A sheet one can ask about: values anywhere, and which cells are one merged cell."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.height = len(sheet.rows)
        self.width = max((len(row) for row in sheet.rows), default=0)
        self._merges = dict(self._merged_cells())

    def value(self, row: int, column: int) -> Value:
        """The value at a position counted from 0; None outside the sheet."""
        cells = self.sheet.rows[row] if 0 <= row < self.height else ()
        return cells[column] if column < len(cells) else None

    def merge(self, row: int, column: int) -> Merge:
        """The range a cell is merged into; of the cell alone when it is not."""
        return self._merges.get((row, column)) or Merge(row, column, row, column)

    def is_continued(self, row: int, column: int) -> bool:
        """Whether a cell is the lower part of a cell merged over several rows."""
        return self.merge(row, column).top < row

    def own_values(self, row: int) -> dict[int, Value]:
        """The row's values by column; a cell merged over several columns counts once."""
        return {
            column: self.value(row, column)
            for column in range(self.width)
            if not is_blank(self.value(row, column)) and self.merge(row, column).left == column
        }

    def cell(self, row: int, column: int, header: str = "") -> Cell:
        """The cell at a position counted from 0, as the spreadsheet program counts it."""
        merge = self.merge(row, column)
        place = self.place(row, column, header)
        return Cell(self.value(row, column), place, merge.top + 1, merge.bottom + 1)

    def place(self, row: int, column: int | None = None, header: str = "") -> Place:
        """Where a position is, in the words of the spreadsheet program."""
        letters = "" if column is None else column_letter(column)
        return Place(self.sheet.name, row + 1, letters, header)

    def _merged_cells(self) -> Iterator[tuple[tuple[int, int], Merge]]:
        for merge in self.sheet.merges:
            for row in range(merge.top, min(merge.bottom + 1, self.height)):
                for column in range(merge.left, min(merge.right + 1, self.width)):
                    yield (row, column), merge
