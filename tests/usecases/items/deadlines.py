"""Living through the deadlines of decisions in tests: ticks, and who hears what."""

import datetime as dtm

from sqlmodel import Session, select

from db.tables.items import Decision
from db.tables.speech import MessageState, Urgency
from domain.items.machine import ItemAct
from domain.texts import plain
from tests.rounds import name_of
from tests.usecases.items.desk import again
from tests.usecases.meetings.hall import at
from usecases import composing, notices
from usecases.chasing.holds import keep_holds
from usecases.items.all_clear import clear_decision_alarms
from usecases.items.book import note
from usecases.items.chasing import chase_decisions

# The decisions are given on Wednesday, 2 December; this one is due on Friday the 11th, 18:00.
FRIDAY = at(12, 11, 18)
T1, T2, T3 = at(12, 14, 9), at(12, 15, 9), at(12, 16, 9)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'
ON_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 2\n'
AUTO = NO_TRIAL + 'release = "auto"\n'


def heard(session: Session, now: dtm.datetime, *, arrives: bool = True) -> list[tuple[str, str]]:
    """What leaves now, after a tick: to whom, its text."""
    keep_holds(session, now)
    chase_decisions(session, now)
    clear_decision_alarms(session, now)
    notices.expire(session, now)
    said = []
    for urgency in (Urgency.URGENT, Urgency.ROUTINE):
        while row := composing.compose_next(session, urgency, now, frozenset()):
            row.state = MessageState.SENT if arrives else MessageState.FAILED
            row.sent_at = now if arrives else None
            said.append((name_of(session, row), plain(row.text)))
    session.flush()
    return said


def names_heard(session: Session, *moments: dtm.datetime) -> list[str]:
    """Who hears something at these moments."""
    return [name for now in moments for name, _ in heard(session, now)]


def happens(session: Session, item_id: int, act: ItemAct, now: dtm.datetime) -> None:
    """Somebody does this with the item."""
    note(session, again(session, item_id), act, now)


def extends(session: Session, item_id: int, due_at: dtm.datetime, now: dtm.datetime) -> None:
    """The office gives it more time."""
    decision = the_decision(session, item_id)
    decision.due_at, decision.climbed = due_at, 0
    note(session, again(session, item_id), ItemAct.EXTENDED, now, due_at=due_at)


def the_decision(session: Session, item_id: int) -> Decision:
    """The item's decision."""
    return session.exec(select(Decision).where(Decision.item_id == item_id)).one()
