"""The organiser's draft: shown, changed, let out. Nothing leaves without 确认发布."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.meetings import Meeting, MeetingState, MeetingUnit
from db.tables.people import Organisation, Region
from domain.access import Action
from domain.meetings.kinds import MeetingKind
from domain.meetings.timing import first_notice_at, overlap
from domain.timetable import Timetable
from domain.vocabulary import Level
from templates.message import Message
from templates.office import StaleButton
from templates.organising import (
    AgendaLine,
    Clash,
    Doubt,
    MeetingAgenda,
    MeetingDraft,
    MeetingDropped,
    MeetingKinds,
    MeetingScopes,
    MeetingUnits,
    UnitChoice,
)
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.meetings import agenda
from usecases.meetings.book import Called, called, standing_meetings
from usecases.meetings.organising import overview
from usecases.meetings.planning import next_act_at, seat
from usecases.meetings.repliers import to_phone
from usecases.meetings.scope import lead_units, scopes
from usecases.paging import page_of
from usecases.rights import entitled

LINES_A_PAGE = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """Something chosen for a meeting by its number, on a page where there are several."""

    meeting_id: int
    number: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class Scope:
    """A level by its number, and a region's id; 0 is the level itself."""

    meeting_id: int
    level: int
    region_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what belongs to a meeting, counted from 0."""

    meeting_id: int
    page: int


def card(session: Session, meeting: Called, now: dtm.datetime) -> Message:
    """The draft as it stands, its agenda made anew."""
    agenda.refresh_agenda(session, meeting, now)
    due = first_notice_at(meeting.rules, meeting.meeting.level, meeting.meeting.starts_at)
    return MeetingDraft(
        meeting.head,
        len(meeting.units),
        agenda.project_count(session, meeting.id),
        due,
        due <= now,
        to_phone(session, meeting, now),
        clashes(session, meeting, meeting.meeting.starts_at, now),
        doubts(meeting.rules, meeting.meeting.starts_at, now),
    )


def doubts(rules: Timetable, starts_at: dtm.datetime, now: dtm.datetime) -> tuple[Doubt, ...]:
    """Why a time is asked about, not refused."""
    past = (Doubt.PAST,) if starts_at <= now else ()
    works = rules.calendar.is_working_day(rules.local_day(starts_at))
    return past if works else (*past, Doubt.DAY_OFF)


def clashes(
    session: Session, meeting: Called, starts_at: dtm.datetime, now: dtm.datetime
) -> tuple[Clash, ...]:
    """The meeting's units that are called elsewhere at that time."""
    ids = {unit.organisation.id for unit in meeting.units}
    states = (MeetingState.DRAFT, MeetingState.PUBLISHED)
    others = [
        one
        for one in standing_meetings(session, states, now)
        if one.id != meeting.id and overlap(one.meeting.starts_at, starts_at)
    ]
    return tuple(
        Clash(unit.organisation.name, other.head)
        for other in others
        for unit in other.units
        if unit.organisation.id in ids
    )


@entitled(Action.CALL_MEETING)
def publish(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """确认发布: units are told when the rules say so, or at once when that time has come."""
    return _published(session, asker, meeting_id, None, now)


@entitled(Action.CALL_MEETING)
def publish_at_once(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """确认发布, and units are told now."""
    return _published(session, asker, meeting_id, now, now)


def _published(
    session: Session,
    asker: Asker,
    meeting_id: int,
    notice_at: dtm.datetime | None,
    now: dtm.datetime,
) -> Answers:
    meeting = _draft(session, meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    if meeting.has_begun(now):
        return in_place(card(session, meeting, now))
    agenda.refresh_agenda(session, meeting, now)
    row = meeting.meeting
    due = first_notice_at(meeting.rules, row.level, row.starts_at)
    row.state, row.published_at = MeetingState.PUBLISHED, now
    row.notice_at = notice_at or max(now, due)
    row.next_act_at = row.notice_at
    row.called_by_id = row.called_by_id or asker.contact_id
    session.add(row)
    session.flush()
    audit.record(session, asker, "meeting.published", now, ("meeting", row.id))
    return in_place(overview(session, asker, meeting, now))


@entitled(Action.CALL_MEETING)
def drop(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """The draft is not wanted; a series goes on with its next meeting."""
    meeting = _draft(session, meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    meeting.meeting.state, meeting.meeting.next_act_at = MeetingState.DROPPED, None
    session.add(meeting.meeting)
    audit.record(session, asker, "meeting.dropped", now, ("meeting", meeting_id))
    return in_place(MeetingDropped(meeting.head))


@entitled(Action.CALL_MEETING)
def show_kinds(session: Session, _asker: Asker, meeting_id: int, _now: dtm.datetime) -> Answers:
    """What is the meeting for?"""
    meeting = _draft(session, meeting_id)
    return say(meeting) if isinstance(meeting, Message) else in_place(MeetingKinds(meeting.head))


@entitled(Action.CALL_MEETING)
def choose_kind(session: Session, _asker: Asker, choice: Choice, now: dtm.datetime) -> Answers:
    """It is for this; the agenda follows."""
    meeting = _draft(session, choice.meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    meeting.meeting.kind = tuple(MeetingKind)[choice.number]
    session.add(meeting.meeting)
    return in_place(card(session, meeting, now))


@entitled(Action.CALL_MEETING)
def show_scopes(session: Session, _asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """Whose meeting is it?"""
    meeting = _draft(session, meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    known = tuple((level, region or 0, name) for level, region, name in scopes(session, now))
    return in_place(MeetingScopes(meeting.head, known))


@entitled(Action.CALL_MEETING)
def choose_scope(session: Session, _asker: Asker, scope: Scope, now: dtm.datetime) -> Answers:
    """It is theirs: their units and their projects, whatever was chosen before."""
    meeting = _draft(session, scope.meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    row = meeting.meeting
    region = session.get(Region, scope.region_id) if scope.region_id else None
    row.level, row.region_id = tuple(Level)[scope.level], region.id if region else None
    units = lead_units(session, row.level, row.region_id, now)
    return _reseated(session, row, [unit.id for unit in units], now)


def _reseated(
    session: Session, row: Meeting, organisation_ids: Sequence[int], now: dtm.datetime
) -> Answers:
    invite_only(session, row, organisation_ids)
    meeting = called(session, row.id)
    assert meeting
    row.next_act_at = next_act_at(meeting, now) if row.planned_for else None
    session.add(row)
    return in_place(card(session, meeting, now))


def invite_only(session: Session, row: Meeting, organisation_ids: Sequence[int]) -> None:
    """These units and no others are to come to a meeting that nobody has heard of yet."""
    session.add(row)
    for unit in session.exec(select(MeetingUnit).where(MeetingUnit.meeting_id == row.id)):
        session.delete(unit)
    session.flush()
    seat(session, row.id, organisation_ids)


@entitled(Action.CALL_MEETING)
def show_units(session: Session, _asker: Asker, page: Page, now: dtm.datetime) -> Answers:
    """Who could come and who is invited."""
    meeting = _draft(session, page.meeting_id)
    return say(meeting) if isinstance(meeting, Message) else _units(session, meeting, page, now)


@entitled(Action.CALL_MEETING)
def toggle_unit(session: Session, _asker: Asker, choice: Choice, now: dtm.datetime) -> Answers:
    """Take a unit in, or leave it out."""
    meeting = _draft(session, choice.meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    invited = next((one for one in meeting.units if one.organisation.id == choice.number), None)
    if invited:
        session.delete(invited.row)
    elif session.get(Organisation, choice.number):
        seat(session, meeting.id, [choice.number])
    session.flush()
    again = called(session, meeting.id)
    assert again
    return _units(session, again, Page(meeting.id, choice.page), now)


def _units(session: Session, meeting: Called, page: Page, now: dtm.datetime) -> Answers:
    row = meeting.meeting
    leads = lead_units(session, row.level, row.region_id, now)
    invited = {unit.organisation.id: unit.organisation for unit in meeting.units}
    possible = {unit.id: unit for unit in leads} | invited
    shown = page_of(list(possible.values()), page.page, LINES_A_PAGE)
    lines = tuple(UnitChoice(unit.id, unit.name, unit.id in invited) for unit in shown.items)
    first = shown.number * LINES_A_PAGE + 1
    return in_place(
        MeetingUnits(meeting.head, lines, len(invited), shown.number, shown.count, first)
    )


@entitled(Action.READ_MEETINGS)
def show_agenda(session: Session, asker: Asker, page: Page, now: dtm.datetime) -> Answers:
    """What is spoken about; a draft's is for the organiser."""
    meeting = called(session, page.meeting_id)
    if meeting is None:
        return say(StaleButton())
    if meeting.is_draft:
        return _draft_agenda(session, asker, page, now)
    return in_place(_agenda(session, meeting, page))


@entitled(Action.CALL_MEETING)
def _draft_agenda(session: Session, _asker: Asker, page: Page, now: dtm.datetime) -> Answers:
    meeting = _draft(session, page.meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    agenda.refresh_agenda(session, meeting, now)
    return in_place(_agenda(session, meeting, page))


@entitled(Action.CALL_MEETING)
def toggle_project(session: Session, _asker: Asker, choice: Choice, _now: dtm.datetime) -> Answers:
    """Leave a project out of the agenda, or take it in again."""
    meeting = _draft(session, choice.meeting_id)
    if isinstance(meeting, Message):
        return say(meeting)
    for row in agenda.items(session, meeting.id):
        if row.project_id == choice.number:
            row.left_out = not row.left_out
            session.add(row)
    session.flush()
    return in_place(_agenda(session, meeting, Page(meeting.id, choice.page)))


def _agenda(session: Session, meeting: Called, page: Page) -> MeetingAgenda:
    rows = [
        row for row in agenda.items(session, meeting.id) if meeting.is_draft or not row.left_out
    ]
    units = {row.project_id: row.organisation_id for row in rows}
    left_out = {row.project_id for row in rows if row.left_out}
    named = session.exec(select(Organisation).where(col(Organisation.id).in_(units.values())))
    names = {unit.id: unit.name for unit in named}
    lines = [
        AgendaLine(names[units[line.project_id]], line, line.project_id in left_out)
        for line in agenda.reports(session, rows)
    ]
    shown = page_of(lines, page.page, LINES_A_PAGE)
    return MeetingAgenda(
        meeting.head,
        shown.items,
        len(lines) - len(left_out),
        meeting.is_draft,
        shown.number,
        shown.count,
        shown.number * LINES_A_PAGE + 1,
    )


def _draft(session: Session, meeting_id: int) -> Called | Message:
    """The draft, locked; a button of one that was let out or dropped is stale."""
    row = session.get(Meeting, meeting_id, with_for_update=True)
    meeting = called(session, row.id) if row else None
    return meeting if meeting and meeting.is_draft else StaleButton()
