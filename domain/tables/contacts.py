"""The office's contact book: who they are, what they do, and for which projects."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain import spellings
from domain.place import Place
from domain.spellings import folded
from domain.tables import values
from domain.tables.fields import Fields
from domain.tables.grid import Value, Workbook
from domain.tables.headers import Column, Form
from domain.tables.lines import Line, SheetLines
from domain.tables.names import Known, as_known, near_name
from domain.tables.problems import Doubt, DoubtCode, Parameters, Problem, ProblemCode, Unreadable
from domain.tables.sheets import asked_once, sheets_of, told_once
from domain.tables.values import WORDS
from domain.vocabulary import Language, Role

_SCOPES = WORDS["scopes"]
_EVERYTHING = {folded(word) for word in _SCOPES["everything"]}
_OWN_UNIT = {folded(word) for word in _SCOPES["own_unit"]}


class ScopeKind(StrEnum):
    """How a part of 负责范围 names projects."""

    EVERYTHING = "everything"
    OWN_UNIT = "own_unit"
    UNIT = "unit"
    REGION = "region"
    PROJECT_CODE = "project_code"
    PROJECT_NAME = "project_name"


@dataclass(frozen=True, slots=True)
class ScopePart:
    """Some of the projects a contact is responsible for; `name` is empty for all and own unit."""

    kind: ScopeKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A person in one or several roles for some projects; `place` is where the name stands.

    One person may have several rows, with other roles or other projects.
    """

    place: Place
    name: str
    unit: str
    roles: tuple[Role, ...]
    scope: tuple[ScopePart, ...]
    position: str | None = None
    phone: str | None = None
    language: Language | None = None
    places: Mapping[Column, Place] = field(default_factory=dict, compare=False)

    def place_of(self, column: Column) -> Place:
        """Where in the file it says what it does of a column; its name's place if nowhere."""
        return self.places.get(column, self.place)


@dataclass(frozen=True, slots=True)
class ContactTable:
    """A contact book read from a file: the sound rows, all problems, all doubts."""

    rows: tuple[ContactRow, ...]
    problems: tuple[Problem, ...]
    doubts: tuple[Doubt, ...]


def read_contacts(workbook: Workbook, known: Known | None = None) -> ContactTable:
    """Understand a file of contacts.

    Names in 负责范围 are told apart by what is known; an unknown one is taken for a project's
    name, to be looked up. A row with a problem is not among the rows.
    """
    known = known or Known()
    sheets = sheets_of(workbook, Form.CONTACTS, known.regions)
    missing = [problem for sheet in sheets.found for problem in _missing_columns(sheet)]
    lines = [each for sheet in sheets.found for each in sheet.items if isinstance(each, Line)]
    readers = [_ContactReader(line, known) for line in lines]
    rows, clashes, doubts = _without_clashes(reader.row for reader in readers if reader.row)
    problems = [problem for reader in readers for problem in reader.problems]
    doubts = [*sheets.doubts, *(doubt for reader in readers for doubt in reader.doubts), *doubts]
    return ContactTable(
        tuple(rows),
        told_once([*sheets.problems, *missing, *problems, *clashes]),
        asked_once(doubts),
    )


def _missing_columns(sheet: SheetLines) -> Iterator[Problem]:
    for header in sheet.headers:
        for column in (Column.UNIT, Column.ROLES):
            if header.index(column) is None:
                place = sheet.grid.place(header.bottom)
                yield Problem(ProblemCode.COLUMN_MISSING, place, {"column": column})


class _ContactReader:
    """Reads one line; `row` is None when anything in it is a problem."""

    def __init__(self, line: Line, known: Known) -> None:
        self._fields = Fields(line)
        self._line = line
        self._known = known
        self._everything = known.everything()
        self.row = self._read()
        self.problems = self._fields.problems
        self.doubts = self._fields.doubts

    def _read(self) -> ContactRow | None:
        fields = self._fields
        row = ContactRow(
            place=self._line.place,
            name=self._required(Column.NAME, ProblemCode.NAME_MISSING),
            unit=self._unit(),
            roles=self._roles(),
            scope=self._scope(),
            position=fields.text(Column.POSITION),
            phone=fields.one(Column.PHONE, values.phone),
            language=fields.one(Column.LANGUAGE, _language),
            places={column: fields.place(column) for column in self._line.cells},
        )
        is_whole = row.name and row.unit and row.roles and not fields.problems
        return row if is_whole else None

    def _required(self, column: Column, missing: ProblemCode) -> str:
        before = len(self._fields.problems)
        said = self._fields.text(column)
        is_blank = said is None and before == len(self._fields.problems)
        # A column that is not there at all is reported once, not for every row.
        if is_blank and column in self._line.frame.headings:
            self._fields.report_line(missing, column)
        return said or ""

    def _unit(self) -> str:
        known = self._known.units
        said = self._required(Column.UNIT, ProblemCode.UNIT_MISSING)
        unit = as_known(said, known)
        if near := near_name(unit, known):
            self._fields.doubt(DoubtCode.UNIT_NEAR, Column.UNIT, raw=unit, near=near)
        return unit

    def _roles(self) -> tuple[Role, ...]:
        before = len(self._fields.problems)
        names = self._fields.names(Column.ROLES, frozenset(spellings.names(Role)))
        roles = [spellings.named(Role, name) for name in names]
        for name, role in zip(names, roles, strict=True):
            if role is None:
                self._fields.report_line(ProblemCode.ROLE_UNKNOWN, Column.ROLES, raw=name)
        found_nothing = not names and before == len(self._fields.problems)
        if found_nothing and Column.ROLES in self._line.frame.headings:
            self._fields.report_line(ProblemCode.ROLE_MISSING, Column.ROLES)
        return tuple(dict.fromkeys(role for role in roles if role))

    def _scope(self) -> tuple[ScopePart, ...]:
        names = self._fields.names(Column.SCOPE, self._everything)
        parts = [self._scope_part(name) for name in names]
        return tuple(dict.fromkeys(parts)) or (ScopePart(ScopeKind.OWN_UNIT),)

    def _scope_part(self, name: str) -> ScopePart:
        if folded(name) in _EVERYTHING:
            return ScopePart(ScopeKind.EVERYTHING)
        if folded(name) in _OWN_UNIT:
            return ScopePart(ScopeKind.OWN_UNIT)
        meanings = {
            ScopeKind.UNIT: self._known.units,
            ScopeKind.REGION: self._known.regions,
            ScopeKind.PROJECT_CODE: self._known.codes,
            ScopeKind.PROJECT_NAME: self._known.projects,
        }
        kinds = [kind for kind, names in meanings.items() if name in names]
        if len(kinds) > 1:
            self._fields.report_line(ProblemCode.TWO_MEANINGS, Column.SCOPE, raw=name)
        if not kinds and (near := near_name(name, self._everything)):
            self._fields.doubt(DoubtCode.NAME_NEAR, Column.SCOPE, raw=name, near=near)
        return ScopePart(kinds[0] if kinds else ScopeKind.PROJECT_NAME, name)


def _language(value: Value) -> Language | None:
    said = values.text(value)
    if said is None:
        return None
    language = spellings.named(Language, said)
    if language is None:
        raise Unreadable(ProblemCode.LANGUAGE_UNKNOWN, raw=said)
    return language


def _without_clashes(
    rows: Iterable[ContactRow],
) -> tuple[list[ContactRow], list[Problem], list[Doubt]]:
    """Leave out rows said twice and phones given to two people; doubt one name with two phones."""
    kept: dict[object, ContactRow] = {}
    of_phone: dict[str, ContactRow] = {}
    of_name: dict[tuple[str, str], ContactRow] = {}
    problems: list[Problem] = []
    doubts: list[Doubt] = []
    for row in rows:
        same_phone = of_phone.setdefault(row.phone, row) if row.phone else row
        namesake = of_name.setdefault((row.name, row.unit), row)
        twin = kept.setdefault((row.phone, row.name, row.unit, row.roles, row.scope), row)
        if same_phone.name != row.name:
            problems.append(_clash(ProblemCode.PHONE_OF_TWO, row, same_phone))
        elif twin is not row:
            problems.append(_clash(ProblemCode.DUPLICATE, row, twin))
        elif namesake.phone != row.phone:
            doubts.append(Doubt(DoubtCode.SAME_NAME, row.place, _first(namesake, row)))
    refused = {problem.place for problem in problems}
    return [row for row in kept.values() if row.place not in refused], problems, doubts


def _clash(code: ProblemCode, row: ContactRow, first: ContactRow) -> Problem:
    return Problem(code, row.place, _first(first, row))


def _first(first: ContactRow, row: ContactRow) -> Parameters:
    return {
        "raw": row.name,
        "other": first.name,
        "sheet": first.place.sheet,
        "row": first.place.row,
    }
