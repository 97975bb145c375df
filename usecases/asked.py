"""The project somebody asks about, once they are known to be entitled to the answer."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session

from db.tables.programme import Project
from domain.access import Action, Ground
from domain.periods import Period
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases.asker import Asker
from usecases.listings import Listed, ground_of, listings_of, local_day, of_year


@dataclass(frozen=True, slots=True)
class Wanted:
    """A project, and the month up to which it is asked about; none is the latest figures."""

    project_id: int
    as_at: Period | None = None


@dataclass(frozen=True, slots=True)
class WantedPage:
    """A page, counted from 0, of what is listed under a project."""

    project_id: int
    page: int


@dataclass(frozen=True, slots=True)
class Asked:
    """A project the asker may ask about, with all its listings and what decides on rights."""

    project: Project
    listings: tuple[Listed, ...]
    ground: Ground
    today: dtm.date


def asked(
    session: Session, asker: Asker, action: Action, project_id: int, now: dtm.datetime
) -> Asked | Message:
    """The project, or the message with which this asker is refused."""
    if asker.contact is None:
        return HowToLink()
    project = session.get(Project, project_id)
    if project is None:
        return StaleButton()
    today = local_day(asker.voice.zone, now)
    listings = listings_of(session, [project_id]).get(project_id, ())
    ground = ground_of(project, of_year(listings, today.year))
    if not asker.may(action, ground):
        return NotYours()
    return Asked(project, listings, ground, today)
