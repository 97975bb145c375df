"""A county's own list, so that all three levels meet (`usecases.meetings.planning`)."""

import datetime as dtm
from collections.abc import Iterator
from typing import Any

from sqlmodel import Session, col, insert, select

from db.tables.programme import Listing, Programme, ResponsibleUnit
from domain.vocabulary import Level
from sandbox.seeding.projects import Rows

COUNTY = "柳江区"


def list_in_county(session: Session, rows: Rows, now: dtm.datetime) -> None:
    """One county lists its own among a city's projects as well: they go on reporting once."""
    codes = [one.code for one in rows.programme.projects if one.region == COUNTY]
    if rows.programme.level is not Level.CITY or not codes:
        return
    programme = Programme(
        level=Level.COUNTY,
        year=rows.programme.year,
        title=f"{COUNTY}{rows.programme.year}年县级重大项目",
        created_at=now,
    )
    session.add(programme)
    session.flush()
    for code in codes:
        _list(session, rows.listings[code], programme, now)


def _list(session: Session, known: Listing, programme: Programme, now: dtm.datetime) -> None:
    """As the city lists it, by the same units."""
    said = known.model_dump(exclude={"id", "programme_id"})
    listing = Listing(**{**said, "programme_id": programme.id, "listed_at": now})
    session.add(listing)
    session.flush()
    session.execute(insert(ResponsibleUnit), list(_units(session, known, listing)))


def _units(session: Session, known: Listing, listing: Listing) -> Iterator[dict[str, Any]]:
    query = select(ResponsibleUnit).where(ResponsibleUnit.listing_id == known.id)
    for unit in session.exec(query.order_by(col(ResponsibleUnit.position))):
        yield {**unit.model_dump(), "listing_id": listing.id}
