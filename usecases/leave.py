"""Leave: recording it for oneself or for those below, and taking it back."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Contact, Leave
from domain.access import Action, Reach
from templates.leave import LeaveCancelled, LeaveRecorded, NotTheirLeave
from templates.linking import HowToLink
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker, office
from usecases.chain import current_chains
from usecases.leave_notices import days_of, tell_of, tell_of_cancelling
from usecases.listings import local_day


@dataclass(frozen=True, slots=True)
class WantedLeave:
    """Somebody's leave as it is to be recorded, both days included."""

    person: Contact
    first: dtm.date
    last: dtm.date
    deputy: Contact | None


def record_leave(session: Session, asker: Asker, wanted: WantedLeave, now: dtm.datetime) -> Answers:
    """Record leave, and tell the deputy, and the person when it was not they who asked."""
    person, deputy = wanted.person, wanted.deputy
    if not may_record_for(session, asker, person.id, now):
        return say(NotTheirLeave(person.name))
    row = Leave(
        contact_id=person.id,
        first_day=wanted.first,
        last_day=wanted.last,
        deputy_id=deputy.id if deputy else None,
        entered_by_id=asker.contact_id,
        entered_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, asker, "leave.recorded", now, ("leave", row.id))
    tell_of(session, row, now)
    linked = deputy is None or deputy.telegram_user_id is not None
    return say(LeaveRecorded(whom(asker, person), days_of(session, row), linked))


def cancel_leave(session: Session, asker: Asker, leave_id: int, now: dtm.datetime) -> Answers:
    """Take a leave back: one's own, one that one registered, or one that one might have."""
    if asker.contact is None:
        return say(HowToLink())
    row = session.get_one(Leave, leave_id)
    person = session.get_one(Contact, row.contact_id)
    entered = asker.contact.id == row.entered_by_id
    if not entered and not may_record_for(session, asker, person.id, now):
        return say(NotTheirLeave(person.name))
    if row.cancelled_at is None:
        row.cancelled_at = now
        session.add(row)
        audit.record(session, asker, "leave.cancelled", now, ("leave", row.id))
        tell_of_cancelling(session, row, now)
    return in_place(LeaveCancelled(whom(asker, person), row.first_day, row.last_day))


def leaves_ahead(session: Session, contact_id: int, now: dtm.datetime) -> Sequence[Leave]:
    """Somebody's leaves that are not over and not taken back, the earliest first."""
    found = select(Leave).where(
        Leave.contact_id == contact_id,
        Leave.last_day >= local_day(office(session).zone, now),
        col(Leave.cancelled_at).is_(None),
    )
    return session.exec(found.order_by(col(Leave.first_day), col(Leave.id))).all()


def may_record_for(session: Session, asker: Asker, contact_id: int, now: dtm.datetime) -> bool:
    """Whether the asker may register that person's leave.

    Everybody may for themselves, the office for all, a liaison for those in the chains of the
    projects they answer for.
    """
    if asker.contact is not None and asker.contact.id == contact_id:
        return True
    reach = asker.reach(Action.RECORD_LEAVE)
    if reach in (Reach.NONE, Reach.ALL):
        return reach is Reach.ALL
    return any(
        one.chain.involves(contact_id) and asker.may(Action.RECORD_LEAVE, one.ground)
        for one in current_chains(session, now)
    )


def whom(asker: Asker, person: Contact) -> str:
    """The name of the person, empty when it is the asker themselves."""
    own = asker.contact is not None and asker.contact.id == person.id
    return "" if own else person.name
