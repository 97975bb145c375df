"""/extend: giving one report, a unit's or everybody's of a month more time, with a reason."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlmodel import Session

from db.tables.chasing import Extension
from db.tables.reporting import Obligation, ReportingPeriod
from db.tables.speech import Dialog
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
    day_after,
)
from domain.calendar import Roll
from domain.dialogs import Ask
from domain.periods import Period
from domain.timetable import Timetable
from templates.brakes import AskBrakeReason, NothingToBrake
from templates.extending import (
    AskExtendUntil,
    ConfirmExtension,
    Extended,
    ExtendWhichMonth,
    OpenMonth,
)
from templates.message import Message
from templates.office import StaleButton
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chasing.brake_dialog import begin_with, known_of, press, pressed_at, target_in
from usecases.chasing.moved import owing_people, tell_of_new_due_times
from usecases.chasing.targets import Target, awaited_of, brake_on, is_there
from usecases.obligations import obligation_changed
from usecases.policies import timetable_of
from usecases.rights import entitled

PERIOD = "period_id"
LIKELY_WORKING_DAYS = (1, 3, 5)


@dataclass(frozen=True, slots=True)
class OfMonth:
    """What is extended, and of which month."""

    target: Target
    period_id: int


@dataclass(frozen=True, slots=True)
class _Case:
    """The reports an extension would move, with the rules that count their days."""

    period: ReportingPeriod
    owed: Sequence[Obligation]
    rules: Timetable

    @property
    def month(self) -> Period:
        return Period(self.period.year, self.period.month)

    @property
    def due_at(self) -> dtm.datetime:
        """When the first of them is due at present."""
        return min(one.due_at for one in self.owed)

    def new_due_at(self, draft: Any) -> dtm.datetime:
        """When they would be due: on the day that was said, at the policy's hour."""
        day = dtm.date.fromisoformat(draft[UNTIL])
        return self.rules.instant(day, self.rules.policy.reporting.time)


@entitled(Action.EXTEND)
def extend(session: Session, asker: Asker, words: str, now: dtm.datetime) -> Answers:
    """/extend: give the unit or project that the words name more time."""
    return begin_with(session, asker, Brake.EXTEND, words, now, _begin)


@entitled(Action.EXTEND)
def extend_target(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Answers:
    """One of several that were offered."""
    if not is_there(session, target):
        return say(StaleButton())
    return _begin(session, asker, target, now)


@entitled(Action.EXTEND)
def extend_month(session: Session, asker: Asker, of: OfMonth, now: dtm.datetime) -> Answers:
    """Of this month: until when?"""
    case = _case(session, of.target, of.period_id)
    if case is None:
        return say(NothingToBrake(Brake.EXTEND, brake_on(session, of.target)))
    known = {
        **known_of(of.target),
        PERIOD: of.period_id,
        AFTER: _latest_impossible(case, now).isoformat(),
        "today": case.rules.local_day(now).isoformat(),
    }
    return dialogs.begin(session, asker, EXTEND, known, now)


@entitled(Action.EXTEND)
def choose_day(session: Session, asker: Asker, day: dtm.date, now: dtm.datetime) -> Answers:
    """A day was pressed instead of typed."""
    return press(session, asker, EXTEND, UNTIL, day.isoformat(), now)


@entitled(Action.EXTEND)
def take_working_day(session: Session, asker: Asker, day: dtm.date, now: dtm.datetime) -> Answers:
    """The working day that was offered instead of a day off."""
    row = pressed_at(session, asker, EXTEND, CONFIRM, now)
    if row is None:
        return say(StaleButton())
    row.draft = {**row.draft, UNTIL: day.isoformat()}
    (asked,) = EXTEND.asked_again(session, asker, row, now)
    return in_place(asked.message)


@entitled(Action.EXTEND)
def confirm(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The due time moves, and who owes the reports hears of it once."""
    row = pressed_at(session, asker, EXTEND, CONFIRM, now)
    if row is None:
        return say(StaleButton())
    draft = row.draft
    case = _case_in(session, row)
    if case is None:
        dialogs.end(session, asker)
        return in_place(NothingToBrake(Brake.EXTEND, brake_on(session, target_in(draft))))
    due_at = case.new_due_at(draft)
    if due_at <= now:
        return say(StaleButton())
    dialogs.end(session, asker)
    moved = [one for one in case.owed if one.due_at < due_at]
    for one in moved:
        _move(session, asker, one, due_at, draft[REASON], now)
    if target_in(draft).scope is HoldScope.EVERYBODY:
        # What is listed later is due with the others.
        case.period.due_at = max(case.period.due_at, due_at)
        session.add(case.period)
    people = owing_people(session, [one.id for one in moved], now)
    told = tell_of_new_due_times(session, people, moved, now, draft[REASON])
    on = brake_on(session, target_in(draft))
    return in_place(Extended(on, case.month, len(moved), due_at, told))


def _move(
    session: Session,
    asker: Asker,
    obligation: Obligation,
    due_at: dtm.datetime,
    reason: str,
    now: dtm.datetime,
) -> None:
    row = Extension(
        obligation_id=obligation.id,
        due_before=obligation.due_at,
        due_after=due_at,
        reason=reason,
        extended_by_id=asker.contact_id,
        extended_at=now,
    )
    session.add(row)
    obligation.due_at = due_at
    obligation_changed(session, obligation, now)
    audit.record(session, asker, "report.extended", now, ("obligation", obligation.id))


def _begin(session: Session, asker: Asker, target: Target, now: dtm.datetime) -> Answers:
    periods = {period.id: period for _, period in awaited_of(session, target)}
    counts = Counter(period.id for _, period in awaited_of(session, target))
    if len(periods) == 1:
        return extend_month(session, asker, OfMonth(target, *periods), now)
    on = brake_on(session, target)
    if not periods:
        return say(NothingToBrake(Brake.EXTEND, on))
    months = [
        OpenMonth(one.id, Period(one.year, one.month), counts[one.id]) for one in periods.values()
    ]
    return say(ExtendWhichMonth(on, tuple(months)))


def _case(session: Session, target: Target, period_id: int) -> _Case | None:
    found = [(one, month) for one, month in awaited_of(session, target) if month.id == period_id]
    if not found:
        return None
    rules = timetable_of(session, found[0][1].policy_version_id)
    return _Case(found[0][1], [one for one, _ in found], rules)


def _case_in(session: Session, row: Dialog) -> _Case | None:
    return _case(session, target_in(row.draft), row.draft[PERIOD])


def _latest_impossible(case: _Case, now: dtm.datetime) -> dtm.date:
    """The last day that is no extension: today once its hour has struck, or the due day."""
    today = case.rules.local_day(now)
    is_over = case.rules.instant(today, case.rules.policy.reporting.time) <= now
    past = today if is_over else today - dtm.timedelta(days=1)
    return max(past, case.rules.local_day(case.due_at))


def _question(session: Session, asker: Asker, ask: Ask) -> Message:
    draft, step = ask.position.draft, ask.position.step
    on = brake_on(session, target_in(draft))
    problems = tuple(BrakeProblem(problem) for problem in ask.problems)
    if step == REASON:
        day = dtm.date.fromisoformat(draft[UNTIL])
        return AskBrakeReason(Brake.EXTEND, on, day, problems=problems)
    case = _case(session, target_in(draft), draft[PERIOD])
    if case is None:
        # Everything came in meanwhile.
        dialogs.end(session, asker)
        return NothingToBrake(Brake.EXTEND, on)
    if step == CONFIRM:
        return _card(session, case, draft)
    after = dtm.date.fromisoformat(draft[AFTER])
    likely = (case.rules.calendar.add_working_days(after, days) for days in LIKELY_WORKING_DAYS)
    return AskExtendUntil(on, case.month, len(case.owed), case.due_at, tuple(likely), problems)


def _card(session: Session, case: _Case, draft: Any) -> ConfirmExtension:
    due_at = case.new_due_at(draft)
    moved = [one for one in case.owed if one.due_at < due_at]
    on = brake_on(session, target_in(draft))
    card = ConfirmExtension(on, case.month, len(moved), due_at, draft[REASON])
    day = case.rules.local_day(due_at)
    if case.rules.calendar.is_working_day(day):
        return card
    return replace(card, instead=case.rules.calendar.roll(day, Roll.NEXT))


def _never(_session: Session, _asker: Asker, _draft: Any, _now: dtm.datetime) -> Answers:
    raise AssertionError("an extension ends with a button, not with words")


EXTEND = dialogs.register_flow(
    dialogs.Flow("extend", BrakeMachine(day_after), question=_question, finish=_never)
)
