"""Reading the contact book."""

from sqlmodel import Session

from db.tables.people import Contact, Organisation


def unit_name(session: Session, contact: Contact) -> str:
    """The name of a contact's unit, or nothing where it has none."""
    if contact.organisation_id is None:
        return ""
    return session.get_one(Organisation, contact.organisation_id).name
