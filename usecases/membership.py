"""What Telegram says of the bot's own standing: blocked or let back in, in a group or out of it."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session

from db.tables.groups import Group
from db.tables.people import Contact, Unreachable
from domain.access import Action, Reach
from usecases import audit
from usecases.answers import Answers
from usecases.asker import Asker
from usecases.delivery import move_chat
from usecases.groups.binding import offer
from usecases.groups.book import group_at, group_of
from usecases.groups.ending import lose
from usecases.groups.speaking import greet
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
    """The bot was put into a group or taken out of it.

    The group reads one line, once; a coordinator who put it there may bind the group in private.
    """
    chat_id = asker.caller.chat_id
    known = group_at(session, chat_id)
    came = joined.is_in and (known is None or known.left_at is not None)
    group = known or group_of(session, chat_id, now)
    group.title = joined.title[:LONGEST_TITLE]
    if came:
        group.joined_at, group.left_at = now, None
    session.add(group)
    session.flush()
    action = "group.joined" if joined.is_in else "group.left"
    audit.record(session, asker, action, now, ("group", group.id))
    if not joined.is_in:
        lose(session, chat_id, now)
    return _welcome(session, asker, group, now) if came else ()


def _welcome(session: Session, asker: Asker, group: Group, now: dtm.datetime) -> Answers:
    if asker.reach(Action.BIND_GROUP) is not Reach.NONE:
        offer(session, asker, group, now)
    return greet(session, group, now)


def group_moved(session: Session, asker: Asker, new_chat_id: int, now: dtm.datetime) -> Answers:
    """Telegram upgraded the group: it goes on under its new id."""
    move_chat(session, asker.caller.chat_id, new_chat_id)
    audit.record(session, asker, "group.moved", now)
    return ()
