"""Counts by unit (应报, 已报, 未报) as a group reads them: the same as /overdue, for its scope."""

import datetime as dtm
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, select

from db.tables.groups import GroupPost
from db.tables.people import Organisation
from db.tables.reporting import ReportingPeriod
from domain.calendar import Roll
from domain.timetable import Timetable
from templates.groups import GroupCounts, UnitCount
from templates.message import Message
from templates.overdue import Grouping
from usecases.chasing.holds import held
from usecases.chasing.round_state import (
    Expected,
    expected_in,
    open_months,
    tally_of,
)
from usecases.groups.book import Bound, bound_groups
from usecases.groups.calling import mentions
from usecases.groups.posting import Posting, PostOccasion, post_once, register
from usecases.notices import Subject
from usecases.outstanding import grouped, open_month
from usecases.policies import timetable_of

MONTH = "reporting_period"

COUNTED = (0, 1, 3)
"""So many working days after the due day: on its morning, on the morning after, and at T+3, when
the ladder has been climbed. (Our own rule.)"""


def post_counts(session: Session, now: dtm.datetime) -> None:
    """On the mornings that are counted, every bound group is to read how its scope stands."""
    bindings = bound_groups(session)
    if not bindings or _waits(session, now):
        return
    wanted = [
        Posting(binding, Subject(MONTH, month.id, str(days)), ends)
        for month in open_months(session, now)
        for days, ends in _counted_now(session, month, now)
        for binding in bindings
    ]
    post_once(session, COUNTS_POST, wanted, now)


def reports_of(session: Session, binding: Bound, month: ReportingPeriod) -> list[Expected]:
    """The month's reports of a group's scope; what two levels list counts where it reports."""
    return [
        one
        for one in expected_in(session, month)
        if binding.holds(one.listed.programme.level, one.project.region_id)
    ]


def _counted_now(
    session: Session, month: ReportingPeriod, now: dtm.datetime
) -> Iterator[tuple[int, dtm.datetime]]:
    """Which of the mornings it is, and until when that is worth saying: the day's end."""
    rules = timetable_of(session, month.policy_version_id)
    today = rules.local_day(now)
    for days in COUNTED:
        begins = rules.instant(today, rules.policy.reminders.time)
        if _counted_day(rules, month, days) == today and begins <= now:
            yield days, rules.instant(today + dtm.timedelta(days=1), dtm.time(0))


def _counted_day(rules: Timetable, month: ReportingPeriod, days: int) -> dtm.date:
    due_day = rules.local_day(month.due_at)
    if days == 0:
        return rules.calendar.roll(due_day, Roll.PREVIOUS)
    return rules.calendar.add_working_days(due_day, days)


def _waits(session: Session, now: dtm.datetime) -> bool:
    """Counting aloud is chasing: while the office holds that for everybody nothing is counted."""
    return held(session, now).everybody


def _compose(
    session: Session, binding: Bound, post: GroupPost, now: dtm.datetime
) -> Message | None:
    month = next((one for one in open_months(session, now) if one.id == post.subject_id), None)
    reports = reports_of(session, binding, month) if month else []
    if month is None or not reports or _waits(session, now):
        return None
    return GroupCounts(
        binding.scope, open_month(month), now, tally_of(reports), _units(session, reports, now)
    )


def _units(
    session: Session, reports: Sequence[Expected], now: dtm.datetime
) -> tuple[UnitCount, ...]:
    """Every unit, those with most missing first."""
    units = grouped(reports, Grouping.UNIT)
    query = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(units))
    names = dict(session.exec(query).all())
    called = mentions(session, reports, now)
    counts = [
        UnitCount(names.get(unit_id, ""), tally_of(theirs), called.get(unit_id, ()))
        for unit_id, theirs in sorted(units.items())
    ]
    return tuple(sorted(counts, key=lambda count: -count.tally.missing))


COUNTS_POST = register(PostOccasion("counts", _compose, _waits))
