"""Answers to an alert: 知悉, a promise, handing it to the one below. One answer is for everything
of the pressed message that is still late and the person's own."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, select

from db.tables.chasing import Acknowledgement, Promise
from db.tables.speech import Message, Notice
from domain.access import Action
from domain.chain import Gap, Seat
from domain.ladder import BELOW, MAY_PROMISE
from domain.vocabulary import Role
from templates.alerts import AlertOver, NobodyBelow, PromisePassed
from templates.linking import HowToLink
from templates.message import Message as Typed
from templates.office import StaleButton
from usecases import audit
from usecases.answers import Answers, InPlace, Say, in_place, say
from usecases.asker import Asker
from usecases.chain import load_roster
from usecases.chasing.alert_lines import is_promised
from usecases.chasing.alerts import (
    ASKED_FROM_ABOVE,
    ROLE_RUNGS,
    is_alert,
    late_for,
    role_told,
    shown_again,
)
from usecases.chasing.chased import Chased
from usecases.chasing.facts import facts_of
from usecases.chasing.refreshing import refresh
from usecases.chasing.reopening import is_shown_again, pressed_notices
from usecases.notices import Subject, Telling, notify_all
from usecases.obligations import next_act_at
from usecases.standing import standing_in


@dataclass(frozen=True, slots=True)
class Alerted:
    """A pressed alert: what it told this person, in which role, and what of it is still late."""

    message: Message
    role: Role
    notices: Sequence[Notice]
    late: Sequence[Chased]


def know(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """知悉: they are told no more of these reports on this ladder; nobody else is spared."""
    at = alerted(session, asker, now)
    if at is None or not at.late:
        return over(session, asker, at, now)
    acknowledge(session, asker, at, now)
    return _shown(session, asker, at, now)


def promise(session: Session, asker: Asker, stamp: int, now: dtm.datetime) -> Answers:
    """答复: the reports by that time, which holds the next rung until then; once a rung."""
    at = alerted(session, asker, now)
    if at is None or not at.late or at.role not in MAY_PROMISE:
        return over(session, asker, at, now)
    until = dtm.datetime.fromtimestamp(stamp, dtm.UTC)
    if until not in at.late[0].rules.promise_choices(now):
        return (*_shown(session, asker, at, now), Say(PromisePassed()))
    facts = facts_of(session, at.late)
    for one in at.late:
        if not is_promised(one, facts):
            _promise(session, asker, one, until, now)
    acknowledge(session, asker, at, now)
    refresh(session, [one.id for one in at.late], now, but=at.message)
    return _shown(session, asker, at, now)


def hand_on(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """请…办理: the one below hears at once who asks, and for what."""
    at = alerted(session, asker, now)
    if at is None or not at.late:
        return over(session, asker, at, now)
    below = BELOW[at.role]
    seats = _seats_below(session, at, below, now)
    reached = [(one, seat.acting_id) for one, seat in seats if seat.acting_id and not seat.gap]
    if not reached:
        return say(NobodyBelow(below, next((seat.gap for _, seat in seats if seat.gap), Gap.EMPTY)))
    asked = {"by": asker.contact_id, "by_role": at.role.value, "role": below.value}
    tellings = [
        Telling(Subject("obligation", one.id, one.turn), contact_id, details=asked)
        for one, contact_id in reached
    ]
    notify_all(session, ASKED_FROM_ABOVE, tellings, now)
    acknowledge(session, asker, at, now)
    for one, contact_id in reached:
        subject = ("obligation", one.id)
        audit.record(session, asker, "alert.handed_on", now, subject, contact=contact_id)
    return _shown(session, asker, at, now)


def alerted(session: Session, asker: Asker, now: dtm.datetime) -> Alerted | None:
    """The pressed alert as far as it was told to this person; None for any other message."""
    if asker.pressed is None or asker.contact is None:
        return None
    theirs = [one for one in pressed_notices(session, asker, now) if is_alert(one)]
    if not theirs:
        return None
    role, acting = role_told(theirs[0]), standing_in(session, asker, now)
    late = [
        one
        for one in late_for(session, asker.contact, role, theirs, now)
        if acting.may(Action.ANSWER_ALERT, one.ground)
    ]
    return Alerted(asker.pressed, role, theirs, late)


def over(session: Session, asker: Asker, at: Alerted | None, now: dtm.datetime) -> Answers:
    """Nothing of it is left to answer: the alert says how it ended."""
    if asker.contact is None:
        return say(HowToLink())
    if at is None:
        return say(StaleButton())
    return (InPlace(_again(session, asker, at, now)), Say(AlertOver()))


def acknowledge(session: Session, asker: Asker, at: Alerted, now: dtm.datetime) -> None:
    """Whoever answers in any way knows."""
    for one in at.late:
        know_of(session, asker, one, now)
    at.message.acknowledged_at = at.message.acknowledged_at or now
    session.add(at.message)
    session.flush()


def know_of(session: Session, asker: Asker, chased: Chased, now: dtm.datetime) -> None:
    """Record once that this person knows of a late report on its present rung."""
    known = select(Acknowledgement.id).where(
        Acknowledgement.obligation_id == chased.id,
        Acknowledgement.contact_id == asker.contact_id,
        Acknowledgement.turn == chased.turn,
    )
    if session.exec(known).first() is None:
        session.add(
            Acknowledgement(
                obligation_id=chased.id,
                contact_id=asker.contact_id,
                turn=chased.turn,
                acknowledged_at=now,
            )
        )
        session.flush()
        audit.record(session, asker, "alert.acknowledged", now, ("obligation", chased.id))


def _promise(
    session: Session, asker: Asker, one: Chased, until: dtm.datetime, now: dtm.datetime
) -> None:
    row = Promise(
        obligation_id=one.id,
        contact_id=asker.contact_id,
        turn=one.turn,
        promised_for=until,
        made_at=now,
    )
    session.add(row)
    one.obligation.next_act_at = next_act_at(one.rules, one.obligation, now, until)
    session.add(one.obligation)
    session.flush()
    audit.record(session, asker, "alert.promised", now, ("obligation", one.id), promise=row.id)


def _seats_below(
    session: Session, at: Alerted, below: Role, now: dtm.datetime
) -> list[tuple[Chased, Seat]]:
    """Who sits below this person, report by report."""
    roster = load_roster(session, now, [one.place for one in at.late])
    rung = ROLE_RUNGS[below][0]
    found = ((one, roster.chain(one.place).seat(rung)) for one in at.late)
    return [(one, seat) for one, seat in found if seat]


def _shown(session: Session, asker: Asker, at: Alerted, now: dtm.datetime) -> Answers:
    if is_shown_again(session, at.message):
        refresh(session, [one.id for one in at.late], now)
    return in_place(_again(session, asker, at, now))


def _again(session: Session, asker: Asker, at: Alerted, now: dtm.datetime) -> Typed:
    assert asker.contact is not None
    return shown_again(session, asker.contact, at.notices, now)
