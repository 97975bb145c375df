"""An adopted problem becomes a coordination item with one tap; its words, and whom it asks."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, select

from db.tables.items import CoordinationItem
from db.tables.people import Organisation
from db.tables.reporting import Problem, ProjectChangeKind
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.items.machine import ItemAct, ItemState
from domain.vocabulary import Level
from templates.items import (
    AskItemText,
    AskItemUnit,
    ItemNotRaised,
    ItemRaised,
    ItemSettled,
    RaiseObstacle,
    UnitToAsk,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asked import Asked, asked
from usecases.asker import Asker
from usecases.directory import find_units
from usecases.following import project_changed
from usecases.items import reading
from usecases.items.book import Item, claimed, item, note
from usecases.items.open_items import head_of, of_problems
from usecases.listings import listings_of, of_year
from usecases.standing import standing_in

LONGEST_TEXT = 500
UNITS_OFFERED = 6
TEXT, UNIT = "text", "unit"
ITEM_ID = "item_id"
_LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class AskedOf:
    """An item, and the unit that is asked."""

    item_id: int
    unit_id: int


def raise_item(session: Session, asker: Asker, problem_id: int, now: dtm.datetime) -> Answers:
    """提请协调: the problem is an item now, or what it already is, or why it cannot be one."""
    problem = _claimed_problem(session, problem_id)
    if asker.contact is None or problem is None:
        return say(StaleButton() if asker.contact else HowToLink())
    acting = standing_in(session, asker, now)
    known = asked(session, acting, Action.RAISE_ITEM, problem.project_id, now)
    if isinstance(known, Message):
        return say(known)
    if existing := of_problems(session, [problem.id]).get(problem.id):
        return reading.show(session, asker, existing.id, now)
    levels = _levels(known)
    if why := _obstacle(problem, levels):
        return say(ItemNotRaised(known.project.name, problem.text, why))
    return say(_card(session, _raised(session, asker, problem, levels[-1], now)))


def ask_text(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """改措辞: what should be asked instead?"""
    return _ask(session, asker, TEXT, item_id, now)


def ask_unit(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """请哪个单位办: one that is no responsible unit of the project."""
    return _ask(session, asker, UNIT, item_id, now)


def choose_unit(session: Session, asker: Asker, chosen: AskedOf, now: dtm.datetime) -> Answers:
    """It is asked of this unit."""
    found = _wordable(session, asker, chosen.item_id, now)
    if isinstance(found, Message):
        return say(found)
    unit = session.get(Organisation, chosen.unit_id)
    if unit is None:
        return say(StaleButton())
    _stop_asking(session, asker)
    return in_place(_asked_of(session, asker, found, unit, now))


def close_problem_of(session: Session, item: Item, now: dtm.datetime) -> None:
    """The problem the item came from is closed out with it; who follows the project hears so."""
    problem = session.get(Problem, item.row.problem_id) if item.row.problem_id else None
    if problem is None or problem.closed_at is not None:
        return
    problem.closed_at = now
    session.add(problem)
    session.flush()
    project_changed(session, item.project.id, ProjectChangeKind.PROBLEM_CLOSED, now)


def _claimed_problem(session: Session, problem_id: int) -> Problem | None:
    """The problem, which nobody else raises in this transaction."""
    query = select(Problem).where(Problem.id == problem_id).with_for_update()
    return session.exec(query.execution_options(populate_existing=True)).one_or_none()


def _levels(known: Asked) -> list[Level]:
    """The levels that list the project this year, the lowest last: it is settled as low as can be
    (分层解决)."""
    active = (one for one in of_year(known.listings, known.today.year) if one.is_active)
    return sorted({one.programme.level for one in active}, key=_LEVELS.index)


def _obstacle(problem: Problem, levels: list[Level]) -> RaiseObstacle | None:
    if problem.closed_at is not None:
        return RaiseObstacle.CLOSED
    if problem.adopted_at is None:
        return RaiseObstacle.NOT_ADOPTED
    return None if levels else RaiseObstacle.WITHDRAWN


def _raised(
    session: Session, asker: Asker, problem: Problem, level: Level, now: dtm.datetime
) -> Item:
    row = CoordinationItem(
        project_id=problem.project_id,
        problem_id=problem.id,
        kind=problem.kind,
        text=problem.text,
        level=level,
        raised_by_id=asker.contact_id,
        raised_at=now,
    )
    session.add(row)
    session.flush()
    found = item(session, row.id, now)
    assert found
    note(session, found, ItemAct.RAISED, now, by_id=asker.contact_id, text=row.text)
    audit.record(
        session, asker, "item.raised", now, ("coordination_item", row.id), problem=problem.id
    )
    return found


def _card(session: Session, item: Item) -> ItemRaised:
    row = item.row
    unit = session.get(Organisation, row.asked_of_id) if row.asked_of_id else None
    listings = listings_of(session, [row.project_id]).get(row.project_id, ())
    near = {unit.id: unit for listed in listings for unit in listed.units}
    offered = [one for one in near.values() if one.id != row.asked_of_id][:UNITS_OFFERED]
    units = tuple(UnitToAsk(one.id, one.name) for one in offered)
    return ItemRaised(head_of(item), row.level, unit.name if unit else "", units)


def _wordable(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Item | Message:
    """The item, if this person raised it or is the office, and nothing was decided on it yet."""
    found = reading.item_for(session, asker, item_id, now)
    if isinstance(found, Message):
        return found
    if not reading.may_word(session, asker, found, now):
        return NotYours() if found.row.state is ItemState.RAISED else ItemSettled(head_of(found))
    again = claimed(session, item_id, now)
    assert again
    return again if again.row.state is ItemState.RAISED else ItemSettled(head_of(again))


def _ask(session: Session, asker: Asker, step: str, item_id: int, now: dtm.datetime) -> Answers:
    found = _wordable(session, asker, item_id, now)
    if isinstance(found, Message):
        return say(found)
    dialogs.stand_at(session, asker, WORDING, Position(step, {ITEM_ID: item_id}), now)
    return say(AskItemText(head_of(found)) if step == TEXT else AskItemUnit(head_of(found)))


def _reworded(session: Session, asker: Asker, item: Item, said: str, now: dtm.datetime) -> Message:
    if not said or len(said) > LONGEST_TEXT:
        return AskItemText(head_of(item), is_unfit=True)
    dialogs.end(session, asker)
    item.row.text = said
    session.add(item.row)
    audit.record(session, asker, "item.reworded", now, ("coordination_item", item.id))
    return _card(session, item)


def _unit_named(
    session: Session, asker: Asker, item: Item, said: str, now: dtm.datetime
) -> Message:
    units = find_units(session, said)
    if len(units) == 1:
        dialogs.end(session, asker)
        return _asked_of(session, asker, item, units[0], now)
    near = tuple(UnitToAsk(one.id, one.name) for one in units[:UNITS_OFFERED])
    return AskItemUnit(head_of(item), said, near)


def _asked_of(
    session: Session, asker: Asker, item: Item, unit: Organisation, now: dtm.datetime
) -> Message:
    item.row.asked_of_id = unit.id
    session.add(item.row)
    subject = ("coordination_item", item.id)
    audit.record(session, asker, "item.asked_of", now, subject, organisation=unit.id)
    return _card(session, item)


def _stop_asking(session: Session, asker: Asker) -> None:
    """Whoever pressed a unit is not held to the question."""
    row = dialogs.open_dialog(session, asker)
    if row is not None and row.kind == WORDING.kind:
        dialogs.end(session, asker)


class _Wording:
    """The conversation that asks for better words, or for the unit that is asked."""

    kind = "item"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The words that were asked for."""
        found = _wordable(session, asker, row.draft[ITEM_ID], now)
        if isinstance(found, Message):
            dialogs.end(session, asker)
            return say(found)
        answer = _reworded if row.step == TEXT else _unit_named
        return say(answer(session, asker, found, text.strip(), now))

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the conversation stands."""
        return _ask(session, asker, row.step, row.draft[ITEM_ID], now)


WORDING = dialogs.register_flow(_Wording())
