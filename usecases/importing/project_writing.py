"""Carrying out what a table of projects says."""

import datetime as dtm
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from sqlmodel import Session, SQLModel, col, delete, select

from db.tables.people import Organisation, Region
from db.tables.programme import (
    BalanceKind,
    Listing,
    OpeningBalance,
    Programme,
    Project,
    ProjectAlias,
    ResponsibleUnit,
)
from domain.importing.changes import Change, Fact, Outcome
from domain.importing.identity import level_of_region
from domain.importing.newcomers import new_names
from domain.importing.projects import LISTED_AS, ProjectField, ProjectVerdict, mentions_of
from domain.periods import Period
from domain.spellings import folded
from domain.stated import StatedTotal
from usecases.importing.placing import Placed
from usecases.importing.records import BALANCES, directory_of
from usecases.importing.totals import as_data, from_data, merged
from usecases.names import names_changed

Row = TypeVar("Row", bound=SQLModel)

F = ProjectField
SOURCE = "import"

PROJECT_COLUMNS: Mapping[StrEnum, str] = {
    F.CODE: "code",
    F.NAME: "name",
    F.REGION: "region_id",
    F.SITE: "place",
    F.OWNER: "owner_id",
    F.AGENT: "agent_id",
    F.ACTUAL_STATE: "actual_state",
}
LISTING_COLUMNS: Mapping[StrEnum, str] = {
    F.PLAN_CATEGORY: "plan_category",
    F.SECTOR: "sector",
    F.SCOPE: "scope",
    F.START_YEAR: "start_year",
    F.END_YEAR: "end_year",
    F.TOTAL_INVESTMENT: "total_investment",
    F.ANNUAL_PLANNED_INVESTMENT: "annual_planned_investment",
    F.ANNUAL_GOAL: "annual_goal",
    F.PLANNED_START: "planned_start",
    F.PLANNED_FINISH: "planned_finish",
}
SEARCHED: frozenset[StrEnum] = frozenset({F.CODE, F.NAME, F.ALIASES})


def keep_programme(
    session: Session,
    place: Placed,
    title: str,
    stated: Sequence[StatedTotal],
    now: dtm.datetime,
) -> Programme:
    """The programme of that level, year and batch, with what its document states."""
    programme = (
        session.get_one(Programme, place.programme_id)
        if place.programme_id
        else Programme(level=place.level, year=place.year, batch=place.batch, created_at=now)
    )
    programme.title = title or programme.title
    kept = as_data(merged(from_data(programme.stated), stated))
    if kept != programme.stated:
        programme.stated = kept
    session.add(programme)
    session.flush()
    return programme


def write_projects(
    session: Session, programme: Programme, verdicts: Iterable[ProjectVerdict], now: dtm.datetime
) -> None:
    """Carry out every verdict in this programme; new organisations and regions are made."""
    writer = _Writer(session, programme, now)
    writer.write([one for one in verdicts if one.changes or one.outcome is Outcome.LISTED])
    session.flush()


class _Writer:
    """Writes many verdicts in few statements: first names, then projects, then listings."""

    def __init__(self, session: Session, programme: Programme, now: dtm.datetime) -> None:
        self._session = session
        self._programme = programme
        self._now = now
        self._directory = directory_of(session)

    def write(self, verdicts: Sequence[ProjectVerdict]) -> None:
        self._make_names(verdicts)
        projects = self._kept([self._project(verdict) for verdict in verdicts])
        listed = self._listed()
        listings = self._kept(
            [
                self._listing(verdict, project, listed.get(project.id))
                for verdict, project in zip(verdicts, projects, strict=True)
            ]
        )
        for verdict, project, listing in zip(verdicts, projects, listings, strict=True):
            for change in verdict.changes:
                self._write_beside(change, project, listing)
        if any(change.field in SEARCHED for verdict in verdicts for change in verdict.changes):
            names_changed(self._session)

    def _kept(self, rows: list[Row]) -> list[Row]:
        self._session.add_all(rows)
        self._session.flush()
        return rows

    def _make_names(self, verdicts: Sequence[ProjectVerdict]) -> None:
        """Make the organisations and regions that are not known yet."""
        units, regions = self._directory.units, self._directory.regions
        rows = [verdict.row for verdict in verdicts]
        for name in new_names((one for row in rows for one in mentions_of(row)), units):
            units[folded(name)] = Organisation(name=name)
        for name in new_names(((row.region, row.place) for row in rows if row.region), regions):
            regions[folded(name)] = Region(name=name, level=level_of_region(name))
        self._kept([*units.values(), *regions.values()])

    def _project(self, verdict: ProjectVerdict) -> Project:
        project = (
            self._session.get_one(Project, verdict.stored.id)
            if verdict.stored
            else Project(
                name=verdict.row.name,
                actual_state=LISTED_AS[verdict.row.plan_category],
                created_at=self._now,
            )
        )
        self._set(project, PROJECT_COLUMNS, verdict.changes)
        return project

    def _listing(
        self, verdict: ProjectVerdict, project: Project, listed: Listing | None
    ) -> Listing:
        listing = listed or Listing(
            project_id=project.id,
            programme_id=self._programme.id,
            plan_category=verdict.row.plan_category,
            listed_at=self._now,
        )
        self._set(listing, LISTING_COLUMNS, verdict.changes)
        return listing

    def _listed(self) -> dict[int, Listing]:
        found = select(Listing).where(Listing.programme_id == self._programme.id)
        return {listing.project_id: listing for listing in self._session.exec(found)}

    def _set(
        self, row: Project | Listing, columns: Mapping[StrEnum, str], changes: Iterable[Change]
    ) -> None:
        for change in changes:
            if column := columns.get(change.field):
                setattr(row, column, self._value(change))

    def _value(self, change: Change) -> object:
        """A fact as its column holds it."""
        match change.field, change.new:
            case F.REGION, str(name):
                return self._directory.regions[folded(name)].id
            case F.OWNER | F.AGENT, str(name):
                return self._directory.units[folded(name)].id
            case _, Period() as period:
                return period.first_day
        return change.new

    def _write_beside(self, change: Change, project: Project, listing: Listing) -> None:
        """The facts with rows of their own: aliases, responsible units, opening balances."""
        match change.field, change.new:
            case F.ALIASES, tuple(aliases):
                self._add_aliases(project, change.old, aliases)
            case F.RESPONSIBLE_UNITS, tuple(units):
                if change.old:
                    self._remove_units(listing)
                self._add_units(listing, units)
            case F.INVESTED_BEFORE | F.INVESTED_THIS_YEAR as what, int(amount):
                self._add_balance(project, BALANCES[what], change.at, amount)

    def _add_aliases(self, project: Project, old: Fact, aliases: Sequence[str]) -> None:
        kept = old if isinstance(old, tuple) else ()
        added = [name for name in aliases if name not in kept]
        self._session.add_all(ProjectAlias(project_id=project.id, name=name) for name in added)

    def _remove_units(self, listing: Listing) -> None:
        of_listing = col(ResponsibleUnit.listing_id) == listing.id
        self._session.exec(delete(ResponsibleUnit).where(of_listing))

    def _add_units(self, listing: Listing, names: Sequence[str]) -> None:
        self._session.add_all(
            ResponsibleUnit(
                listing_id=listing.id,
                position=position,
                organisation_id=self._directory.units[folded(name)].id,
            )
            for position, name in enumerate(names, start=1)
        )

    def _add_balance(
        self, project: Project, kind: BalanceKind, at: Period | None, amount: int
    ) -> None:
        """Appended, never overwritten: of several for a month the last recorded counts."""
        if at is None:
            raise ValueError("a balance counts up to a month")
        self._session.add(
            OpeningBalance(
                project_id=project.id,
                kind=kind,
                year=at.year,
                month=at.month,
                amount=amount,
                source=SOURCE,
                recorded_at=self._now,
            )
        )
