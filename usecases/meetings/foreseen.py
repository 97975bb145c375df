"""When the planner will have something to say of meetings, as a plan of messages asks it."""

import datetime as dtm
from collections.abc import Iterator
from itertools import islice

from sqlmodel import Session

from db.tables.meetings import MeetingState
from domain.meetings.series import sittings
from domain.meetings.timing import draft_at
from domain.timetable import Timetable
from usecases.meetings.book import standing_meetings
from usecases.meetings.planning import LOOKS_BACK, soon_at
from usecases.policies import timetable

# A weekly series that looks back two weeks reaches two months ahead with these.
_SITTINGS = 12


def instants_ahead(session: Session, after: dtm.datetime) -> list[dtm.datetime]:
    """The moments after this one at which a draft is laid before the office, or units are told."""
    rules = timetable(session)
    return [at for at in (*_of_series(rules, after), *_of_meetings(session, after)) if at > after]


def _of_series(rules: Timetable, after: dtm.datetime) -> Iterator[dtm.datetime]:
    first = rules.local_day(after) - LOOKS_BACK
    for level, series in rules.policy.meetings.series.items():
        for sitting in islice(sittings(series, rules.calendar, first), _SITTINGS):
            yield draft_at(rules, level, rules.instant(sitting.day, series.time))


def _of_meetings(session: Session, after: dtm.datetime) -> Iterator[dtm.datetime]:
    states = (MeetingState.DRAFT, MeetingState.PUBLISHED)
    for meeting in standing_meetings(session, states, after):
        yield meeting.dates.notice_at
        if meeting.is_on:
            yield from (meeting.dates.remind_at, soon_at(meeting))
