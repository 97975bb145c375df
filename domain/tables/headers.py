"""Finding the header of a table and what each column holds.

A header may take one row or several: 年度计划 over 投资 and 目标 reads as 年度计划投资 and
年度计划目标. Titles stand above it, a row of column numbers may stand below it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from domain.place import Place
from domain.spellings import folded
from domain.tables.grid import Grid, Value, is_blank
from domain.tables.values import WORDS, is_wordy, raw_text
from domain.words import any_of

HIGHEST_HEADER = 4
FEWEST_COLUMNS = 2


class Form(StrEnum):
    """The two kinds of tables an office keeps."""

    PROJECTS = "projects"
    CONTACTS = "contacts"


class Column(StrEnum):
    """What a column holds; headers may be spelled in many ways."""

    NUMBER = "number"
    NAME = "name"
    NOT_USED = "not_used"

    CODE = "code"
    ALIASES = "aliases"
    PLAN_CATEGORY = "plan_category"
    SECTOR = "sector"
    REGION = "region"
    PLACE = "place"
    SCOPE = "scope"
    YEARS = "years"
    START_YEAR = "start_year"
    END_YEAR = "end_year"
    TOTAL_INVESTMENT = "total_investment"
    INVESTED_BEFORE = "invested_before"
    INVESTED_THIS_YEAR = "invested_this_year"
    INVESTED_MONTH = "invested_month"
    ANNUAL_PLANNED_INVESTMENT = "annual_planned_investment"
    ANNUAL_GOAL = "annual_goal"
    PLANNED_START = "planned_start"
    PLANNED_FINISH = "planned_finish"
    RESPONSIBLE_UNITS = "responsible_units"
    SUPPORTING_UNITS = "supporting_units"
    OWNER = "owner"
    AGENT = "agent"
    ACTUAL_STATE = "actual_state"
    SECRECY = "secrecy"

    UNIT = "unit"
    POSITION = "position"
    PHONE = "phone"
    ROLES = "roles"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's header: what it holds, and the unit (in yuan), year and month it names."""

    index: int
    text: str
    column: Column | None
    unit: int | None = None
    year: int | None = None
    month: int | None = None


@dataclass(frozen=True, slots=True)
class Header:
    """A header found in a sheet, with its first and last row counted from 0."""

    top: int
    bottom: int
    headings: tuple[Heading, ...]

    def index(self, column: Column) -> int | None:
        """Where a column is."""
        return next((each.index for each in self.headings if each.column is column), None)

    def place(self, grid: Grid, heading: Heading) -> Place:
        """Where a column's header stands."""
        return grid.place(self.bottom, heading.index, heading.text)


_HEADERS = WORDS["headers"]
_UNITS: dict[str, int] = WORDS["units"]
_YEAR = re.compile(rf"((?:19|20)\d\d){any_of(WORDS['years']['year'])}")
_MONTH = re.compile(rf"(?:\d{{1,2}}-)?(\d{{1,2}}){WORDS['months']['month']}")
_UNIT_LEAD = rf"{any_of(_HEADERS['unit_leads'])}:?(?:{_HEADERS['unit_currency']})?"
_UNIT = any_of(_UNITS)
_UNIT_OF_COLUMN = re.compile(
    rf"\((?:{_UNIT_LEAD})?(?:{_HEADERS['unit_currency']})?({_UNIT})\)|[/:,]?({_UNIT})$"
)
_UNIT_OF_SHEET = re.compile(rf"(?:^|[^\u4e00-\u9fff]){_UNIT_LEAD}({_UNIT})(?![\u4e00-\u9fff])")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def unit_of_sheet(text: str) -> int | None:
    """The unit that a title states for all amounts below it, in yuan: 单位：万元."""
    found = _UNIT_OF_SHEET.search(folded(text))
    return _UNITS[found.group(1)] if found else None


def header_at(grid: Grid, row: int, form: Form) -> Header | None:
    """The header whose name column is titled in this row, if there is one."""
    name = _name_column(grid, row, form)
    if name is None or grid.is_continued(row, name):
        return None
    top = row - 1 if _are_parents(grid, row - 1) else row
    bottom = _bottom(grid, row, name, form)
    headings = tuple(_headings(grid, top, bottom, form))
    columns = {each.column for each in headings} - {None, Column.NOT_USED, Column.NUMBER}
    return Header(top, bottom, headings) if len(columns) >= FEWEST_COLUMNS else None


def is_column_numbers(values: list[Value]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 … or 甲, 乙, 1, 2 …."""
    texts = [raw_text(value) for value in values]
    numbers = [text for text in texts if text not in _HEADERS["column_numbers"]]
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    return len(numbers) > FEWEST_COLUMNS and numbers == counted


def _name_column(grid: Grid, row: int, form: Form) -> int | None:
    for index, value in grid.own_values(row).items():
        if isinstance(value, str) and _known(folded(value), form) is Column.NAME:
            return index
    return None


def _are_parents(grid: Grid, row: int) -> bool:
    """Whether the row above the names groups columns; a title or 单位：万元 does not."""
    values = grid.own_values(row).values() if row >= 0 else ()
    return len(values) >= FEWEST_COLUMNS and all(
        isinstance(value, str) and ":" not in folded(value) for value in values
    )


def _bottom(grid: Grid, row: int, name: int, form: Form) -> int:
    bottom = row
    while bottom + 1 < min(grid.height, row + HIGHEST_HEADER) and (
        grid.is_continued(bottom + 1, name) or _is_subheader(grid, row, bottom + 1, name, form)
    ):
        bottom += 1
    return bottom


def _is_subheader(grid: Grid, top: int, row: int, name: int, form: Form) -> bool:
    values = grid.own_values(row)
    if not is_blank(grid.value(row, name)) or not values:
        return False
    if not all(map(is_wordy, values.values())):
        return False
    columns = {_column(_path(grid, index, top, row), form) for index in values}
    return bool(columns - {None, Column.NUMBER})


def _headings(grid: Grid, top: int, bottom: int, form: Form) -> Iterator[Heading]:
    for index in range(grid.width):
        if path := _path(grid, index, top, bottom):
            said = folded("".join(path))
            year, month = _YEAR.search(said), _last(_MONTH, said)
            yield Heading(
                index,
                "/".join(path),
                _column(path, form),
                _unit_of(path),
                int(year.group(1)) if year else None,
                int(month.group(1)) if month else None,
            )


def _path(grid: Grid, index: int, top: int, bottom: int) -> list[str]:
    """A column's header from its outermost group to its own title."""
    path: list[str] = []
    for row in range(top, bottom + 1):
        if grid.is_continued(row, index) and row > top:
            continue
        text = raw_text(grid.value(row, index)) or _parent(grid, row, index, bottom)
        if text and text not in path:
            path.append(text)
    return path


def _parent(grid: Grid, row: int, index: int, bottom: int) -> str:
    """The group a column belongs to where the group's title is not merged, as in a .csv."""
    while row < bottom and index > 0 and not is_blank(grid.value(row + 1, index)):
        index -= 1
        if text := raw_text(grid.value(row, index)):
            return text if not is_blank(grid.value(row + 1, index)) else ""
    return ""


def _column(path: list[str], form: Form) -> Column | None:
    """What a column holds; a part of a whole (其中：…) is no column of ours."""
    labels = [folded(text) for text in path]
    if len(labels) > 1 and _without_unit(labels[-1]) in _HEADERS["wholes"]:
        labels.pop()
    candidates = ["".join(labels[start:]) for start in range(len(labels))]
    return next((column for label in candidates if (column := _known(label, form))), None)


def _known(label: str, form: Form) -> Column | None:
    columns = _columns(form)
    named = _MONTH.sub(_HEADERS["any_month"], _YEAR.sub(_HEADERS["any_year"], label))
    spellings = (named, _without_unit(named), _BRACKETS.sub("", _without_unit(named)))
    return next((columns[each] for each in spellings if each in columns), None)


def _without_unit(label: str) -> str:
    return _UNIT_OF_COLUMN.sub("", label)


def _unit_of(path: list[str]) -> int | None:
    for text in reversed(path):
        if found := _UNIT_OF_COLUMN.search(folded(text)):
            return _UNITS[found.group(1) or found.group(2)]
    return None


def _last(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    return next(reversed(list(pattern.finditer(text))), None)


@cache
def _columns(form: Form) -> dict[str, Column]:
    return {
        folded(spelling): Column(column)
        for column, spellings in _HEADERS[form].items()
        for spelling in spellings
    }
