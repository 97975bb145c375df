"""/overdue: who has not reported, by unit and by region, within what the asker may see."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Organisation, Region
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from domain.access import Action
from domain.periods import Period
from domain.timetable import Timetable
from templates.message import Message
from templates.office import StaleButton
from templates.overdue import (
    AllReported,
    Grouping,
    GroupTally,
    NoMonthOpen,
    OpenMonth,
    OutstandingLine,
    OverdueGroups,
    OverdueReports,
)
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.chasing.round_state import (
    Expected,
    chains_of,
    expected_in,
    open_months,
    tally_of,
    unreached,
)
from usecases.obligations import AWAITED
from usecases.paging import page_of
from usecases.policies import timetable_of
from usecases.rights import entitled
from usecases.standing import standing_in

GROUPS_A_PAGE = 8
LINES_A_PAGE = 8
OTHER_MONTHS = 3


@dataclass(frozen=True, slots=True)
class GroupsWanted:
    """A page, counted from 0, of a month's groups."""

    month_id: int
    grouping: Grouping = Grouping.UNIT
    page: int = 0


@dataclass(frozen=True, slots=True)
class ReportsWanted:
    """A page, counted from 0, of what is outstanding of one group; id 0 is what has none."""

    month_id: int
    grouping: Grouping
    group_id: int
    page: int = 0


@entitled(Action.READ_OVERDUE)
def overdue(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The newest open month, as a new message."""
    months = open_months(session, now)
    if not months:
        return say(NoMonthOpen())
    return say(_groups(session, asker, months[0], GroupsWanted(months[0].id), now))


@entitled(Action.READ_OVERDUE)
def show_groups(session: Session, asker: Asker, wanted: GroupsWanted, now: dtm.datetime) -> Answers:
    """The pressed message becomes a month's groups."""
    month = month_of(session, wanted.month_id, now)
    if month is None:
        return say(StaleButton())
    return in_place(_groups(session, asker, month, wanted, now))


@entitled(Action.READ_OVERDUE)
def show_reports(
    session: Session, asker: Asker, wanted: ReportsWanted, now: dtm.datetime
) -> Answers:
    """The pressed message becomes what is outstanding of one group."""
    month = month_of(session, wanted.month_id, now)
    if month is None:
        return say(StaleButton())
    reports = within_reach(session, asker, Action.READ_OVERDUE, month, now)
    group = grouped(reports, wanted.grouping).get(wanted.group_id)
    if group is None or not any(one.is_outstanding for one in group):
        return in_place(_groups(session, asker, month, GroupsWanted(month.id), now))
    return in_place(_reports(session, asker, month, reports, wanted, now))


def month_of(session: Session, month_id: int, now: dtm.datetime) -> ReportingPeriod | None:
    """The month a button names, while it is open."""
    return next((one for one in open_months(session, now) if one.id == month_id), None)


def within_reach(
    session: Session, asker: Asker, action: Action, month: ReportingPeriod, now: dtm.datetime
) -> list[Expected]:
    """The month's reports within the asker's right to the action, deputies included."""
    acting = standing_in(session, asker, now)
    return [one for one in expected_in(session, month) if acting.may(action, one.ground)]


def grouped(reports: Iterable[Expected], grouping: Grouping) -> Mapping[int, list[Expected]]:
    """The reports by their unit's or region's id."""
    found: defaultdict[int, list[Expected]] = defaultdict(list)
    for one in reports:
        found[one.unit_id if grouping is Grouping.UNIT else one.region_id].append(one)
    return found


def group_tallies(
    session: Session,
    reports: Iterable[Expected],
    grouping: Grouping,
    unreached_ids: Collection[int] = (),
) -> list[GroupTally]:
    """The groups with something outstanding, those with most of it first."""
    groups = grouped(reports, grouping)
    names = _names(session, groups.keys(), grouping)
    tallies = [
        GroupTally(group_id, names.get(group_id, ""), tally_of(group, unreached_ids))
        for group_id, group in groups.items()
    ]
    outstanding = [one for one in tallies if one.tally.outstanding]
    return sorted(outstanding, key=lambda one: (-one.tally.outstanding, one.group_id))


def _groups(
    session: Session,
    asker: Asker,
    month: ReportingPeriod,
    wanted: GroupsWanted,
    now: dtm.datetime,
) -> Message:
    reports = within_reach(session, asker, Action.READ_OVERDUE, month, now)
    others = _other_months(session, month, now)
    if not reports and not others:
        return NoMonthOpen()
    groups = group_tallies(session, reports, wanted.grouping)
    if not groups:
        return AllReported(open_month(month), tally_of(reports), others)
    if len(groups) == 1 and not others:
        only = ReportsWanted(month.id, wanted.grouping, groups[0].group_id)
        return _reports(session, asker, month, reports, only, now)
    page = page_of(groups, wanted.page, GROUPS_A_PAGE)
    return OverdueGroups(
        at=open_month(month),
        as_at=now,
        total=tally_of(reports),
        grouping=wanted.grouping,
        groups=page.items,
        others=others,
        page=page.number,
        pages=page.count,
        first=page.number * GROUPS_A_PAGE + 1,
    )


def _reports(
    session: Session,
    asker: Asker,
    month: ReportingPeriod,
    reports: Sequence[Expected],
    wanted: ReportsWanted,
    now: dtm.datetime,
) -> OverdueReports:
    group = grouped(reports, wanted.grouping)[wanted.group_id]
    ids = {one.project.id for one in group}
    elsewhere = any(one.is_outstanding and one.project.id not in ids for one in reports)
    outstanding = sorted(
        (one for one in group if one.is_outstanding),
        key=lambda one: (one.obligation.due_at, one.project.id),
    )
    page = page_of(outstanding, wanted.page, LINES_A_PAGE)
    gaps = unreached(chains_of(session, page.items, now))
    rules = timetable_of(session, month.policy_version_id)
    acting = standing_in(session, asker, now)
    names = _names(session, [wanted.group_id], wanted.grouping)
    return OverdueReports(
        at=open_month(month),
        as_at=now,
        grouping=wanted.grouping,
        group=GroupTally(wanted.group_id, names.get(wanted.group_id, ""), tally_of(group)),
        lines=tuple(
            OutstandingLine(
                one.project.id,
                one.project.name,
                one.obligation.due_at,
                days_late(rules, one, now),
                one.obligation.state is ObligationState.RETURNED,
                gaps.get(one.obligation.id),
            )
            for one in page.items
        ),
        nudges=sum(acting.may(Action.NUDGE, one.ground) for one in outstanding),
        has_others=elsewhere or bool(_other_months(session, month, now)),
        page=page.number,
        pages=page.count,
        first=page.number * LINES_A_PAGE + 1,
    )


def days_late(rules: Timetable, one: Expected, now: dtm.datetime) -> int:
    """How many working days a report is late, 0 where it is not."""
    due_day, today = rules.local_day(one.obligation.due_at), rules.local_day(now)
    return max(0, rules.calendar.working_days_between(due_day, today))


def open_month(month: ReportingPeriod) -> OpenMonth:
    """A month as lists name it."""
    return OpenMonth(month.id, Period(month.year, month.month), month.due_at)


def _other_months(
    session: Session, shown: ReportingPeriod, now: dtm.datetime
) -> tuple[OpenMonth, ...]:
    """The other open months of which somebody still owes something, the newest first."""
    owing = select(Obligation.period_id).where(col(Obligation.state).in_(AWAITED)).distinct()
    ids = set(session.exec(owing))
    others = [one for one in open_months(session, now) if one.id in ids and one.id != shown.id]
    return tuple(map(open_month, others[:OTHER_MONTHS]))


def _names(session: Session, ids: Iterable[int], grouping: Grouping) -> dict[int, str]:
    table = Organisation if grouping is Grouping.UNIT else Region
    return dict(session.exec(select(table.id, table.name).where(col(table.id).in_(ids))).all())
