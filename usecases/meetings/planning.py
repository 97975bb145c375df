"""The planner's part of meetings: drafts of the series, invitations, reminders."""

import datetime as dtm
from collections.abc import Collection, Iterator

from sqlmodel import Session, col, select

from db.tables.meetings import Meeting, MeetingState, MeetingUnit
from domain.meetings.series import sittings
from domain.meetings.timing import SOON, draft_at, first_notice_at
from domain.policy import MeetingRules
from domain.timetable import Timetable
from domain.vocabulary import Level
from usecases import audit
from usecases.meetings.agenda import refresh_agenda
from usecases.meetings.book import Called, called, called_all
from usecases.meetings.organisers import tell_of_draft
from usecases.meetings.repliers import repliers
from usecases.meetings.scope import lead_units, series_scopes
from usecases.meetings.telling import ask_again, invite, tell_soon
from usecases.policies import timetable

# A liaison who comes in late is still told; a meeting moved by a holiday is still found.
LOOKS_AGAIN = dtm.timedelta(minutes=10)
LOOKS_BACK = dtm.timedelta(days=15)


def plan_series(session: Session, now: dtm.datetime) -> int:
    """Draft what the levels' series ask for, and lay it before the office; how many."""
    return len(list(_drafted(session, now)))


def keep_meetings(session: Session, now: dtm.datetime) -> int:
    """Invite, remind, and ask the office about its drafts: what has come due; how many did."""
    due = select(Meeting).where(col(Meeting.next_act_at) <= now).order_by(col(Meeting.id))
    meetings = called_all(session, session.exec(due).all())
    for meeting in meetings:
        _act(session, meeting, now)
    return len(meetings)


def open_draft(session: Session, meeting: Meeting, now: dtm.datetime) -> Called:
    """Keep a new draft, with the units that lead the projects of its scope, and its agenda."""
    session.add(meeting)
    session.flush()
    units = lead_units(session, meeting.level, meeting.region_id, now)
    seat(session, meeting.id, [unit.id for unit in units])
    found = called(session, meeting.id)
    assert found
    refresh_agenda(session, found, now)
    return found


def seat(session: Session, meeting_id: int, organisation_ids: Collection[int]) -> None:
    """Give these units the next seats of a meeting."""
    taken = select(MeetingUnit.position).where(MeetingUnit.meeting_id == meeting_id)
    last = max(session.exec(taken), default=0)
    for position, organisation_id in enumerate(organisation_ids, start=last + 1):
        session.add(
            MeetingUnit(meeting_id=meeting_id, organisation_id=organisation_id, position=position)
        )
    session.flush()


def next_act_at(meeting: Called, now: dtm.datetime) -> dtm.datetime | None:
    """When the planner has to look at the meeting again; never once it has begun."""
    if meeting.is_draft:
        at = first_notice_at(meeting.rules, meeting.meeting.level, meeting.meeting.starts_at)
        return at if at > now else None
    if not meeting.is_on or meeting.has_begun(now):
        return None
    if meeting.dates.notice_at > now:
        return meeting.dates.notice_at
    ahead = [at for at in (meeting.dates.remind_at, soon_at(meeting)) if at > now]
    return min([*ahead, now + LOOKS_AGAIN])


def soon_at(meeting: Called) -> dtm.datetime:
    """When those who come are reminded, shortly before it begins."""
    minutes = meeting.rules.policy.meetings.reminder_minutes
    return meeting.meeting.starts_at - dtm.timedelta(minutes=minutes)


def _drafted(session: Session, now: dtm.datetime) -> Iterator[Called]:
    rules = timetable(session)
    for level, series in rules.policy.meetings.series.items():
        found = _next_sitting(rules, level, series, now)
        if found is None:
            continue
        planned_for, starts_at = found
        for region_id in series_scopes(session, level, now):
            if not _is_known(session, level, region_id, planned_for):
                yield _draft(session, level, region_id, (planned_for, starts_at), now)


def _next_sitting(
    rules: Timetable, level: Level, series: MeetingRules, now: dtm.datetime
) -> tuple[dtm.date, dtm.datetime] | None:
    """The next meeting of a series, if it is time for its draft; not one that is nearly there."""
    for sitting in sittings(series, rules.calendar, rules.local_day(now) - LOOKS_BACK):
        starts_at = rules.instant(sitting.day, series.time)
        if starts_at > now:
            is_time = draft_at(rules, level, starts_at) <= now < starts_at - SOON
            return (sitting.planned_for, starts_at) if is_time else None
    return None


def _is_known(session: Session, level: Level, region_id: int | None, planned_for: dtm.date) -> bool:
    query = select(Meeting.id).where(
        Meeting.level == level,
        col(Meeting.region_id).is_not_distinct_from(region_id),
        Meeting.planned_for == planned_for,
    )
    return session.exec(query).first() is not None


def _draft(
    session: Session,
    level: Level,
    region_id: int | None,
    sitting: tuple[dtm.date, dtm.datetime],
    now: dtm.datetime,
) -> Called:
    planned_for, starts_at = sitting
    row = Meeting(
        level=level,
        region_id=region_id,
        planned_for=planned_for,
        starts_at=starts_at,
        place=_last_place(session, level, region_id),
        called_at=now,
    )
    meeting = open_draft(session, row, now)
    row.next_act_at = next_act_at(meeting, now)
    session.add(row)
    audit.record(session, None, "meeting.drafted", now, ("meeting", row.id))
    tell_of_draft(session, meeting, now)
    return meeting


def _last_place(session: Session, level: Level, region_id: int | None) -> str:
    """Where the series met last."""
    query = select(Meeting.place).where(
        Meeting.level == level,
        col(Meeting.region_id).is_not_distinct_from(region_id),
        Meeting.state == MeetingState.PUBLISHED,
        col(Meeting.planned_for).is_not(None),
    )
    return session.exec(query.order_by(col(Meeting.starts_at).desc())).first() or ""


def _act(session: Session, meeting: Called, now: dtm.datetime) -> None:
    if meeting.is_draft and meeting.meeting.planned_for:
        tell_of_draft(session, meeting, now)
    elif meeting.is_on and not meeting.has_begun(now):
        _tell(session, meeting, now)
    meeting.meeting.next_act_at = next_act_at(meeting, now)
    session.add(meeting.meeting)
    session.flush()


def _tell(session: Session, meeting: Called, now: dtm.datetime) -> None:
    """Invite, remind those who have not answered, and those who come: whatever its time is."""
    dates = meeting.dates
    if now < dates.notice_at:
        return
    told = repliers(session, meeting, now)
    invite(session, meeting, told.items(), now)
    if dates.remind_at <= now < dates.reply_due_at:
        awaited = [one for one in told.items() if meeting.unit(one[0]).standing.is_open]
        ask_again(session, meeting, awaited, f"{dates.reply_due_at:%m%d%H%M}", now)
    if now >= soon_at(meeting):
        tell_soon(session, meeting, _coming(meeting, told.items()), now)


def _coming(meeting: Called, told: Collection[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Whoever answered for a unit that comes, and its delegate."""
    for unit_id, contact_id in told:
        if meeting.unit(unit_id).standing.is_coming:
            yield unit_id, contact_id
    for unit in meeting.units:
        if unit.standing.is_coming and unit.delegate_id is not None:
            yield unit.id, unit.delegate_id
