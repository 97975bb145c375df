"""Reading coordination items, each with its decision in force; writing what happens to one."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.items import (
    CoordinationItem,
    Decision,
    DecisionState,
    DecisionSupport,
    ItemEntry,
)
from db.tables.people import Organisation
from db.tables.programme import Project
from domain.access import Ground
from domain.items.machine import OPEN, WITH_UNIT, ItemAct, after
from domain.vocabulary import Level
from usecases.asker import office
from usecases.listings import ground_of, listings_of, local_day, of_year


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with the unit it binds and those that help."""

    row: Decision
    unit: Organisation
    supporting: tuple[Organisation, ...] = ()

    @property
    def id(self) -> int:
        return self.row.id


@dataclass(frozen=True, slots=True)
class Item:
    """An item with its project, who is entitled to it, and the decision in force, if any.

    The units it was given to read it as a project's supporting units do. Of a project that was
    withdrawn (退出) nothing is asked any more.
    """

    row: CoordinationItem
    project: Project
    ground: Ground
    decided: Decided | None = None
    is_withdrawn: bool = False

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def is_open(self) -> bool:
        """Whether it has not come to its end."""
        return self.row.state in OPEN

    @property
    def is_with_unit(self) -> bool:
        """Whether a unit has to act, so that the deadline presses."""
        return self.decided is not None and self.row.state in WITH_UNIT

    @property
    def unit_ground(self) -> Ground:
        """What decides who answers for the unit the decision binds; there has to be one."""
        assert self.decided
        unit = self.decided.unit
        return Ground(
            project_id=0, region_id=self.region_of(unit), lead_unit_ids=frozenset({unit.id})
        )

    def region_of(self, unit: Organisation) -> int | None:
        """The region whose people answer for a unit that has nobody of its own.

        The project's is that of the unit that leads it, and of all units where the county meets;
        another bureau is no matter of that region's people.
        """
        is_local = self.row.level is Level.COUNTY or unit.id in self.ground.lead_unit_ids
        return unit.region_id or (self.project.region_id if is_local else None)

    def is_overdue(self, now: dtm.datetime) -> bool:
        """Whether the unit should have been done by now, and is still asked."""
        if self.decided is None or self.is_withdrawn:
            return False
        return self.is_with_unit and self.decided.row.due_at <= now


def item(session: Session, item_id: int, now: dtm.datetime) -> Item | None:
    """The item of that number, to be read; None where there is none."""
    row = session.get(CoordinationItem, item_id)
    return items_of(session, [row], now)[0] if row else None


def claimed(session: Session, item_id: int, now: dtm.datetime) -> Item | None:
    """The item of that number, to be changed: nobody else changes it in this transaction."""
    query = select(CoordinationItem).where(CoordinationItem.id == item_id).with_for_update()
    row = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    return items_of(session, [row], now)[0] if row else None


def items_of(session: Session, rows: Sequence[CoordinationItem], now: dtm.datetime) -> list[Item]:
    """These items in their order, in seven queries however many there are."""
    ids = {row.project_id for row in rows}
    projects = {
        one.id: one for one in session.exec(select(Project).where(col(Project.id).in_(ids)))
    }
    listings = listings_of(session, ids)
    year = local_day(office(session).zone, now).year
    decided = in_force(session, {row.id for row in rows})
    found = []
    for row in rows:
        project = projects[row.project_id]
        counting = of_year(listings.get(project.id, ()), year)
        decision = decided.get(row.id)
        ground = _widened(ground_of(project, counting), row, decision)
        withdrawn = bool(counting) and not any(listed.is_active for listed in counting)
        found.append(Item(row, project, ground, decision, withdrawn))
    return found


def in_force(session: Session, item_ids: Collection[int]) -> Mapping[int, Decided]:
    """The decision in force on each of these items, by the item's id."""
    query = select(Decision).where(
        col(Decision.item_id).in_(item_ids), Decision.state == DecisionState.IN_FORCE
    )
    rows = session.exec(query.order_by(col(Decision.id))).all()
    return {one.row.item_id: one for one in decided_all(session, rows)}


def decided_all(session: Session, rows: Sequence[Decision]) -> list[Decided]:
    """These decisions with their units, in their order."""
    helping = _helping(session, {row.id for row in rows})
    wanted = {row.organisation_id for row in rows}
    units = session.exec(select(Organisation).where(col(Organisation.id).in_(wanted)))
    unit_of = {unit.id: unit for unit in units}
    return [
        Decided(row, unit_of[row.organisation_id], tuple(helping.get(row.id, ()))) for row in rows
    ]


def thread(session: Session, item_id: int) -> Sequence[ItemEntry]:
    """All that happened to the item, in the order of time."""
    query = select(ItemEntry).where(ItemEntry.item_id == item_id)
    return session.exec(query.order_by(col(ItemEntry.at), col(ItemEntry.id))).all()


def note(
    session: Session,
    item: Item,
    act: ItemAct,
    now: dtm.datetime,
    *,
    by_id: int | None = None,
    text: str = "",
    due_at: dtm.datetime | None = None,
) -> ItemEntry:
    """This happened to the item: it stands in the thread, and the item moves on.

    `by_id` is who did it, empty for the clock. The planner looks at the decision anew.

    Raises:
        ValueError: it cannot happen to an item that stands there.
    """
    if act is not ItemAct.RAISED:
        item.row.state = after(act, item.row.state)
    item.row.closed_at = None if item.is_open else now
    decision = item.decided.row if item.decided else None
    entry = ItemEntry(
        item_id=item.id,
        decision_id=decision.id if decision else None,
        act=act,
        text=text,
        due_at=due_at,
        by_id=by_id,
        at=now,
    )
    session.add_all([item.row, entry])
    if decision:
        decision.next_act_at = now if item.is_with_unit else None
        session.add(decision)
    session.flush()
    return entry


def _helping(session: Session, decision_ids: Collection[int]) -> Mapping[int, list[Organisation]]:
    query = (
        select(DecisionSupport.decision_id, Organisation)
        .join(Organisation, col(Organisation.id) == col(DecisionSupport.organisation_id))
        .where(col(DecisionSupport.decision_id).in_(decision_ids))
        .order_by(col(DecisionSupport.decision_id), col(DecisionSupport.position))
    )
    found: defaultdict[int, list[Organisation]] = defaultdict(list)
    for decision_id, unit in session.exec(query):
        found[decision_id].append(unit)
    return found


def _widened(ground: Ground, row: CoordinationItem, decided: Decided | None) -> Ground:
    units = {unit.id for unit in (decided.unit, *decided.supporting)} if decided else set()
    asked_of = {row.asked_of_id} if row.asked_of_id is not None else set()
    return replace(ground, supporting_unit_ids=ground.supporting_unit_ids | units | asked_of)
