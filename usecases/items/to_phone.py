"""What the office is told to phone about: decisions unsigned, and liaisons nobody can reach."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.chain import Seat
from domain.vocabulary import Role
from templates.item_alerts import DecisionsToPhone, PhoneLine
from usecases.chain import load_roster
from usecases.items.alerts import LINES_SHOWN, covered, seat
from usecases.items.timing import Pressed, pressed_by_ids
from usecases.notices import Composed, Occasion, register


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """Those that nobody has signed for yet, and those late ones whose liaison hears of nothing."""
    found = pressed_by_ids(session, {notice.subject_id for notice in notices}, now)
    roster = load_roster(session, now, [one.place for one in found.values()])
    seats = [(one, seat(roster, one, Role.LIAISON)) for one in found.values()]
    waiting = [(one, held) for one, held in seats if _is_stuck(one, held, now)]
    if not waiting:
        return Composed(None)
    lines = tuple(_line(session, one, held, now) for one, held in waiting[:LINES_SHOWN])
    message = DecisionsToPhone(lines, len(waiting[LINES_SHOWN:]))
    return Composed(message, covered(notices, [one for one, _ in waiting]))


def _is_stuck(one: Pressed, liaison: Seat, now: dtm.datetime) -> bool:
    return liaison.gap is not None if one.is_late(now) else not one.deadline.is_signed


def _line(session: Session, one: Pressed, liaison: Seat, now: dtm.datetime) -> PhoneLine:
    person = session.get(Contact, liaison.acting_id or liaison.holder_id or 0)
    return PhoneLine(
        one.item.id,
        one.row.text,
        one.decided.unit.name,
        person.name if person else "",
        (person.phone or "") if person else "",
        max(0, one.days_late(now)) if one.is_late(now) else 0,
        liaison.gap,
    )


DECISION_TO_PHONE = register(Occasion("decision_to_phone", Urgency.ROUTINE, _compose))
