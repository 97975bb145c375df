"""The programme: projects as identity, listings as what a plan says of them, and dated balances."""

import datetime as dtm
from enum import StrEnum
from typing import Any

from sqlmodel import SQLModel, UniqueConstraint

from db.types import choice, facts, instant, maybe_ref, prose, ref, row_id, words, yuan
from domain.vocabulary import ActualState, Level, PlanCategory, Sector


class Programme(SQLModel, table=True):
    """A plan of a level and year, or a batch of it, with the totals its document states."""

    __tablename__ = "programme"
    __table_args__ = (UniqueConstraint("level", "year", "batch"),)

    id: int = row_id()
    level: Level = choice(Level)
    year: int
    batch: str = words(100, default="")
    title: str = words(200, default="")
    stated: list[dict[str, Any]] = facts(default_factory=list)
    created_at: dtm.datetime = instant()


class Project(SQLModel, table=True):
    """A project's identity; what a plan says of it is a listing."""

    __tablename__ = "project"
    __table_args__ = (UniqueConstraint("name", "region_id"),)

    id: int = row_id()
    code: str | None = words(64, default=None, unique=True)
    name: str = words(200)
    region_id: int | None = maybe_ref("region.id", index=True)
    place: str = words(200, default="")
    owner_id: int | None = maybe_ref("organisation.id", index=True)
    agent_id: int | None = maybe_ref("organisation.id")
    actual_state: ActualState = choice(ActualState)
    created_at: dtm.datetime = instant()


class ProjectAlias(SQLModel, table=True):
    """Another name people use for a project: 简称, an older or a second official spelling."""

    __tablename__ = "project_alias"
    __table_args__ = (UniqueConstraint("project_id", "name"),)

    id: int = row_id()
    project_id: int = ref("project.id")
    name: str = words(200)


class Listing(SQLModel, table=True):
    """A project as one programme lists it; 退出 ends it, nothing deletes it."""

    __tablename__ = "listing"
    __table_args__ = (UniqueConstraint("project_id", "programme_id"),)

    id: int = row_id()
    project_id: int = ref("project.id")
    programme_id: int = ref("programme.id")
    plan_category: PlanCategory = choice(PlanCategory)
    sector: Sector | None = choice(Sector, default=None, nullable=True)
    scope: str = prose(default="")
    start_year: int | None = None
    end_year: int | None = None
    total_investment: int | None = yuan(default=None)
    annual_planned_investment: int | None = yuan(default=None)
    annual_goal: str = prose(default="")
    planned_start: dtm.date | None = None
    planned_finish: dtm.date | None = None
    monthly_curve: list[str] | None = facts(default=None, nullable=True)
    listed_at: dtm.datetime = instant()
    withdrawn_at: dtm.datetime | None = instant(default=None)
    withdrawal_reason: str = words(500, default="")


class ResponsibleUnit(SQLModel, table=True):
    """A responsible unit of a listing; position 1 is the lead unit (排名第一的单位为牵头单位)."""

    __tablename__ = "responsible_unit"

    listing_id: int = ref("listing.id")
    position: int
    organisation_id: int = ref("organisation.id")

    __table_args__ = (UniqueConstraint("listing_id", "position"),)
    __mapper_args__ = {"primary_key": ["listing_id", "position"]}


class BalanceKind(StrEnum):
    """What an opening balance counts from."""

    SINCE_START = "since_start"
    YEAR_TO_DATE = "year_to_date"


class OpeningBalance(SQLModel, table=True):
    """Investment completed before the bot's first accepted month, as at the end of a month."""

    __tablename__ = "opening_balance"

    id: int = row_id()
    project_id: int = ref("project.id")
    kind: BalanceKind = choice(BalanceKind)
    year: int
    month: int
    amount: int = yuan()
    source: str = words(100)
    recorded_at: dtm.datetime = instant()


class Adjustment(SQLModel, table=True):
    """A correction of a month already accepted, with its reason; the month itself stands.

    `year` and `month` are what it corrects; it enters the sums with the month it counts from.
    """

    __tablename__ = "adjustment"

    id: int = row_id()
    project_id: int = ref("project.id")
    report_id: int | None = maybe_ref("report.id")
    year: int
    month: int
    counts_from_year: int
    counts_from_month: int
    amount: int = yuan()
    reason: str = words(500)
    entered_by_id: int | None = maybe_ref("contact.id")
    recorded_at: dtm.datetime = instant()


class ProposedAdjustment(SQLModel, table=True):
    """A correction of a month whose books are closed; it counts once liaison and office agree."""

    __tablename__ = "proposed_adjustment"

    id: int = row_id()
    project_id: int = ref("project.id")
    year: int
    month: int
    amount: int = yuan()
    reason: str = words(500)
    asked_by_id: int = ref("contact.id", index=False)
    asked_at: dtm.datetime = instant()
    liaison_id: int | None = maybe_ref("contact.id")
    office_id: int | None = maybe_ref("contact.id")
    settled_at: dtm.datetime | None = instant(default=None)
    refused_by_id: int | None = maybe_ref("contact.id")


class ImportKind(StrEnum):
    """What an import table holds."""

    PROGRAMME = "programme"
    CONTACTS = "contacts"


class ImportState(StrEnum):
    """What became of a previewed import."""

    SHOWN = "shown"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


class ImportPreview(SQLModel, table=True):
    """A table somebody sent, read and shown, waiting for 确认."""

    __tablename__ = "import_preview"

    id: int = row_id()
    contact_id: int | None = maybe_ref("contact.id", index=True)
    attachment_id: int = ref("attachment.id", index=False)
    kind: ImportKind = choice(ImportKind)
    programme_id: int | None = maybe_ref("programme.id")
    state: ImportState = choice(ImportState, default=ImportState.SHOWN)
    basis: str = words(64)
    choices: dict[str, Any] = facts(default_factory=dict)
    shown_at: dtm.datetime = instant()
    settled_at: dtm.datetime | None = instant(default=None)
