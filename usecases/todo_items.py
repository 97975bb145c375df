"""What /todo says of coordination items: to sign, to do soon, and what waits for the office."""

import datetime as dtm
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from domain.access import Action, Reach
from domain.items.machine import WITH_UNIT, ItemState
from domain.items.narrowing import ItemFilter
from domain.vocabulary import Role
from templates.release import ReleaseStand
from templates.todo import TodoKind, TodoLine
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.items.alerts import seat
from usecases.items.book import Item, items_of
from usecases.items.release_list import asked_still, lines_of
from usecases.items.timing import Pressed, pressed_by_ids
from usecases.items.ways import extensions_asked

SOON = 5
"""So many working days before its deadline, what is in hand stands in the list."""


def decisions(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """For a unit's liaison: what is to be signed for, and what is due soon or overdue."""
    if asker.contact is None or asker.reach(Action.ANSWER_DECISION) is Reach.NONE:
        return
    found = _answered_by(session, asker.contact_id, now)
    unsigned = [one for one in found if not one.deadline.is_signed]
    in_hand = [one for one in found if one.deadline.is_signed and _is_soon(one, now)]
    for kind, group in ((TodoKind.DECISION, unsigned), (TodoKind.ITEM, in_hand)):
        if group:
            yield _line(kind, [one.item for one in group], group[0].row.due_at)


def for_office(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """For the coordinator: items refused, more time asked for, done and not closed out."""
    if asker.contact is None or asker.reach(Action.DECIDE_ITEM) is not Reach.ALL:
        return
    states = (*WITH_UNIT, ItemState.REFUSED, ItemState.DONE)
    query = select(CoordinationItem).where(col(CoordinationItem.state).in_(states))
    items = items_of(session, session.exec(query.order_by(col(CoordinationItem.id))).all(), now)
    refused = [one for one in items if one.row.state is ItemState.REFUSED]
    done = [one for one in items if one.row.state is ItemState.DONE]
    asked = extensions_asked(session, items)
    extending = [one for one in items if one.id in asked]
    for kind, group in (
        (TodoKind.ITEM_REFUSED, refused),
        (TodoKind.EXTENSION, extending),
        (TodoKind.ITEM_DONE, done),
    ):
        if group:
            yield _line(kind, group, None)


def item_releases(session: Session, asker: Asker, now: dtm.datetime) -> Iterator[TodoLine]:
    """What would go to first-responsible persons and waits for the coordinator's word."""
    if asker.contact is None or asker.reach(Action.RELEASE) is Reach.NONE:
        return
    lines = lines_of(session, asked_still(session, asker.contact_id, now), now)
    waiting = [line for line in lines if line.stand is ReleaseStand.WAITING]
    if waiting:
        name = waiting[0].line.project
        yield TodoLine(TodoKind.ITEM_RELEASE, len(waiting), "decision_release.open", name=name)


def _answered_by(session: Session, contact_id: int, now: dtm.datetime) -> list[Pressed]:
    """The decisions with a unit whose liaison this person is or stands in for, soonest first."""
    query = (
        select(Decision.id)
        .join(CoordinationItem, col(CoordinationItem.id) == col(Decision.item_id))
        .where(
            Decision.state == DecisionState.IN_FORCE,
            col(CoordinationItem.state).in_(WITH_UNIT),
        )
    )
    found = pressed_by_ids(session, session.exec(query).all(), now).values()
    roster = load_roster(session, now, [one.place for one in found])
    return [one for one in found if seat(roster, one, Role.LIAISON).acting_id == contact_id]


def _is_soon(one: Pressed, now: dtm.datetime) -> bool:
    return -one.days_late(now) <= SOON


def _line(kind: TodoKind, items: Sequence[Item], due_at: dtm.datetime | None) -> TodoLine:
    """A single one's thread, or the list of all that is theirs to do."""
    first = items[0]
    place = ("item.show", (first.id,))
    if len(items) > 1:
        place = ("item.list", (ItemFilter.MINE.number,))
    return TodoLine(kind, len(items), *place, name=first.project.name, due_at=due_at)
