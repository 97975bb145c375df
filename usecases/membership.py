"""What Telegram says of the bot's own standing: blocked or let back in, in a group or out of it."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, select

from db.tables.people import Contact, Group, Unreachable
from usecases import audit
from usecases.answers import Answers
from usecases.asker import Asker
from usecases.delivery import move_chat
from usecases.reachability import person_is_back, tell_office_unreachable

LONGEST_TITLE = 255


@dataclass(frozen=True, slots=True)
class Joined:
    """The bot is in a group now, or no longer."""

    title: str
    is_in: bool


def blocked(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """A person stopped the bot: they are unreachable, which the office hears once."""
    if asker.contact is None:
        return ()
    person = session.get_one(Contact, asker.contact.id)
    if person.unreachable is None:
        person.unreachable, person.unreachable_since = Unreachable.BLOCKED, now
        session.add(person)
        audit.record(session, asker, "person.blocked", now, ("contact", person.id))
        tell_office_unreachable(session, person, now)
    return ()


def unblocked(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """A person let the bot back in: what waited for them leaves by itself."""
    if asker.contact is not None and asker.contact.unreachable is not None:
        person_is_back(session, asker.contact)
        audit.record(session, asker, "person.unblocked", now, ("contact", asker.contact.id))
    return ()


def group_changed(session: Session, asker: Asker, joined: Joined, now: dtm.datetime) -> Answers:
    """The bot was put into a group or taken out of it; nothing is said there."""
    chat_id = asker.caller.chat_id
    row = session.exec(select(Group).where(Group.chat_id == chat_id)).one_or_none()
    if row is None:
        row = Group(chat_id=chat_id, joined_at=now)
    if row.left_at is not None and joined.is_in:
        row.joined_at = now
    row.title = joined.title[:LONGEST_TITLE]
    row.left_at = None if joined.is_in else row.left_at or now
    session.add(row)
    session.flush()
    action = "group.joined" if joined.is_in else "group.left"
    audit.record(session, asker, action, now, ("group", row.id))
    return ()


def group_moved(session: Session, asker: Asker, new_chat_id: int, now: dtm.datetime) -> Answers:
    """Telegram upgraded the group: it goes on under its new id."""
    move_chat(session, asker.caller.chat_id, new_chat_id)
    audit.record(session, asker, "group.moved", now)
    return ()
