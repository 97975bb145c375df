"""The workbook in which several months are filled in, as it is handed out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from domain.periods import Period
from domain.vocabulary import ProblemKind
from templates.documents.workbook import Cell
from templates.render import Voice, name_of, wordbook

WAN = 10_000
HEADER_ROW = 1
_LOOKED_AT = ("id", "number", "name", "code", "last", "last_progress")
_OPENINGS = ("opening_year", "opening_start")
_FILLED_IN = ("invested", "progress", "problems", "kind", "next_steps", "explanation")
_WIDTHS = {"number": 6, "name": 30, "last_progress": 24, "progress": 30, "problems": 30}
_OTHER_WIDTH = 18


@dataclass(frozen=True)
class MonthlyRow:
    """A report: what it is, last month beside it, and what is filled in already."""

    mark: str
    number: int
    name: str
    code: str
    last: int | None = None
    last_progress: str = ""
    opening_year: int | None = None
    opening_start: int | None = None
    invested: int | None = None
    progress: str = ""
    problems: str = ""
    kind: ProblemKind | None = None
    next_steps: str = ""
    explanation: str = ""


def monthly_workbook(rows: Sequence[MonthlyRow], before: Period | None, voice: Voice) -> bytes:
    """The rows in their order; with `before`, what was completed by its end is asked too.

    Only what is to be filled in can be changed; the reports' ids are in a hidden column.
    """
    columns = (*_LOOKED_AT, *(_OPENINGS if before else ()), *_FILLED_IN)
    words = wordbook(voice.language, "documents")["monthly"]
    months = wordbook(voice.language, "names")["months"]
    month = months[before.month - 1] if before else ""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(words["title"])
        _set_out(sheet, columns)
        sheet.write_string(0, columns.index("name"), words["note"])
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        for at, column in enumerate(columns):
            sheet.write_string(HEADER_ROW, at, str(words[column]).format(month=month), head)
        entry = book.add_format(
            {"locked": False, "bg_color": "#FFF8DC", "border": 4, "text_wrap": True}
        )
        for number, row in enumerate(rows, start=HEADER_ROW + 1):
            for at, column in enumerate(columns):
                style = None if column in _LOOKED_AT else entry
                _write(sheet, (number, at), _cell(row, column, voice), style)
        _offer_kinds(sheet, columns.index("kind"), len(rows), voice)
    return target.getvalue()


def _set_out(sheet: Any, columns: Sequence[str]) -> None:
    for at, column in enumerate(columns):
        hidden = {"hidden": column == "id"}
        sheet.set_column(at, at, _WIDTHS.get(column, _OTHER_WIDTH), None, hidden)
    sheet.freeze_panes(HEADER_ROW + 1, columns.index("code"))
    sheet.protect("", {"format_columns": True, "format_rows": True, "autofilter": True})


def _cell(row: MonthlyRow, column: str, voice: Voice) -> Cell:
    value = row.mark if column == "id" else getattr(row, column)
    match value:
        case ProblemKind():
            return name_of(value, voice.language)
        case int():
            return Decimal(value) if column == "number" else Decimal(value) / WAN
    return value or None


def _write(sheet: Any, at: tuple[int, int], cell: Cell, style: Any) -> None:
    match cell:
        case str():
            sheet.write_string(*at, cell, style)
        case Decimal():
            sheet.write_number(*at, float(cell), style)
        case None:
            sheet.write_blank(*at, None, style)


def _offer_kinds(sheet: Any, column: int, count: int, voice: Voice) -> None:
    kinds = [name_of(kind, voice.language) for kind in ProblemKind]
    first, last = HEADER_ROW + 1, HEADER_ROW + count
    sheet.data_validation(first, column, last, column, {"validate": "list", "source": kinds})
