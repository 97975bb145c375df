"""Who is away, and who has linked an account."""

import datetime as dtm
from collections.abc import Mapping

from sqlmodel import Session, col, select

from db.tables.people import Contact, Leave
from domain.vocabulary import Role
from sandbox.sample.facts import Person, Programme

_FIRST_ACCOUNT = 600_000_000
_UNLINKED, _EVERY = (0, 2, 4), 9
"""Of nine people in the list these have not linked an account yet: four in a row have, which is
a unit's whole chain here and there."""


def account_number(contact: Contact) -> int:
    """The Telegram account of somebody of the sample: the linked one, else one of their own."""
    return contact.telegram_user_id or _FIRST_ACCOUNT + contact.id


def write_leave(session: Session, programme: Programme) -> None:
    """The days people are away, as the office entered them a week before."""
    contacts = _contacts(session, programme)
    for person in programme.people:
        if person.leave is None or person.phone not in contacts:
            continue
        first, last = person.leave
        entered = dtm.datetime.combine(first - dtm.timedelta(days=7), dtm.time(2), dtm.UTC)
        leave = Leave(
            contact_id=contacts[person.phone].id,
            first_day=first,
            last_day=last,
            entered_at=entered,
        )
        session.add(leave)


def link_people(session: Session, programme: Programme, now: dtm.datetime) -> None:
    """Two people in three have linked their account; the office and the inspectorate all have."""
    contacts = _contacts(session, programme)
    for number, person in enumerate(programme.people):
        contact = contacts.get(person.phone)
        if contact is not None and _is_linked(person, number):
            contact.telegram_user_id = account_number(contact)
            contact.linked_at = now + dtm.timedelta(days=1)
            session.add(contact)


def _is_linked(person: Person, number: int) -> bool:
    at_the_office = person.role in (Role.COORDINATOR, Role.INSPECTOR)
    return at_the_office or number % _EVERY not in _UNLINKED


def _contacts(session: Session, programme: Programme) -> Mapping[str, Contact]:
    """The contacts by their phones; whoever has left was not in the table that was imported."""
    phones = [person.phone for person in programme.people]
    rows = session.exec(select(Contact).where(col(Contact.phone).in_(phones)))
    return {contact.phone or "": contact for contact in rows}
