"""On which projects somebody may tell of something, or adopt it."""

import datetime as dtm
from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from db.tables.programme import Listing, Project, ResponsibleUnit
from domain.access import Action, Ground, Reach, ScopeKind
from domain.search import Certainty
from templates.updating import Choosable
from usecases.asker import Asker
from usecases.listings import ground_of, listings_of, local_day, of_year
from usecases.name_index import name_index

MOST_OFFERED = 10
MOST_HITS = 60


def grounds_of(
    session: Session, asker: Asker, project_ids: Collection[int], now: dtm.datetime
) -> Mapping[int, tuple[Project, Ground]]:
    """These projects with what decides who is entitled to them."""
    year = local_day(asker.voice.zone, now).year
    listings = listings_of(session, project_ids)
    rows = session.exec(select(Project).where(col(Project.id).in_(project_ids)))
    return {row.id: (row, ground_of(row, of_year(listings.get(row.id, ()), year))) for row in rows}


def called(session: Session, asker: Asker, text: str, now: dtm.datetime) -> tuple[Choosable, ...]:
    """The projects these words mean, of which the asker may tell something."""
    answer = name_index(session).find(text, MOST_HITS)
    if answer.kind is Certainty.NOTHING:
        return ()
    return _allowed(session, asker, [hit.key for hit in answer.hits], now)


def own_projects(session: Session, asker: Asker, now: dtm.datetime) -> tuple[Choosable, ...]:
    """The asker's projects, where they are few enough to be picked from."""
    if asker.reach(Action.ADD_PROBLEM) is Reach.ALL:
        return ()
    found = _allowed(session, asker, _near(session, asker), now)
    return found if len(found) <= MOST_OFFERED else ()


def _allowed(
    session: Session, asker: Asker, project_ids: Sequence[int], now: dtm.datetime
) -> tuple[Choosable, ...]:
    grounds = grounds_of(session, asker, project_ids, now)
    return tuple(
        Choosable(project.id, project.name)
        for project, ground in (grounds[one] for one in project_ids if one in grounds)
        if asker.may(Action.ADD_PROBLEM, ground)
    )


def _near(session: Session, asker: Asker) -> list[int]:
    """The projects of the units, regions and projects the asker's grants name."""
    scopes = {
        kind: [one.scope_id for one in asker.grants if one.scope_kind is kind] for kind in ScopeKind
    }
    units = scopes[ScopeKind.ORGANISATION]
    responsible = (
        select(Listing.project_id)
        .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Listing.id))
        .where(col(ResponsibleUnit.organisation_id).in_(units))
    )
    near = select(Project.id).where(
        col(Project.owner_id).in_(units)
        | col(Project.id).in_(responsible)
        | col(Project.id).in_(scopes[ScopeKind.PROJECT])
        | col(Project.region_id).in_(scopes[ScopeKind.REGION])
    )
    return list(session.exec(near.order_by(col(Project.id))))
