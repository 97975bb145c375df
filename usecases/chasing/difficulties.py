"""有困难: what stands in the way, in the words of whoever was alarmed; a problem, unreviewed."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, Problem
from db.tables.speech import Dialog, Notice, Urgency
from domain.access import Action
from domain.chain import Rung
from domain.dialogs import Position
from domain.reporting.problems import is_none, kind_of
from domain.vocabulary import ProblemKind, Role
from templates.alerts import (
    AlertOver,
    AskDifficulty,
    DifficultiesTold,
    DifficultyLine,
    DifficultyNoted,
    WhichIsDifficult,
)
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.chasing.alert_lines import late_lines
from usecases.chasing.answers import alerted, know_of, over
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.chasing.facts import facts_of
from usecases.chasing.refreshing import refresh
from usecases.chasing.reminders import LINES_SHOWN
from usecases.notices import Composed, Occasion, Subject, coordinators, notify, register
from usecases.standing import standing_in

OBLIGATION_ID, ROLE = "obligation_id", "role"
LONGEST = 500
PROBLEM = "problem"


def ask_difficulty(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """有困难: of one report ask at once what it is, of several first of which."""
    at = alerted(session, asker, now)
    if at is None or not at.late:
        return over(session, asker, at, now)
    if len(at.late) == 1:
        return _ask(session, asker, at.late[0], now)
    shown = at.late[:LINES_SHOWN]
    return say(WhichIsDifficult(late_lines(session, shown, facts_of(session, shown), now)))


def ask_about(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """What is the difficulty of this one?"""
    one = _late(session, asker, obligation_id, now)
    return _ask(session, asker, one, now) if one else say(AlertOver())


def _ask(session: Session, asker: Asker, one: Chased, now: dtm.datetime) -> Answers:
    dialogs.stand_at(session, asker, DIFFICULTY, Position("words", {OBLIGATION_ID: one.id}), now)
    return say(AskDifficulty(one.project.name))


def _late(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Chased | None:
    """The report, where it is still late and this person may say what stands in its way."""
    one = chased_by_ids(session, [obligation_id]).get(obligation_id)
    if one is None or one.obligation.due_at > now:
        return None
    acting = standing_in(session, asker, now)
    entitled_to = (Action.ANSWER_ALERT, Action.ADD_PROBLEM)
    return one if all(acting.may(action, one.ground) for action in entitled_to) else None


def _noted(session: Session, asker: Asker, one: Chased, text: str, now: dtm.datetime) -> Answers:
    problem = Problem(
        project_id=one.project.id,
        kind=kind_of(text) or ProblemKind.OTHER,
        text=text,
        raised_by_id=asker.contact_id,
        raised_at=now,
    )
    session.add(problem)
    session.flush()
    know_of(session, asker, one, now)
    audit.record(session, asker, "alert.difficulty", now, (PROBLEM, problem.id))
    liaison_id = _tell(session, asker, one, problem, now)
    refresh(session, [one.id], now)
    return say(DifficultyNoted(one.project.name, text, tells_liaison=liaison_id is not None))


def _tell(
    session: Session, asker: Asker, one: Chased, problem: Problem, now: dtm.datetime
) -> int | None:
    """Liaison and office hear; the liaison's id, where there is one who can be told."""
    chain = load_roster(session, now, [one.place]).chain(one.place)
    seat = chain.seat(Rung.REVIEWER)
    liaison_id = seat.acting_id if seat and not seat.gap else None
    if liaison_id == asker.contact_id:
        liaison_id = None
    is_commissioner = (top := chain.seat(Rung.COMMISSIONER)) and asker.contact_id == top.acting_id
    role = Role.COMMISSIONER if is_commissioner else Role.LIAISON
    people = {*coordinators(session, now), *([liaison_id] if liaison_id else [])}
    for contact_id in sorted(people):
        subject = Subject(PROBLEM, problem.id)
        notify(session, DIFFICULTY_TOLD, subject, contact_id, now, **{ROLE: role.value})
    return liaison_id


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    """The difficulties nobody has closed out meanwhile."""
    found = [(notice, session.get(Problem, notice.subject_id)) for notice in notices]
    still = [(notice, row) for notice, row in found if row and row.closed_at is None]
    if not still:
        return Composed(None)
    lines = tuple(_line(session, notice, row) for notice, row in still)
    return Composed(DifficultiesTold(lines), frozenset(notice.id for notice, _ in still))


def _line(session: Session, notice: Notice, problem: Problem) -> DifficultyLine:
    by = session.get_one(Contact, problem.raised_by_id)
    project = session.get_one(Project, problem.project_id)
    role = Role(notice.details[ROLE])
    return DifficultyLine(project.id, project.name, by.name, role, problem.text)


class _Difficulty:
    """Free text after 有困难: what the difficulty is."""

    kind = "difficulty"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """It is noted, if the report is still late."""
        one = _late(session, asker, row.draft[OBLIGATION_ID], now)
        if one is None:
            dialogs.end(session, asker)
            return say(AlertOver())
        said = text.strip()
        if not said or is_none(said) or len(said) > LONGEST:
            return say(AskDifficulty(one.project.name, is_unfit=True))
        dialogs.end(session, asker)
        return _noted(session, asker, one, said, now)

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """What it is, once more."""
        obligation = session.get(Obligation, row.draft[OBLIGATION_ID])
        if obligation is None:
            return say(StaleButton())
        return ask_about(session, asker, obligation.id, now)


DIFFICULTY = dialogs.register_flow(_Difficulty())
DIFFICULTY_TOLD = register(
    Occasion("difficulty_told", Urgency.URGENT, _compose, spends_budget=False)
)
