"""A plain table as an .xlsx: a header that stays in sight, columns as wide as what they hold."""

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

WIDEST = 60
_FULL_WIDTH = 0x2E80


def table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """The workbook's bytes; every cell is text, so that nothing in it is ever calculated."""
    target = BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        bold = book.add_format({"bold": True, "bottom": 1})
        for column, name in enumerate(header):
            cells = [name, *(row[column] for row in rows)]
            sheet.set_column(column, column, min(WIDEST, max(map(_width, cells)) + 2))
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, len(rows), len(header) - 1)
    return target.getvalue()


def _width(text: str) -> int:
    """A text's width in characters; a Chinese one is as wide as two others."""
    return sum(2 if ord(character) >= _FULL_WIDTH else 1 for character in text)
