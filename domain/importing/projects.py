"""A table of projects against the projects the office keeps: what is new, what changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from domain.importing.changes import Change, Fact, Facts, Outcome, changes_between
from domain.importing.conflicts import Conflict, ConflictCode, Conflicting
from domain.importing.newcomers import Mention
from domain.periods import Period
from domain.spellings import folded
from domain.tables.headers import Column
from domain.tables.problems import Doubt, DoubtCode
from domain.tables.project_rows import ProjectRow
from domain.vocabulary import ActualState, PlanCategory


class ProjectField(StrEnum):
    """The facts of a project and its listing that a table may state."""

    CODE = "code"
    NAME = "name"
    ALIASES = "aliases"
    REGION = "region"
    SITE = "site"
    OWNER = "owner"
    AGENT = "agent"
    ACTUAL_STATE = "actual_state"
    PLAN_CATEGORY = "plan_category"
    SECTOR = "sector"
    SCOPE = "scope"
    START_YEAR = "start_year"
    END_YEAR = "end_year"
    TOTAL_INVESTMENT = "total_investment"
    ANNUAL_PLANNED_INVESTMENT = "annual_planned_investment"
    ANNUAL_GOAL = "annual_goal"
    PLANNED_START = "planned_start"
    PLANNED_FINISH = "planned_finish"
    RESPONSIBLE_UNITS = "responsible_units"
    INVESTED_BEFORE = "invested_before"
    INVESTED_THIS_YEAR = "invested_this_year"


F = ProjectField
IDENTITY = frozenset(
    {F.CODE, F.NAME, F.ALIASES, F.REGION, F.SITE, F.OWNER, F.AGENT, F.ACTUAL_STATE}
)
"""What is the project's own, whichever programme lists it; the rest is what this one says."""
MONEY: frozenset[StrEnum] = frozenset(
    {
        F.TOTAL_INVESTMENT,
        F.ANNUAL_PLANNED_INVESTMENT,
        F.INVESTED_BEFORE,
        F.INVESTED_THIS_YEAR,
    }
)
"""The facts that are amounts of yuan."""

Balances = Mapping[tuple[ProjectField, Period], int]
"""Opening balances (期初数) by what they count and the month they count up to."""

LISTED_AS: Mapping[PlanCategory, ActualState] = {
    PlanCategory.NEW_START: ActualState.NOT_STARTED,
    PlanCategory.CONTINUING: ActualState.UNDER_CONSTRUCTION,
    PlanCategory.COMPLETION: ActualState.UNDER_CONSTRUCTION,
    PlanCategory.PREPARATORY: ActualState.PREPARATORY_WORK,
}
"""The state a project is taken to be in when it is first listed and the table does not say."""

LONGEST: Mapping[ProjectField, int] = {
    F.CODE: 64,
    F.NAME: 200,
    F.ALIASES: 200,
    F.REGION: 100,
    F.SITE: 200,
    F.OWNER: 200,
    F.AGENT: 200,
    F.RESPONSIBLE_UNITS: 200,
}
"""How many characters are kept of a name; a longer one is a cell gone wrong."""


class ListingState(StrEnum):
    """Whether the programme at hand lists a project already."""

    NOT_LISTED = "not_listed"
    LISTED = "listed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class StoredProject:
    """A project as it is kept, with what the programme at hand says of it."""

    id: int
    name: str
    code: str | None = None
    region: str | None = None
    aliases: tuple[str, ...] = ()
    listing: ListingState = ListingState.NOT_LISTED
    facts: Facts = field(default_factory=dict)
    balances: Balances = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ProjectVerdict:
    """What becomes of one row; `stored` is the project it is about, None for a new one.

    `changes` is everything to be written: for a new project, all that its row states.
    """

    row: ProjectRow
    outcome: Outcome
    stored: StoredProject | None = None
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """Every row's verdict, and the rows that contradict the records."""

    verdicts: tuple[ProjectVerdict, ...]
    conflicts: tuple[Conflict, ...]


def compare_projects(
    rows: Iterable[ProjectRow], stored: Sequence[StoredProject], year: int
) -> Comparison:
    """Compare a table of the programme of `year` with what is kept."""
    book = _Book(stored)
    verdicts: list[ProjectVerdict] = []
    conflicts: list[Conflict] = []
    for row in rows:
        try:
            _refuse_overlong(row)
            verdicts.append(_verdict(row, book.take(row), year))
        except Conflicting as conflicting:
            conflicts.append(conflicting.at(row.place))
    return Comparison(tuple(verdicts), tuple(conflicts))


def facts_of(row: ProjectRow) -> dict[StrEnum, Fact]:
    """What a row states, balances apart; None or empty where it is silent."""
    return {
        F.CODE: row.code,
        F.NAME: row.name,
        F.REGION: row.region,
        F.SITE: row.site,
        F.OWNER: row.owner,
        F.AGENT: row.agent,
        F.ACTUAL_STATE: row.actual_state,
        F.PLAN_CATEGORY: row.plan_category,
        F.SECTOR: row.sector,
        F.SCOPE: row.scope,
        F.START_YEAR: row.years.start if row.years else None,
        F.END_YEAR: row.years.end if row.years else None,
        F.TOTAL_INVESTMENT: row.total_investment,
        F.ANNUAL_PLANNED_INVESTMENT: row.annual_planned_investment,
        F.ANNUAL_GOAL: row.annual_goal,
        F.PLANNED_START: row.planned_start,
        F.PLANNED_FINISH: row.planned_finish,
        F.RESPONSIBLE_UNITS: row.responsible_units,
    }


def balances_of(row: ProjectRow, year: int) -> dict[tuple[ProjectField, Period], int]:
    """What a row of the programme of `year` says was invested before, with its month."""
    found = {}
    if row.invested_before is not None:
        found[F.INVESTED_BEFORE, Period(year - 1, 12)] = row.invested_before
    if row.invested_this_year is not None and row.invested_month is not None:
        found[F.INVESTED_THIS_YEAR, Period(year, row.invested_month)] = row.invested_this_year
    return found


def mentions_of(row: ProjectRow) -> Iterator[Mention]:
    """The organisations a row names: its responsible units, the owner, the agent."""
    for unit in row.responsible_units:
        yield unit, row.place_of(Column.RESPONSIBLE_UNITS)
    if row.owner:
        yield row.owner, row.place_of(Column.OWNER)
    if row.agent:
        yield row.agent, row.place_of(Column.AGENT)


def oddities(rows: Iterable[ProjectRow]) -> Iterator[Doubt]:
    """Figures that can be kept but can hardly be meant: a year's plan above the whole project's."""
    for row in rows:
        plan, total = row.annual_planned_investment, row.total_investment
        if plan is not None and total is not None and plan > total:
            said: dict[str, str | int] = {"name": row.name, "plan": plan, "total": total}
            place = row.place_of(Column.ANNUAL_PLANNED_INVESTMENT)
            yield Doubt(DoubtCode.PLAN_ABOVE_TOTAL, place, said)


def _verdict(row: ProjectRow, stored: StoredProject | None, year: int) -> ProjectVerdict:
    if stored is None:
        nothing = StoredProject(0, row.name)
        return ProjectVerdict(row, Outcome.NEW, None, tuple(_changes(row, nothing, year)))
    if stored.listing is ListingState.WITHDRAWN:
        return ProjectVerdict(row, Outcome.LEFT_ALONE, stored)
    changes = tuple(_changes(row, stored, year))
    if stored.listing is ListingState.NOT_LISTED:
        return ProjectVerdict(row, Outcome.LISTED, stored, changes)
    return ProjectVerdict(row, Outcome.CHANGED if changes else Outcome.UNCHANGED, stored, changes)


def _changes(row: ProjectRow, stored: StoredProject, year: int) -> Iterator[Change]:
    yield from changes_between(stored.facts, facts_of(row))
    yield from _alias_changes(row, stored)
    for (what, at), amount in balances_of(row, year).items():
        kept = stored.balances.get((what, at))
        if kept != amount:
            yield Change(what, kept, amount, at)


def _alias_changes(row: ProjectRow, stored: StoredProject) -> Iterator[Change]:
    """Aliases are only ever added; the old name of a renamed project becomes one."""
    said = [*row.aliases, *([stored.name] if folded(row.name) != folded(stored.name) else [])]
    taken = {folded(row.name), *map(folded, stored.aliases)}
    added = tuple(alias for alias in dict.fromkeys(said) if folded(alias) not in taken)
    if added:
        yield Change(F.ALIASES, stored.aliases, (*stored.aliases, *added))


def _refuse_overlong(row: ProjectRow) -> None:
    said = {**facts_of(row), F.ALIASES: row.aliases}
    for what, longest in LONGEST.items():
        fact = said[what]
        texts = fact if isinstance(fact, tuple) else (str(fact or ""),)
        if raw := next((text for text in texts if len(text) > longest), None):
            raise Conflicting(ConflictCode.TOO_LONG, raw=raw[:longest], longest=longest)


class _Book:
    """The projects that are kept, found by code, name and alias; each is taken once."""

    def __init__(self, stored: Iterable[StoredProject]) -> None:
        self._by_code: dict[str, StoredProject] = {}
        self._by_name: defaultdict[str, list[StoredProject]] = defaultdict(list)
        self._by_alias: defaultdict[str, list[StoredProject]] = defaultdict(list)
        self._taken: dict[int, ProjectRow] = {}
        for project in stored:
            if project.code:
                self._by_code[folded(project.code)] = project
            self._by_name[folded(project.name)].append(project)
            for alias in project.aliases:
                self._by_alias[folded(alias)].append(project)

    def take(self, row: ProjectRow) -> StoredProject | None:
        """The project a row is about; None for a new one. Raises Conflicting."""
        found = self._coded(row) or self._named(row)
        if found is None:
            self._refuse_alias(row)
            return None
        first = self._taken.setdefault(found.id, row).place
        if first != row.place:
            raise Conflicting(
                ConflictCode.ROW_TWICE, name=found.name, sheet=first.sheet, row=first.row
            )
        return found

    def _coded(self, row: ProjectRow) -> StoredProject | None:
        """The project of that code, unless its new name and region are another project's."""
        found = self._by_code.get(folded(row.code)) if row.code else None
        region = row.region or (found.region if found else None)
        for other in self._by_name.get(folded(row.name), []):
            if found and other is not found and other.region == region:
                raise Conflicting(ConflictCode.TWO_PROJECTS, first=found.name, second=other.name)
        return found

    def _named(self, row: ProjectRow) -> StoredProject | None:
        """The project of that name in that region; a region nobody stated may be any."""
        named = self._by_name.get(folded(row.name), [])
        here = [project for project in named if project.region == row.region]
        found = here or [one for one in named if row.region is None or one.region is None]
        if len(found) > 1:
            raise Conflicting(ConflictCode.NAME_IN_SEVERAL_REGIONS, raw=row.name)
        if found and row.code and found[0].code:
            raise Conflicting(ConflictCode.CODE_DIFFERS, raw=row.code, kept=found[0].code)
        return found[0] if found else None

    def _refuse_alias(self, row: ProjectRow) -> None:
        """Without a code, another name of a kept project may be it or a project of its own."""
        aliased = [] if row.code else self._by_alias.get(folded(row.name), [])
        for project in aliased:
            if row.region is None or project.region in (None, row.region):
                raise Conflicting(ConflictCode.NAME_IS_ALIAS, raw=row.name, kept=project.name)
