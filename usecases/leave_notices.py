"""Who hears of somebody's leave: the deputy, and the person it was registered for."""

import datetime as dtm
from collections.abc import Iterator, Sequence

from sqlmodel import Session, select

from db.tables.people import Contact, Leave
from db.tables.speech import Notice, NoticeState, Urgency
from templates.leave import (
    DeputyNamed,
    DeputyReleased,
    EnteredLeave,
    LeaveDays,
    LeaveEntered,
    StandIn,
)
from templates.message import Message
from usecases.asker import office
from usecases.listings import local_day
from usecases.notices import Composed, Occasion, Subject, notify, register
from usecases.people import unit_name

LEAVE = "leave"


def tell_of(session: Session, leave: Leave, now: dtm.datetime) -> None:
    """The deputy hears that they stand in; the person, when somebody else registered it."""
    if leave.deputy_id is not None:
        notify(session, DEPUTY_NAMED, Subject(LEAVE, leave.id), leave.deputy_id, now)
    if leave.entered_by_id != leave.contact_id:
        notify(session, LEAVE_ENTERED, Subject(LEAVE, leave.id), leave.contact_id, now)


def tell_of_cancelling(session: Session, leave: Leave, now: dtm.datetime) -> None:
    """A deputy who was told already hears that they are not needed."""
    told = select(Notice).where(
        Notice.subject_kind == LEAVE,
        Notice.subject_id == leave.id,
        Notice.occasion == DEPUTY_NAMED.name,
        Notice.state == NoticeState.TOLD,
    )
    for notice in session.exec(told):
        notify(session, DEPUTY_RELEASED, Subject(LEAVE, leave.id), notice.contact_id, now)


def _named(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    current = [pair for pair in _ahead(session, notices, now) if pair[1].cancelled_at is None]
    message = DeputyNamed(tuple(_stand_in(session, leave) for _, leave in current))
    return _composed(message, current)


def _released(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    current = list(_ahead(session, notices, now))
    message = DeputyReleased(tuple(_stand_in(session, leave) for _, leave in current))
    return _composed(message, current)


def _entered(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    current = [pair for pair in _ahead(session, notices, now) if pair[1].cancelled_at is None]
    message = LeaveEntered(tuple(_entry(session, leave) for _, leave in current))
    return _composed(message, current)


def _composed(message: Message, current: Sequence[tuple[Notice, Leave]]) -> Composed:
    """The message that tells of these leaves; none of them, and nothing is said."""
    told = frozenset(notice.id for notice, _ in current)
    return Composed(message if told else None, told)


def _entry(session: Session, leave: Leave) -> EnteredLeave:
    by = session.get(Contact, leave.entered_by_id) if leave.entered_by_id else None
    return EnteredLeave(by.name if by else "", days_of(session, leave))


def days_of(session: Session, leave: Leave) -> LeaveDays:
    """A leave as it is shown."""
    deputy = session.get(Contact, leave.deputy_id) if leave.deputy_id else None
    name = deputy.name if deputy else ""
    return LeaveDays(leave.id, leave.first_day, leave.last_day, name)


def _ahead(
    session: Session, notices: Sequence[Notice], now: dtm.datetime
) -> Iterator[tuple[Notice, Leave]]:
    """The leaves that are not over yet."""
    today = local_day(office(session).zone, now)
    for notice in notices:
        leave = session.get_one(Leave, notice.subject_id)
        if leave.last_day >= today:
            yield notice, leave


def _stand_in(session: Session, leave: Leave) -> StandIn:
    person = session.get_one(Contact, leave.contact_id)
    return StandIn(person.name, unit_name(session, person), leave.first_day, leave.last_day)


DEPUTY_NAMED = register(
    Occasion("leave_deputy_named", Urgency.ROUTINE, _named, spends_budget=False)
)
DEPUTY_RELEASED = register(
    Occasion("leave_deputy_released", Urgency.ROUTINE, _released, spends_budget=False)
)
LEAVE_ENTERED = register(Occasion("leave_entered", Urgency.ROUTINE, _entered, spends_budget=False))
