"""What a contact's 负责范围 means: posts over projects, units, regions, or everything."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain import access
from domain.importing.conflicts import ConflictCode, Conflicting
from domain.importing.projects import ProjectField, StoredProject
from domain.spellings import folded
from domain.tables.contacts import ContactRow, ScopeKind, ScopePart
from domain.tables.headers import Column
from domain.vocabulary import Role

OWNER = ProjectField.OWNER
OFFICE_ROLES = frozenset({Role.COORDINATOR, Role.INSPECTOR})
"""Roles that are about every project unless the table says otherwise."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role over a scope: `key` is a project's id, or a unit's or region's name as compared."""

    role: Role
    kind: access.ScopeKind
    key: str = ""
    label: str = field(default="", compare=False)


class Scopes:
    """The projects and units that scopes may name."""

    def __init__(self, projects: Iterable[StoredProject], units: Iterable[str]) -> None:
        self._by_code: dict[str, StoredProject] = {}
        self._by_name: defaultdict[str, dict[int, StoredProject]] = defaultdict(dict)
        self._by_alias: defaultdict[str, dict[int, StoredProject]] = defaultdict(dict)
        self._units = {folded(unit) for unit in units}
        for project in projects:
            if project.code:
                self._by_code[folded(project.code)] = project
            self._by_name[folded(project.name)][project.id] = project
            for alias in project.aliases:
                self._by_alias[folded(alias)][project.id] = project

    def posts(self, row: ContactRow) -> Iterator[Post]:
        """A row's roles, each over each part of its scope. Raises Conflicting."""
        self._refuse_unknown(row)
        for role in row.roles:
            for part in row.scope:
                yield self._post(role, part, row)

    def _refuse_unknown(self, row: ContactRow) -> None:
        """Everything unknown in a row is told at once."""
        unknown = [part.name for part in row.scope if not self._is_known(part)]
        if unknown:
            conflicting = Conflicting(ConflictCode.SCOPE_UNKNOWN, raw=", ".join(unknown))
            raise conflicting.standing_at(row.place_of(Column.SCOPE))

    def _is_known(self, part: ScopePart) -> bool:
        word = folded(part.name)
        is_project = part.kind in (ScopeKind.PROJECT_CODE, ScopeKind.PROJECT_NAME)
        return not is_project or bool(self._projects(word)) or word in self._units

    def _post(self, role: Role, part: ScopePart, row: ContactRow) -> Post:
        match part.kind:
            case ScopeKind.EVERYTHING:
                return Post(role, access.ScopeKind.ALL)
            case ScopeKind.OWN_UNIT if role in OFFICE_ROLES:
                return Post(role, access.ScopeKind.ALL)
            case ScopeKind.OWN_UNIT:
                return _of_unit(role, row.unit)
            case ScopeKind.UNIT:
                return _of_unit(role, part.name)
            case ScopeKind.REGION:
                return Post(role, access.ScopeKind.REGION, folded(part.name), part.name)
            case ScopeKind.PROJECT_CODE | ScopeKind.PROJECT_NAME:
                return self._of_project(role, part.name, row)

    def _of_project(self, role: Role, name: str, row: ContactRow) -> Post:
        word = folded(name)
        found = self._projects(word)
        if len(found) > 1:
            # Of several projects of one name a person means the one their unit owns.
            found = [one for one in found if folded(str(one.facts.get(OWNER))) == folded(row.unit)]
            if len(found) != 1:
                conflicting = Conflicting(ConflictCode.SCOPE_AMBIGUOUS, raw=name)
                raise conflicting.standing_at(row.place_of(Column.SCOPE))
        if found:
            return Post(role, access.ScopeKind.PROJECT, str(found[0].id), found[0].name)
        return _of_unit(role, name)

    def _projects(self, word: str) -> list[StoredProject]:
        if word in self._by_code:
            return [self._by_code[word]]
        return list((self._by_name.get(word) or self._by_alias.get(word) or {}).values())


def _of_unit(role: Role, unit: str) -> Post:
    return Post(role, access.ScopeKind.ORGANISATION, folded(unit), unit)
