"""Coordination items (协调事项): raised, decided on by meetings, followed to the end."""

import datetime as dtm
from enum import StrEnum

from sqlmodel import Index, SQLModel, UniqueConstraint

from db.tables.chasing import ReleaseVerdict
from db.types import choice, instant, maybe_ref, prose, ref, row_id, words
from domain.items.machine import ItemAct, ItemState
from domain.vocabulary import Level, ProblemKind


class CoordinationItem(SQLModel, table=True):
    """What is to be coordinated for a project, and of which unit that is asked, if that is known.

    `state` and `level` follow from the item's entries; `level` is whose meetings speak about it.
    """

    __tablename__ = "coordination_item"

    id: int = row_id()
    project_id: int = ref("project.id")
    problem_id: int | None = maybe_ref("problem.id", index=True)
    kind: ProblemKind = choice(ProblemKind)
    text: str = prose()
    asked_of_id: int | None = maybe_ref("organisation.id")
    level: Level = choice(Level)
    state: ItemState = choice(ItemState, default=ItemState.RAISED)
    raised_by_id: int = ref("contact.id", index=False)
    raised_at: dtm.datetime = instant()
    closed_at: dtm.datetime | None = instant(default=None)


class DecisionState(StrEnum):
    """Whether a decision counts: a draft until the minutes are approved (纪要已审定)."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    REPLACED = "replaced"
    DROPPED = "dropped"


class Decision(SQLModel, table=True):
    """What was decided on an item: who does what by when; `article` is its place in the minutes.

    `climbed` rungs of the deadline's ladder have had their turn; `alarmed`: somebody above heard of
    it; `next_act_at` caches when the planner has something to do for it.
    """

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_next_act_at", "next_act_at"),)

    id: int = row_id()
    item_id: int = ref("coordination_item.id")
    meeting_id: int | None = maybe_ref("meeting.id", index=True)
    article: int = 0
    text: str = prose()
    organisation_id: int = ref("organisation.id")
    due_at: dtm.datetime = instant()
    state: DecisionState = choice(DecisionState, default=DecisionState.DRAFT)
    recorded_by_id: int = ref("contact.id", index=False)
    recorded_at: dtm.datetime = instant()
    approved_by_id: int | None = maybe_ref("contact.id")
    approved_at: dtm.datetime | None = instant(default=None)
    climbed: int = 0
    alarmed: bool = False
    next_act_at: dtm.datetime | None = instant(default=None)


class DecisionSupport(SQLModel, table=True):
    """A unit that helps with what was decided (配合单位)."""

    __tablename__ = "decision_support"
    __table_args__ = (UniqueConstraint("decision_id", "organisation_id"),)

    id: int = row_id()
    decision_id: int = ref("decision.id")
    organisation_id: int = ref("organisation.id")
    position: int


class ItemEntry(SQLModel, table=True):
    """Something that happened to an item; its entries in order are its thread.

    `due_at` is the deadline it speaks of: the one asked for, given, or missed.
    """

    __tablename__ = "item_entry"

    id: int = row_id()
    item_id: int = ref("coordination_item.id")
    decision_id: int | None = maybe_ref("decision.id")
    act: ItemAct = choice(ItemAct)
    text: str = prose(default="")
    due_at: dtm.datetime | None = instant(default=None)
    by_id: int | None = maybe_ref("contact.id")
    at: dtm.datetime = instant()


class EvidenceKind(StrEnum):
    """What a piece of evidence is for Telegram."""

    PHOTO = "photo"
    DOCUMENT = "document"


class ItemEvidence(SQLModel, table=True):
    """A photo or file that shows what was done, kept by Telegram."""

    __tablename__ = "item_evidence"

    id: int = row_id()
    entry_id: int = ref("item_entry.id")
    kind: EvidenceKind = choice(EvidenceKind)
    file_id: str = words(200)
    name: str = words(200, default="")


class ItemRelease(SQLModel, table=True):
    """The coordinator's word on an overdue decision's way up to the first-responsible person."""

    __tablename__ = "item_release"
    __table_args__ = (UniqueConstraint("decision_id", "turn"),)

    id: int = row_id()
    decision_id: int = ref("decision.id")
    turn: str = words(20)
    verdict: ReleaseVerdict = choice(ReleaseVerdict)
    decided_by_id: int = ref("contact.id", index=False)
    decided_at: dtm.datetime = instant()
