"""The conversation that registers leave, for oneself or for those below."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, col, select

from db.tables.people import Assignment, Contact
from domain.access import Action, Reach
from domain.days import read_days
from domain.dialogs import Ask
from domain.leave import DEPUTY, FIRST, LAST, LeaveMachine, LeaveProblem
from domain.vocabulary import Role
from templates.leave import (
    AskLeaveDeputy,
    AskLeaveFirst,
    AskLeaveLast,
    NotTheirLeave,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.people import SHOWN, NobodyFound, PeopleFound, Purpose
from templates.refusals import NotYours
from usecases import dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.directory import find_people, person_line
from usecases.leave import WantedLeave, may_record_for, record_leave, whom
from usecases.listings import local_day

WHOM = "contact_id"
SUGGESTED = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """A day chosen by a button, for the question it was offered with."""

    step: str
    day: dtm.date


def leave(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/leave: one's own, at once with its days when they follow; or that of somebody by name."""
    if asker.contact is None:
        return say(HowToLink())
    if not words or read_days(words, local_day(asker.voice.zone, now)):
        questions = _begin(session, asker, asker.contact_id, now)
        return _hear(session, asker, words, now) if words else questions
    if asker.reach(Action.RECORD_LEAVE) is Reach.NONE:
        return say(NotYours())
    found = find_people(session, words)
    if not found:
        return say(NobodyFound(words))
    if len(found) > 1:
        lines = tuple(person_line(session, person) for person in found[:SHOWN])
        return say(PeopleFound(Purpose.LEAVE, lines, len(found)))
    return leave_of(session, asker, found[0].id, now)


def leave_of(session: Session, asker: Asker, contact_id: int, now: dtm.datetime) -> Answers:
    """Register leave for that person, if the asker may."""
    if asker.contact is None:
        return say(HowToLink())
    person = session.get_one(Contact, contact_id)
    if not may_record_for(session, asker, person.id, now):
        return say(NotTheirLeave(person.name))
    return _begin(session, asker, person.id, now)


def choose_day(session: Session, asker: Asker, chosen: Chosen, now: dtm.datetime) -> Answers:
    """A day pressed instead of typed."""
    if not _awake_at(session, asker, chosen.step, now):
        return say(StaleButton())
    return _hear(session, asker, chosen.day.isoformat(), now)


def choose_deputy(
    session: Session, asker: Asker, contact_id: int | None, now: dtm.datetime
) -> Answers:
    """Somebody pressed to stand in, or nobody."""
    draft = _awake_at(session, asker, DEPUTY, now)
    deputy = session.get_one(Contact, contact_id) if contact_id is not None else None
    if not draft or (deputy and (deputy.left_at or deputy.id == draft[WHOM])):
        return say(StaleButton())
    dialogs.end(session, asker)
    return _recorded(session, asker, draft, deputy, now)


def _begin(session: Session, asker: Asker, contact_id: int, now: dtm.datetime) -> Answers:
    today = local_day(asker.voice.zone, now).isoformat()
    return dialogs.begin(session, asker, LEAVE, {WHOM: contact_id, "today": today}, now)


def _awake_at(
    session: Session, asker: Asker, step: str, now: dtm.datetime
) -> Mapping[str, Any] | None:
    """The draft of the leave being registered, if that is the question it stands at.

    A press wakes a sleeping conversation: its button says what is meant.
    """
    row = dialogs.open_dialog(session, asker)
    if row is None or row.kind != LEAVE.kind or row.step != step:
        return None
    row.touched_at = now
    session.add(row)
    return row.draft


def _stale(_session: Session, _asker: Asker, _text: str, _now: dtm.datetime) -> Answers:
    return say(StaleButton())


_hear = dialogs.hear(_stale)


def _question(session: Session, asker: Asker, ask: Ask) -> Message:
    draft, step = ask.position.draft, ask.position.step
    person = session.get_one(Contact, draft[WHOM])
    name = whom(asker, person)
    problems = tuple(LeaveProblem(problem) for problem in ask.problems)
    if step == FIRST:
        return AskLeaveFirst(name, dtm.date.fromisoformat(draft["today"]), problems)
    first = dtm.date.fromisoformat(draft[FIRST])
    if step == LAST:
        return AskLeaveLast(name, first, problems)
    people = _could_be_meant(session, person, draft.get(DEPUTY, ""))
    lines = tuple(person_line(session, one) for one in people[:SUGGESTED])
    return AskLeaveDeputy(name, first, dtm.date.fromisoformat(draft[LAST]), lines, problems)


def _finish(session: Session, asker: Asker, draft: Mapping[str, Any], now: dtm.datetime) -> Answers:
    """Everything was said: the deputy's words must mean one person."""
    words = draft[DEPUTY]
    if not words:
        return _recorded(session, asker, draft, None, now)
    person = session.get_one(Contact, draft[WHOM])
    found = _called(session, person, words)
    if len(found) == 1 and found[0].id != person.id:
        return _recorded(session, asker, draft, found[0], now)
    return _ask_again(session, asker, draft, found, now)


def _ask_again(
    session: Session,
    asker: Asker,
    draft: Mapping[str, Any],
    found: Sequence[Contact],
    now: dtm.datetime,
) -> Answers:
    """Ask for the deputy once more, with those who could be meant to press."""
    problem = LeaveProblem.SEVERAL_PEOPLE if found else LeaveProblem.NO_SUCH_PERSON
    if [person.id for person in found] == [draft[WHOM]]:
        problem = LeaveProblem.OWN_DEPUTY
    dialogs.begin(session, asker, LEAVE, draft, now)
    return say(_question(session, asker, Ask(LEAVE.machine.start(draft), (problem,))))


def _recorded(
    session: Session,
    asker: Asker,
    draft: Mapping[str, Any],
    deputy: Contact | None,
    now: dtm.datetime,
) -> Answers:
    person = session.get_one(Contact, draft[WHOM])
    first, last = (dtm.date.fromisoformat(draft[step]) for step in (FIRST, LAST))
    return record_leave(session, asker, WantedLeave(person, first, last, deputy), now)


def _called(session: Session, person: Contact, words: str) -> Sequence[Contact]:
    """Those whom the words fit: colleagues of the same unit, if there are any, before others."""
    found = find_people(session, words) if words else ()
    return [one for one in found if _are_colleagues(one, person)] or found


def _could_be_meant(session: Session, person: Contact, words: str) -> Sequence[Contact]:
    """Those whom the words fit, else colleagues of the same unit; who is linked goes first, but
    nobody's superior is offered before their equals."""
    people = _called(session, person, words) or _colleagues(session, person)
    others = [one for one in people if one.id != person.id]
    own, ranks = _rank(session, person), {one.id: _rank(session, one) for one in others}
    return sorted(
        others, key=lambda one: (ranks[one.id] > own, one.telegram_user_id is None, one.id)
    )


def _rank(session: Session, person: Contact) -> int:
    """How high somebody sits in the chain, by the highest of their posts."""
    held = select(Assignment.role).where(
        Assignment.contact_id == person.id, col(Assignment.until).is_(None)
    )
    return max((_CHAIN.index(role) for role in session.exec(held) if role in _CHAIN), default=-1)


def _colleagues(session: Session, person: Contact) -> Sequence[Contact]:
    if person.organisation_id is None:
        return ()
    of_unit = select(Contact).where(
        Contact.organisation_id == person.organisation_id, col(Contact.left_at).is_(None)
    )
    return session.exec(of_unit).all()


def _are_colleagues(one: Contact, other: Contact) -> bool:
    return one.organisation_id is not None and one.organisation_id == other.organisation_id


_CHAIN = (Role.INFORMATION_OFFICER, Role.LIAISON, Role.COMMISSIONER, Role.FIRST_RESPONSIBLE)
LEAVE = dialogs.register_flow(
    dialogs.Flow("leave", LeaveMachine(), question=_question, finish=_finish)
)
