"""The other people of the sample office at their month's work, so that a visitor meets a real one.

They report the working day before it is due, a few one or two days late, and their liaisons accept
the next working day; they come to meetings and do what was decided (`attendants`). What the
visitor's own people owe or review is left to the visitor.
"""

import asyncio
import datetime as dtm
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from time import sleep

from sqlmodel import Session, col, func, select

from db.session import Database
from db.tables.programme import Project, ResponsibleUnit
from db.tables.reporting import Obligation, ObligationState, Report, ReportSource, Verdict
from domain.timetable import Timetable
from sandbox.attendants import attend, carry_out
from sandbox.beginners import beginners, posts_of
from sandbox.clock import MovableClock
from usecases.obligations import obligation_changed
from usecases.policies import timetable

AT_ONCE = 60
"""One transaction's worth, so that the bot never waits long for the database."""

_REPORTED, _LATE = dtm.time(14), dtm.time(11)
_LATE_ONE_IN, _LATER_ONE_IN = 40, 200
_LOOKED_AHEAD = dtm.timedelta(days=5)
_AWAITED = (ObligationState.OPEN, ObligationState.RETURNED)
_NOTHING_KNOWN = (0, "按计划推进")


@dataclass(frozen=True, slots=True)
class Stage:
    """What the visitor plays: these projects' reports, this unit's reviews and meetings."""

    projects: frozenset[int]
    unit_id: int | None


async def keep_working(database: Database, clock: MovableClock, stage: Stage) -> None:
    """Do what the others would do, as the clock goes on, until cancelled."""
    while True:
        await work_until(database, stage, clock.now())
        await asyncio.sleep(2)


async def work_until(database: Database, stage: Stage, now: dtm.datetime) -> None:
    """Do all that the others would have done by then: a jump of the clock misses nothing."""
    await asyncio.to_thread(_work_until, database, stage, now)


def _work_until(database: Database, stage: Stage, now: dtm.datetime) -> None:
    while _work(database, stage, now):
        # Let the bot have the database in between.
        sleep(0.2)


def _work(database: Database, stage: Stage, now: dtm.datetime) -> int:
    with database.transaction() as session:
        done = report(session, stage, now) + review(session, stage, now)
        met = attend(session, stage.unit_id, now) + carry_out(session, stage.unit_id, now)
        return done + met


def report(session: Session, stage: Stage, now: dtm.datetime) -> int:
    """Hand in what the others would have handed in by now; how many."""
    rules = timetable(session)
    query = (
        select(Obligation)
        .where(col(Obligation.state).in_(_AWAITED), Obligation.due_at < now + _LOOKED_AHEAD)
        .where(col(Obligation.project_id).not_in(stage.projects))
        .order_by(col(Obligation.id))
    )
    due = [one for one in session.exec(query) if _reports_at(rules, one) <= now][:AT_ONCE]
    before = _last_figures(session, [one.project_id for one in due])
    revisions = _revisions(session, [one.id for one in due])
    for one in due:
        invested, progress = before.get(one.project_id, _NOTHING_KNOWN)
        session.add(
            Report(
                obligation_id=one.id,
                revision=revisions.get(one.id, 0) + 1,
                source=ReportSource.CHAT,
                basis=rules.policy.reporting.basis,
                invested_month=invested,
                physical_progress=progress,
                submitted_at=now,
            )
        )
        one.first_submitted_at = one.first_submitted_at or now
        one.state = ObligationState.SUBMITTED
    session.flush()
    for one in due:
        obligation_changed(session, one, now)
    return len(due)


def review(session: Session, stage: Stage, now: dtm.datetime) -> int:
    """Accept what the other liaisons would have accepted by now; how many."""
    rules = timetable(session)
    query = (
        select(Report, Obligation)
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Obligation.listing_id))
        .where(ResponsibleUnit.position == 1, Report.verdict == Verdict.PENDING)
        .where(Obligation.state == ObligationState.SUBMITTED)
        .where(col(Obligation.project_id).not_in(stage.projects))
        .where(ResponsibleUnit.organisation_id != (stage.unit_id or 0))
        .order_by(col(Report.id))
    )
    waiting = session.exec(query).all()
    due = [pair for pair in waiting if _reviewed_at(rules, pair[0]) <= now][:AT_ONCE]
    for revision, one in due:
        revision.verdict, revision.verdict_at = Verdict.ACCEPTED, now
        one.state = ObligationState.ACCEPTED
        session.add(revision)
        obligation_changed(session, one, now)
    return len(due)


def stage_of(session: Session, now: dtm.datetime) -> Stage:
    """What those play with whom a visitor begins: the owner's projects, the liaison's reviews."""
    posts = posts_of(session)
    hints = beginners(session, posts, now)
    units = {hints.get(post.contact.id): post.unit.id for post in posts}
    owned = session.exec(select(Project.id).where(Project.owner_id == units.get("owner_officer")))
    return Stage(frozenset(owned), units.get("liaison"))


def _reports_at(rules: Timetable, one: Obligation) -> dtm.datetime:
    due_day = rules.local_day(one.due_at)
    days, time = -1, _REPORTED
    if one.project_id % _LATER_ONE_IN == 0:
        days, time = 2, _LATE
    elif one.project_id % _LATE_ONE_IN == 0:
        days, time = 1, _LATE
    return rules.instant(rules.calendar.add_working_days(due_day, days), time)


def _reviewed_at(rules: Timetable, revision: Report) -> dtm.datetime:
    sent = rules.local_day(revision.submitted_at)
    return rules.instant(rules.calendar.add_working_days(sent, 1), _LATE)


def _last_figures(
    session: Session, project_ids: Collection[int]
) -> Mapping[int, tuple[int | None, str]]:
    """What each project reported last: this month goes on like it."""
    query = (
        select(Obligation.project_id, Report.invested_month, Report.physical_progress)
        .join(Report, col(Report.obligation_id) == col(Obligation.id))
        .where(col(Obligation.project_id).in_(project_ids), Report.verdict == Verdict.ACCEPTED)
        .order_by(col(Report.id))
    )
    return {project: (invested, progress) for project, invested, progress in session.exec(query)}


def _revisions(session: Session, obligation_ids: Iterable[int]) -> dict[int, int]:
    query = (
        select(Report.obligation_id, func.max(Report.revision))
        .where(col(Report.obligation_id).in_(list(obligation_ids)))
        .group_by(col(Report.obligation_id))
    )
    return dict(session.exec(query).all())
