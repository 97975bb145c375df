"""What `doctor` finds in the database and the calendar."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session

from domain.schema import Fault, FaultyDataError
from usecases.asker import office
from usecases.calendar_watch import is_missing
from usecases.directory import unlinked
from usecases.holes import Found, all_holes
from usecases.listings import local_day
from usecases.notices import coordinators
from usecases.policies import timetable


@dataclass(frozen=True, slots=True)
class Findings:
    """Holes in the chain, people not linked, whether anybody is the office, the next year's days.

    `unpublished` is this year or the next when its days off are not known, else 0; `rule_faults`
    is what keeps the policy in force from being read.
    """

    holes: Found
    unlinked: int
    without_coordinator: bool
    unpublished: int
    rule_faults: tuple[Fault, ...]


def examine(session: Session, now: dtm.datetime) -> Findings:
    """Look at everything that may be wrong without anything failing."""
    this_year = local_day(office(session).zone, now).year
    missing = [year for year in (this_year, this_year + 1) if is_missing(session, year)]
    return Findings(
        holes=all_holes(session, now),
        unlinked=len(unlinked(session)),
        without_coordinator=not coordinators(session, now),
        unpublished=min(missing, default=0),
        rule_faults=_rule_faults(session),
    )


def _rule_faults(session: Session) -> tuple[Fault, ...]:
    """What an older version of the bot let pass and this one cannot read."""
    try:
        timetable(session)
    except FaultyDataError as faulty:
        return faulty.faults
    return ()
