"""Which stored programme a table belongs to."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.programme import Programme
from domain.importing.identity import Identity
from domain.vocabulary import Level


@dataclass(frozen=True, slots=True)
class Placed:
    """A programme by its level, year and batch; `programme_id` is None for one that is new."""

    level: Level
    year: int
    batch: str
    programme_id: int | None = None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """What is known of the programme, and the batches of the year among which to choose, if any."""

    identity: Identity
    batches: tuple[Programme, ...] = ()


def place_of(session: Session, identity: Identity) -> Placed | Unplaced:
    """Where a table with these titles belongs.

    A table that names no batch belongs to the only one there is of its year, or is the year's plan.
    """
    level, year, batch = identity.level, identity.year, identity.batch
    if level is None or year is None:
        return Unplaced(identity)
    of_year = _programmes(session, level, year)
    found = [one for one in of_year if batch is None or one.batch == batch]
    if len(found) > 1:
        return Unplaced(identity, tuple(found))
    if found:
        return Placed(level, year, found[0].batch, found[0].id)
    return Placed(level, year, batch or "")


def _programmes(session: Session, level: Level, year: int) -> list[Programme]:
    query = select(Programme).where(Programme.level == level, Programme.year == year)
    return list(session.exec(query.order_by(col(Programme.id))))
