"""The chains of responsibility as the contact book has them at a moment."""

import datetime as dtm
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact, Leave, Unreachable
from db.tables.programme import Project
from domain.access import Grant, Ground, ScopeKind
from domain.chain import Chain, Gap, Person, Place, Post, Roster
from usecases.asker import office
from usecases.listings import Listed, ground_of, listings_of, local_day, of_year


@dataclass(frozen=True, slots=True)
class Chained:
    """A project as a programme lists it now, with its chain."""

    project: Project
    listed: Listed
    ground: Ground
    chain: Chain


def load_roster(
    session: Session, now: dtm.datetime, places: Sequence[Place] | None = None
) -> Roster:
    """Posts and absences at this moment, for as many chains as are needed: everybody's, or of
    those only who can sit in the chains of these places."""
    current = (
        select(Assignment.contact_id, Assignment.role, Assignment.scope_kind, Assignment.scope_id)
        .where(
            Assignment.since <= now,
            or_(col(Assignment.until).is_(None), col(Assignment.until) > now),
        )
        .order_by(col(Assignment.since), col(Assignment.id))
    )
    if places is not None:
        current = current.where(_covering(places))
    posts = [Post(person, Grant(*held)) for person, *held in session.exec(current)]
    away = away_on(session, local_day(office(session).zone, now))
    needed = None if places is None else {post.person_id for post in posts} | _deputies(away)
    return Roster(posts, _people(session, needed), away)


def _covering(places: Sequence[Place]) -> Any:
    """The assignments whose scope takes in one of these places."""
    scopes: dict[ScopeKind, set[int | None]] = {
        ScopeKind.PROJECT: {place.project_id for place in places},
        ScopeKind.ORGANISATION: {place.lead_unit_id for place in places}
        | {place.owner_id for place in places},
        ScopeKind.REGION: {place.region_id for place in places},
    }
    kind, scope = col(Assignment.scope_kind), col(Assignment.scope_id)
    near = [(kind == named) & scope.in_(ids - {None}) for named, ids in scopes.items()]
    return or_(kind == ScopeKind.ALL, *near)


def _deputies(away: Mapping[int, int | None]) -> set[int]:
    return {deputy for deputy in away.values() if deputy is not None}


def place_of(project: Project, listed: Listed) -> Place:
    """What of a listing decides its chain."""
    return Place(
        project_id=project.id,
        level=listed.programme.level,
        lead_unit_id=listed.lead_unit.id if listed.lead_unit else None,
        owner_id=project.owner_id,
        region_id=project.region_id,
    )


def current_chains(session: Session, now: dtm.datetime) -> Iterator[Chained]:
    """The chain of every listing that counts now, in the order of the projects."""
    roster = load_roster(session, now)
    year = local_day(office(session).zone, now).year
    projects = session.exec(select(Project).order_by(col(Project.id))).all()
    listings = listings_of(session, [project.id for project in projects])
    for project in projects:
        counting = of_year(listings.get(project.id, ()), year)
        ground = ground_of(project, counting)
        for listed in counting:
            if listed.is_active:
                chain = roster.chain(place_of(project, listed))
                yield Chained(project, listed, ground, chain)


def away_on(session: Session, day: dtm.date) -> Mapping[int, int | None]:
    """Who is on leave that day, each with the deputy named last, if any."""
    found = select(Leave).where(
        Leave.first_day <= day, Leave.last_day >= day, col(Leave.cancelled_at).is_(None)
    )
    rows = session.exec(found.order_by(col(Leave.id)))
    return {row.contact_id: row.deputy_id for row in rows}


def _people(session: Session, needed: Collection[int] | None) -> Mapping[int, Person]:
    everybody: Any = select(Contact.id, Contact.organisation_id).add_columns(
        col(Contact.left_at), col(Contact.telegram_user_id), col(Contact.unreachable)
    )
    if needed is not None:
        everybody = everybody.where(col(Contact.id).in_(needed))
    return {
        contact_id: Person(contact_id, unit_id, gap_of(*standing))
        for contact_id, unit_id, *standing in session.exec(everybody)
    }


def gap_of(
    left_at: dtm.datetime | None, account: int | None, unreachable: Unreachable | None
) -> Gap | None:
    """Why this person cannot be told anything, or None where they can."""
    if left_at is not None:
        return Gap.LEFT
    if account is None:
        return Gap.UNLINKED
    return Gap.UNREACHABLE if unreachable else None
