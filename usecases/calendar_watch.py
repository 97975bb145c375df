"""Warning the office while next year's days off are not published."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from templates.rules import YearUnpublished
from usecases.asker import office
from usecases.listings import local_day
from usecases.notices import Composed, Occasion, Subject, notify_office, register
from usecases.policies import calendar_in_force

FIRST_WARNING = 11


def watch_calendar(session: Session, now: dtm.datetime) -> None:
    """In November and again in December, every coordinator hears once of a missing year."""
    today = local_day(office(session).zone, now)
    if today.month >= FIRST_WARNING and is_missing(session, today.year + 1):
        subject = Subject("calendar_year", today.year + 1, f"{today:%Y-%m}")
        notify_office(session, YEAR_UNPUBLISHED, subject, now)


def is_missing(session: Session, year: int) -> bool:
    """Whether the country's notice is missing; a region's own days come out in spring."""
    layers = [layer for layer in calendar_in_force(session).layers if not layer.season]
    return any(not layer.notice(year).published for layer in layers)


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    missing = [notice for notice in notices if is_missing(session, notice.subject_id)]
    if not missing:
        return Composed(None)
    told = frozenset(notice.id for notice in missing)
    return Composed(YearUnpublished(missing[-1].subject_id), told)


YEAR_UNPUBLISHED = register(
    Occasion("year_unpublished", Urgency.ROUTINE, _compose, expires_after=dtm.timedelta(days=30))
)
