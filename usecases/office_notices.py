"""What the office itself must hear about the running of the bot."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Contact, Unreachable
from db.tables.speech import Notice, NoticeState, Urgency
from templates.office import (
    PeopleUnreachable,
    PeopleUntold,
    UnreachablePerson,
    UntoldPerson,
    UpdatesFailed,
)
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


def _untold(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    missed = [(notice, session.get(Notice, notice.subject_id)) for notice in notices]
    still = {
        notice.id: one.contact_id
        for notice, one in missed
        if one is not None and one.state in _NOT_TOLD
    }
    if not still:
        return Composed(None)
    counts = Counter(still.values())
    people = [(session.get_one(Contact, who), count) for who, count in counts.items()]
    lines = tuple(UntoldPerson(who.name, unit_name(session, who), count) for who, count in people)
    return Composed(PeopleUntold(lines), frozenset(still))


_NOT_TOLD = frozenset({NoticeState.DUE, NoticeState.FAILED})

PERSON_UNREACHABLE = register(Occasion("person_unreachable", Urgency.ROUTINE, _unreachable))
UPDATE_FAILED = register(Occasion("update_failed", Urgency.URGENT, _failed))
NOT_TOLD = register(Occasion("not_told", Urgency.URGENT, _untold, spends_budget=False))
