"""What the bot says in a group of itself: one line ever, or once a day where it is bound."""

import datetime as dtm

from sqlmodel import Session

from db.tables.groups import Group
from templates.groups import AskInPrivate, GroupGreeting
from usecases.answers import Answers, say
from usecases.asker import Asker, office
from usecases.groups.book import bound, group_of
from usecases.listings import local_day


def addressed(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """Somebody gave a command in a group: nothing it would show is shown there."""
    group = group_of(session, asker.caller.chat_id, now)
    return point(session, group, now) if bound(session, group.id) else greet(session, group, now)


def greet(session: Session, group: Group, now: dtm.datetime) -> Answers:
    """The one polite line; silence for ever after."""
    if group.greeted_at is not None:
        return ()
    group.greeted_at = now
    session.add(group)
    return say(GroupGreeting())


def point(session: Session, group: Group, now: dtm.datetime) -> Answers:
    """Please ask in private: once a day."""
    facts = office(session)
    today = local_day(facts.zone, now)
    if group.pointed_at is not None and local_day(facts.zone, group.pointed_at) == today:
        return ()
    group.pointed_at = now
    session.add(group)
    return say(AskInPrivate(facts.bot_username))
