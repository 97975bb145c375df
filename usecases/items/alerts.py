"""What people hear of a decision's deadline: reminders before it, alerts after it."""

import datetime as dtm
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.people import Contact
from db.tables.speech import Message, MessageState, Notice, Urgency
from domain.chain import Roster, Rung, Seat
from domain.items.machine import ItemState
from domain.vocabulary import Role
from templates.alerts import Heard
from templates.item_alerts import (
    DecisionEnd,
    DecisionReminder,
    DueDecision,
    EndedDecision,
    LateDecisionsForCommissioner,
    LateDecisionsForFirstResponsible,
    LateDecisionsForLiaison,
    UnsignedDecisions,
)
from templates.message import Message as Typed
from usecases.chain import load_roster
from usecases.items.book import Item, items_of
from usecases.items.people import seat_of
from usecases.items.timing import DECISION, Pressed, pressed_by_ids
from usecases.notices import Composed, Occasion, register

LINES_SHOWN = 8

_RUNGS = {
    Role.LIAISON: Rung.REVIEWER,
    Role.COMMISSIONER: Rung.COMMISSIONER,
    Role.FIRST_RESPONSIBLE: Rung.FIRST_RESPONSIBLE,
}
_ENDS = {
    ItemState.DONE: DecisionEnd.DONE,
    ItemState.CLOSED_OUT: DecisionEnd.CLOSED_OUT,
    ItemState.REFUSED: DecisionEnd.REFUSED,
    ItemState.DROPPED: DecisionEnd.DROPPED,
}


def seat(roster: Roster, one: Pressed, role: Role) -> Seat:
    """Who hears of the decision in this role."""
    return seat_of(roster, one.item, one.decided, _RUNGS[role])


def theirs(
    session: Session, contact: Contact, role: Role, notices: Sequence[Notice], now: dtm.datetime
) -> list[Pressed]:
    """What of the notices' decisions presses and is still this person's to see to."""
    found = pressed_by_ids(session, {notice.subject_id for notice in notices}, now)
    roster = load_roster(session, now, [one.place for one in found.values()])
    return [one for one in found.values() if seat(roster, one, role).acting_id == contact.id]


def covered(notices: Sequence[Notice], told: Collection[Pressed]) -> frozenset[int]:
    """The notices about the decisions that are told."""
    ids = {one.id for one in told}
    return frozenset(notice.id for notice in notices if notice.subject_id in ids)


def line_of(one: Pressed, now: dtm.datetime) -> DueDecision:
    """A decision as its deadline is spoken of."""
    return DueDecision(
        one.item.id,
        one.item.project.name,
        one.row.text,
        one.decided.unit.name,
        one.row.due_at,
        days_late=max(0, one.days_late(now)),
        is_unsigned=one.item.row.state is ItemState.ASSIGNED,
    )


def heard_of(session: Session, late: Collection[Pressed]) -> Mapping[int, Heard]:
    """When the commissioner was told of each since its ladder began, and said they know."""
    ladders = {one.id: one.ladder_turn for one in late}
    query = (
        select(Notice, Message)
        .join(Message, col(Message.id) == col(Notice.message_id))
        .where(
            Notice.subject_kind == DECISION,
            col(Notice.subject_id).in_(ladders),
            Notice.occasion == DECISION_OVERDUE_ABOVE.name,
            Message.state == MessageState.SENT,
        )
    )
    return {
        notice.subject_id: Heard(message.sent_at, message.acknowledged_at)
        for notice, message in session.exec(query)
        if message.sent_at and notice.turn.startswith(ladders[notice.subject_id])
    }


def ended_of(
    session: Session, notices: Sequence[Notice], late: Collection[Pressed], now: dtm.datetime
) -> tuple[EndedDecision, ...]:
    """Those of the notices' decisions that are not late and theirs any more, and how that came."""
    gone = {notice.subject_id for notice in notices} - {one.id for one in late}
    query = (
        select(Decision, CoordinationItem)
        .join(CoordinationItem, col(CoordinationItem.id) == col(Decision.item_id))
        .where(col(Decision.id).in_(gone))
        .order_by(col(Decision.id))
    )
    rows = session.exec(query).all()
    items = items_of(session, [row for _, row in rows], now)
    return tuple(
        EndedDecision(one.id, one.project.name, _end(decision, one, now), decision.due_at)
        for (decision, _), one in zip(rows, items, strict=True)
    )


def shown_again(
    session: Session,
    contact: Contact,
    notices: Sequence[Notice],
    told_by: Message,
    now: dtm.datetime,
) -> Typed:
    """An alert that told these notices as it reads now."""
    role = ROLES[notices[0].occasion]
    late = [one for one in theirs(session, contact, role, notices, now) if one.is_late(now)]
    message = _alert(session, role, late, now)
    ended = ended_of(session, notices, late, now)
    if isinstance(message, LateDecisionsForLiaison):
        return replace(message, ended=ended)
    return replace(message, ended=ended, known_at=told_by.acknowledged_at)


_Alert = LateDecisionsForLiaison | LateDecisionsForCommissioner | LateDecisionsForFirstResponsible


def _alert(session: Session, role: Role, late: Sequence[Pressed], now: dtm.datetime) -> _Alert:
    lines = tuple(line_of(one, now) for one in late[:LINES_SHOWN])
    if role is Role.LIAISON:
        return LateDecisionsForLiaison(lines, len(late), now)
    if role is Role.COMMISSIONER:
        return LateDecisionsForCommissioner(lines, len(late), now)
    heard = heard_of(session, late)
    told = tuple(
        replace(line, commissioner=heard.get(one.id))
        for one, line in zip(late, lines, strict=False)
    )
    return LateDecisionsForFirstResponsible(told, len(late), now)


def _compose_alert(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What is late and theirs; what waited through an extension is past."""
    role = ROLES[notices[0].occasion]
    turns = {notice.subject_id: notice.turn for notice in notices}
    late = [
        one
        for one in theirs(session, contact, role, notices, now)
        if one.is_late(now) and turns[one.id].startswith(one.ladder_turn)
    ]
    if not late:
        return Composed(None)
    return Composed(_alert(session, role, late, now), covered(notices, late))


def _compose_reminder(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    found = theirs(session, contact, Role.LIAISON, notices, now)
    ahead = [one for one in found if not one.is_late(now)]
    if not ahead:
        return Composed(None)
    lines = tuple(line_of(one, now) for one in ahead[:LINES_SHOWN])
    message = DecisionReminder(lines, now, len(ahead[LINES_SHOWN:]))
    return Composed(message, covered(notices, ahead))


def _compose_unsigned(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    found = theirs(session, contact, Role.LIAISON, notices, now)
    waiting = [one for one in found if not one.deadline.is_signed]
    if not waiting:
        return Composed(None)
    lines = tuple(line_of(one, now) for one in waiting[:LINES_SHOWN])
    message = UnsignedDecisions(lines, len(waiting[LINES_SHOWN:]))
    return Composed(message, covered(notices, waiting))


def _end(decision: Decision, item: Item, now: dtm.datetime) -> DecisionEnd:
    if decision.state is DecisionState.REPLACED:
        return DecisionEnd.REPLACED
    if decision.state is DecisionState.DROPPED:
        return DecisionEnd.DROPPED
    if item.row.state in _ENDS:
        return _ENDS[item.row.state]
    if item.is_withdrawn:
        return DecisionEnd.WITHDRAWN
    return DecisionEnd.EXTENDED if decision.due_at > now else DecisionEnd.MOVED


DECISION_REMINDER = register(
    Occasion("decision_reminder", Urgency.ROUTINE, _compose_reminder, is_chasing=True)
)
DECISION_UNSIGNED = register(
    Occasion("decision_unsigned", Urgency.ROUTINE, _compose_unsigned, is_chasing=True)
)
DECISION_OVERDUE = register(
    Occasion("decision_overdue", Urgency.URGENT, _compose_alert, is_chasing=True)
)
DECISION_OVERDUE_ABOVE = register(
    Occasion("decision_overdue_above", Urgency.URGENT, _compose_alert, is_chasing=True)
)
DECISION_OVERDUE_TOP = register(
    Occasion("decision_overdue_top", Urgency.URGENT, _compose_alert, is_chasing=True)
)

ALERTS: Mapping[Role, Occasion] = {
    Role.LIAISON: DECISION_OVERDUE,
    Role.COMMISSIONER: DECISION_OVERDUE_ABOVE,
    Role.FIRST_RESPONSIBLE: DECISION_OVERDUE_TOP,
}
"""On which occasion each role is alarmed."""

ROLES: Mapping[str, Role] = {occasion.name: role for role, occasion in ALERTS.items()}
"""In which role somebody was alarmed, by the occasion's name."""
