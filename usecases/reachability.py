"""Who can be written to, and who no longer can."""

import datetime as dtm

from sqlmodel import Session

from db.tables.people import Contact
from usecases import notices
from usecases.asker import Asker
from usecases.office_notices import PERSON_UNREACHABLE


def person_wrote(session: Session, asker: Asker) -> None:
    """Whoever writes can be reached, whatever was thought of them before."""
    if asker.contact is not None and asker.contact.unreachable is not None:
        person_is_back(session, asker.contact)


def person_is_back(session: Session, contact: Contact) -> None:
    """A person wrote or unblocked the bot: they can be reached again."""
    contact.unreachable, contact.unreachable_since = None, None
    session.add(contact)


def tell_office_unreachable(session: Session, contact: Contact, now: dtm.datetime) -> None:
    """The office hears once, each time a person stops being reachable."""
    # The instant tells one spell of silence from the next: each is told once.
    subject = notices.Subject(f"unreachable:{int(now.timestamp())}", contact.id)
    notices.notify_office(session, PERSON_UNREACHABLE, subject, now)
