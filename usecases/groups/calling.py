"""Whom a group's counts call: a unit's own information officers and liaisons, never a leader."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping

from sqlmodel import Session, col, or_, select

from db.tables.people import Assignment, Contact
from domain.chain import Rung
from domain.vocabulary import Role
from templates.groups import Mention
from usecases.chasing.holds import held
from usecases.chasing.round_state import Expected, chains_of

# Where information officers and liaisons sit in a chain.
_RUNGS = (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER, Rung.REVIEWER)
_CALLED = (Role.INFORMATION_OFFICER, Role.LIAISON)
_LEADERS = (Role.COMMISSIONER, Role.FIRST_RESPONSIBLE)


def mentions(
    session: Session, reports: Iterable[Expected], now: dtm.datetime
) -> Mapping[int, tuple[Mention, ...]]:
    """By unit, who of it reports or reviews what is missing, unless the office holds that."""
    kept_back = held(session, now)
    missing = [
        one
        for one in reports
        if not one.is_reported and not kept_back.covers(one.project.id, one.unit_id or None)
    ]
    seated = list(dict.fromkeys(_seated(session, missing, now)))
    people = _people(session, {person_id for _, person_id in seated}, now)
    found: defaultdict[int, tuple[Mention, ...]] = defaultdict(tuple)
    for unit_id, person_id in seated:
        own_unit_id, mention = people.get(person_id, (None, None))
        if mention is not None and own_unit_id == unit_id:
            found[unit_id] += (mention,)
    return found


def _seated(
    session: Session, missing: Collection[Expected], now: dtm.datetime
) -> Iterator[tuple[int, int]]:
    """A unit and somebody who can be told of a report that it lacks."""
    chains = chains_of(session, missing, now)
    for one in missing:
        for seat in map(chains[one.obligation.id].seat, _RUNGS):
            if seat and seat.gap is None and seat.acting_id is not None:
                yield one.unit_id, seat.acting_id


def _people(
    session: Session, contact_ids: Collection[int], now: dtm.datetime
) -> Mapping[int, tuple[int | None, Mention | None]]:
    """Each with their own unit, and how they are called, if they are."""
    query = (
        select(Contact, Assignment.role)
        .join(Assignment, col(Assignment.contact_id) == col(Contact.id))
        .where(
            col(Contact.id).in_(contact_ids),
            Assignment.since <= now,
            or_(col(Assignment.until).is_(None), col(Assignment.until) > now),
        )
    )
    people: dict[int, Contact] = {}
    roles: defaultdict[int, set[Role]] = defaultdict(set)
    for contact, role in session.exec(query):
        people[contact.id] = contact
        roles[contact.id].add(Role(role))
    return {one.id: (one.organisation_id, _mention(one, roles[one.id])) for one in people.values()}


def _mention(person: Contact, roles: Collection[Role]) -> Mention | None:
    """None for somebody unlinked, and for who leads as well, such as a deputy from above."""
    role = next((role for role in _CALLED if role in roles), None)
    if role is None or person.telegram_user_id is None or set(_LEADERS) & set(roles):
        return None
    return Mention(person.telegram_user_id, role)
