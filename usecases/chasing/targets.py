"""What a brake is put on: everybody, a unit or a project, found by the words somebody typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.tables.people import Organisation
from db.tables.programme import Project, ResponsibleUnit
from db.tables.reporting import Obligation, ReportingPeriod
from domain.brakes import HoldScope
from domain.people import comparable_name
from domain.search import Certainty
from domain.words import read_words
from templates.brakes import BrakeOn
from usecases.name_index import name_index
from usecases.obligations import AWAITED

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Target:
    """What a brake is put on; everybody has no id."""

    scope: HoldScope
    id: int = 0

    @classmethod
    def of(cls, scope: int, target_id: int) -> "Target":
        """What a button's arguments stand for; ValueError for numbers no button carries."""
        scopes = tuple(HoldScope)
        if not 0 <= scope < len(scopes):
            raise ValueError(f"no scope has the number {scope}")
        return cls(scopes[scope], target_id)


EVERYBODY = Target(HoldScope.EVERYBODY)


def find_targets(session: Session, words: str) -> tuple[Target, ...]:
    """What the words may mean, the likeliest first: everybody, lead units, projects."""
    if comparable_name(words) in _EVERYBODY:
        return (EVERYBODY,)
    units = _units(session, comparable_name(words))
    exact = [one for one, is_exact in units if is_exact]
    answer = name_index(session).find(words, MOST_FOUND)
    projects = [Target(HoldScope.PROJECT, hit.key) for hit in answer.hits]
    if exact or (answer.kind is Certainty.ONE and not units):
        return tuple(exact or projects)
    near = [] if units and answer.kind is Certainty.NEAREST else projects
    return (*[one for one, _ in units], *near)[:MOST_FOUND]


def brake_on(session: Session, target: Target) -> BrakeOn:
    """The target as it is shown."""
    name = ""
    if target.scope is HoldScope.UNIT:
        name = session.get_one(Organisation, target.id).name
    elif target.scope is HoldScope.PROJECT:
        name = session.get_one(Project, target.id).name
    return BrakeOn(target.scope, target.id, name)


def is_there(session: Session, target: Target) -> bool:
    """Whether there is such a unit or project at all."""
    kinds: dict[HoldScope, Any] = {HoldScope.UNIT: Organisation, HoldScope.PROJECT: Project}
    kind = kinds.get(target.scope)
    return kind is None or session.get(kind, target.id) is not None


def awaited_of(session: Session, target: Target) -> Sequence[tuple[Obligation, ReportingPeriod]]:
    """The reports still to come of what the target covers, of months not closed, oldest first."""
    query = (
        select(Obligation, ReportingPeriod)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.state).in_(AWAITED), col(ReportingPeriod.closed_at).is_(None))
        .order_by(col(ReportingPeriod.year), col(ReportingPeriod.month), col(Obligation.id))
    )
    if target.scope is HoldScope.PROJECT:
        query = query.where(Obligation.project_id == target.id)
    if target.scope is HoldScope.UNIT:
        led = select(ResponsibleUnit.listing_id).where(
            ResponsibleUnit.organisation_id == target.id, ResponsibleUnit.position == 1
        )
        query = query.where(col(Obligation.listing_id).in_(led))
    return session.exec(query).all()


def _units(session: Session, wanted: str) -> list[tuple[Target, bool]]:
    """The lead units whose name holds the words, and whether it is the whole name."""
    found = [
        (Target(HoldScope.UNIT, unit_id), comparable_name(name) == wanted)
        for unit_id, name in _leading(session)
        if wanted and wanted in comparable_name(name)
    ]
    return sorted(found, key=lambda one: not one[1])


def _leading(session: Session) -> Iterator[tuple[int, str]]:
    leading = select(ResponsibleUnit.organisation_id).where(ResponsibleUnit.position == 1)
    query = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(leading))
    yield from session.exec(query.order_by(col(Organisation.name)))


_EVERYBODY = frozenset(comparable_name(word) for word in read_words("brakes")["everybody"])
