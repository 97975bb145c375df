"""What the office itself is: its settings as facts, its policies, its calendar years."""

import datetime as dtm
from typing import Any

from sqlmodel import SQLModel, UniqueConstraint

from db.types import choice, facts, instant, maybe_ref, prose, row_id, words
from domain.vocabulary import Language


class Office(SQLModel, table=True):
    """The one row of facts about this office that use-cases need; written when the bot starts."""

    __tablename__ = "office"

    id: int = row_id()
    zone: str = words(64)
    language: Language = choice(Language)
    bot_username: str = words(64, default="")
    names_version: int = 0


class PolicyVersion(SQLModel, table=True):
    """A policy as it was applied: the newest one rules what opens from then on.

    `text` is the file as it was given; `rules` are complete, whatever a later release ships.
    """

    __tablename__ = "policy_version"

    id: int = row_id()
    text: str = prose()
    rules: dict[str, Any] = facts()
    applied_by_id: int | None = maybe_ref("contact.id")
    applied_at: dtm.datetime = instant()


class CalendarYear(SQLModel, table=True):
    """A year of days off loaded by the office, over what the product ships."""

    __tablename__ = "calendar_year"
    __table_args__ = (UniqueConstraint("layer", "year"),)

    id: int = row_id()
    layer: str = words(16)
    year: int
    days: dict[str, Any] = facts()
    loaded_at: dtm.datetime = instant()
