"""A .csv as offices export it: which encoding, which delimiter, which cells."""

import codecs
import csv
import io
from collections import Counter

from usecases.workbook.refusal import (
    MAX_COLUMNS,
    MAX_ROWS,
    Kind,
    Reason,
    UnreadableWorkbook,
)

DELIMITERS = (",", "\t", ";")
ROWS_TO_JUDGE_BY = 100
ENCODINGS_BY_MARK = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
ENCODINGS_TO_TRY = ("utf-8", "gb18030")


def delimited_rows(content: bytes) -> tuple[tuple[str | None, ...], ...]:
    """The rows of a .csv; blank lines are rows too, as in a spreadsheet program.

    Raises UnreadableWorkbook.
    """
    text = _decoded(content)
    rows = _split(text, _delimiter(text))
    if len(rows) > MAX_ROWS or max(map(len, rows)) > MAX_COLUMNS:
        raise UnreadableWorkbook(Reason.TOO_MANY_CELLS, rows=MAX_ROWS, columns=MAX_COLUMNS)
    return tuple(tuple(cell.strip() or None for cell in row) for row in rows)


def _decoded(content: bytes) -> str:
    by_mark = [name for mark, name in ENCODINGS_BY_MARK.items() if content.startswith(mark)]
    for encoding in by_mark or ENCODINGS_TO_TRY:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableWorkbook(Reason.UNKNOWN_ENCODING)


def _delimiter(text: str) -> str:
    best = max(DELIMITERS, key=lambda delimiter: _agreement(text, delimiter))
    if _agreement(text, best) == (0, 0):
        raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=Kind.TEXT)
    return best


def _agreement(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first rows have the same number of cells (at least two), and that number."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for _, row in zip(range(ROWS_TO_JUDGE_BY), reader, strict=False):
            widths[len(row)] += 1
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items() if width > 1), default=(0, 0))


def _split(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        raise UnreadableWorkbook(Reason.BROKEN, line=reader.line_num) from error
