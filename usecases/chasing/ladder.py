"""How lateness climbs: which rung of a late report has its turn, and who is told on it."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from db.tables.chasing import Promise, PromiseState
from domain.chain import Chain
from domain.ladder import Way, may_fire, waits_for_release, way_to
from domain.periods import Period
from domain.timetable import Step
from domain.vocabulary import Role
from usecases.chasing.alerts import (
    COMMISSIONER_OVERDUE,
    FIRST_RESPONSIBLE_OVERDUE,
    ROLE_RUNGS,
    UNIT_OVERDUE,
)
from usecases.chasing.chased import Chased
from usecases.chasing.facts import open_promises
from usecases.chasing.overdue import REPORT_OVERDUE, RUNG_ON_TRIAL
from usecases.chasing.reached import first_reached
from usecases.chasing.release_list import RELEASE_ASKED
from usecases.chasing.reminders import reporters
from usecases.chasing.trial import months_on_trial
from usecases.notices import Occasion, Subject, Telling, coordinators, notify_all

_OCCASIONS: Mapping[Role, Occasion] = {
    Role.INFORMATION_OFFICER: REPORT_OVERDUE,
    Role.LIAISON: UNIT_OVERDUE,
    Role.COMMISSIONER: COMMISSIONER_OVERDUE,
    Role.FIRST_RESPONSIBLE: FIRST_RESPONSIBLE_OVERDUE,
}
_SPOKEN = (*_OCCASIONS.values(), RUNG_ON_TRIAL, RELEASE_ASKED)
# The alarm is over for these only when they are told so.
_ALARMING = (UNIT_OVERDUE, COMMISSIONER_OVERDUE, FIRST_RESPONSIBLE_OVERDUE)


@dataclass(frozen=True, slots=True)
class Late:
    """A late report with the people above it and the rung whose day has come."""

    chased: Chased
    chain: Chain
    step: Step

    @property
    def turn(self) -> str:
        """Tells rungs apart, also after the due time was moved."""
        return self.chased.turn_of(self.step.rung)


@dataclass(frozen=True, slots=True)
class Gate:
    """What may hold the rungs of late reports, and which months are still on trial."""

    delivered: Mapping[int, dtm.datetime]
    promises: Mapping[int, Promise]
    on_trial: Collection[Period]

    def may_fire(self, late: Late, now: dtm.datetime) -> bool:
        """Whether the rung may have its turn now."""
        promise = self.promises.get(late.chased.id)
        return may_fire(
            late.step,
            late.chased.rules,
            delivered_at=self.delivered.get(late.chased.id),
            promised_for=promise.promised_for if promise else None,
            now=now,
        )

    def way_to(self, role: Role, late: Late) -> Way:
        """How lateness reaches this role."""
        return way_to(role, late.chased.rules.policy.ladder, is_on_trial=self._tries(late))

    def waits(self, late: Late) -> bool:
        """Whether the rung has had its turn only when the office has let it out."""
        ladder = late.chased.rules.policy.ladder
        return waits_for_release(late.step.rung, ladder, is_on_trial=self._tries(late))

    def _tries(self, late: Late) -> bool:
        return late.chased.month in self.on_trial


def climb(session: Session, late: Sequence[Late], now: dtm.datetime) -> None:
    """Tell those whose turn it is; a rung that may not fire yet is left for another morning."""
    gate = gate_of(session, [one.chased for one in late])
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for one in late:
        if not gate.may_fire(one, now):
            continue
        _break_promise(session, gate.promises.get(one.chased.id))
        if not gate.waits(one):
            one.chased.obligation.climbed += 1
        for occasion, telling in _tellings(session, one, gate, now):
            told[occasion.name].append(telling)
            one.chased.obligation.alarmed |= occasion in _ALARMING
        session.add(one.chased.obligation)
    for occasion in _SPOKEN:
        notify_all(session, occasion, told[occasion.name], now)


def release(session: Session, late: Late, now: dtm.datetime) -> None:
    """The office let a rung out: the first-responsible person is told, and the ladder goes on."""
    subject = Subject("obligation", late.chased.id, late.turn)
    people = _people(late.chain, Role.FIRST_RESPONSIBLE)
    tellings = [Telling(subject, contact_id) for contact_id in people]
    notify_all(session, FIRST_RESPONSIBLE_OVERDUE, tellings, now)
    late.chased.obligation.climbed += 1
    late.chased.obligation.alarmed = True
    session.add(late.chased.obligation)
    session.flush()


def gate_of(session: Session, late: Sequence[Chased]) -> Gate:
    """What may hold the next rungs of these reports."""
    return Gate(
        first_delivered(session, late),
        open_promises(session, late),
        months_on_trial(session, late),
    )


def rung_now(chased: Chased, now: dtm.datetime) -> Step | None:
    """The rung whose day has come: one at a time, however many days were missed."""
    steps = chased.steps[chased.obligation.climbed :]
    return steps[0] if steps and steps[0].at <= now else None


def first_delivered(session: Session, late: Collection[Chased]) -> dict[int, dtm.datetime]:
    """When somebody was first really reached about each report since its ladder began."""
    ladders = {one.id: one.ladder_turn for one in late}
    asked = [occasion.name for occasion in _OCCASIONS.values()]
    return first_reached(session, "obligation", ladders, asked)


def _break_promise(session: Session, promise: Promise | None) -> None:
    """The report is not in, and the promise's morning has come."""
    if promise is not None:
        promise.state = PromiseState.BROKEN
        session.add(promise)


def _tellings(
    session: Session, late: Late, gate: Gate, now: dtm.datetime
) -> Iterator[tuple[Occasion, Telling]]:
    subject = Subject("obligation", late.chased.id, late.turn)
    for role in late.step.rung.tells:
        match gate.way_to(role, late):
            case Way.TELL if role in _OCCASIONS:
                for contact_id in _people(late.chain, role):
                    yield _OCCASIONS[role], Telling(subject, contact_id)
            case Way.SHOW_OFFICE:
                shown = replace(subject, turn=f"{late.turn} {role.value[0]}")
                for contact_id in coordinators(session, now):
                    yield RUNG_ON_TRIAL, Telling(shown, contact_id, details={"role": role.value})
            case Way.ASK_OFFICE:
                # Asked anew every working morning until it is let out or the report is in.
                asked = replace(subject, turn=f"{late.chased.rules.local_day(now)}")
                for contact_id in coordinators(session, now):
                    yield RELEASE_ASKED, Telling(asked, contact_id)


def _people(chain: Chain, role: Role) -> Iterator[int]:
    if role is Role.INFORMATION_OFFICER:
        yield from reporters(chain, on_due_day=True)
    elif (seat := chain.seat(ROLE_RUNGS[role][0])) and seat.acting_id:
        yield seat.acting_id
