"""Reading meetings: a meeting with its units and their answers, and how each is shown."""

import datetime as dtm
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sqlmodel import Session, col, select

from db.tables.meetings import Meeting, MeetingReply, MeetingState, MeetingUnit
from db.tables.people import Organisation, Region
from domain.access import Ground
from domain.meetings.kinds import LeaveVerdict, MeetingKind, ReplyStanding, standing_of
from domain.meetings.timing import LENGTH, Invited, first_notice_at, invited
from domain.timetable import Timetable
from templates.meetings import MeetingHead
from usecases.policies import timetable

OF_LATE = dtm.timedelta(days=30)
MOST_HELD = 5


@dataclass(frozen=True, slots=True)
class InvitedUnit:
    """A unit that is to come, with its newest answer, if any.

    `region_id` is the meeting's: its people answer for a unit that has nobody of its own.
    """

    row: MeetingUnit
    organisation: Organisation
    reply: MeetingReply | None = None
    region_id: int | None = None

    @property
    def id(self) -> int:
        return self.row.id

    @property
    def standing(self) -> ReplyStanding:
        """How it stands to the meeting."""
        if self.reply is None:
            return ReplyStanding.UNANSWERED
        return standing_of(self.reply.attendance, self.reply.leave_verdict)

    @property
    def said(self) -> str:
        """The delegate's name, or the reason for leave."""
        return (self.reply.delegate or self.reply.reason) if self.reply else ""

    @property
    def delegate_id(self) -> int | None:
        """Whom of the contact book the unit sends at present."""
        return self.reply.delegate_id if self.reply else None

    @property
    def asks_leave(self) -> bool:
        """Whether its leave waits for the organiser."""
        return self.reply is not None and self.reply.leave_verdict is LeaveVerdict.ASKED

    @property
    def ground(self) -> Ground:
        """What of a unit decides who may speak for it: those whose scope holds it."""
        return Ground(
            project_id=0,
            region_id=self.organisation.region_id or self.region_id,
            lead_unit_ids=frozenset({self.organisation.id}),
        )


@dataclass(frozen=True)
class Called:
    """A meeting with its units in speaking order, its region, and the rules in force."""

    meeting: Meeting
    units: tuple[InvitedUnit, ...]
    region: Region | None
    rules: Timetable

    @property
    def id(self) -> int:
        return self.meeting.id

    @property
    def head(self) -> MeetingHead:
        """Which meeting it is."""
        return MeetingHead(
            self.id,
            self.meeting.kind,
            self.meeting.level,
            self.region.name if self.region else "",
            self.meeting.starts_at,
            self.meeting.place,
        )

    @cached_property
    def dates(self) -> Invited:
        """When units are told, by when they answer, when they are reminded."""
        starts_at = self.meeting.starts_at
        notice_at = self.meeting.notice_at or first_notice_at(
            self.rules, self.meeting.level, starts_at
        )
        return invited(self.rules, starts_at, min(notice_at, starts_at))

    @property
    def is_draft(self) -> bool:
        return self.meeting.state is MeetingState.DRAFT

    @property
    def is_on(self) -> bool:
        """Whether it was let out and not cancelled."""
        return self.meeting.state is MeetingState.PUBLISHED

    def has_begun(self, now: dtm.datetime) -> bool:
        """Whether answers come too late."""
        return self.meeting.starts_at <= now

    def unit(self, unit_id: int) -> InvitedUnit:
        """The unit of that invitation."""
        return next(unit for unit in self.units if unit.id == unit_id)


def called(session: Session, meeting_id: int) -> Called | None:
    """The meeting; None where there is none of that number."""
    row = session.get(Meeting, meeting_id)
    return called_all(session, [row])[0] if row else None


def called_all(session: Session, meetings: Sequence[Meeting]) -> list[Called]:
    """These meetings, in four queries however many there are."""
    if not meetings:
        return []
    rules = timetable(session)
    units = _units(session, {meeting.id for meeting in meetings})
    regions = {meeting.region_id for meeting in meetings}
    named = session.exec(select(Region).where(col(Region.id).in_(regions)))
    region_of = {region.id: region for region in named}
    return [
        Called(
            meeting,
            tuple(
                replace(unit, region_id=meeting.region_id)
                for unit in units
                if unit.row.meeting_id == meeting.id
            ),
            region_of.get(meeting.region_id or 0),
            rules,
        )
        for meeting in meetings
    ]


def with_unit(session: Session, unit_id: int) -> Called | None:
    """The meeting an invitation is to."""
    row = session.get(MeetingUnit, unit_id)
    return called(session, row.meeting_id) if row else None


def with_units(session: Session, unit_ids: Collection[int]) -> dict[int, Called]:
    """The meeting of each of these invitations."""
    query = (
        select(MeetingUnit.id, Meeting)
        .join(Meeting, col(Meeting.id) == col(MeetingUnit.meeting_id))
        .where(col(MeetingUnit.id).in_(unit_ids))
    )
    pairs = session.exec(query).all()
    distinct = {meeting.id: meeting for _, meeting in pairs}
    by_id = {one.id: one for one in called_all(session, list(distinct.values()))}
    return {unit_id: by_id[meeting.id] for unit_id, meeting in pairs}


def standing_meetings(
    session: Session, states: Iterable[MeetingState], now: dtm.datetime
) -> list[Called]:
    """The meetings that are not over, the next one first."""
    query = (
        select(Meeting)
        .where(col(Meeting.state).in_(list(states)), col(Meeting.starts_at) > now - LENGTH)
        .order_by(col(Meeting.starts_at), col(Meeting.id))
    )
    return called_all(session, session.exec(query).all())


def held_meetings(session: Session, now: dtm.datetime) -> list[Called]:
    """The meetings of late that are over and whose minutes are not approved, the newest first.

    A ceremony decides nothing.
    """
    query = (
        select(Meeting)
        .where(Meeting.state == MeetingState.PUBLISHED, Meeting.kind != MeetingKind.CEREMONY)
        .where(col(Meeting.starts_at) <= now - LENGTH, col(Meeting.starts_at) > now - OF_LATE)
        .where(col(Meeting.minutes_approved_at).is_(None))
        .order_by(col(Meeting.starts_at).desc(), col(Meeting.id).desc())
        .limit(MOST_HELD)
    )
    return called_all(session, session.exec(query).all())


def _units(session: Session, meeting_ids: Collection[int]) -> list[InvitedUnit]:
    query = (
        select(MeetingUnit, Organisation)
        .join(Organisation, col(Organisation.id) == col(MeetingUnit.organisation_id))
        .where(col(MeetingUnit.meeting_id).in_(meeting_ids))
        .order_by(col(MeetingUnit.position), col(MeetingUnit.id))
    )
    rows = session.exec(query).all()
    ids = [unit.id for unit, _ in rows]
    said = select(MeetingReply).where(col(MeetingReply.meeting_unit_id).in_(ids))
    # The newest answer counts.
    replies = {
        reply.meeting_unit_id: reply for reply in session.exec(said.order_by(col(MeetingReply.id)))
    }
    return [InvitedUnit(unit, organisation, replies.get(unit.id)) for unit, organisation in rows]
