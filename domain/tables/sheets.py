"""What the two kinds of tables have in common: sheets, headers, and what is said about them."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from domain.place import Place
from domain.tables.grid import Grid, Workbook, is_blank
from domain.tables.headers import Form, header_at
from domain.tables.lines import SheetLines, lines_of
from domain.tables.problems import Doubt, DoubtCode, Problem, ProblemCode
from domain.tables.secrecy import is_secret_title
from domain.tables.values import raw_text

SAID_ONCE_A_COLUMN = {ProblemCode.MONEY_UNIT_MISSING, ProblemCode.MONTH_MISSING}
SAID_ONCE_A_SHEET = {ProblemCode.CATEGORY_MISSING}
ASKED_ONCE_A_NAME = {DoubtCode.UNIT_NEAR, DoubtCode.REGION_NEAR, DoubtCode.NAME_NEAR}


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a file that hold a table, and everything wrong with the file as such."""

    found: tuple[SheetLines, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]


def form_of(workbook: Workbook) -> Form | None:
    """Whether a file lists projects or contacts, by the header that explains more columns."""
    explained = {form: _columns_explained(workbook, form) for form in Form}
    best = max(Form, key=lambda form: explained[form])
    return best if explained[best] else None


def _columns_explained(workbook: Workbook, form: Form) -> int:
    counts = [0]
    for sheet in workbook.sheets:
        grid = Grid(sheet)
        headers = (header_at(grid, row, form) for row in range(grid.height))
        first = next((header for header in headers if header), None)
        if first:
            counts.append(len({each.column for each in first.headings if each.column}))
    return max(counts)


def sheets_of(workbook: Workbook, form: Form, regions: Collection[str]) -> Sheets:
    """Every sheet of a file with a table of this form, walked to its lines."""
    walked = [lines_of(Grid(sheet), form, regions) for sheet in workbook.sheets if sheet.rows]
    found = tuple(lines for lines in walked if lines.headers)
    problems = [problem for lines in found for problem in (*lines.problems, *_secret(lines))]
    if not found:
        problems.append(Problem(ProblemCode.NO_TABLE, Place(workbook.name)))
    doubts = [doubt for lines in walked for doubt in _doubts(lines)]
    return Sheets(found, tuple(problems), tuple(doubts))


def is_classified(sheet: SheetLines) -> bool:
    """Whether a title classifies the whole sheet; its own problem says so."""
    return any(_secret(sheet))


def told_once(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Without repeating, for every row, what is wrong with a whole column or sheet."""
    told: dict[tuple[object, ...], Problem] = {}
    for problem in problems:
        told.setdefault(_told_as(problem), problem)
    return tuple(told.values())


def asked_once(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """Without repeating, for every row, the question about one name; the first place is kept."""
    asked: dict[tuple[object, ...], Doubt] = {}
    for doubt in doubts:
        is_name = doubt.code in ASKED_ONCE_A_NAME
        subject = doubt.parameters["raw"] if is_name else doubt.place
        asked.setdefault((doubt.code, subject), doubt)
    return tuple(asked.values())


def _told_as(problem: Problem) -> tuple[object, ...]:
    place = problem.place
    if problem.code in SAID_ONCE_A_SHEET:
        return problem.code, place.sheet
    if problem.code in SAID_ONCE_A_COLUMN:
        return problem.code, place.sheet, place.column
    return problem.code, place, tuple(problem.parameters.items())


def _secret(lines: SheetLines) -> Iterator[Problem]:
    for title in lines.titles:
        if is_secret_title(raw_text(title.value)):
            yield Problem(ProblemCode.SECRET, title.place)


def _doubts(lines: SheetLines) -> Iterator[Doubt]:
    sheet = lines.grid.sheet
    if not lines.headers:
        yield Doubt(DoubtCode.SHEET_NOT_USED, Place(sheet.name))
        return
    if sheet.hidden:
        yield Doubt(DoubtCode.SHEET_HIDDEN, Place(sheet.name))
    yield from lines.doubts
    for header in lines.headers:
        for heading in header.headings:
            if heading.column is None and _is_filled(lines.grid, header.bottom, heading.index):
                place = header.place(lines.grid, heading)
                yield Doubt(DoubtCode.COLUMN_NOT_USED, place, {"raw": heading.text})


def _is_filled(grid: Grid, header_row: int, column: int) -> bool:
    rows = range(header_row + 1, grid.height)
    return any(not is_blank(grid.value(row, column)) for row in rows)
