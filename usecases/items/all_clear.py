"""When a decision somebody was alarmed about is late no more: their alert says so, and those
above hear one quiet line."""

import datetime as dtm
from collections.abc import Collection, Sequence

from sqlmodel import Session, col, select

from db.tables.items import Decision
from db.tables.people import Contact
from db.tables.speech import WAITING, Message, MessageState, Notice, NoticeState, Urgency
from domain.ladder import ABOVE_THE_LIAISON
from templates.item_alerts import DecisionEnd, DecisionsCleared
from usecases.chasing.refreshing import told_about
from usecases.items.alerts import LINES_SHOWN, ROLES, ended_of, theirs
from usecases.items.refreshing import refresh
from usecases.items.timing import DECISION, pressed_by_ids
from usecases.notices import Composed, Occasion, Subject, Telling, notify_all, register

# One transaction's worth: the rest is taken up two seconds later.
AT_ONCE = 50

_REACHED = (MessageState.SENT, MessageState.UNCERTAIN)
_ABOVE = tuple(name for name, role in ROLES.items() if role in ABOVE_THE_LIAISON)


def clear_decision_alarms(session: Session, now: dtm.datetime) -> int:
    """Whoever was told that a decision is late hears that it is so no more; how many decisions.

    It was done, closed out, given more time, dropped, replaced: whatever ended it, this finds it.
    """
    over = _over(session, now)
    told = told_about(session, [one.id for one in over], tuple(ROLES), DECISION)
    # What is on its way must arrive, or fail to, before it can be taken back.
    on_its_way = {
        notice.subject_id
        for message, notices in told
        if message.state in WAITING
        for notice in notices
    }
    settled = {one.id: one for one in over if one.id not in on_its_way}
    refresh(session, settled, now)
    notify_all(session, DECISION_CLEARED, _tellings(told, settled), now)
    for one in settled.values():
        one.alarmed = False
        session.add(one)
    session.flush()
    return len(settled)


def _over(session: Session, now: dtm.datetime) -> list[Decision]:
    rows = session.exec(select(Decision).where(col(Decision.alarmed)).order_by(col(Decision.id)))
    alarmed = list(rows)
    pressed = pressed_by_ids(session, [one.id for one in alarmed], now) if alarmed else {}
    late = {one.id for one in pressed.values() if one.is_late(now)}
    return [one for one in alarmed if one.id not in late][:AT_ONCE]


def _tellings(
    told: Sequence[tuple[Message, Sequence[Notice]]], settled: Collection[int]
) -> list[Telling]:
    """The liaison did it and knows; those above were worried by us."""
    return [
        Telling(
            Subject(DECISION, notice.subject_id, notice.turn.partition("+")[0]),
            notice.contact_id,
        )
        for message, notices in told
        if message.state in _REACHED
        for notice in notices
        if notice.subject_id in settled and notice.occasion in _ABOVE
    ]


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What is over; a decision that is late again meanwhile is not said to be."""
    pressed = pressed_by_ids(session, {notice.subject_id for notice in notices}, now)
    late = [one for one in pressed.values() if one.is_late(now)]
    over = [
        one for one in ended_of(session, notices, late, now) if one.end is not DecisionEnd.MOVED
    ]
    if not over:
        return Composed(None)
    ids = {one.id for one in late}
    told = frozenset(notice.id for notice in notices if notice.subject_id not in ids)
    still_late = _still_late(session, contact, now)
    shown, more = tuple(over[:LINES_SHOWN]), len(over[LINES_SHOWN:])
    return Composed(DecisionsCleared(shown, more, still_late), told)


def _still_late(session: Session, contact: Contact, now: dtm.datetime) -> int:
    """How much of what this person was alarmed about is not over."""
    query = (
        select(Notice)
        .join(Decision, col(Decision.id) == col(Notice.subject_id))
        .where(
            Notice.subject_kind == DECISION,
            Notice.contact_id == contact.id,
            col(Notice.occasion).in_(_ABOVE),
            Notice.state == NoticeState.TOLD,
            col(Decision.alarmed),
        )
    )
    told = session.exec(query).all()
    found = {
        one.id
        for name in _ABOVE
        for one in theirs(session, contact, ROLES[name], _on(told, name), now)
        if one.is_late(now)
    }
    return len(found)


def _on(notices: Sequence[Notice], occasion: str) -> list[Notice]:
    return [notice for notice in notices if notice.occasion == occasion]


DECISION_CLEARED = register(
    Occasion(
        "decision_cleared",
        Urgency.ROUTINE,
        _compose,
        expires_after=dtm.timedelta(days=7),
        spends_budget=False,
        is_silent=True,
    )
)
