"""不归我管 on a reminder: which projects, who reports them instead; the liaison is asked."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import Session, col, select

from db.tables.chasing import Handover, HandoverState
from db.tables.people import Contact
from db.tables.speech import Dialog
from domain.access import Action
from domain.chain import Rung
from domain.dialogs import Position
from templates.handing_over import (
    AskSuccessor,
    HandOverAsked,
    HandOverWhich,
    NothingToHandOver,
    OwnProject,
    SuccessorProblem,
)
from templates.message import Message
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.directory import find_people, person_line
from usecases.handing_over.cases import case_rows, handed_of, standing_of
from usecases.handing_over.deciding import confirm_with, undecided
from usecases.handing_over.telling import HANDOVER_ASKED
from usecases.notices import Subject, coordinators, notify
from usecases.reporting.owed import standing_matters
from usecases.reporting.rights import is_reporter
from usecases.rights import entitled

PROJECTS, HANDOVER_ID, SAID = "projects", "handover_id", "said"
PROJECTS_SHOWN = 12
PEOPLE_SHOWN = 6
LONGEST_NAME = 100


@entitled(Action.REPORT)
def begin(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """不归我管: which of the projects the asker is asked for?"""
    own = _own(session, asker, now)
    if not own:
        return say(NothingToHandOver())
    if len(own) == 1:
        return _ask_successor(session, asker, [one.project_id for one in own], now)
    return say(HandOverWhich(tuple(own[:PROJECTS_SHOWN]), more=len(own[PROJECTS_SHOWN:])))


@entitled(Action.REPORT)
def one_project(session: Session, asker: Asker, project_id: int, now: dtm.datetime) -> Answers:
    """This one."""
    own = [one.project_id for one in _own(session, asker, now)]
    if project_id not in own:
        return say(StaleButton())
    return _ask_successor(session, asker, [project_id], now)


@entitled(Action.REPORT)
def all_projects(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """All of them."""
    own = [one.project_id for one in _own(session, asker, now)]
    return _ask_successor(session, asker, own, now) if own else say(NothingToHandOver())


def choose(session: Session, asker: Asker, contact_id: int, now: dtm.datetime) -> Answers:
    """Somebody of those that were offered."""
    row, person = _waiting(session, asker), session.get(Contact, contact_id)
    if row is None or person is None or person.left_at is not None:
        return say(StaleButton())
    return _settle(session, asker, row, person, now)


def say_as_typed(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The name as it was typed, though nobody in the contact book is called so."""
    row = _waiting(session, asker)
    if row is None or not row.draft.get(SAID) or HANDOVER_ID in row.draft:
        return say(StaleButton())
    return _settle(session, asker, row, None, now)


def nobody_known(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """不知道: the liaison names somebody."""
    row = _waiting(session, asker)
    if row is None or HANDOVER_ID in row.draft:
        return say(StaleButton())
    row.draft = {**row.draft, SAID: ""}
    return _settle(session, asker, row, None, now)


def name_another(session: Session, asker: Asker, handover_id: int, now: dtm.datetime) -> Answers:
    """The liaison names somebody else than was asked for; that is a confirmation."""
    rows = undecided(session, asker, handover_id, now)
    if isinstance(rows, Message):
        return say(rows)
    draft = {HANDOVER_ID: handover_id}
    dialogs.stand_at(session, asker, HANDING_OVER, Position("successor", draft), now)
    return say(_question(session, draft))


def _own(session: Session, asker: Asker, now: dtm.datetime) -> list[OwnProject]:
    """The projects whose reports the asker is asked for."""
    matters = standing_matters(session, asker, Action.REPORT, now)
    own = {one.project.id: one.project.name for one in matters if is_reporter(asker, one)}
    return [OwnProject(project_id, name) for project_id, name in own.items()]


def _ask_successor(
    session: Session, asker: Asker, project_ids: Sequence[int], now: dtm.datetime
) -> Answers:
    draft = {PROJECTS: list(project_ids)}
    dialogs.stand_at(session, asker, HANDING_OVER, Position("successor", draft), now)
    return say(_question(session, draft))


def _question(
    session: Session,
    draft: Mapping[str, Any],
    problem: SuccessorProblem | None = None,
    people: Sequence[Contact] = (),
) -> Message:
    lines = tuple(person_line(session, one) for one in people[:PEOPLE_SHOWN])
    said = draft.get(SAID, "") if problem is SuccessorProblem.NOBODY_CALLED_SO else ""
    if HANDOVER_ID not in draft:
        handed = handed_of(session, draft[PROJECTS])
        return AskSuccessor(handed, people=lines, said=said, problem=problem)
    row = session.get_one(Handover, draft[HANDOVER_ID])
    rows = case_rows(session, row) or [row]
    former = session.get_one(Contact, row.from_contact_id).name
    handed = handed_of(session, [one.project_id for one in rows])
    return AskSuccessor(handed, former, lines, said, problem)


def _waiting(session: Session, asker: Asker) -> Dialog | None:
    row = dialogs.open_dialog(session, asker)
    return row if row is not None and row.kind == HANDING_OVER.kind else None


def _settle(
    session: Session, asker: Asker, row: Dialog, person: Contact | None, now: dtm.datetime
) -> Answers:
    draft = row.draft
    dialogs.end(session, asker)
    if HANDOVER_ID in draft:
        assert person is not None
        return confirm_with(session, asker, draft[HANDOVER_ID], person, now)
    own = {one.project_id for one in _own(session, asker, now)}
    project_ids = [one for one in draft[PROJECTS] if one in own]
    if not project_ids:
        return say(NothingToHandOver())
    return say(_asked(session, asker, project_ids, person, draft.get(SAID, ""), now))


def _asked(
    session: Session,
    asker: Asker,
    project_ids: Sequence[int],
    person: Contact | None,
    said: str,
    now: dtm.datetime,
) -> HandOverAsked:
    """The liaison of each project is asked to confirm; where there is none, the office."""
    _take_back_earlier(session, asker, project_ids, now)
    standing, deciding = standing_of(session, project_ids, now), set[int]()
    for project_id in project_ids:
        row = Handover(
            project_id=project_id,
            from_contact_id=asker.contact_id,
            to_contact_id=person.id if person else None,
            named="" if person else said,
            asked_at=now,
        )
        session.add(row)
        session.flush()
        audit.record(session, asker, "handover.asked", now, ("handover", row.id))
        seat = standing[project_id].chain.seat(Rung.REVIEWER)
        liaison = seat.acting_id if seat and seat.gap is None else None
        decides = [liaison] if liaison and liaison != asker.contact_id else []
        for contact_id in decides or coordinators(session, now):
            notify(session, HANDOVER_ASKED, Subject("handover", row.id), contact_id, now)
        deciding.update(decides)
    by = tuple(session.get_one(Contact, one).name for one in sorted(deciding))
    return HandOverAsked(handed_of(session, project_ids), person.name if person else said, by)


def _take_back_earlier(
    session: Session, asker: Asker, project_ids: Sequence[int], now: dtm.datetime
) -> None:
    """What the same person asked before and nobody decided is asked anew."""
    earlier = select(Handover).where(
        Handover.from_contact_id == asker.contact_id,
        col(Handover.project_id).in_(project_ids),
        Handover.state == HandoverState.ASKED,
    )
    for row in session.exec(earlier):
        row.state, row.decided_by_id, row.decided_at = (
            HandoverState.REFUSED,
            asker.contact_id,
            now,
        )
        session.add(row)


class _Conversation:
    """Free text after 不归我管: the name or phone of whoever reports instead."""

    kind = "handover"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The one person meant, or the question again with those who could be meant."""
        row.touched_at = now
        session.add(row)
        words = " ".join(text.split())
        if not words or len(words) > LONGEST_NAME:
            return say(_question(session, row.draft, SuccessorProblem.TOO_LONG))
        former_id = _former_id(session, asker, row.draft)
        found = find_people(session, words)
        others = [one for one in found if one.id != former_id]
        if len(others) == 1:
            return _settle(session, asker, row, others[0], now)
        row.draft = {**row.draft, SAID: words}
        return say(_question(session, row.draft, _problem(found, others), others))

    def asked_again(
        self, session: Session, _asker: Asker, row: Dialog, _now: dtm.datetime
    ) -> Answers:
        """Who, once more."""
        return say(_question(session, row.draft))


def _problem(found: Sequence[Contact], others: Sequence[Contact]) -> SuccessorProblem:
    if others:
        return SuccessorProblem.SEVERAL_PEOPLE
    return SuccessorProblem.ONESELF if found else SuccessorProblem.NOBODY_CALLED_SO


def _former_id(session: Session, asker: Asker, draft: Mapping[str, Any]) -> int:
    if HANDOVER_ID in draft:
        return session.get_one(Handover, draft[HANDOVER_ID]).from_contact_id
    return asker.contact_id


HANDING_OVER = dialogs.register_flow(_Conversation())
