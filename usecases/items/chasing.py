"""The planner's part of decisions: what has to be said about their deadlines at this moment."""

import datetime as dtm
from collections.abc import Collection, Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from domain.chain import Roster
from domain.items.machine import WITH_UNIT
from domain.vocabulary import Role
from usecases.chain import load_roster
from usecases.chasing.holds import held
from usecases.items.alerts import DECISION_REMINDER, DECISION_UNSIGNED, seat
from usecases.items.climbing import climb, late_now
from usecases.items.moving_up import note_missed
from usecases.items.timing import DECISION, Pressed, with_unit
from usecases.items.to_phone import DECISION_TO_PHONE
from usecases.notices import Subject, Telling, coordinators, notify_all

# One transaction's worth: the rest is taken up two seconds later.
AT_ONCE = 400


def chase_decisions(session: Session, now: dtm.datetime) -> int:
    """Do what has come due for decisions with their units; how many were looked at.

    A missed deadline is a fact, whoever is asked; what was missed while the bot was away is not
    made up for: only what counts now is said.
    """
    due = _due(session, now)
    if not due:
        return 0
    brakes = held(session, now)
    asked = [one for one in due if not one.item.is_withdrawn]
    note_missed(session, [one for one in asked if one.is_late(now)], now)
    free = [one for one in asked if not brakes.covers(one.item.project.id, one.decided.unit.id)]
    roster = load_roster(session, now, [one.place for one in free])
    _remind(session, free, roster, now)
    _ask_to_sign(session, free, roster, now)
    climb(session, late_now(free, now), roster, now)
    for one in due:
        one.row.next_act_at = next_act_at(one, now)
        session.add(one.row)
    session.flush()
    return len(due)


def next_act_at(one: Pressed, now: dtm.datetime) -> dtm.datetime | None:
    """When to look again; a withdrawn project may come back, and is looked at every morning."""
    if not one.item.is_withdrawn:
        return one.deadline.next_act_at(one.rules, now)
    tomorrow = one.rules.calendar.add_working_days(one.rules.local_day(now), 1)
    return one.rules.instant(tomorrow, one.rules.policy.reminders.time)


def _due(session: Session, now: dtm.datetime) -> list[Pressed]:
    query = (
        select(Decision.id)
        .join(CoordinationItem, col(CoordinationItem.id) == col(Decision.item_id))
        .where(
            col(Decision.next_act_at) <= now,
            Decision.state == DecisionState.IN_FORCE,
            col(CoordinationItem.state).in_(WITH_UNIT),
        )
        .order_by(col(Decision.next_act_at), col(Decision.id))
        .limit(AT_ONCE)
        # What somebody is answering or deciding at this moment is looked at two seconds later.
        .with_for_update(of=[Decision, CoordinationItem], skip_locked=True)
    )
    return with_unit(session, session.exec(query).all(), now)


def _remind(session: Session, found: Sequence[Pressed], roster: Roster, now: dtm.datetime) -> None:
    """Of the reminders gone by only the latest counts."""
    tellings = [telling for one in found for telling in _reminder(one, roster, now)]
    notify_all(session, DECISION_REMINDER, tellings, now)


def _reminder(one: Pressed, roster: Roster, now: dtm.datetime) -> Iterator[Telling]:
    rounds = one.deadline.reminders(one.rules)
    passed = [reminder for reminder in rounds if reminder.at <= now]
    liaison = seat(roster, one, Role.LIAISON).acting_id
    if not passed or one.is_late(now) or liaison is None:
        return
    due_day = one.rules.local_day(one.row.due_at)
    subject = Subject(DECISION, one.id, f"{due_day}-{passed[-1].working_days_before}")
    ahead = [reminder.at for reminder in rounds if reminder.at > now]
    yield Telling(subject, liaison, min([*ahead, one.row.due_at]))


def _ask_to_sign(
    session: Session, found: Sequence[Pressed], roster: Roster, now: dtm.datetime
) -> None:
    """待签收: the liaison is asked once more, a working day later the office is told to phone."""
    waiting = [
        one
        for one in found
        if not one.deadline.is_signed
        and not one.is_late(now)
        and one.deadline.asks_again_at(one.rules) <= now
    ]
    again = [
        Telling(_asking(one), liaison, one.row.due_at)
        for one in waiting
        if (liaison := seat(roster, one, Role.LIAISON).acting_id)
    ]
    notify_all(session, DECISION_UNSIGNED, again, now)
    silent = [one for one in waiting if one.deadline.phones_at(one.rules) <= now]
    notify_all(session, DECISION_TO_PHONE, _to_office(session, silent, now), now)


def _to_office(session: Session, silent: Collection[Pressed], now: dtm.datetime) -> list[Telling]:
    if not silent:
        return []
    office = coordinators(session, now)
    return [
        Telling(_asking(one), contact_id, one.row.due_at) for one in silent for contact_id in office
    ]


def _asking(one: Pressed) -> Subject:
    """Given anew it is asked for anew."""
    return Subject(DECISION, one.id, f"{one.asked_at:%m%d%H%M}")
