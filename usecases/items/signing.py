"""A unit signs for a decision (签收), or says that it is no duty of its (不属我单位职责)."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.items import Decision, DecisionState
from domain.items.machine import ItemAct
from domain.items.ways import Way, is_open
from templates.item_answers import DecisionsSigned
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chasing.refreshing import told_by
from usecases.items import answer_notices
from usecases.items.answering import Said, Step, ask, on_way, register, shown, words_wanted
from usecases.items.book import Item, claimed, note
from usecases.items.reading import item_for
from usecases.items.timing import DECISION
from usecases.items.ways import is_of_unit, line_of, standing, ways_of
from usecases.standing import standing_in


def show(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """The item as it stands, as a new message, with what the asker may do."""
    item = item_for(session, asker, item_id, now)
    return say(item if isinstance(item, Message) else standing(session, asker, item, now))


def sign(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """签收: the unit has it in hand."""
    item = on_way(session, asker, Way.SIGN, item_id, now)
    if isinstance(item, Message):
        return shown(item)
    _sign(session, asker, item, now)
    return in_place(standing(session, asker, item, now))


def sign_all(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """签收全部: of a meeting, everything that binds the asker's unit and is not signed for yet.

    What the pressed message did not tell has not been read, and waits.
    """
    if asker.contact is None:
        return say(HowToLink())
    items = _of_meeting(session, asker, meeting_id, now)
    waiting = [item for item in items if is_open(Way.SIGN, item.row.state)]
    for item in waiting:
        _sign(session, asker, item, now)
    if not items:
        return say(StaleButton())
    lines = (line_of(session, item, ways_of(session, asker, item, now)) for item in items)
    return in_place(DecisionsSigned(tuple(lines), len(waiting)))


def ask_refuse(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """不属我单位职责: why?"""
    return ask(session, asker, REFUSE, item_id, now)


def _refused(session: Session, asker: Asker, said: Said, now: dtm.datetime) -> Message:
    """It goes back to the office, which hears at once."""
    item = said.item
    entry = note(session, item, ItemAct.REFUSED, now, by_id=asker.contact_id, text=said.words)
    audit.record(session, asker, "decision.refused", now, ("coordination_item", item.id))
    answer_notices.tell_office(session, answer_notices.REFUSED, entry, now)
    return standing(session, asker, item, now)


def _sign(session: Session, asker: Asker, item: Item, now: dtm.datetime) -> None:
    note(session, item, ItemAct.SIGNED, now, by_id=asker.contact_id)
    audit.record(session, asker, "decision.signed", now, ("coordination_item", item.id))


def _of_meeting(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> list[Item]:
    """What the meeting decided for units the asker answers for, to be changed."""
    wanted = select(Decision.item_id).where(
        Decision.meeting_id == meeting_id, Decision.state == DecisionState.IN_FORCE
    )
    told = told_by(session, asker.pressed, DECISION) if asker.pressed else ()
    if told:
        wanted = wanted.where(col(Decision.id).in_({notice.subject_id for notice in told}))
    # In one order everywhere, so that two who press at once do not wait for each other.
    ids = session.exec(wanted.order_by(col(Decision.item_id))).all()
    acting = standing_in(session, asker, now)
    found = (claimed(session, one, now) for one in ids)
    return [item for item in found if item and is_of_unit(acting, item)]


REFUSE = register(Step("refuse", Way.REFUSE, words_wanted(Way.REFUSE), _refused))
