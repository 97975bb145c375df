"""Work groups in tests: who does what in one, and what is read there."""

import datetime as dtm

from sqlmodel import Session, select

from db.tables.groups import Group
from db.tables.people import Contact
from db.tables.speech import Message, MessageState
from domain.vocabulary import Level
from tests.builders import NOW, Cast, asker
from usecases.answers import Answers
from usecases.asker import Asker, Caller, identify
from usecases.groups import posting
from usecases.groups.binding import LEVELS, ScopeChosen, bind
from usecases.groups.keeping import keep_groups
from usecases.membership import Joined, group_changed

CHAT = -1001


def in_group(session: Session, who: Contact | None, now: dtm.datetime = NOW) -> Asker:
    """This contact in the group; None is somebody unknown."""
    account = who.telegram_user_id if who else 9999
    assert account is not None
    return identify(session, Caller(account, CHAT, is_private=False), now)


def adds_the_bot(session: Session, who: Contact | None, now: dtm.datetime = NOW) -> Answers:
    """Somebody puts the bot into the group."""
    joined = Joined("重大项目工作群", is_in=True)
    return group_changed(session, in_group(session, who, now), joined, now)


def takes_it_out(session: Session, who: Contact | None, now: dtm.datetime = NOW) -> Answers:
    """Somebody takes it out again."""
    joined = Joined("重大项目工作群", is_in=False)
    return group_changed(session, in_group(session, who, now), joined, now)


def the_group(session: Session) -> Group:
    """The one group there is."""
    return session.exec(select(Group)).one()


def a_bound_group(
    session: Session,
    cast: Cast,
    level: Level = Level.CITY,
    region_id: int = 0,
    now: dtm.datetime = NOW,
) -> Group:
    """Meng has put the bot into a group and bound it."""
    adds_the_bot(session, cast.meng, now)
    chosen = ScopeChosen(the_group(session).id, LEVELS.index(level), region_id)
    bind(session, asker(session, cast.meng, now), chosen, now)
    return the_group(session)


def in_private(session: Session, who: Contact) -> list[str]:
    """The kinds of what was said to somebody outside their own updates."""
    found = select(Message.kind).where(Message.contact_id == who.id)
    return list(session.exec(found.order_by(Message.id)))  # type: ignore[arg-type]


def posted(session: Session, now: dtm.datetime) -> list[Message]:
    """What is posted now, after a tick, and arrives."""
    keep_groups(session, now)
    rows = []
    while row := posting.compose_next(session, now, frozenset()):
        row.state, row.sent_at = MessageState.SENT, now
        session.add(row)
        session.flush()
        rows.append(row)
    return rows


def kinds_posted(session: Session, now: dtm.datetime) -> list[str]:
    """The kinds of it."""
    return [row.kind for row in posted(session, now)]
