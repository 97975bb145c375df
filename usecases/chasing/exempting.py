"""/exempt (免报): a project reports nothing until some month, with a reason; and again."""

import datetime as dtm
from collections.abc import Sequence
from typing import Any

from sqlmodel import Session, col, select

from db.tables.chasing import Exemption
from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from domain.access import Action
from domain.brakes import (
    AFTER,
    CONFIRM,
    REASON,
    UNTIL,
    Brake,
    BrakeMachine,
    BrakeProblem,
    HoldScope,
    month_from,
)
from domain.dialogs import Ask
from domain.periods import Period
from templates.brakes import AskBrakeReason
from templates.exempting import (
    AskExemptUntil,
    ConfirmExemption,
    ExemptionLifted,
    ExemptionMade,
    ExemptionsInForce,
    ExemptLine,
)
from templates.message import Message
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chasing.brake_dialog import begin_with, known_of, press, pressed_at, target_in
from usecases.chasing.exempt_notices import tell_of_exemption
from usecases.chasing.moved import reminded_of
from usecases.chasing.targets import Target, awaited_of, brake_on, is_there
from usecases.exemptions import covers, exemptions, first_month, last_month
from usecases.listings import local_day
from usecases.obligations import obligation_changed
from usecases.periods import state_again
from usecases.policies import timetable_of
from usecases.rights import entitled


@entitled(Action.EXEMPT)
def exempt(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/exempt: who reports nothing; with words, exempt the project they name."""
    if not words:
        lines = tuple(_line(session, row) for row in exemptions(session))
        return say(ExemptionsInForce(lines))
    return begin_with(session, asker, Brake.EXEMPT, words, now, _begin)


@entitled(Action.EXEMPT)
def exempt_target(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Answers:
    """One of several projects that were offered."""
    if target.scope is not HoldScope.PROJECT or not is_there(session, target):
        return say(StaleButton())
    return _begin(session, asker, target, now)


@entitled(Action.EXEMPT)
def choose_month(session: Session, asker: Asker, month: Period, now: dtm.datetime) -> Answers:
    """A month was pressed instead of typed."""
    return press(session, asker, EXEMPT, UNTIL, str(month), now)


@entitled(Action.EXEMPT)
def confirm(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """No report is asked of the project until then; whoever was reminded hears of it once."""
    dialog = pressed_at(session, asker, EXEMPT, CONFIRM, now)
    if dialog is None:
        return say(StaleButton())
    row = _kept(session, asker, dialog.draft, now)
    dialogs.end(session, asker)
    ended = _covered(session, target_in(dialog.draft), row)
    reminded = reminded_of(session, [one.id for one in ended])
    for obligation in ended:
        obligation.state, obligation.reason = ObligationState.EXEMPT, row.reason
        obligation_changed(session, obligation, now)
    people = tell_of_exemption(session, row, reminded, now)
    return in_place(ExemptionMade(_line(session, row), people))


@entitled(Action.EXEMPT)
def lift(session: Session, asker: Asker, exemption_id: int, now: dtm.datetime) -> Answers:
    """恢复报送: the project reports again; what is open is owed, with time to do it in."""
    row = session.get(Exemption, exemption_id)
    if row is None:
        return say(StaleButton())
    if row.lifted_at is not None:
        return in_place(ExemptionLifted(_line(session, row)))
    row.lifted_at, row.lifted_by_id = now, asker.contact_id
    session.add(row)
    session.flush()
    audit.record(session, asker, "exemption.lifted", now, ("exemption", row.id))
    again = _owed_again(session, row)
    for obligation in again:
        rules = timetable_of(session, obligation.policy_version_id)
        obligation.due_at = max(obligation.due_at, rules.return_due_at(now))
        obligation.state, obligation.reason = state_again(session, obligation), ""
        obligation_changed(session, obligation, now)
    return in_place(ExemptionLifted(_line(session, row), len(again)))


def _begin(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Answers:
    known = {**known_of(target), AFTER: str(_first_month(session, asker, target, now))}
    return dialogs.begin(session, asker, EXEMPT, known, now)


def _first_month(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Period:
    """The first month still to be reported, else the one after the last that was asked for."""
    awaited = awaited_of(session, target)
    if awaited:
        return Period(awaited[0][1].year, awaited[0][1].month)
    asked = (
        select(ReportingPeriod)
        .join(Obligation, col(Obligation.period_id) == col(ReportingPeriod.id))
        .where(Obligation.project_id == target.id)
        .order_by(col(ReportingPeriod.year).desc(), col(ReportingPeriod.month).desc())
    )
    last = session.exec(asked).first()
    this_month = Period.of(local_day(asker.voice.zone, now))
    return max(Period(last.year, last.month).next, this_month) if last else this_month


def _kept(session: Session, asker: Asker, draft: Any, now: dtm.datetime) -> Exemption:
    first, last = Period.parse(draft[AFTER]), Period.parse(draft[UNTIL])
    row = Exemption(
        project_id=target_in(draft).id,
        first_year=first.year,
        first_month=first.month,
        last_year=last.year,
        last_month=last.month,
        reason=draft[REASON],
        exempted_by_id=asker.contact_id,
        exempted_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, asker, "exemption.made", now, ("exemption", row.id))
    return row


def _covered(session: Session, target: Target, row: Exemption) -> Sequence[Obligation]:
    return [
        obligation
        for obligation, period in awaited_of(session, target)
        if covers(row, Period(period.year, period.month))
    ]


def _owed_again(session: Session, row: Exemption) -> Sequence[Obligation]:
    """What the exemption ended, of months whose books are open and that no other one covers."""
    query = (
        select(Obligation, ReportingPeriod)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(Obligation.project_id == row.project_id)
        .where(Obligation.state == ObligationState.EXEMPT)
        .where(col(ReportingPeriod.closed_at).is_(None))
    )
    others = [one for one in exemptions(session) if one.project_id == row.project_id]
    return [
        obligation
        for obligation, period in session.exec(query).all()
        if covers(row, month := Period(period.year, period.month))
        and not any(covers(other, month) for other in others)
    ]


def _line(session: Session, row: Exemption) -> ExemptLine:
    return ExemptLine(
        row.id,
        session.get_one(Project, row.project_id).name,
        first_month(row),
        last_month(row),
        session.get_one(Contact, row.exempted_by_id).name,
        row.reason,
    )


def _question(session: Session, _asker: Asker, ask: Ask) -> Message:
    draft, target = ask.position.draft, target_in(ask.position.draft)
    on, first = brake_on(session, target), Period.parse(draft[AFTER])
    problems = tuple(BrakeProblem(problem) for problem in ask.problems)
    if ask.position.step == UNTIL:
        year_end = Period(first.year, 12)
        likely = dict.fromkeys([first, first.next, first.plus(2), max(year_end, first.plus(5))])
        return AskExemptUntil(on, first, tuple(likely), problems)
    last = Period.parse(draft[UNTIL])
    if ask.position.step == REASON:
        return AskBrakeReason(Brake.EXEMPT, on, month=last, problems=problems)
    months = [Period(one.year, one.month) for _, one in awaited_of(session, target)]
    owed = sum(first <= month <= last for month in months)
    return ConfirmExemption(on, first, last, owed, draft[REASON])


def _never(_session: Session, _asker: Asker, _draft: Any, _now: dtm.datetime) -> Answers:
    raise AssertionError("an exemption ends with a button, not with words")


EXEMPT = dialogs.register_flow(
    dialogs.Flow("exempt", BrakeMachine(month_from), question=_question, finish=_never)
)
