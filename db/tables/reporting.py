"""The month's round: periods, obligations, report revisions, problems, and who follows what."""

import datetime as dtm
from enum import StrEnum
from typing import Any, cast

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from db.types import BigId, choice, facts, instant, maybe_ref, prose, ref, row_id, words, yuan
from domain.policy import Basis
from domain.vocabulary import ProblemKind


class ReportingPeriod(SQLModel, table=True):
    """A month that is reported; late is not locked, only the coordinator closes the books."""

    __tablename__ = "reporting_period"
    __table_args__ = (UniqueConstraint("year", "month"),)

    id: int = row_id()
    year: int
    month: int
    opens_at: dtm.datetime = instant()
    due_at: dtm.datetime = instant()
    policy_version_id: int | None = maybe_ref("policy_version.id")
    closed_at: dtm.datetime | None = instant(default=None)
    closed_by_id: int | None = maybe_ref("contact.id")


class ObligationState(StrEnum):
    """The life of an obligation: open → submitted → accepted | returned; or it ends otherwise."""

    OPEN = "open"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    EXEMPT = "exempt"
    WITHDRAWN = "withdrawn"


class Obligation(SQLModel, table=True):
    """A project owes a report for a period; one a project a period.

    `next_act_at` caches when the planner has something to do for it; `climbed` counts the rungs of
    the ladder that have had their turn since `climbs_from`, which is empty for `due_at`,
    `review_climbed` those of the ladder of a review that is late. `alarmed`:
    the liaison or somebody above was told that it is late, and has not heard otherwise yet.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        UniqueConstraint("project_id", "period_id"),
        # Read by the planner: what is due to be acted on now?
        Index("ix_obligation_next_act_at", "next_act_at"),
    )

    id: int = row_id()
    project_id: int = ref("project.id")
    period_id: int = ref("reporting_period.id")
    listing_id: int = ref("listing.id")
    policy_version_id: int | None = maybe_ref("policy_version.id")
    state: ObligationState = choice(ObligationState, default=ObligationState.OPEN)
    due_at: dtm.datetime = instant()
    first_submitted_at: dtm.datetime | None = instant(default=None)
    holder_id: int | None = maybe_ref("contact.id")
    next_act_at: dtm.datetime | None = instant(default=None)
    climbed: int = 0
    review_climbed: int = 0
    climbs_from: dtm.datetime | None = instant(default=None)
    alarmed: bool = Field(default=False, index=True)
    reason: str = words(500, default="")


class Verdict(StrEnum):
    """What the reviewer said of a revision."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    SUPERSEDED = "superseded"


class ReportSource(StrEnum):
    """How a revision reached the office."""

    CHAT = "chat"
    TABLE = "table"
    PHONE = "phone"
    IMPORT = "import"


class Report(SQLModel, table=True):
    """One revision of a month's report; revisions are appended, never overwritten."""

    __tablename__ = "report"
    __table_args__ = (UniqueConstraint("obligation_id", "revision"),)

    id: int = row_id()
    obligation_id: int = ref("obligation.id")
    revision: int
    author_id: int | None = maybe_ref("contact.id")
    source: ReportSource = choice(ReportSource)
    basis: Basis = choice(Basis)
    invested_month: int | None = yuan(default=None)
    physical_progress: str = prose(default="")
    preliminary_work: dict[str, Any] | None = facts(default=None, nullable=True)
    next_steps: str = prose(default="")
    explanation: str = prose(default="")
    wanted_help: str = prose(default="")
    adjustment: int | None = yuan(default=None)
    adjustment_reason: str = words(500, default="")
    source_note: str = words(200, default="")
    correction_reason: str = words(500, default="")
    opening_year_to_date: int | None = yuan(default=None)
    opening_since_start: int | None = yuan(default=None)
    submitted_at: dtm.datetime = instant()
    verdict: Verdict = choice(Verdict, default=Verdict.PENDING)
    verdict_by_id: int | None = maybe_ref("contact.id")
    verdict_at: dtm.datetime | None = instant(default=None)
    verdict_reason: str = prose(default="")


class Problem(SQLModel, table=True):
    """Something that stands in a project's way; unreviewed until the liaison adopts it."""

    __tablename__ = "problem"

    id: int = row_id()
    project_id: int = ref("project.id")
    report_id: int | None = maybe_ref("report.id")
    kind: ProblemKind = choice(ProblemKind)
    text: str = prose()
    raised_by_id: int | None = maybe_ref("contact.id")
    raised_at: dtm.datetime = instant()
    adopted_at: dtm.datetime | None = instant(default=None)
    adopted_by_id: int | None = maybe_ref("contact.id")
    closed_at: dtm.datetime | None = instant(default=None)
    closing_note: str = prose(default="")


class ProjectChangeKind(StrEnum):
    """What of a project changed."""

    REPORT_ACCEPTED = "report_accepted"
    PROBLEM_ADOPTED = "problem_adopted"
    PROBLEM_CLOSED = "problem_closed"
    PROGRESS_NOTED = "progress_noted"
    LISTING_CHANGED = "listing_changed"
    WITHDRAWN = "withdrawn"


class ProjectChange(SQLModel, table=True):
    """Something of a project changed, for those who follow it."""

    __tablename__ = "project_change"

    id: int = row_id()
    project_id: int = ref("project.id")
    what: ProjectChangeKind = choice(ProjectChangeKind)
    at: dtm.datetime = instant()


class Follow(SQLModel, table=True):
    """A contact asked to be told when a project changes."""

    __tablename__ = "follow"

    contact_id: int = Field(foreign_key="contact.id", primary_key=True, sa_type=cast(Any, BigId))
    project_id: int = Field(
        foreign_key="project.id", primary_key=True, index=True, sa_type=cast(Any, BigId)
    )
    since: dtm.datetime = instant()


class ProgressNote(SQLModel, table=True):
    """Progress told between two reports (/update); unreviewed until the liaison adopts it."""

    __tablename__ = "progress_note"

    id: int = row_id()
    project_id: int = ref("project.id")
    text: str = prose()
    noted_by_id: int = ref("contact.id", index=False)
    noted_at: dtm.datetime = instant()
    adopted_at: dtm.datetime | None = instant(default=None)
    adopted_by_id: int | None = maybe_ref("contact.id")
    dismissed_at: dtm.datetime | None = instant(default=None)


class Photo(SQLModel, table=True):
    """A picture of the works, kept by Telegram; it belongs to a report, a note or a problem.

    While a report is being filled in only the obligation is known.
    """

    __tablename__ = "photo"

    id: int = row_id()
    obligation_id: int | None = maybe_ref("obligation.id", index=True)
    report_id: int | None = maybe_ref("report.id", index=True)
    progress_note_id: int | None = maybe_ref("progress_note.id", index=True)
    problem_id: int | None = maybe_ref("problem.id", index=True)
    file_id: str = words(200)
    added_by_id: int = ref("contact.id", index=False)
    added_at: dtm.datetime = instant()


class ReportDraft(SQLModel, table=True):
    """What somebody has filled in of a report so far; it survives anything and is offered again.

    `source_note` says who gave it by phone, and when (代录).
    """

    __tablename__ = "report_draft"

    id: int = row_id()
    obligation_id: int = ref("obligation.id", unique=True)
    holder_id: int = ref("contact.id")
    content: dict[str, Any] = facts(default_factory=dict)
    source_note: str = words(200, default="")
    touched_at: dtm.datetime = instant()


class ReportTable(SQLModel, table=True):
    """What somebody is filling in many at once: numbers, what was not understood, what was shown.

    The answers themselves are drafts, one a report.
    """

    __tablename__ = "report_table"

    id: int = row_id()
    contact_id: int = ref("contact.id", unique=True)
    content: dict[str, Any] = facts(default_factory=dict)
    touched_at: dtm.datetime = instant()
