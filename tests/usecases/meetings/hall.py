"""Meetings in tests: the coordinator calls one in chat, and who hears what when."""

import datetime as dtm
from typing import TypeVar

from sqlmodel import Session, select

from db.tables.meetings import Meeting, MeetingUnit
from db.tables.people import Contact
from db.tables.speech import MessageState, Urgency
from templates.message import Message
from tests import builders
from tests.builders import Cast, asker
from tests.rounds import name_of
from usecases import composing, notices
from usecases.answers import Answers, UseCase
from usecases.dialogs import hear
from usecases.lookup import look_up
from usecases.meetings.book import Called, called
from usecases.meetings.calling import call
from usecases.meetings.drafting import publish
from usecases.meetings.planning import keep_meetings

OFFICE = dtm.timezone(dtm.timedelta(hours=8))
Given = TypeVar("Given")

_HEAR = hear(look_up)


def at(month: int, day: int, hour: int, minute: int = 0) -> dtm.datetime:
    """An instant of the autumn of 2026 by the office's clock."""
    return dtm.datetime(2026, month, day, hour, minute, tzinfo=OFFICE)


# Wednesday, 18 November, 10:00; the meeting is two weeks later.
NOW = at(11, 18, 10)
MEETING = at(12, 2, 15)
NOTICE = at(11, 30, 9)


def only(answers: Answers) -> Message:
    """The one message answered."""
    (answer,) = answers
    return answer.message


def does(
    session: Session, who: Contact, use_case: UseCase[Given], given: Given, now: dtm.datetime
) -> Message:
    """What somebody is answered who presses or commands this."""
    return only(use_case(session, asker(session, who, now), given, now))


def types(session: Session, who: Contact, text: str, now: dtm.datetime) -> Message:
    """What somebody is answered who types this."""
    return does(session, who, _HEAR, text, now)


def a_draft(session: Session, cast: Cast, when: str = "12月2日15:00") -> Called:
    """Meng has called a meeting."""
    does(session, cast.meng, call, None, NOW)
    types(session, cast.meng, when, NOW)
    types(session, cast.meng, "市行政中心201会议室", NOW)
    return the_meeting(session)


def a_meeting(session: Session, cast: Cast, when: str = "12月2日15:00") -> Called:
    """Meng has called a meeting and let it out; units hear of it on 30 November."""
    does(session, cast.meng, publish, a_draft(session, cast, when).id, NOW)
    return the_meeting(session)


def the_meeting(session: Session) -> Called:
    """The one meeting there is."""
    meeting = called(session, session.exec(select(Meeting)).one().id)
    assert meeting
    return meeting


def unit_of(session: Session, name: str = "柳州市住建局") -> int:
    """The invitation of that unit."""
    organisation = builders.a_unit(session, name)
    query = select(MeetingUnit).where(MeetingUnit.organisation_id == organisation.id)
    return session.exec(query).one().id


def heard(session: Session, now: dtm.datetime) -> list[tuple[str, str, str]]:
    """What leaves now, after a tick, and arrives: to whom, its kind, its text."""
    keep_meetings(session, now)
    notices.expire(session, now)
    said = []
    for urgency in (Urgency.URGENT, Urgency.ROUTINE):
        while row := composing.compose_next(session, urgency, now, frozenset()):
            row.state, row.sent_at = MessageState.SENT, now
            said.append((name_of(session, row), row.kind, row.text))
    session.flush()
    return said


def kinds_heard(session: Session, now: dtm.datetime) -> list[tuple[str, str]]:
    """Who hears what kind of message now."""
    return [(name, kind) for name, kind, _ in heard(session, now)]
