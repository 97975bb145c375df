"""A spreadsheet as plain cells: what every office table is understood from."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

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
class Place:
    """Where something stands, as the spreadsheet program shows it; row 0 is the sheet itself."""

    sheet: str
    row: int = 0
    column: str = ""
    header: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A value and where it stands."""

    value: Value
    place: Place


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


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet one can ask about: values anywhere, and which cells are one merged cell."""

    sheet: Sheet
    _origins: Mapping[tuple[int, int], tuple[int, int]] = field(repr=False)

    @classmethod
    def of(cls, sheet: Sheet) -> "Grid":
        """Prepare a sheet for questions."""
        return cls(sheet, dict(_origins(sheet)))

    @property
    def height(self) -> int:
        return len(self.sheet.rows)

    @property
    def width(self) -> int:
        return max((len(row) for row in self.sheet.rows), default=0)

    def value(self, row: int, column: int) -> Value:
        """The value at a position counted from 0; None outside the sheet."""
        cells = self.sheet.rows[row] if 0 <= row < self.height else ()
        return cells[column] if column < len(cells) else None

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The first cell of the merged range a cell belongs to; the cell itself otherwise."""
        return self._origins.get((row, column), (row, column))

    def is_continued(self, row: int, column: int) -> bool:
        """Whether a cell is the lower part of a cell merged over several rows."""
        return self.origin(row, column)[0] < row

    def own_values(self, row: int) -> dict[int, Value]:
        """The row's values by column; a cell merged over several columns counts once."""
        return {
            column: self.value(row, column)
            for column in range(self.width)
            if not is_blank(self.value(row, column)) and self.origin(row, column)[1] == column
        }

    def place(self, row: int, column: int | None = None, header: str = "") -> Place:
        """Where a position is, in the words of the spreadsheet program."""
        letters = "" if column is None else column_letter(column)
        return Place(self.sheet.name, row + 1, letters, header)


def _origins(sheet: Sheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    height, width = len(sheet.rows), max((len(row) for row in sheet.rows), default=0)
    for merge in sheet.merges:
        for row in range(merge.top, min(merge.bottom + 1, height)):
            for column in range(merge.left, min(merge.right + 1, width)):
                yield (row, column), (merge.top, merge.left)
