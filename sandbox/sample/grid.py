"""A table as an office keeps it, before and while it becomes a workbook."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | None
CREATED = datetime(2026, 1, 4, 9, 0)  # noqa: DTZ001  a workbook's date has no zone; it is fixed so that bytes repeat


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what the cells are found by, what its header says, what stands above it."""

    key: str
    header: str
    width: int
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One row; one that continues carries what did not fit into the row above.

    ``merged`` are the columns whose cell above reaches down over this row.
    """

    cells: Mapping[str, Cell]
    continues: bool = False
    merged: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: title rows, the unit of its amounts if it has any, two header rows, the rows."""

    name: str
    titles: Sequence[str]
    unit: str | None
    columns: Sequence[Column]
    rows: Sequence[Row]

    def row_number(self, index: int) -> int:
        """The number a spreadsheet shows beside the row, counted from 1."""
        return len(self.titles) + (self.unit is not None) + 2 + index + 1


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets as an .xlsx file; the same sheets give the same bytes."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    style = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
    heading = book.add_format({"border": 1, "bold": True, "align": "center", "text_wrap": True})
    for sheet in sheets:
        _write_sheet(book.add_worksheet(sheet.name), sheet, heading, style)
    book.close()
    return buffer.getvalue()


def _write_sheet(page: Worksheet, sheet: Sheet, heading: Format, style: Format) -> None:
    last = len(sheet.columns) - 1
    for line, title in enumerate(sheet.titles):
        page.merge_range(line, 0, line, last, title, heading)
    if sheet.unit is not None:
        page.write_string(len(sheet.titles), last, sheet.unit)
    top = sheet.row_number(0) - 3
    _write_headers(page, sheet.columns, top, heading)
    page.freeze_panes(top + 2, 0)
    for index, row in enumerate(sheet.rows):
        _write_row(page, top + 2 + index, sheet.columns, row, style)
        _reach_down(page, top + 2 + index, sheet, index, style)


def _write_headers(page: Worksheet, columns: Sequence[Column], top: int, heading: Format) -> None:
    for number, column in enumerate(columns):
        page.set_column(number, number, column.width)
        if column.group is None:
            page.merge_range(top, number, top + 1, number, column.header, heading)
        else:
            page.write_string(top + 1, number, column.header, heading)
    for group, members in groupby(enumerate(columns), key=lambda pair: pair[1].group):
        numbers = [number for number, _ in members]
        if group is not None:
            page.merge_range(top, numbers[0], top, numbers[-1], group, heading)


def _write_row(
    page: Worksheet, number: int, columns: Sequence[Column], row: Row, style: Format
) -> None:
    for column, definition in enumerate(columns):
        value = row.cells.get(definition.key)
        if isinstance(value, str):
            page.write_string(number, column, value, style)
        elif value is not None:
            page.write_number(number, column, value, style)


def _reach_down(page: Worksheet, number: int, sheet: Sheet, index: int, style: Format) -> None:
    for key in sheet.rows[index].merged:
        column = [column.key for column in sheet.columns].index(key)
        value = sheet.rows[index - 1].cells.get(key)
        page.merge_range(number - 1, column, number, column, value, style)
