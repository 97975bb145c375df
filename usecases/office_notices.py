"""What the office itself must hear about the running of the bot."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Contact, Unreachable
from db.tables.speech import Notice, Urgency
from templates.office import PeopleUnreachable, UnreachablePerson, UpdatesFailed
from usecases.notices import Composed, Occasion, register
from usecases.people import unit_name


def _unreachable(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    people = [
        (notice, person)
        for notice in notices
        if (person := session.get(Contact, notice.subject_id)) and person.unreachable
    ]
    if not people:
        return Composed(None)
    lines = tuple(
        UnreachablePerson(
            person.name,
            unit_name(session, person),
            Unreachable(person.unreachable or Unreachable.BLOCKED),
        )
        for _, person in people
    )
    told = frozenset(notice.id for notice, _ in people)
    return Composed(PeopleUnreachable(lines), told)


def _failed(
    _session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    numbers = tuple(notice.subject_id for notice in notices)
    return Composed(UpdatesFailed(numbers), frozenset(notice.id for notice in notices))


PERSON_UNREACHABLE = register(Occasion("person_unreachable", Urgency.ROUTINE, _unreachable))
UPDATE_FAILED = register(Occasion("update_failed", Urgency.URGENT, _failed))
