"""What a meeting of a level or region is about: the projects listed there and who leads them."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from db.tables.people import Organisation, Region
from db.tables.programme import Listing, Programme, Project
from domain.vocabulary import Level
from usecases.asker import office
from usecases.listings import local_day, units_of
from usecases.meetings.item_topics import items_at


@dataclass(frozen=True, slots=True)
class Listed:
    """A project listed in a level's programme of the year, and the unit that leads it."""

    project: Project
    listing: Listing
    lead_unit: Organisation | None


def listed(
    session: Session, level: Level, region_id: int | None, now: dtm.datetime
) -> list[Listed]:
    """The projects of a level, or of one region at it, in the order of the programme."""
    query = (
        select(Listing, Project)
        .join(Programme, col(Programme.id) == col(Listing.programme_id))
        .join(Project, col(Project.id) == col(Listing.project_id))
        .where(Programme.level == level, Programme.year == programme_year(session, now))
        .where(col(Listing.withdrawn_at).is_(None))
        .order_by(col(Listing.id))
    )
    if region_id is not None:
        query = query.where(Project.region_id == region_id)
    rows = session.exec(query).all()
    units = units_of(session, [listing.id for listing, _ in rows])
    return [
        Listed(project, listing, next(iter(units.get(listing.id, ())), None))
        for listing, project in rows
    ]


def lead_units(
    session: Session, level: Level, region_id: int | None, now: dtm.datetime
) -> list[Organisation]:
    """The units that lead projects there, each once, in the order of the programme; last those
    whose items were moved up from the level below."""
    leads = [one.lead_unit for one in listed(session, level, region_id, now) if one.lead_unit]
    leads += [one.lead_unit for one in items_at(session, level, region_id, now)]
    return list({unit.id: unit for unit in leads}.values())


def scopes(session: Session, now: dtm.datetime) -> list[tuple[Level, int | None, str]]:
    """Every level with projects this year, and each county's own at the county level."""
    found: list[tuple[Level, int | None, str]] = []
    for level in Level:
        projects = listed(session, level, None, now)
        if not projects:
            continue
        found.append((level, None, ""))
        if level is Level.COUNTY:
            ids = {one.project.region_id for one in projects}
            counties = select(Region).where(col(Region.id).in_(ids)).order_by(col(Region.id))
            found += [(level, county.id, county.name) for county in session.exec(counties)]
    return found


def series_scopes(session: Session, level: Level, now: dtm.datetime) -> Sequence[int | None]:
    """Where a level's series runs: once for the level; at the county level in each county.

    Asked at every tick, so it reads no project.
    """
    query = (
        select(Project.region_id)
        .join(Listing, col(Listing.project_id) == col(Project.id))
        .join(Programme, col(Programme.id) == col(Listing.programme_id))
        .where(Programme.level == level, Programme.year == programme_year(session, now))
        .where(col(Listing.withdrawn_at).is_(None))
        .distinct()
    )
    regions = session.exec(query).all()
    if level is Level.COUNTY:
        return sorted(one for one in regions if one is not None)
    return [None] if regions else []


def own_level(session: Session, now: dtm.datetime) -> Level:
    """The level a meeting is called for unless somebody says otherwise: where most projects are."""
    counts = Counter({level: len(listed(session, level, None, now)) for level in Level})
    return counts.most_common(1)[0][0]


def programme_year(session: Session, now: dtm.datetime) -> int:
    """The newest year that has begun and has a programme."""
    today = local_day(office(session).zone, now)
    newest = select(func.max(Programme.year)).where(Programme.year <= today.year)
    return session.exec(newest).one() or today.year
