"""A plain table as an .xlsx: a header that stays in sight, columns as wide as what they hold."""

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter

from templates.render import Voice, wordbook

WIDEST = 60
_FULL_WIDTH = 0x2E80

Cell = str | Decimal | None
"""What a cell may hold: a text, a number to calculate with, or nothing."""


def file_name(document: str, voice: Voice, form: str = "file", **words: object) -> str:
    """What a document handed to somebody is called, in their language."""
    return str(wordbook(voice.language, "documents")[document][form]).format(**words)


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> bytes:
    """The workbook's bytes; a text stays a text, so that nothing in it is ever calculated."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(header):
            cells = [name, *(row[column] for row in rows)]
            sheet.set_column(
                column, column, min(WIDEST, max(_width(str(cell or "")) for cell in cells) + 2)
            )
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(header) - 1)
    return target.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell) -> None:
    match cell:
        case str():
            sheet.write_string(row, column, cell)
        case Decimal():
            sheet.write_number(row, column, float(cell))


def _width(text: str) -> int:
    """A text's width in characters; a Chinese one is as wide as two others."""
    return sum(2 if ord(character) >= _FULL_WIDTH else 1 for character in text)
