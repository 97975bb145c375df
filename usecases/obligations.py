"""Obligations and the instants at which something has to be done for them."""

import datetime as dtm
from collections.abc import Iterator

from sqlmodel import Session

from db.tables.reporting import Obligation, ObligationState
from domain.timetable import Timetable
from usecases.policies import timetable_of

AWAITED = (ObligationState.OPEN, ObligationState.RETURNED)
"""The states in which a report is still to come."""

LIVE = (*AWAITED, ObligationState.SUBMITTED)
"""The states in which an obligation has not been settled one way or the other."""


def obligation_changed(session: Session, obligation: Obligation, now: dtm.datetime) -> None:
    """Call this after an obligation's state or due time was changed, in the same transaction.

    What is to be done for it, and when, is reckoned anew from now on; the ladder starts again.
    """
    obligation.climbed = 0
    obligation.next_act_at = None
    if obligation.state in AWAITED:
        rules = timetable_of(session, obligation.policy_version_id)
        obligation.next_act_at = next_act_at(rules, obligation.due_at, now)
    session.add(obligation)
    session.flush()


def next_act_at(rules: Timetable, due_at: dtm.datetime, after: dtm.datetime) -> dtm.datetime | None:
    """The first reminder or rung later than `after` of a report that is due then."""
    return min((at for at in _acts(rules, due_at) if at > after), default=None)


def first_act_at(rules: Timetable, due_at: dtm.datetime) -> dtm.datetime | None:
    """The first reminder of a report that is due then, be it past or ahead."""
    return min(_acts(rules, due_at), default=None)


def _acts(rules: Timetable, due_at: dtm.datetime) -> Iterator[dtm.datetime]:
    yield from (reminder.at for reminder in rules.reminders(due_at))
    yield from (step.at for step in rules.ladder(due_at))
