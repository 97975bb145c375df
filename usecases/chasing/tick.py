"""The planner's part of the month's round: what has to be done for whom at this moment."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ReportingPeriod
from usecases.chain import load_roster
from usecases.chasing.chased import Chased, chased_by_ids
from usecases.chasing.facts import open_promises
from usecases.chasing.holds import held
from usecases.chasing.ladder import Late, climb, rung_now
from usecases.chasing.reminders import REPORT_REMINDER, reminders_now
from usecases.notices import notify_all
from usecases.obligations import AWAITED, next_act_at

# One transaction's worth: the rest is taken up two seconds later.
AT_ONCE = 400


def chase(session: Session, now: dtm.datetime) -> int:
    """Do what has come due for reports still to come; how many were looked at.

    What was missed while the bot was away is not made up for: only what counts now is said.
    """
    due = _due(session, now)
    if not due:
        return 0
    roster = load_roster(session, now, [one.place for one in due])
    brakes = held(session, now)
    chains = [(one, roster.chain(one.place)) for one in due if not brakes.has(one)]
    tellings = [telling for one, chain in chains for telling in reminders_now(one, chain, now)]
    notify_all(session, REPORT_REMINDER, tellings, now)
    late = [Late(one, chain, step) for one, chain in chains if (step := rung_now(one, now))]
    climb(session, late, now)
    promises = open_promises(session, due)
    for one in due:
        promised_for = promises[one.id].promised_for if one.id in promises else None
        one.obligation.next_act_at = next_act_at(one.rules, one.obligation, now, promised_for)
        session.add(one.obligation)
    session.flush()
    return len(due)


def _due(session: Session, now: dtm.datetime) -> list[Chased]:
    query = (
        select(Obligation.id)
        .join(ReportingPeriod, col(ReportingPeriod.id) == col(Obligation.period_id))
        .where(col(Obligation.next_act_at) <= now, col(Obligation.state).in_(AWAITED))
        .where(col(ReportingPeriod.closed_at).is_(None))
        .order_by(col(Obligation.next_act_at), col(Obligation.id))
        .limit(AT_ONCE)
        # What somebody is submitting or judging at this moment is looked at two seconds later.
        .with_for_update(of=Obligation, skip_locked=True)
    )
    return list(chased_by_ids(session, session.exec(query).all()).values())
