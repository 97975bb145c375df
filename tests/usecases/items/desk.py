"""Decided items in tests: the cast's unit is to do something by a day, and who hears what."""

import datetime as dtm

from sqlmodel import Session

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.people import Organisation
from db.tables.programme import Project
from db.tables.speech import MessageState, Urgency
from domain.items.machine import ItemAct
from domain.vocabulary import Level, ProblemKind
from tests import builders
from tests.builders import LONG_AGO, Cast
from tests.rounds import name_of
from tests.usecases.meetings.hall import at
from usecases import composing, notices
from usecases.items.book import Item, item, note

# Wednesday, 2 December, after the meeting; by Wednesday, 30 December.
NOW = at(12, 2, 17)
DUE = at(12, 30, 18)


def an_item(
    session: Session, cast: Cast, *, project: Project | None = None, problem_id: int | None = None
) -> Item:
    """Meng has raised that two households are still to sign."""
    row = CoordinationItem(
        project_id=(project or cast.project).id,
        problem_id=problem_id,
        kind=ProblemKind.LAND_ACQUISITION,
        text="剩2户未签约",
        level=Level.CITY,
        raised_by_id=cast.huang.id,
        raised_at=LONG_AGO,
    )
    session.add(row)
    session.flush()
    note(session, again(session, row.id), ItemAct.RAISED, LONG_AGO, by_id=cast.huang.id)
    return again(session, row.id)


def a_decided(
    session: Session,
    cast: Cast,
    *,
    unit: Organisation | None = None,
    due_at: dtm.datetime = DUE,
    meeting_id: int | None = None,
    problem_id: int | None = None,
) -> Item:
    """The cast's unit, unless another one, is to have them sign; it has not answered yet."""
    raised = an_item(session, cast, problem_id=problem_id)
    decision = Decision(
        item_id=raised.id,
        meeting_id=meeting_id,
        article=2,
        text="完成剩余2户征收签约",
        organisation_id=(unit or builders.a_unit(session)).id,
        due_at=due_at,
        state=DecisionState.IN_FORCE,
        recorded_by_id=cast.meng.id,
        recorded_at=NOW,
        approved_by_id=cast.meng.id,
        approved_at=NOW,
    )
    session.add(decision)
    session.flush()
    note(session, again(session, raised.id), ItemAct.DECIDED, NOW, by_id=cast.meng.id)
    return again(session, raised.id)


def again(session: Session, item_id: int) -> Item:
    """The item as it is now."""
    found = item(session, item_id, NOW)
    assert found
    return found


def heard(session: Session, now: dtm.datetime) -> list[tuple[str, str, str]]:
    """What leaves now and arrives: to whom, its kind, its text."""
    notices.expire(session, now)
    said = []
    for urgency in (Urgency.URGENT, Urgency.ROUTINE):
        while row := composing.compose_next(session, urgency, now, frozenset()):
            row.state, row.sent_at = MessageState.SENT, now
            said.append((name_of(session, row), row.kind, row.text))
    session.flush()
    return said


def kinds_heard(session: Session, now: dtm.datetime) -> list[tuple[str, str]]:
    """Who hears what kind of message now."""
    return [(name, kind) for name, kind, _ in heard(session, now)]
