"""Who is asking: the account behind an update, the contact linked to it, and what it may do."""

import datetime as dtm
from dataclasses import dataclass, replace

from sqlmodel import Session, col, or_, select

from db.tables.office import Office
from db.tables.people import Assignment, Contact
from db.tables.speech import Message
from domain.access import Action, Grant, Ground, Reach, may, reach
from domain.vocabulary import Language
from templates.render import Voice


@dataclass(frozen=True, slots=True)
class Caller:
    """What Telegram says of whoever sent an update; nothing here is trusted beyond that."""

    user_id: int
    chat_id: int
    is_private: bool
    name: str = ""
    pressed_message_id: int | None = None
    pressed_data: str | None = None


@dataclass(frozen=True, slots=True)
class Asker:
    """A caller as the office knows them: the linked contact, if any, and their grants."""

    caller: Caller
    contact: Contact | None
    grants: tuple[Grant, ...]
    voice: Voice
    pressed: Message | None = None

    @property
    def contact_id(self) -> int:
        """The linked contact's id; ValueError for somebody unknown."""
        if self.contact is None:
            raise ValueError("the caller is not linked to a contact")
        return self.contact.id

    def on(self, pressed: Message | None) -> "Asker":
        """The same asker, having pressed a button of that message, if any."""
        return replace(self, pressed=pressed)

    def may(self, action: Action, ground: Ground) -> bool:
        """Whether this person is entitled to the action on that project."""
        return may(action, self.grants, ground)

    def reach(self, action: Action) -> Reach:
        """How far this person's right to the action goes."""
        return reach(action, self.grants)


def identify(session: Session, caller: Caller, now: dtm.datetime) -> Asker:
    """The caller with their contact, current grants and language; unknown people have none."""
    contact = linked_contact(session, caller.user_id)
    grants = grants_of(session, contact.id, now) if contact else ()
    # A group is many people: it is spoken to in the office's own language.
    voice = voice_of(session, contact if caller.is_private else None)
    return Asker(caller, contact, grants, voice)


def linked_contact(session: Session, telegram_user_id: int) -> Contact | None:
    """The contact an account is linked to, unless that person has left."""
    found = select(Contact).where(
        Contact.telegram_user_id == telegram_user_id, col(Contact.left_at).is_(None)
    )
    return session.exec(found).one_or_none()


def grants_of(session: Session, contact_id: int, now: dtm.datetime) -> tuple[Grant, ...]:
    """The roles a contact holds at this moment, each with its scope."""
    current = select(Assignment).where(
        Assignment.contact_id == contact_id,
        Assignment.since <= now,
        or_(col(Assignment.until).is_(None), col(Assignment.until) > now),
    )
    rows = session.exec(current.order_by(col(Assignment.id)))
    return tuple(Grant(row.role, row.scope_kind, row.scope_id) for row in rows)


def office(session: Session) -> Office:
    """The office's own facts, written when the bot starts."""
    return session.exec(select(Office)).one()


def voice_of(session: Session, contact: Contact | None) -> Voice:
    """How to speak to a contact, or, to somebody unknown, in the office's own language."""
    facts = office(session)
    language = Language(contact.language) if contact else facts.language
    return Voice(language, facts.zone)
