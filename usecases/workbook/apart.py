"""Runs by itself, in a process of its own: the path of a spreadsheet in, its cells as JSON out.

A few thousand hostile bytes can make any spreadsheet parser ask for more memory than the machine
has, which ends the process it runs in. So that process is this one and not the bot. It imports
nothing of the project and may use no more memory and time than the limits it is started with.
"""

import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY = 1024 * 1024 * 1024
SECONDS = 30


def main() -> None:
    """Answer with {"sheets": [...]} or {"refused": reason}."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    path, *limits = sys.argv[1:]
    max_sheets, max_rows, max_columns = map(int, limits)
    answer = _read(path, max_sheets, max_rows, max_columns)
    json.dump(answer, sys.stdout)


def _read(path: str, max_sheets: int, max_rows: int, max_columns: int) -> dict[str, Any]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_path(path)
        sheets = [
            (workbook.get_sheet_by_name(meta.name), meta) for meta in workbook.sheets_metadata
        ]
    except PasswordError:
        return {"refused": "encrypted"}
    except CalamineError:
        return {"refused": "broken"}
    except MemoryError:
        return {"refused": "too_many_cells"}
    ends = [sheet.end for sheet, _ in sheets if sheet.end]
    if len(sheets) > max_sheets or any(r >= max_rows or c >= max_columns for r, c in ends):
        return {"refused": "too_many_cells"}
    return {"sheets": [_sheet(sheet, meta) for sheet, meta in sheets]}


def _sheet(sheet: Any, meta: Any) -> dict[str, Any]:
    rows = sheet.to_python(skip_empty_area=False) if sheet.end else []
    return {
        "name": meta.name,
        "hidden": not str(meta.visible).endswith(".Visible"),
        "rows": [[_plain(value) for value in row] for row in rows],
        "merges": sheet.merged_cell_ranges or [],
    }


def _plain(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()[:10]}
    if isinstance(value, time | timedelta):
        return str(value)
    return value


if __name__ == "__main__":
    main()
