"""What the office keeps, read in a few queries to compare a table with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sqlmodel import Session, col, select

from db.tables.people import Organisation, Region
from db.tables.programme import (
    BalanceKind,
    Listing,
    OpeningBalance,
    Project,
    ProjectAlias,
    ResponsibleUnit,
)
from domain.importing.changes import Fact
from domain.importing.projects import Balances, ListingState, ProjectField, StoredProject
from domain.periods import Period
from domain.spellings import folded
from domain.tables import Known

F = ProjectField
BALANCES: Mapping[StrEnum, BalanceKind] = {
    F.INVESTED_BEFORE: BalanceKind.SINCE_START,
    F.INVESTED_THIS_YEAR: BalanceKind.YEAR_TO_DATE,
}
_FIELDS = {kind: F(what) for what, kind in BALANCES.items()}


@dataclass(frozen=True, slots=True)
class Directory:
    """The organisations and regions the office knows, by their names as compared."""

    units: dict[str, Organisation] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)


def directory_of(session: Session) -> Directory:
    """Every organisation and region."""
    return Directory(
        {folded(unit.name): unit for unit in session.exec(select(Organisation))},
        {folded(region.name): region for region in session.exec(select(Region))},
    )


def known_names(directory: Directory, projects: Iterable[StoredProject]) -> Known:
    """The names a table is read with, aliases among those of the projects."""
    kept = list(projects)
    return Known(
        units=frozenset(unit.name for unit in directory.units.values()),
        regions=frozenset(region.name for region in directory.regions.values()),
        projects=frozenset(name for one in kept for name in (one.name, *one.aliases)),
        codes=frozenset(one.code for one in kept if one.code),
    )


def stored_projects(
    session: Session, directory: Directory, programme_id: int | None = None
) -> list[StoredProject]:
    """Every project, with what that programme says of it."""
    units = {unit.id: unit.name for unit in directory.units.values()}
    regions = {region.id: region.name for region in directory.regions.values()}
    aliases, balances = _aliases(session), _balances(session)
    listings = _listings(session, programme_id)
    listed_units = _responsible_units(session, programme_id, units)
    return [
        StoredProject(
            id=project.id,
            name=project.name,
            code=project.code,
            region=regions.get(project.region_id or 0),
            aliases=tuple(aliases.get(project.id, ())),
            listing=_state(listings.get(project.id)),
            facts={
                **_project_facts(project, units, regions),
                **_listing_facts(listings.get(project.id), listed_units),
            },
            balances=balances.get(project.id, {}),
        )
        for project in session.exec(select(Project).order_by(col(Project.id)))
    ]


def _state(listing: Listing | None) -> ListingState:
    if listing is None:
        return ListingState.NOT_LISTED
    return ListingState.WITHDRAWN if listing.withdrawn_at else ListingState.LISTED


def _project_facts(
    project: Project, units: dict[int, str], regions: dict[int, str]
) -> dict[StrEnum, Fact]:
    return {
        F.CODE: project.code,
        F.NAME: project.name,
        F.REGION: regions.get(project.region_id or 0),
        F.SITE: project.place,
        F.OWNER: units.get(project.owner_id or 0),
        F.AGENT: units.get(project.agent_id or 0),
        F.ACTUAL_STATE: project.actual_state,
    }


def _listing_facts(
    listing: Listing | None, units: dict[int, tuple[str, ...]]
) -> dict[StrEnum, Fact]:
    if listing is None:
        return {}
    return {
        F.PLAN_CATEGORY: listing.plan_category,
        F.SECTOR: listing.sector,
        F.SCOPE: listing.scope,
        F.START_YEAR: listing.start_year,
        F.END_YEAR: listing.end_year,
        F.TOTAL_INVESTMENT: listing.total_investment,
        F.ANNUAL_PLANNED_INVESTMENT: listing.annual_planned_investment,
        F.ANNUAL_GOAL: listing.annual_goal,
        F.PLANNED_START: Period.of(listing.planned_start) if listing.planned_start else None,
        F.PLANNED_FINISH: Period.of(listing.planned_finish) if listing.planned_finish else None,
        F.RESPONSIBLE_UNITS: units.get(listing.id, ()),
    }


def _listings(session: Session, programme_id: int | None) -> dict[int, Listing]:
    found = session.exec(select(Listing).where(Listing.programme_id == programme_id))
    return {listing.project_id: listing for listing in found}


def _responsible_units(
    session: Session, programme_id: int | None, names: dict[int, str]
) -> dict[int, tuple[str, ...]]:
    query = (
        select(ResponsibleUnit.listing_id, ResponsibleUnit.organisation_id)
        .join(Listing, col(Listing.id) == col(ResponsibleUnit.listing_id))
        .where(Listing.programme_id == programme_id)
        .order_by(col(ResponsibleUnit.listing_id), col(ResponsibleUnit.position))
    )
    units: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for listing_id, organisation_id in session.exec(query):
        units[listing_id] += (names[organisation_id],)
    return units


def _aliases(session: Session) -> dict[int, list[str]]:
    aliases: defaultdict[int, list[str]] = defaultdict(list)
    for alias in session.exec(select(ProjectAlias).order_by(col(ProjectAlias.id))):
        aliases[alias.project_id].append(alias.name)
    return aliases


def _balances(session: Session) -> dict[int, Balances]:
    """The opening balances that count: of several for one month, the one recorded last."""
    balances: defaultdict[int, dict[tuple[ProjectField, Period], int]] = defaultdict(dict)
    recorded = select(OpeningBalance).order_by(
        col(OpeningBalance.recorded_at), col(OpeningBalance.id)
    )
    for row in session.exec(recorded):
        key = _FIELDS[row.kind], Period(row.year, row.month)
        balances[row.project_id][key] = row.amount
    return dict(balances)
