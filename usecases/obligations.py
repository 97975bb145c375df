"""Obligations and the instants at which something has to be done for them."""

import datetime as dtm

from sqlmodel import Session, col, select

from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, Verdict
from domain.ladder import held_until
from domain.periods import Period
from domain.timetable import Timetable
from usecases.exemptions import exempt_projects
from usecases.policies import timetable_of

AWAITED = (ObligationState.OPEN, ObligationState.RETURNED)
"""The states in which a report is still to come."""

LIVE = (*AWAITED, ObligationState.SUBMITTED)
"""The states in which an obligation has not been settled one way or the other."""


def obligation_changed(session: Session, obligation: Obligation, now: dtm.datetime) -> None:
    """Call this after an obligation's state or due time was changed, in the same transaction.

    What is to be done for it, and when, is reckoned anew from now on. Where it is awaited again the
    ladder starts again, and what was asked before does not count in it; but what would be awaited
    of a project that was exempted meanwhile is exempt (免报).
    """
    if obligation.state in AWAITED or obligation.due_at > now:
        obligation.climbed = 0
        obligation.climbs_from = max(obligation.due_at, now)
    _reckon(session, obligation, now)


def taken_back(session: Session, obligation: Obligation, now: dtm.datetime) -> None:
    """The same where a reporter took a report back: the ladder goes on where it was.

    Otherwise whoever submits and takes back would never be late.
    """
    _reckon(session, obligation, now)


def _reckon(session: Session, obligation: Obligation, now: dtm.datetime) -> None:
    if obligation.state in AWAITED:
        _exempt_if_covered(session, obligation)
    obligation.review_climbed = 0
    obligation.next_act_at = None
    rules = timetable_of(session, obligation.policy_version_id)
    if obligation.state in AWAITED:
        obligation.next_act_at = next_act_at(rules, obligation, now)
    elif submitted_at := _waiting_since(session, obligation):
        obligation.next_act_at = next_review_act_at(rules, obligation, submitted_at, now)
    session.add(obligation)
    session.flush()


def _exempt_if_covered(session: Session, obligation: Obligation) -> None:
    books = session.get_one(ReportingPeriod, obligation.period_id)
    exempt = exempt_projects(session, Period(books.year, books.month))
    if obligation.project_id in exempt:
        obligation.state = ObligationState.EXEMPT
        obligation.reason = exempt[obligation.project_id]


def climbs_from(obligation: Obligation) -> dtm.datetime:
    """From when the ladder counts its days: the due time, or when it started again after that."""
    return obligation.climbs_from or obligation.due_at


def next_act_at(
    rules: Timetable,
    obligation: Obligation,
    now: dtm.datetime,
    promised_for: dtm.datetime | None = None,
) -> dtm.datetime | None:
    """When to look at a report still to come again: at its next reminder, else its next rung.

    A rung whose day has passed is looked at every working morning until it has had its turn; one
    that a promise holds, when that was to be kept.
    """
    reminders = [one.at for one in rules.reminders(obligation.due_at) if one.at > now]
    if reminders:
        return reminders[0]
    rungs = rules.ladder(climbs_from(obligation))[obligation.climbed :]
    if not rungs:
        return None
    held = held_until(rules, promised_for) or now
    return max(rules.not_before_morning(rungs[0], now), held)


def next_review_act_at(
    rules: Timetable, obligation: Obligation, submitted_at: dtm.datetime, now: dtm.datetime
) -> dtm.datetime | None:
    """When to look at a report that waits for its review again: at the review's next rung."""
    rungs = rules.review_ladder(rules.review_due_at(submitted_at))
    ahead = rungs[obligation.review_climbed :]
    return rules.not_before_morning(ahead[0], now) if ahead else None


def first_act_at(rules: Timetable, due_at: dtm.datetime) -> dtm.datetime:
    """The first reminder of a report that is due then, be it past or ahead."""
    return min((reminder.at for reminder in rules.reminders(due_at)), default=due_at)


def _waiting_since(session: Session, obligation: Obligation) -> dtm.datetime | None:
    """When the revision that waits for its review was submitted."""
    if obligation.state is not ObligationState.SUBMITTED:
        return None
    pending = select(Report.submitted_at).where(
        Report.obligation_id == obligation.id, Report.verdict == Verdict.PENDING
    )
    return session.exec(pending.order_by(col(Report.revision).desc())).first()
