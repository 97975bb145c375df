"""What units and the office hear of each other about decisions, while it is still so."""

import datetime as dtm
from collections.abc import Callable, Collection, Sequence

from sqlmodel import Session

from db.tables.items import ItemEntry
from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.chain import Rung
from domain.items.machine import WITH_UNIT, ItemAct, ItemState
from templates.item_answer_notices import (
    DecisionsClosedOut,
    DecisionsDone,
    DecisionsDropped,
    DecisionsInsisted,
    DecisionsRefused,
    DecisionsSentBack,
    ExtensionsAnswered,
    ExtensionsAsked,
    ExtensionsGranted,
)
from templates.item_answers import DecisionLine
from templates.message import Message
from usecases.asker import Asker, Caller, grants_of, voice_of
from usecases.chain import load_roster
from usecases.items import book
from usecases.items.book import Item
from usecases.items.people import place_of, seat_of
from usecases.items.ways import line_of, newest, ways_of
from usecases.notices import Composed, Occasion, Subject, notify, notify_office, register

ENTRY = "item_entry"


def tell_office(session: Session, occasion: Occasion, entry: ItemEntry, now: dtm.datetime) -> None:
    """Every coordinator hears of what the unit said."""
    notify_office(session, occasion, Subject(ENTRY, entry.id), now)


def tell_person(
    session: Session, occasion: Occasion, contact_id: int, entry: ItemEntry, now: dtm.datetime
) -> None:
    """This person hears of it."""
    notify(session, occasion, Subject(ENTRY, entry.id), contact_id, now)


def tell_unit(
    session: Session,
    occasion: Occasion,
    item: Item,
    entry: ItemEntry,
    now: dtm.datetime,
    rung: Rung = Rung.REVIEWER,
) -> bool:
    """Whoever sits on this rung of the unit hears of it, the liaison usually; False if nobody can.

    Of an item without a decision no unit hears.
    """
    if item.decided is None:
        return False
    roster = load_roster(session, now, [place_of(item, item.decided)])
    seat = seat_of(roster, item, item.decided, rung)
    if seat.acting_id is None or seat.gap is not None:
        return False
    tell_person(session, occasion, seat.acting_id, entry, now)
    return True


def _occasion(
    name: str,
    urgency: Urgency,
    message: Callable[[tuple[DecisionLine, ...]], Message],
    states: Collection[ItemState],
    acts: Collection[ItemAct],
) -> Occasion:
    """Told as long as the item stands in one of these states and none of these acts is newer."""

    def compose(
        session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
    ) -> Composed:
        lines, told = [], set()
        for notice in notices:
            entry = session.get_one(ItemEntry, notice.subject_id)
            item = book.item(session, entry.item_id, now)
            last = newest(session, item, acts) if item else None
            if item and item.row.state in states and last and last.id == entry.id:
                lines.append(_line(session, contact, item, entry, now))
                told.add(notice.id)
        return Composed(message(tuple(lines)) if lines else None, frozenset(told))

    # What was decided waits for nobody's budget.
    return register(Occasion(name, urgency, compose, spends_budget=False))


def _line(
    session: Session, contact: Contact, item: Item, entry: ItemEntry, now: dtm.datetime
) -> DecisionLine:
    """The item as this person will be able to act on it."""
    account = contact.telegram_user_id or 0
    reader = Asker(
        Caller(account, account, is_private=True),
        contact,
        grants_of(session, contact.id, now),
        voice_of(session, contact),
    )
    return line_of(session, item, ways_of(session, reader, item, now), entry)


_A = ItemAct
_ANSWERED = (_A.EXTENDED, _A.EXTENSION_REFUSED, _A.DECIDED)

REFUSED = _occasion(
    "decision_refused",
    Urgency.URGENT,
    DecisionsRefused,
    {ItemState.REFUSED},
    (_A.REFUSED, _A.DECIDED),
)
EXTENSION_ASKED = _occasion(
    "decision_extension_asked",
    Urgency.URGENT,
    ExtensionsAsked,
    WITH_UNIT,
    (_A.EXTENSION_ASKED, *_ANSWERED, _A.DONE),
)
DONE = _occasion(
    "decision_done",
    Urgency.ROUTINE,
    DecisionsDone,
    {ItemState.DONE},
    (_A.DONE, _A.DECIDED),
)
EXTENSION_ANSWERED = _occasion(
    "decision_extension_answered", Urgency.URGENT, ExtensionsAnswered, WITH_UNIT, _ANSWERED
)
EXTENSION_GRANTED = _occasion(
    "decision_extension_granted", Urgency.ROUTINE, ExtensionsGranted, WITH_UNIT, _ANSWERED
)
SENT_BACK = _occasion(
    "decision_sent_back",
    Urgency.URGENT,
    DecisionsSentBack,
    WITH_UNIT,
    (_A.SENT_BACK, _A.DONE, _A.DECIDED),
)
INSISTED = _occasion(
    "decision_insisted",
    Urgency.URGENT,
    DecisionsInsisted,
    {ItemState.ASSIGNED},
    (_A.DECIDED,),
)
CLOSED_OUT = _occasion(
    "decision_closed_out",
    Urgency.ROUTINE,
    DecisionsClosedOut,
    {ItemState.CLOSED_OUT},
    (_A.CLOSED_OUT,),
)
DROPPED = _occasion(
    "decision_dropped", Urgency.ROUTINE, DecisionsDropped, {ItemState.DROPPED}, (_A.DROPPED,)
)
