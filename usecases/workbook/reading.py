"""The one door from a file to its cells."""

import json
import subprocess
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from domain.tables.grid import Formula, Merge, Sheet, Value, Workbook
from usecases.workbook.delimited import delimited_rows
from usecases.workbook.recognise import FileType, file_type
from usecases.workbook.refusal import (
    MAX_BYTES,
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Reason,
    UnreadableWorkbook,
)
from usecases.workbook.zipped import FORMULA_MARK, made_harmless

PARSER = Path(__file__).with_name("apart.py")
PARSER_TIMEOUT = 60
LARGEST_EXACT_NUMBER = 10**15


def read_workbook(name: str, content: bytes) -> Workbook:
    """Read an .xlsx, .xls or .csv into cells, told apart by content; nothing in it is executed.

    Raises UnreadableWorkbook: encrypted, broken, not a table, too large, or built to do harm.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableWorkbook(Reason.TOO_LARGE, bytes=len(content), limit=MAX_BYTES)
    match file_type(content):
        case FileType.TEXT:
            sheets: tuple[Sheet, ...] = (Sheet(Path(name).stem, delimited_rows(content)),)
        case FileType.ZIPPED:
            sheets = _parsed(made_harmless(content), ".xlsx")
        case FileType.BINARY:
            sheets = _parsed(content, ".xls")
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableWorkbook(Reason.EMPTY)
    return Workbook(name, sheets)


def _parsed(content: bytes, suffix: str) -> tuple[Sheet, ...]:
    with NamedTemporaryFile(suffix=suffix) as file:
        file.write(content)
        file.flush()
        answer = json.loads(_parser_output(file.name))
    if "refused" in answer:
        raise _refusal(Reason(answer["refused"]))
    return tuple(_sheet(sheet) for sheet in answer["sheets"])


def _parser_output(path: str) -> bytes:
    limits = [str(MAX_SHEETS), str(MAX_ROWS), str(MAX_COLUMNS)]
    command = [sys.executable, "-I", str(PARSER), path, *limits]
    try:
        parser = subprocess.run(command, capture_output=True, timeout=PARSER_TIMEOUT, check=True)
    except subprocess.TimeoutExpired as error:
        raise _refusal(Reason.TOO_MANY_CELLS) from error
    except subprocess.CalledProcessError as error:
        killed_by_its_limits = error.returncode < 0
        reason = Reason.TOO_MANY_CELLS if killed_by_its_limits else Reason.BROKEN
        raise _refusal(reason) from error
    return parser.stdout


def _refusal(reason: Reason) -> UnreadableWorkbook:
    if reason is Reason.TOO_MANY_CELLS:
        return UnreadableWorkbook(reason, rows=MAX_ROWS, columns=MAX_COLUMNS)
    return UnreadableWorkbook(reason)


def _sheet(parsed: dict[str, Any]) -> Sheet:
    rows = [[_value(value) for value in row] for row in parsed["rows"]]
    while rows and all(value is None for value in rows[-1]):
        rows.pop()
    merges = [Merge(*start, *end) for start, end in parsed["merges"]]
    _fill(rows, merges)
    return Sheet(parsed["name"], tuple(map(tuple, rows)), tuple(merges), parsed["hidden"])


def _value(parsed: Any) -> Value:
    match parsed:
        case {"date": str(day)}:
            return date.fromisoformat(day)
        case float() if parsed.is_integer() and abs(parsed) < LARGEST_EXACT_NUMBER:
            return int(parsed)
        case int() | float():
            return parsed
        case str() if parsed.startswith(FORMULA_MARK):
            return Formula(parsed.removeprefix(FORMULA_MARK))
    return str(parsed).strip() or None


def _fill(rows: list[list[Value]], merges: Iterable[Merge]) -> None:
    """Give every cell of a merged range its value.

    Raises UnreadableWorkbook when ranges overlap: no spreadsheet program writes that, and
    thousands of them would keep us busy for hours.
    """
    free = sum(map(len, rows))
    for merge in merges:
        top_left = _at(rows, merge.top, merge.left)
        for row in rows[merge.top : merge.bottom + 1]:
            width = len(row[merge.left : merge.right + 1])
            row[merge.left : merge.left + width] = [top_left] * width
            free -= width
        if free < 0:
            raise UnreadableWorkbook(Reason.BOOBY_TRAPPED)


def _at(rows: list[list[Value]], row: int, column: int) -> Value:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else None
