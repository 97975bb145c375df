"""Open coordination items as topics of a meeting: those of its level, the stuck ones among them."""

import datetime as dtm
from collections.abc import Collection
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, ItemEntry
from db.tables.people import Organisation
from db.tables.programme import Project
from domain.items.machine import ItemAct
from domain.vocabulary import Level
from usecases.asker import office
from usecases.items.open_items import is_open
from usecases.listings import listings_of, local_day, of_year


@dataclass(frozen=True, slots=True)
class ItemTopic:
    """An open item, and the unit that reports on its project."""

    row: CoordinationItem
    lead_unit: Organisation


def items_at(
    session: Session, level: Level, region_id: int | None, now: dtm.datetime
) -> list[ItemTopic]:
    """The open items that meetings of this level, or of one region at it, speak about.

    One that was moved up is of a project that this level may not list: there the lead unit of its
    lowest listing reports.
    """
    query = (
        select(CoordinationItem)
        .join(Project, col(Project.id) == col(CoordinationItem.project_id))
        .where(CoordinationItem.level == level, is_open())
        .order_by(col(CoordinationItem.id))
    )
    if region_id is not None:
        query = query.where(Project.region_id == region_id)
    rows = session.exec(query).all()
    units = _reporting(session, {row.project_id for row in rows}, level, now)
    return [ItemTopic(row, units[row.project_id]) for row in rows if row.project_id in units]


def moved_up(session: Session, item_ids: Collection[int]) -> set[int]:
    """Those of these items with which a level below was stuck."""
    query = select(ItemEntry.item_id).where(
        col(ItemEntry.item_id).in_(item_ids), ItemEntry.act == ItemAct.MOVED_UP
    )
    return set(session.exec(query))


def _reporting(
    session: Session, project_ids: Collection[int], level: Level, now: dtm.datetime
) -> dict[int, Organisation]:
    """The unit that reports on each project: as this level lists it, else as the lowest does."""
    year = local_day(office(session).zone, now).year
    found = {}
    for project_id, listings in listings_of(session, project_ids).items():
        active = [one for one in of_year(listings, year) if one.is_active and one.lead_unit]
        nearest = sorted(active, key=lambda one: one.programme.level is level)
        if nearest and (unit := nearest[-1].lead_unit):
            found[project_id] = unit
    return found
