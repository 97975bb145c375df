"""The table that comes back: each row read as a line is, with its cells named by row and column."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from domain.reporting.lines import Line, Reading, Said, Unread
from domain.reporting.naming import Candidate, Names, NotPlaced, Of, Unknown
from domain.search.fold import fold
from domain.tables.grid import Formula, Sheet, Value, Workbook, column_letter, is_blank
from domain.tables.values import raw_text
from domain.words import any_of, read_words

MARK = "m1-"
"""Stands before a report's id in the hidden column, and says which form of table it is."""

HEADER_WITHIN = 10


class SheetColumn(StrEnum):
    """What a column of the table holds; others are there to be looked at only."""

    ID = "id"
    NAME = "name"
    INVESTED = "invested"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    KIND = "kind"
    NEXT_STEPS = "next_steps"
    EXPLANATION = "explanation"
    OPENING_YEAR = "opening_year"
    OPENING_START = "opening_start"


FIGURES = (SheetColumn.INVESTED, SheetColumn.OPENING_YEAR, SheetColumn.OPENING_START)
_ANSWERS = tuple(
    column for column in SheetColumn if column not in (SheetColumn.ID, SheetColumn.NAME)
)


@dataclass(frozen=True, slots=True)
class Form:
    """Where the table stands in a workbook: its header's row, each column, the figures' units."""

    sheet: Sheet
    header: int
    columns: Mapping[SheetColumn, int]
    units: Mapping[SheetColumn, str]

    @property
    def is_ours(self) -> bool:
        """Whether it was handed out by the bot: the hidden column is still there."""
        return SheetColumn.ID in self.columns

    @property
    def lacks(self) -> tuple[SheetColumn, ...]:
        """Columns without which no row can be read."""
        needed = (
            SheetColumn.NAME,
            SheetColumn.INVESTED,
            SheetColumn.PROGRESS,
            SheetColumn.PROBLEMS,
        )
        return tuple(column for column in needed if column not in self.columns)


def form_in(workbook: Workbook) -> Form | None:
    """The table of reports in a workbook; None where there is nothing like it."""
    forms = [form for sheet in workbook.sheets if (form := _form(sheet))]
    return next((form for form in forms if form.is_ours), next(iter(forms), None))


def read_rows(form: Form, candidates: Sequence[Candidate]) -> Reading:
    """What the rows say of which report. A row in which nothing is filled in says nothing."""
    rows = _Rows(form, candidates)
    lines: dict[int, Line] = {}
    unread = []
    for number in range(form.header + 1, len(form.sheet.rows)):
        if not rows.is_filled(number):
            continue
        found = rows.of(number)
        if isinstance(found, Candidate) and found.key in lines:
            found = Unknown(NotPlaced.TWICE, (found.key,))
        if isinstance(found, Unknown):
            unread.append(Unread(rows.text(number), found))
        else:
            lines[found.key] = Line(rows.text(number), found, rows.said(number, found))
    return Reading(tuple(lines.values()), tuple(unread), is_table=True)


class _Rows:
    """The rows below the header, and the reports they may be of."""

    def __init__(self, form: Form, candidates: Sequence[Candidate]) -> None:
        self._form = form
        self._by_key = {one.key: one for one in candidates}
        self._names = Names(candidates)

    def is_filled(self, row: int) -> bool:
        return any(not is_blank(self._value(row, column)) for column in _ANSWERS)

    def text(self, row: int) -> str:
        """The row as it stands, with its number in the spreadsheet."""
        shown = [self._value(row, column) for column in (SheetColumn.NAME, *_ANSWERS)]
        return f"{row + 1}: " + " | ".join(raw_text(value) for value in shown if value is not None)

    def of(self, row: int) -> Candidate | Unknown:
        """The report of a row: by its hidden number, whose project's name must stand beside it."""
        name = raw_text(self._value(row, SheetColumn.NAME))
        mark = raw_text(self._value(row, SheetColumn.ID))
        if mark.startswith(MARK) and mark.removeprefix(MARK).isdecimal():
            candidate = self._by_key.get(int(mark.removeprefix(MARK)))
            if candidate is None:
                return Unknown(NotPlaced.NOT_YOURS)
            if fold(name) == fold(candidate.name):
                return candidate
            return Unknown(NotPlaced.NUMBER_AND_NAME, (candidate.key,))
        named = self._names.named(name)
        if isinstance(named, Unknown) or not named.rest:
            return named.candidate if isinstance(named, Of) else named
        return Unknown(NotPlaced.NO_PROJECT)

    def said(self, row: int, candidate: Candidate) -> Said:
        """The answers of a row; what is a formula is left out and told."""
        told = {column: self._told(row, column) for column in _ANSWERS}
        invested = told[SheetColumn.INVESTED]
        return Said(
            invested="" if candidate.is_preparatory else invested,
            unasked=invested if candidate.is_preparatory else "",
            opening_year=told[SheetColumn.OPENING_YEAR],
            opening_start=told[SheetColumn.OPENING_START],
            progress=told[SheetColumn.PROGRESS],
            problems=told[SheetColumn.PROBLEMS],
            kind=told[SheetColumn.KIND],
            next_steps=told[SheetColumn.NEXT_STEPS],
            explanation=told[SheetColumn.EXPLANATION],
            formulas=tuple(self._formulas(row)),
        )

    def _told(self, row: int, column: SheetColumn) -> str:
        value = self._value(row, column)
        if isinstance(value, Formula):
            return ""
        return self._figure(value, column) if column in FIGURES else raw_text(value)

    def _figure(self, value: Value, column: SheetColumn) -> str:
        """A figure as it would be typed: a bare number in the unit of its header."""
        text = f"{Decimal(str(value)):f}" if isinstance(value, int | float) else raw_text(value)
        bare = any(map(str.isnumeric, text)) and not _UNIT.search(_folded(text))
        return text + self._form.units.get(column, "") if bare else text

    def _formulas(self, row: int) -> Iterator[str]:
        for column in _ANSWERS:
            value = self._value(row, column)
            if isinstance(value, Formula):
                yield f"{column_letter(self._form.columns[column])}{row + 1} {value.text}"

    def _value(self, row: int, column: SheetColumn) -> Value:
        at, cells = self._form.columns.get(column), self._form.sheet.rows[row]
        return cells[at] if at is not None and at < len(cells) else None


def _form(sheet: Sheet) -> Form | None:
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        headers = [_folded(raw_text(value)) for value in row]
        columns: dict[SheetColumn, int] = {}
        for at, header in enumerate(headers):
            if (column := _column(header)) is not None:
                columns.setdefault(column, at)
        if {SheetColumn.INVESTED, SheetColumn.PROGRESS} & set(columns) and len(columns) >= 2:
            units = {one: _unit(headers[columns[one]]) for one in FIGURES if one in columns}
            return Form(sheet, number, columns, units)
    return None


def _column(header: str) -> SheetColumn | None:
    fitting = [(word, column) for word, column in _HEADERS if header.startswith(word)]
    return max(fitting, key=lambda pair: len(pair[0]))[1] if fitting else None


def _unit(header: str) -> str:
    found = _HEADER_UNIT.search(header)
    return str(_UNITS[found[0]]) if found else ""


def _folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


_WORDS = read_words("lines")
_HEADERS = [
    (_folded(word), SheetColumn(name)) for name, words in _WORDS["sheet"].items() for word in words
]
_UNITS: dict[str, str] = _WORDS["units"]
_HEADER_UNIT = re.compile(any_of(_UNITS))
_AMOUNTS = read_words("amounts")
_UNIT = re.compile(
    any_of([_AMOUNTS["wan"], _AMOUNTS["yi"], *_AMOUNTS["yuan"], *_AMOUNTS["scales"], "w"])
)
