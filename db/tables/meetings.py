"""Coordination meetings: called, announced to units, answered, changed; what they speak about."""

import datetime as dtm
from enum import StrEnum

from sqlmodel import Index, SQLModel, UniqueConstraint

from db.types import choice, instant, maybe_ref, prose, ref, row_id, words
from domain.meetings.kinds import Attendance, LeaveVerdict, MeetingKind, Topic
from domain.vocabulary import Level

PLACE = 200


class MeetingState(StrEnum):
    """The life of a meeting: draft → published → cancelled; a draft may be dropped."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    DROPPED = "dropped"


class Meeting(SQLModel, table=True):
    """A meeting of a level, or of one region at it; `planned_for` is its day in a series.

    `sequence` counts what changed since it was published; `notice_at` is when units are first
    told; what it decided counts once its minutes are approved (纪要已审定); `next_act_at` caches
    when the planner has something to do for it.
    """

    __tablename__ = "meeting"
    __table_args__ = (Index("ix_meeting_next_act_at", "next_act_at"),)

    id: int = row_id()
    kind: MeetingKind = choice(MeetingKind, default=MeetingKind.COORDINATION)
    level: Level = choice(Level)
    region_id: int | None = maybe_ref("region.id")
    state: MeetingState = choice(MeetingState, default=MeetingState.DRAFT)
    planned_for: dtm.date | None = None
    starts_at: dtm.datetime = instant(index=True)
    place: str = words(PLACE, default="")
    sequence: int = 0
    called_by_id: int | None = maybe_ref("contact.id")
    called_at: dtm.datetime = instant()
    notice_at: dtm.datetime | None = instant(default=None)
    published_at: dtm.datetime | None = instant(default=None)
    cancelled_at: dtm.datetime | None = instant(default=None)
    minutes_approved_at: dtm.datetime | None = instant(default=None)
    minutes_approved_by_id: int | None = maybe_ref("contact.id")
    next_act_at: dtm.datetime | None = instant(default=None)


class MeetingChange(SQLModel, table=True):
    """The time or place of a published meeting changed."""

    __tablename__ = "meeting_change"
    __table_args__ = (UniqueConstraint("meeting_id", "sequence"),)

    id: int = row_id()
    meeting_id: int = ref("meeting.id")
    sequence: int
    starts_before: dtm.datetime = instant()
    place_before: str = words(PLACE, default="")
    changed_by_id: int = ref("contact.id", index=False)
    changed_at: dtm.datetime = instant()


class MeetingUnit(SQLModel, table=True):
    """A unit that is to come, in speaking order; `replier_id` is whom it named to answer."""

    __tablename__ = "meeting_unit"
    __table_args__ = (UniqueConstraint("meeting_id", "organisation_id"),)

    id: int = row_id()
    meeting_id: int = ref("meeting.id")
    organisation_id: int = ref("organisation.id")
    position: int
    replier_id: int | None = maybe_ref("contact.id")


class MeetingReply(SQLModel, table=True):
    """What a unit answered (回执); answers are appended, the newest one counts."""

    __tablename__ = "meeting_reply"

    id: int = row_id()
    meeting_unit_id: int = ref("meeting_unit.id")
    attendance: Attendance = choice(Attendance)
    delegate: str = words(100, default="")
    delegate_id: int | None = maybe_ref("contact.id")
    reason: str = prose(default="")
    replied_by_id: int = ref("contact.id", index=False)
    replied_at: dtm.datetime = instant()
    leave_verdict: LeaveVerdict | None = choice(LeaveVerdict, default=None, nullable=True)
    leave_decided_by_id: int | None = maybe_ref("contact.id")
    leave_decided_at: dtm.datetime | None = instant(default=None)


class AgendaItem(SQLModel, table=True):
    """Why a project is spoken about, and which unit reports; the organiser may leave it out."""

    __tablename__ = "agenda_item"

    id: int = row_id()
    meeting_id: int = ref("meeting.id")
    organisation_id: int = ref("organisation.id")
    project_id: int = ref("project.id")
    topic: Topic = choice(Topic)
    problem_id: int | None = maybe_ref("problem.id")
    item_id: int | None = maybe_ref("coordination_item.id")
    position: int
    left_out: bool = False
