"""A year's programme of one level as facts to add up, read in a handful of queries."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.programme import Listing, Programme, Project, ResponsibleUnit
from domain.access import Action, Ground, Reach
from domain.overview import NONE, Fact, Keys, told_through
from domain.periods import Period
from domain.vocabulary import Level, PlanCategory, Sector
from usecases.asker import Asker
from usecases.ledgers import NO_RECORD, Record, records_of
from usecases.listings import local_day
from usecases.progress_of import newest_month, year_plan

CATEGORIES = tuple(PlanCategory)
SECTORS = tuple(Sector)


@dataclass(frozen=True, slots=True)
class Row:
    """A listed project with its responsible units' ids, the lead unit first."""

    project: Project
    listing: Listing
    unit_ids: tuple[int, ...] = ()

    @property
    def ground(self) -> Ground:
        """What of the project decides who may see it in the sums."""
        return Ground(
            project_id=self.project.id,
            region_id=self.project.region_id,
            lead_unit_ids=frozenset(self.unit_ids[:1]),
            supporting_unit_ids=frozenset(self.unit_ids[1:]),
            owner_id=self.project.owner_id,
        )

    @property
    def keys(self) -> Keys:
        """The project's group in each dimension."""
        sector = self.listing.sector
        return (
            CATEGORIES.index(self.listing.plan_category) + 1,
            self.project.region_id or NONE,
            SECTORS.index(sector) + 1 if sector else NONE,
            self.unit_ids[0] if self.unit_ids else NONE,
        )


@dataclass(frozen=True, slots=True)
class ProgrammeOfYear:
    """What one asker may see of a level's programme: its projects, and the month told through."""

    year: int
    level: Level
    levels: tuple[Level, ...]
    programmes: tuple[Programme, ...]
    rows: Mapping[int, Row]
    facts: tuple[Fact, ...]
    through: Period | None
    is_whole: bool
    today: dtm.date


def programme_of_year(
    session: Session, asker: Asker, level: Level | None, now: dtm.datetime
) -> ProgrammeOfYear | None:
    """The newest programme begun, of that level or the highest the asker sees anything of."""
    today = local_day(asker.voice.zone, now)
    year, programmes = _programmes(session, today.year)
    whole = asker.reach(Action.READ_OVERVIEW) is Reach.ALL
    seen = {
        one: rows
        for one in Level
        if (rows := _rows(session, [row for row in programmes if row.level is one]))
        and (whole or any(asker.may(Action.READ_OVERVIEW, row.ground) for row in rows))
    }
    chosen = level if level in seen else next(iter(seen), None)
    if chosen is None:
        return None
    rows = seen[chosen]
    records = records_of(session, [row.project.id for row in rows], year)
    known = {row.project.id: _known(records, row.project.id, year) for row in rows}
    through = told_through(known.values())
    visible = [row for row in rows if whole or asker.may(Action.READ_OVERVIEW, row.ground)]
    return ProgrammeOfYear(
        year=year,
        level=chosen,
        levels=tuple(seen),
        programmes=tuple(row for row in programmes if row.level is chosen),
        rows={row.project.id: row for row in visible},
        facts=tuple(_fact(row, records, known[row.project.id], through) for row in visible),
        through=through,
        is_whole=whole,
        today=today,
    )


def _programmes(session: Session, this_year: int) -> tuple[int, Sequence[Programme]]:
    """The programmes of the newest year that has begun and has any."""
    begun = select(Programme).where(Programme.year <= this_year)
    programmes = session.exec(begun.order_by(col(Programme.id))).all()
    year = max((row.year for row in programmes), default=this_year)
    return year, [row for row in programmes if row.year == year]


def _rows(session: Session, programmes: Iterable[Programme]) -> list[Row]:
    """The projects listed and not withdrawn, each once even if two batches list it."""
    ids = [row.id for row in programmes]
    listed = (
        select(Listing, Project)
        .join(Project, col(Project.id) == col(Listing.project_id))
        .where(col(Listing.programme_id).in_(ids), col(Listing.withdrawn_at).is_(None))
        .order_by(col(Listing.id))
    )
    units = _units(session, ids)
    rows = {
        project.id: Row(project, listing, tuple(units.get(listing.id, ())))
        for listing, project in session.exec(listed)
    }
    return list(rows.values())


def _units(session: Session, programme_ids: Sequence[int]) -> Mapping[int, list[int]]:
    query = (
        select(ResponsibleUnit.listing_id, ResponsibleUnit.organisation_id)
        .join(Listing, col(Listing.id) == col(ResponsibleUnit.listing_id))
        .where(col(Listing.programme_id).in_(programme_ids))
        .order_by(col(ResponsibleUnit.listing_id), col(ResponsibleUnit.position))
    )
    units: defaultdict[int, list[int]] = defaultdict(list)
    for listing_id, organisation_id in session.exec(query):
        units[listing_id].append(organisation_id)
    return units


def _known(records: Mapping[int, Record], project_id: int, year: int) -> Period | None:
    newest = newest_month(records.get(project_id, NO_RECORD).ledger)
    return newest if newest and newest.year == year else None


def _fact(
    row: Row, records: Mapping[int, Record], known: Period | None, through: Period | None
) -> Fact:
    record = records.get(row.project.id, NO_RECORD)
    return Fact(
        project_id=row.project.id,
        category=row.listing.plan_category,
        keys=row.keys,
        total_investment=row.listing.total_investment,
        plan=year_plan(row.listing),
        done=record.ledger.year_to_date(through).yuan if known and through else 0,
        known=known,
    )
