"""How lateness climbs: which rung of a late report has its turn, and who is told on it."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from db.tables.speech import Message, MessageState, Notice
from domain.chain import Chain, Rung
from domain.timetable import Step
from domain.vocabulary import Role
from usecases.chasing.chased import Chased
from usecases.chasing.overdue import (
    COMMISSIONER_OVERDUE,
    REPORT_OVERDUE,
    RUNG_ON_TRIAL,
    UNIT_OVERDUE,
)
from usecases.chasing.reminders import reporters
from usecases.chasing.trial import months_on_trial
from usecases.notices import Occasion, Subject, Telling, coordinators, notify_all

ABOVE_THE_LIAISON = frozenset({Role.COMMISSIONER, Role.FIRST_RESPONSIBLE})

_OCCASIONS: Mapping[Role, Occasion] = {
    Role.INFORMATION_OFFICER: REPORT_OVERDUE,
    Role.LIAISON: UNIT_OVERDUE,
    Role.COMMISSIONER: COMMISSIONER_OVERDUE,
}
_RUNGS = {Role.LIAISON: Rung.REVIEWER, Role.COMMISSIONER: Rung.COMMISSIONER}


@dataclass(frozen=True, slots=True)
class Late:
    """A late report with the people above it and the rung whose turn it is."""

    chased: Chased
    chain: Chain
    step: Step

    @property
    def turn(self) -> str:
        """Tells rungs apart, also after the due time was moved."""
        return f"{self.chased.due_day}+{self.step.rung.working_days}"

    @property
    def tells_leaders(self) -> bool:
        """Whether somebody above the liaison is told on this rung."""
        return bool(ABOVE_THE_LIAISON.intersection(self.step.rung.tells))


def climb(session: Session, late: Sequence[Late], now: dtm.datetime) -> None:
    """Tell those whose turn it is; a rung that may not fire yet is left for another morning."""
    asked = first_delivered(session, [one.chased for one in late])
    on_trial = months_on_trial(session, [one.chased for one in late])
    told: defaultdict[str, list[Telling]] = defaultdict(list)
    for one in late:
        if one.tells_leaders and not _may_tell_leaders(one, asked.get(one.chased.id), now):
            continue
        one.chased.obligation.climbed += 1
        session.add(one.chased.obligation)
        for occasion, telling in _tellings(session, one, one.chased.month in on_trial, now):
            told[occasion.name].append(telling)
    for occasion in (*_OCCASIONS.values(), RUNG_ON_TRIAL):
        notify_all(session, occasion, told[occasion.name], now)


def rung_now(chased: Chased, now: dtm.datetime) -> Step | None:
    """The rung whose day has come: one at a time, however many days were missed."""
    steps = chased.rules.ladder(chased.obligation.due_at)[chased.obligation.climbed :]
    return steps[0] if steps and steps[0].at <= now else None


def first_delivered(session: Session, late: Collection[Chased]) -> dict[int, dtm.datetime]:
    """When somebody was first really reached about each report since it became late."""
    due_days = {one.id: str(one.due_day) for one in late}
    query = (
        select(Notice.subject_id, Notice.turn, Message.sent_at)
        .join(Message, col(Message.id) == col(Notice.message_id))
        .where(
            Notice.subject_kind == "obligation",
            col(Notice.subject_id).in_(due_days),
            col(Notice.occasion).in_([occasion.name for occasion in _OCCASIONS.values()]),
            Message.state == MessageState.SENT,
            col(Message.sent_at).is_not(None),
        )
        .order_by(col(Message.sent_at).desc())
    )
    return {
        subject_id: sent_at
        for subject_id, turn, sent_at in session.exec(query)
        if sent_at and turn.startswith(f"{due_days[subject_id]}+")
    }


def _may_tell_leaders(late: Late, asked_at: dtm.datetime | None, now: dtm.datetime) -> bool:
    """No rung above the liaison before a request was delivered below, a working day before."""
    return asked_at is not None and late.chased.rules.allowed_after_delivery(asked_at) <= now


def _tellings(
    session: Session, late: Late, is_on_trial: bool, now: dtm.datetime
) -> Iterator[tuple[Occasion, Telling]]:
    subject = Subject("obligation", late.chased.id, late.turn)
    for role in late.step.rung.tells:
        if role in ABOVE_THE_LIAISON and is_on_trial:
            shown = replace(subject, turn=f"{late.turn} {role.value[:6]}")
            for contact_id in coordinators(session, now):
                yield RUNG_ON_TRIAL, Telling(shown, contact_id, details={"role": role.value})
        elif role in _OCCASIONS:
            for contact_id in _people(late.chain, role):
                yield _OCCASIONS[role], Telling(subject, contact_id)


def _people(chain: Chain, role: Role) -> Iterator[int]:
    if role is Role.INFORMATION_OFFICER:
        yield from reporters(chain, on_due_day=True)
    elif (seat := chain.seat(_RUNGS[role])) and seat.acting_id:
        yield seat.acting_id
