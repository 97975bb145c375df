"""Changing a part of a drafted decision, recording one more on the same matter, dropping it."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from db.tables.items import CoordinationItem, Decision, DecisionState
from domain.access import Action
from domain.items.machine import ItemAct, ItemState
from templates.deciding import DecisionScrapped
from templates.office import StaleButton
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items.asking import ask_on, stand
from usecases.items.book import claimed, decided_all, note
from usecases.items.draft_cards import card, over
from usecases.items.drafts import lines_of
from usecases.items.questions import DAY, SUPPORT, TEXT, UNIT
from usecases.items.sketch import Sketch, draft, sketch_of
from usecases.rights import entitled


@entitled(Action.DECIDE_ITEM)
def show_draft(session: Session, _asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """The draft's card."""
    row = draft(session, decision_id)
    return in_place(card(session, row, now)) if row else _stale(session, decision_id)


@entitled(Action.DECIDE_ITEM)
def change_text(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """Other words."""
    return _change(session, asker, decision_id, TEXT, now)


@entitled(Action.DECIDE_ITEM)
def change_unit(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """Another unit's duty."""
    return _change(session, asker, decision_id, UNIT, now)


@entitled(Action.DECIDE_ITEM)
def change_support(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """Other units help: they are named anew."""
    return _change(session, asker, decision_id, SUPPORT, now)


@entitled(Action.DECIDE_ITEM)
def change_day(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """Another deadline."""
    return _change(session, asker, decision_id, DAY, now)


@entitled(Action.DECIDE_ITEM)
def record_again(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """再记一条: something else was decided on the same matter."""
    row = session.get(Decision, decision_id)
    if row is None:
        return say(StaleButton())
    project_id = session.get_one(CoordinationItem, row.item_id).project_id
    sketch = Sketch(project_id, row.meeting_id, item_id=row.item_id)
    return ask_on(session, asker, sketch, now)


@entitled(Action.DECIDE_ITEM)
def drop_draft(session: Session, asker: Asker, decision_id: int, now: dtm.datetime) -> Answers:
    """The draft is not wanted; an item raised for it alone goes with it."""
    row = draft(session, decision_id)
    if row is None:
        return _stale(session, decision_id)
    (line,) = lines_of(session, decided_all(session, [row]), now)
    row.state = DecisionState.DROPPED
    session.add(row)
    session.flush()
    _drop_its_item(session, asker, row, now)
    audit.record(session, asker, "decision.dropped", now, ("decision", row.id))
    return in_place(DecisionScrapped(line))


def _drop_its_item(session: Session, asker: Asker, row: Decision, now: dtm.datetime) -> None:
    """What stands on record as a problem stays; an item is none without its decision."""
    found = claimed(session, row.item_id, now)
    assert found
    raised_for_it = found.row.raised_at == row.recorded_at
    if raised_for_it and found.row.state is ItemState.RAISED:
        note(session, found, ItemAct.DROPPED, now, by_id=asker.contact_id)


def _change(
    session: Session, asker: Asker, decision_id: int, step: str, now: dtm.datetime
) -> Answers:
    row = draft(session, decision_id)
    if row is None:
        return _stale(session, decision_id)
    sketch = sketch_of(session, decided_all(session, [row])[0])
    if step == SUPPORT:
        sketch = replace(sketch, supporting=())
    return stand(session, asker, step, sketch, now)


def _stale(session: Session, decision_id: int) -> Answers:
    row = session.get(Decision, decision_id)
    return say(over(row) if row else StaleButton())
