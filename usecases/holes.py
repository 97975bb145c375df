"""Holes in the chain: every listed project with a rung on which nobody can be told, by unit."""

import datetime as dtm
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.people import Contact
from domain.access import Action
from domain.chain import Gap, Hole, Rung
from templates.documents.holes import HoleRow, holes_workbook
from templates.documents.workbook import file_name
from templates.holes import (
    HoleLine,
    HolesByUnit,
    HolesTable,
    NoHoles,
    ProjectHoles,
    UnitHoles,
    UnitLine,
)
from templates.message import Message
from usecases.answers import Answers, Hand, in_place, say
from usecases.asker import Asker
from usecases.chain import Chained, current_chains
from usecases.paging import page_of
from usecases.rights import entitled

NO_UNIT = 0
LINES_A_PAGE = 8

_REPORTERS = (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which holes to show: a page of the units, or of one unit's projects; pages count from 0."""

    page: int = 0
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """How many listings were looked at, and those with holes by the id of their lead unit."""

    looked_at: int
    by_unit: Mapping[int, Sequence[Chained]]

    @property
    def listings(self) -> list[Chained]:
        """Every listing with holes."""
        return [chained for group in self.by_unit.values() for chained in group]


@entitled(Action.READ_HOLES)
def holes(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """/holes: the units with rungs on which nobody can be told, or one unit's projects."""
    found = _within_reach(session, asker, now)
    group = found.by_unit.get(wanted.unit_id) if wanted.unit_id is not None else None
    if not group:
        return in_place(_units(found, wanted.page))
    shown = page_of(group, wanted.page, LINES_A_PAGE)
    unit = _unit(session, group, shown.items)
    first = shown.number * LINES_A_PAGE + 1
    return in_place(replace(unit, page=shown.number, pages=shown.count, first=first))


@entitled(Action.READ_HOLES)
def hand_over_holes(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """All of them as a workbook to work through; phones only where the asker may see them."""
    found = _within_reach(session, asker, now)
    if not found.by_unit:
        return say(NoHoles(found.looked_at))
    content = holes_workbook(_rows(session, asker, found.listings), asker.voice)
    return (Hand(HolesTable(len(found.listings)), file_name("holes", asker.voice), content),)


def all_holes(session: Session, now: dtm.datetime) -> Found:
    """The holes of every project, for the operator."""
    return _found(current_chains(session, now))


def every_unit(session: Session, found: Found) -> tuple[UnitHoles, ...]:
    """Each unit with all its projects, unpaged: for a terminal, not for a phone."""
    return tuple(_unit(session, group, group) for group in _most_first(found))


def _within_reach(session: Session, asker: Asker, now: dtm.datetime) -> Found:
    chains = current_chains(session, now)
    return _found(one for one in chains if asker.may(Action.READ_HOLES, one.ground))


def _found(chains: Iterable[Chained]) -> Found:
    by_unit: defaultdict[int, list[Chained]] = defaultdict(list)
    looked_at = 0
    for chained in chains:
        looked_at += 1
        if chained.chain.holes:
            by_unit[_unit_id(chained)].append(chained)
    return Found(looked_at, by_unit)


def _units(found: Found, page: int) -> Message:
    if not found.by_unit:
        return NoHoles(found.looked_at)
    shown = page_of(_most_first(found), page, LINES_A_PAGE)
    return HolesByUnit(
        tuple(_unit_line(group) for group in shown.items),
        looked_at=found.looked_at,
        listings=len(found.listings),
        units=len(found.by_unit),
        page=shown.number,
        pages=shown.count,
        first=shown.number * LINES_A_PAGE + 1,
    )


def _most_first(found: Found) -> list[Sequence[Chained]]:
    """The units' listings, the unit with most of them first."""
    ranked = sorted(found.by_unit.items(), key=lambda item: (-len(item[1]), item[0]))
    return [group for _, group in ranked]


def _unit_line(group: Sequence[Chained]) -> UnitLine:
    missing = {_missing(chained, hole) for chained in group for hole in chained.chain.holes}
    counts = Counter(gap for gap, *_ in missing)
    gaps = tuple((gap, counts[gap]) for gap in Gap if counts[gap])
    return UnitLine(_unit_id(group[0]), _unit_name(group[0]), len(group), gaps)


def _missing(chained: Chained, hole: Hole) -> tuple[Gap, object, object]:
    """What is missing: a person counts once, an empty post once for the unit or the owner."""
    if hole.person_id is not None:
        return hole.gap, hole.person_id, None
    owner = chained.project.owner_id if hole.rung in _REPORTERS else None
    return hole.gap, hole.rung, owner


def _unit(session: Session, group: Sequence[Chained], shown: Sequence[Chained]) -> UnitHoles:
    people = _people(session, shown)
    lines = tuple(ProjectHoles(one.project.name, _lines(one, people)) for one in shown)
    return UnitHoles(_unit_id(group[0]), _unit_name(group[0]), lines, len(group))


def _lines(chained: Chained, people: Mapping[int, Contact]) -> tuple[HoleLine, ...]:
    return tuple(
        HoleLine(hole.rung, hole.gap, _name(people.get(hole.person_id or 0)))
        for hole in chained.chain.holes
    )


def _rows(session: Session, asker: Asker, listings: Sequence[Chained]) -> list[HoleRow]:
    people = _people(session, listings)
    by_name = sorted(listings, key=lambda one: (_unit_name(one), one.project.name))
    return [
        HoleRow(
            unit=_unit_name(chained),
            project=chained.project.name,
            rung=hole.rung,
            gap=hole.gap,
            person=_name(people.get(hole.person_id or 0)),
            phone=_phone(asker, chained, people.get(hole.person_id or 0)),
        )
        for chained in by_name
        for hole in chained.chain.holes
    ]


def _phone(asker: Asker, chained: Chained, person: Contact | None) -> str:
    shown = person is not None and asker.may(Action.READ_PHONES, chained.ground)
    return (person.phone or "") if person and shown else ""


def _name(person: Contact | None) -> str:
    return person.name if person else ""


def _unit_id(chained: Chained) -> int:
    unit = chained.listed.lead_unit
    return unit.id if unit else NO_UNIT


def _unit_name(chained: Chained) -> str:
    unit = chained.listed.lead_unit
    return unit.name if unit else ""


def _people(session: Session, listings: Iterable[Chained]) -> dict[int, Contact]:
    ids = {hole.person_id for one in listings for hole in one.chain.holes if hole.person_id}
    rows = session.exec(select(Contact).where(col(Contact.id).in_(ids)))
    return {row.id: row for row in rows}
