"""Alerts: what the liaison and those above hear of late reports, told and shown again later.

One message tells of all a person's late reports on an occasion; shown again, it says how each of
them stands by then.
"""

import datetime as dtm
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, func, select

from db.tables.people import Contact
from db.tables.programme import ResponsibleUnit
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from db.tables.speech import Notice, Urgency
from domain.chain import Chain, Rung
from domain.periods import Period
from domain.vocabulary import Role
from templates.alerts import (
    Answering,
    AskedFromAbove,
    EndedReport,
    LateForCommissioner,
    LateForFirstResponsible,
    LateForLiaison,
    LateReport,
)
from templates.message import Message as Typed
from usecases.asker import Caller, identify
from usecases.chain import load_roster
from usecases.chasing.alert_lines import (
    HANDED_ON,
    LIAISON_ALERT,
    answering,
    ended_reports,
    late_lines,
)
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.chasing.facts import Facts, facts_of
from usecases.chasing.reminders import LINES_SHOWN, covered_ids
from usecases.notices import Composed, Occasion, register
from usecases.reporting.queue import count_waiting

ROLE_RUNGS = {
    Role.INFORMATION_OFFICER: (Rung.MAIN_REPORTER, Rung.SECOND_REPORTER),
    Role.LIAISON: (Rung.REVIEWER,),
    Role.COMMISSIONER: (Rung.COMMISSIONER,),
    Role.FIRST_RESPONSIBLE: (Rung.FIRST_RESPONSIBLE,),
}
_NOT_EXPECTED = (ObligationState.EXEMPT, ObligationState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Alarm:
    """What an alert tells one person at a moment: what is late and theirs, and what was."""

    session: Session
    contact: Contact
    role: Role
    notices: Sequence[Notice]
    late: Sequence[Chased]
    ended: tuple[EndedReport, ...]
    facts: Facts
    now: dtm.datetime

    @property
    def month(self) -> Period:
        """The month the heading speaks of."""
        return max([*(one.month for one in self.late), *(one.month for one in self.ended)])

    @property
    def unit_ids(self) -> set[int]:
        return {unit.id for one in self.late if (unit := one.listed.lead_unit)}

    @property
    def returned(self) -> int:
        """How many were in and have not come back changed: those are never called missing."""
        return sum(one.obligation.state is ObligationState.RETURNED for one in self.late)


def late_for(
    session: Session, contact: Contact, role: Role, notices: Sequence[Notice], now: dtm.datetime
) -> list[Chased]:
    """What of the notices' reports is still late and still this person's to see to."""
    found = chased_by_ids(session, {notice.subject_id for notice in notices})
    late = [one for one in found.values() if one.obligation.due_at <= now]
    roster = load_roster(session, now, [one.place for one in late])
    return [one for one in late if sits_on(roster.chain(one.place), role, contact.id)]


def sits_on(chain: Chain, role: Role, contact_id: int) -> bool:
    """Whether somebody acts in a role of a chain at present."""
    seats = (chain.seat(rung) for rung in ROLE_RUNGS[role])
    return any(seat.acting_id == contact_id for seat in seats if seat)


def shown_again(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Typed:
    """An alert that told these notices as it reads now."""
    role = role_told(notices[0])
    late = late_for(session, contact, role, notices, now)
    ended = ended_reports(session, notices, late, now)
    alarm = Alarm(session, contact, role, notices, late, ended, facts_of(session, late), now)
    return _BUILT[notices[0].occasion](alarm)


def role_told(notice: Notice) -> Role:
    """The role in which somebody was told."""
    return _ROLES.get(notice.occasion) or Role(notice.details["role"])


def is_alert(notice: Notice) -> bool:
    """Whether it alarms the liaison or somebody above."""
    return notice.occasion in _BUILT and role_told(notice) is not Role.INFORMATION_OFFICER


def alert_occasions() -> tuple[str, ...]:
    """The names of the occasions on which people are alarmed."""
    return tuple(_BUILT)


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """What is late and theirs, without what they said they know of."""
    role = role_told(notices[0])
    late = [
        one
        for one in late_for(session, contact, role, notices, now)
        if any(_is_of_ladder(notice, one) for notice in notices)
    ]
    facts = facts_of(session, late)
    if notices[0].occasion != ASKED_FROM_ABOVE.name:
        late = [one for one in late if facts.known_at(one, contact.id) is None]
    if not late:
        return Composed(None)
    told = [notice for notice in notices if notice.id in covered_ids(notices, late)]
    alarm = Alarm(session, contact, role, told, late, (), facts, now)
    return Composed(_BUILT[notices[0].occasion](alarm), frozenset(one.id for one in told))


def _is_of_ladder(notice: Notice, one: Chased) -> bool:
    """Whether its present ladder came to this: what waited through an extension is past."""
    return notice.subject_id == one.id and notice.turn.startswith(one.ladder_turn)


def _for_liaison(alarm: Alarm) -> Typed:
    units = {unit.name for one in alarm.late if (unit := one.listed.lead_unit)}
    expected, _ = _counts(alarm)
    return LateForLiaison(
        unit=units.pop() if len(units) == 1 else "",
        month=alarm.month,
        expected=expected,
        as_at=alarm.now,
        lines=_lines(alarm),
        late=len(alarm.late),
        returned=alarm.returned,
        ended=alarm.ended,
        answering=_answering(alarm),
        waiting=_waiting(alarm),
    )


def _for_commissioner(alarm: Alarm) -> Typed:
    expected, _ = _counts(alarm)
    return LateForCommissioner(
        month=alarm.month,
        expected=expected,
        as_at=alarm.now,
        lines=_lines(alarm),
        late=len(alarm.late),
        returned=alarm.returned,
        ended=alarm.ended,
        answering=_answering(alarm),
    )


def _for_first_responsible(alarm: Alarm) -> Typed:
    expected, reported = _counts(alarm)
    lines = tuple(
        replace(line, commissioner=alarm.facts.heard(one, COMMISSIONER_OVERDUE.name, alarm.now))
        for one, line in zip(alarm.late, _lines(alarm), strict=False)
    )
    return LateForFirstResponsible(
        month=alarm.month,
        expected=expected,
        reported=reported,
        as_at=alarm.now,
        lines=lines,
        late=len(alarm.late),
        returned=alarm.returned,
        ended=alarm.ended,
        answering=_answering(alarm),
    )


def _from_above(alarm: Alarm) -> Typed:
    asked = alarm.notices[-1].details
    return AskedFromAbove(
        by=alarm.session.get_one(Contact, asked["by"]).name,
        by_role=Role(asked["by_role"]),
        to_role=alarm.role,
        month=alarm.month,
        as_at=alarm.now,
        lines=_lines(alarm),
        late=len(alarm.late),
        ended=alarm.ended,
        answering=_answering(alarm),
    )


def _lines(alarm: Alarm) -> tuple[LateReport, ...]:
    return late_lines(alarm.session, alarm.late[:LINES_SHOWN], alarm.facts, alarm.now)


def _answering(alarm: Alarm) -> Answering:
    return answering(alarm.session, alarm.contact, alarm.role, alarm.late, alarm.facts, alarm.now)


def _waiting(alarm: Alarm) -> int:
    """How many reports wait for the person's own review."""
    account = alarm.contact.telegram_user_id
    if account is None:
        return 0
    asker = identify(alarm.session, Caller(account, account, is_private=True), alarm.now)
    return count_waiting(alarm.session, asker, alarm.now)


def _counts(alarm: Alarm) -> tuple[int, int]:
    """How many reports these lead units owe for these months (应报), and how many came in (已报).

    What was returned has come in.
    """
    query = (
        select(ReportingPeriod.year, ReportingPeriod.month, Obligation.state, func.count())
        .join(Obligation, col(Obligation.period_id) == col(ReportingPeriod.id))
        .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Obligation.listing_id))
        .where(
            ResponsibleUnit.position == 1,
            col(ResponsibleUnit.organisation_id).in_(alarm.unit_ids),
            col(Obligation.state).not_in(_NOT_EXPECTED),
        )
        .group_by(col(ReportingPeriod.year), col(ReportingPeriod.month), col(Obligation.state))
    )
    months = {one.month for one in alarm.late}
    counted = [
        (ObligationState(state), count)
        for year, month, state, count in alarm.session.exec(query)
        if Period(year, month) in months
    ]
    reported = sum(count for state, count in counted if state is not ObligationState.OPEN)
    return sum(count for _, count in counted), reported


def _alert(name: str, *, spends_budget: bool = True) -> Occasion:
    return register(
        Occasion(name, Urgency.URGENT, _compose, spends_budget=spends_budget, is_chasing=True)
    )


UNIT_OVERDUE = _alert(LIAISON_ALERT)
COMMISSIONER_OVERDUE = _alert("commissioner_overdue")
FIRST_RESPONSIBLE_OVERDUE = _alert("first_responsible_overdue")
# A leader asks: that waits for nobody's budget.
ASKED_FROM_ABOVE = _alert(HANDED_ON, spends_budget=False)

_ROLES = {
    UNIT_OVERDUE.name: Role.LIAISON,
    COMMISSIONER_OVERDUE.name: Role.COMMISSIONER,
    FIRST_RESPONSIBLE_OVERDUE.name: Role.FIRST_RESPONSIBLE,
}
_BUILT: dict[str, Callable[[Alarm], Typed]] = {
    UNIT_OVERDUE.name: _for_liaison,
    COMMISSIONER_OVERDUE.name: _for_commissioner,
    FIRST_RESPONSIBLE_OVERDUE.name: _for_first_responsible,
    ASKED_FROM_ABOVE.name: _from_above,
}
