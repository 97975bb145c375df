"""/hold: putting a hold on chasing in a few taps, seeing what is held, lifting it."""

import datetime as dtm
from collections.abc import Mapping
from typing import Any

from sqlmodel import Session

from db.tables.chasing import Hold
from domain.access import Action
from domain.brakes import (
    AFTER,
    REASON,
    UNTIL,
    Brake,
    BrakeMachine,
    BrakeProblem,
    HoldScope,
    day_after,
)
from domain.dialogs import Ask
from templates.brakes import (
    AskBrakeReason,
    AskHoldUntil,
    HoldMade,
    HoldsInForce,
)
from templates.message import Message
from templates.office import StaleButton
from usecases import dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chasing import holds
from usecases.chasing.brake_dialog import begin_with, known_of, press, pressed_at, target_in
from usecases.chasing.hold_notices import (
    HOLD_LIFTED,
    HOLD_MADE,
    lifted,
    line_of,
    tell_others,
)
from usecases.chasing.targets import EVERYBODY, Target, awaited_of, brake_on, is_there
from usecases.listings import local_day
from usecases.policies import timetable
from usecases.rights import entitled

LIKELY_WORKING_DAYS = (1, 3, 5)


@entitled(Action.HOLD)
def hold(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/hold: what is held; with words, hold the unit or project they name."""
    if not words:
        return say(_in_force(session))
    return begin_with(session, asker, Brake.HOLD, words, now, _begin)


@entitled(Action.HOLD)
def show_holds(session: Session, _asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """Every hold in force, as a new message."""
    return say(_in_force(session))


@entitled(Action.HOLD)
def hold_target(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Answers:
    """One of several that were offered: until when?"""
    if not is_there(session, target):
        return say(StaleButton())
    return _begin(session, asker, target, now)


@entitled(Action.HOLD)
def hold_everything(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The stop button: nobody is chased from this moment on, until somebody lifts that."""
    return _held(session, asker, EVERYBODY, {UNTIL: "", REASON: ""}, now)


@entitled(Action.HOLD)
def choose_day(session: Session, asker: Asker, day: dtm.date, now: dtm.datetime) -> Answers:
    """A day was pressed instead of typed."""
    return press(session, asker, HOLD, UNTIL, day.isoformat(), now)


@entitled(Action.HOLD)
def choose_open(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """Until it is lifted."""
    row = pressed_at(session, asker, HOLD, UNTIL, now)
    if row is None:
        return say(StaleButton())
    row.step, row.draft = REASON, {**row.draft, UNTIL: ""}
    return HOLD.asked_again(session, asker, row, now)


@entitled(Action.HOLD)
def give_no_reason(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """A hold needs no reason."""
    row = pressed_at(session, asker, HOLD, REASON, now)
    if row is None:
        return say(StaleButton())
    draft = {**row.draft, REASON: ""}
    dialogs.end(session, asker)
    return _finish(session, asker, draft, now)


@entitled(Action.HOLD)
def lift(session: Session, asker: Asker, hold_id: int, now: dtm.datetime) -> Answers:
    """解除: chasing goes on from where it stands."""
    row = session.get(Hold, hold_id)
    if row is None:
        return say(StaleButton())
    if row.lifted_at is None:
        holds.lift(session, asker, row, now)
        tell_others(session, asker, HOLD_LIFTED, row, now)
    return in_place(lifted(session, row))


def _begin(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Answers:
    today = local_day(asker.voice.zone, now)
    yesterday = today - dtm.timedelta(days=1)
    known = {**known_of(target), AFTER: yesterday.isoformat(), "today": today.isoformat()}
    return dialogs.begin(session, asker, HOLD, known, now)


def _question(session: Session, _asker: Asker, ask: Ask) -> Message:
    draft = ask.position.draft
    on = brake_on(session, target_in(draft))
    problems = tuple(BrakeProblem(problem) for problem in ask.problems)
    if ask.position.step == REASON:
        return AskBrakeReason(Brake.HOLD, on, _day(draft[UNTIL]), problems=problems)
    today = dtm.date.fromisoformat(draft["today"])
    calendar = timetable(session).calendar
    likely = tuple(calendar.add_working_days(today, days) for days in LIKELY_WORKING_DAYS)
    reports = len(awaited_of(session, target_in(draft)))
    return AskHoldUntil(on, reports, today, likely, problems)


def _finish(session: Session, asker: Asker, draft: Mapping[str, Any], now: dtm.datetime) -> Answers:
    return _held(session, asker, target_in(draft), draft, now)


def _held(
    session: Session, asker: Asker, target: Target, said: Mapping[str, Any], now: dtm.datetime
) -> Answers:
    """Hold it, in place of an earlier hold on the same, if there is one."""
    before = holds.standing_on(session, target)
    row = Hold(
        scope=target.scope,
        organisation_id=target.id if target.scope is HoldScope.UNIT else None,
        project_id=target.id if target.scope is HoldScope.PROJECT else None,
        reason=said[REASON],
        since=now,
        until=_end(session, said[UNTIL]),
        held_by_id=asker.contact_id,
    )
    holds.hold(session, asker, row, now)
    if before is not None:
        holds.lift(session, asker, before, now)
    tell_others(session, asker, HOLD_MADE, row, now)
    return say(HoldMade(line_of(session, row), was_held=before is not None))


def _end(session: Session, until: str) -> dtm.datetime | None:
    """The midnight after the last day held."""
    day = _day(until)
    if day is None:
        return None
    return timetable(session).instant(day + dtm.timedelta(days=1), dtm.time(0))


def _day(text: str) -> dtm.date | None:
    return dtm.date.fromisoformat(text) if text else None


def _in_force(session: Session) -> HoldsInForce:
    return HoldsInForce(tuple(line_of(session, row) for row in holds.holds_in_force(session)))


HOLD = dialogs.register_flow(
    dialogs.Flow("hold", BrakeMachine(day_after, is_confirmed=False), _question, _finish)
)
