"""Living through a month in tests: ticks, and who hears what."""

import datetime as dtm

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Message, MessageState, Urgency
from usecases import composing, notices
from usecases.chasing.all_clear import clear_alarms
from usecases.chasing.review_digest import digest_reviews
from usecases.chasing.reviews import chase_reviews
from usecases.chasing.tick import chase

OFFICE = dtm.timezone(dtm.timedelta(hours=8))


def at(day: int, hour: int, minute: int = 0) -> dtm.datetime:
    """An instant of November 2026 by the office's clock."""
    return dtm.datetime(2026, 11, day, hour, minute, tzinfo=OFFICE)


def heard(session: Session, now: dtm.datetime) -> list[tuple[str, list[str]]]:
    """What leaves now, after a tick, and arrives: to whom, line by line."""
    chase(session, now)
    clear_alarms(session, now)
    chase_reviews(session, now)
    digest_reviews(session, now)
    notices.expire(session, now)
    said = []
    for urgency in (Urgency.URGENT, Urgency.ROUTINE):
        while row := composing.compose_next(session, urgency, now, frozenset()):
            row.state, row.sent_at = MessageState.SENT, now
            said.append((name_of(session, row), row.text.splitlines()))
    session.flush()
    return said


def names_heard(session: Session, now: dtm.datetime) -> list[str]:
    """Who hears something now, after a tick."""
    return [name for name, _ in heard(session, now)]


def name_of(session: Session, row: Message) -> str:
    """Whom a message is to."""
    assert row.contact_id
    return session.get_one(Contact, row.contact_id).name
