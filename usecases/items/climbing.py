"""How a missed deadline climbs: the ladder of late reports, for what a unit was given to do."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.chain import Roster
from domain.ladder import Way, may_fire, tells_leaders, waits_for_release, way_to
from domain.periods import Period
from domain.timetable import Step
from domain.vocabulary import Role
from templates.chasing import TrialLine
from templates.item_alerts import DecisionRungOnTrial
from usecases.chain import load_roster
from usecases.chasing.reached import first_reached
from usecases.chasing.trial import is_on_trial
from usecases.items.alerts import ALERTS, ROLES, covered, seat
from usecases.items.release_list import DECISION_RELEASE_ASKED
from usecases.items.timing import DECISION, Pressed, pressed_by_ids
from usecases.items.to_phone import DECISION_TO_PHONE
from usecases.items.ways import extensions_asked
from usecases.notices import (
    Composed,
    Occasion,
    Subject,
    Telling,
    coordinators,
    notify_all,
    register,
)
from usecases.policies import timetable


@dataclass(frozen=True, slots=True)
class Late:
    """A late decision and the rung whose day has come."""

    pressed: Pressed
    step: Step

    @property
    def subject(self) -> Subject:
        """Tells rungs apart, also after the deadline was moved."""
        return Subject(DECISION, self.pressed.id, self.pressed.turn_of(self.step.rung))


@dataclass(frozen=True, slots=True)
class Gate:
    """What may hold the rungs of late decisions, and whether the office is on trial still.

    `undecided`: the items whose unit asked for more time in time, and still waits for the office.
    """

    delivered: Mapping[int, dtm.datetime]
    undecided: Collection[int]
    tries: bool

    def may_fire(self, late: Late, now: dtm.datetime) -> bool:
        """Whether the rung may have its turn now; nobody promises anything about decisions.

        No leader hears of a delay that is the office's own.
        """
        if tells_leaders(late.step.rung) and late.pressed.item.id in self.undecided:
            return False
        delivered_at = self.delivered.get(late.pressed.id)
        rules = late.pressed.rules
        return may_fire(late.step, rules, delivered_at=delivered_at, promised_for=None, now=now)

    def way_to(self, role: Role, late: Late) -> Way:
        """How lateness reaches this role."""
        return way_to(role, late.pressed.rules.policy.ladder, is_on_trial=self.tries)

    def waits(self, late: Late) -> bool:
        """Whether the rung has had its turn only when the office has let it out."""
        ladder = late.pressed.rules.policy.ladder
        return waits_for_release(late.step.rung, ladder, is_on_trial=self.tries)


def late_now(found: Collection[Pressed], now: dtm.datetime) -> list[Late]:
    """Those of them of which a rung has its day."""
    steps = ((one, one.deadline.rung_now(one.rules, now)) for one in found)
    return [Late(one, step) for one, step in steps if step]


def gate_of(session: Session, late: Collection[Pressed], now: dtm.datetime) -> Gate:
    """What may hold the next rungs of these decisions."""
    ladders = {one.id: one.ladder_turn for one in late}
    rules = timetable(session)
    today = rules.local_day(now)
    tries = is_on_trial(session, Period(today.year, today.month), rules.policy.ladder.trial_periods)
    undecided = extensions_asked(session, [one.item for one in late])
    return Gate(first_reached(session, DECISION, ladders, list(ROLES)), undecided, tries)


def climb(session: Session, late: Sequence[Late], roster: Roster, now: dtm.datetime) -> None:
    """Tell those whose turn it is; a rung that may not fire yet is left for another morning."""
    gate = gate_of(session, [one.pressed for one in late], now)
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for one in late:
        if not gate.may_fire(one, now):
            continue
        if not gate.waits(one):
            one.pressed.row.climbed += 1
        for occasion, telling in _tellings(session, one, gate, roster, now):
            told[occasion.name].append(telling)
            one.pressed.row.alarmed |= occasion.name in ROLES
        session.add(one.pressed.row)
    for occasion in _SPOKEN:
        notify_all(session, occasion, told[occasion.name], now)


def release(session: Session, late: Late, roster: Roster, now: dtm.datetime) -> None:
    """The office let a rung out: the first-responsible person is told, and the ladder ends."""
    role = Role.FIRST_RESPONSIBLE
    if person := seat(roster, late.pressed, role).acting_id:
        notify_all(session, ALERTS[role], [Telling(late.subject, person)], now)
    late.pressed.row.climbed += 1
    late.pressed.row.alarmed = True
    session.add(late.pressed.row)
    session.flush()


def _tellings(
    session: Session, late: Late, gate: Gate, roster: Roster, now: dtm.datetime
) -> Iterator[tuple[Occasion, Telling]]:
    for role in late.step.rung.tells:
        if role not in ALERTS:
            continue
        person = seat(roster, late.pressed, role)
        match gate.way_to(role, late):
            case Way.TELL:
                if person.acting_id:
                    yield ALERTS[role], Telling(late.subject, person.acting_id)
                if role is Role.LIAISON and person.gap:
                    yield from _office(session, DECISION_TO_PHONE, late.subject, now)
            case Way.SHOW_OFFICE:
                shown = replace(late.subject, turn=f"{late.subject.turn} {role.value[0]}")
                yield from _office(session, DECISION_ON_TRIAL, shown, now, role=role.value)
            case Way.ASK_OFFICE:
                # Asked anew every working morning until it is let out or the item is done; once
                # where nobody could be told.
                today = f"{late.pressed.rules.local_day(now)}"
                asked = late.subject if person.gap else replace(late.subject, turn=today)
                yield from _office(session, DECISION_RELEASE_ASKED, asked, now)


def _office(
    session: Session, occasion: Occasion, subject: Subject, now: dtm.datetime, **details: str
) -> Iterator[tuple[Occasion, Telling]]:
    for contact_id in coordinators(session, now):
        yield occasion, Telling(subject, contact_id, details=details)


def _on_trial(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """Who would have been told, and of how many decisions, if this were no trial."""
    found = pressed_by_ids(session, {notice.subject_id for notice in notices}, now)
    roster = load_roster(session, now, [one.place for one in found.values()])
    counts: defaultdict[tuple[Role, int | None], int] = defaultdict(int)
    for notice in notices:
        if one := found.get(notice.subject_id):
            role = Role(notice.details["role"])
            counts[role, seat(roster, one, role).acting_id] += 1
    if not counts:
        return Composed(None)
    lines = tuple(
        TrialLine(role, _name(session, person), count) for (role, person), count in counts.items()
    )
    return Composed(DecisionRungOnTrial(lines), covered(notices, found.values()))


def _name(session: Session, contact_id: int | None) -> str:
    return session.get_one(Contact, contact_id).name if contact_id else ""


DECISION_ON_TRIAL = register(
    Occasion("decision_on_trial", Urgency.ROUTINE, _on_trial, is_chasing=True)
)
_SPOKEN = (*ALERTS.values(), DECISION_ON_TRIAL, DECISION_RELEASE_ASKED, DECISION_TO_PHONE)
