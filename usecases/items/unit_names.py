"""Which unit a typed name means: one for certain, or the likely ones to choose from."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Organisation
from domain.search import Certainty, Evidence, Named, NameIndex
from templates.deciding import Offer, UnitOffered
from usecases.directory import find_units

MOST_OFFERED = 6
_HIT_BY_CHANCE = frozenset({Evidence.FUZZY, Evidence.PINYIN, Evidence.INITIALS})


@dataclass(frozen=True, slots=True)
class Meant:
    """The unit that is meant, or why it is not clear, with the likely ones, best first."""

    unit: Organisation | None = None
    problem: Offer | None = None
    likely: tuple[UnitOffered, ...] = ()


def unit_meant(session: Session, words: str, near: Collection[int] = ()) -> Meant:
    """By its whole name, a part only it has, or a name alike; of several those at `near` first.

    A name that is only alike is offered, never taken.
    """
    named = find_units(session, words)
    if len(named) == 1:
        return Meant(named[0])
    if named:
        return Meant(None, Offer.SEVERAL, offered(named, near))
    return _alike(session, words, near)


def offered(units: Sequence[Organisation], near: Collection[int] = ()) -> tuple[UnitOffered, ...]:
    """The units as buttons offer them, those at `near` first."""
    first = sorted(units, key=lambda unit: unit.id not in near)
    return tuple(UnitOffered(unit.id, unit.name) for unit in first[:MOST_OFFERED])


def units_by_id(session: Session, ids: Collection[int]) -> dict[int, Organisation]:
    """These units by their ids."""
    found = session.exec(select(Organisation).where(col(Organisation.id).in_(ids)))
    return {unit.id: unit for unit in found}


def _alike(session: Session, words: str, near: Collection[int]) -> Meant:
    units = session.exec(select(Organisation).order_by(col(Organisation.id))).all()
    answer = NameIndex(Named(unit.id, unit.name) for unit in units).find(words, MOST_OFFERED)
    by_id = {unit.id: unit for unit in units}
    hits = [by_id[hit.key] for hit in answer.hits]
    if not hits:
        return Meant(None, Offer.UNKNOWN)
    if answer.kind is Certainty.ONE and answer.hits[0].how not in _HIT_BY_CHANCE:
        return Meant(hits[0])
    return Meant(None, Offer.SEVERAL, offered(hits, near))
