"""Decisions whose unit has to act, with what their deadlines ask for by the office's rules."""

import datetime as dtm
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState, ItemEntry
from domain.chain import Place
from domain.items.deadline import Deadline
from domain.items.machine import WITH_UNIT, ItemAct, ItemState
from domain.policy import Rung
from domain.timetable import Timetable
from usecases.items.book import Decided, Item, items_of
from usecases.items.people import place_of
from usecases.policies import timetable

DECISION = "decision"
"""What notices about a decision's deadline are about."""

_ASKS = (ItemAct.DECIDED, ItemAct.EXTENDED, ItemAct.SENT_BACK)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A decision in force whose unit has to act: its deadline presses."""

    item: Item
    decided: Decided
    asked_at: dtm.datetime
    rules: Timetable

    @property
    def id(self) -> int:
        return self.decided.id

    @property
    def row(self) -> Decision:
        return self.decided.row

    @property
    def place(self) -> Place:
        """What decides who answers for the unit."""
        return place_of(self.item, self.decided)

    @property
    def deadline(self) -> Deadline:
        """What it asks for, and when."""
        is_signed = self.item.row.state is not ItemState.ASSIGNED
        return Deadline(self.row.due_at, self.asked_at, is_signed, self.row.climbed)

    @property
    def ladder_turn(self) -> str:
        """How the turns of its present ladder begin: one that starts again has others."""
        return f"{self.rules.local_day(self.deadline.climbs_from)}+"

    def turn_of(self, rung: Rung) -> str:
        """Tells rungs apart, also after the deadline was moved."""
        return f"{self.ladder_turn}{rung.working_days}"

    def is_late(self, now: dtm.datetime) -> bool:
        """Whether its deadline is over."""
        return self.row.due_at <= now

    def days_late(self, now: dtm.datetime) -> int:
        """Working days since the deadline."""
        days = self.rules.local_day(self.row.due_at), self.rules.local_day(now)
        return self.rules.calendar.working_days_between(*days)


def pressed_by_ids(
    session: Session, decision_ids: Collection[int], now: dtm.datetime
) -> dict[int, Pressed]:
    """Those of these decisions whose unit has to act, soonest first; settled ones are left out.

    Of a withdrawn project nothing is asked.
    """
    found = [one for one in with_unit(session, decision_ids, now) if not one.item.is_withdrawn]
    return {one.id: one for one in found}


def with_unit(session: Session, decision_ids: Collection[int], now: dtm.datetime) -> list[Pressed]:
    """Those of these decisions in force that are with their unit, soonest first."""
    query = (
        select(CoordinationItem)
        .join(Decision, col(Decision.item_id) == col(CoordinationItem.id))
        .where(
            col(Decision.id).in_(decision_ids),
            Decision.state == DecisionState.IN_FORCE,
            col(CoordinationItem.state).in_(WITH_UNIT),
        )
        .order_by(col(Decision.due_at), col(Decision.id))
    )
    items = items_of(session, session.exec(query).all(), now)
    asked, rules = _asked_at(session, decision_ids), timetable(session)
    return [
        Pressed(one, one.decided, _since(one.decided.row, asked), rules)
        for one in items
        if one.decided
    ]


def _since(row: Decision, asked: Mapping[int, dtm.datetime]) -> dtm.datetime:
    return asked.get(row.id) or row.approved_at or row.recorded_at


def _asked_at(session: Session, decision_ids: Collection[int]) -> dict[int, dtm.datetime]:
    """When each was last asked of its unit: given, given more time, or sent back."""
    query = (
        select(ItemEntry)
        .where(col(ItemEntry.decision_id).in_(decision_ids), col(ItemEntry.act).in_(_ASKS))
        .order_by(col(ItemEntry.at), col(ItemEntry.id))
    )
    rows: Sequence[ItemEntry] = session.exec(query).all()
    return {row.decision_id: row.at for row in rows if row.decision_id is not None}
