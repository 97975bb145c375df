"""What `doctor` finds in the database and the calendar."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session

from domain.calendar import shipped_calendar
from usecases.asker import office
from usecases.directory import unlinked
from usecases.holes import Found, all_holes
from usecases.listings import local_day
from usecases.notices import coordinators


@dataclass(frozen=True, slots=True)
class Findings:
    """Holes in the chain, people not linked, whether anybody is the office, the next year's days.

    `unpublished` is next year when its days off are not published yet, else 0.
    """

    holes: Found
    unlinked: int
    without_coordinator: bool
    unpublished: int


def examine(session: Session, now: dtm.datetime) -> Findings:
    """Look at everything that may be wrong without anything failing."""
    next_year = local_day(office(session).zone, now).year + 1
    return Findings(
        holes=all_holes(session, now),
        unlinked=len(unlinked(session)),
        without_coordinator=not coordinators(session, now),
        unpublished=0 if shipped_calendar().is_published(next_year) else next_year,
    )
