"""Who there is: regions, organisations, contacts, what they answer for, how they are linked."""

import datetime as dtm
from enum import StrEnum

from sqlmodel import Index, SQLModel

from db.types import choice, instant, maybe_ref, ref, row_id, telegram_id, words
from domain.access import ScopeKind
from domain.vocabulary import Language, Level, Role


class Unreachable(StrEnum):
    """Why Telegram does not deliver to a person."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NEVER_STARTED = "never_started"


class Region(SQLModel, table=True):
    """A city or county, or 区直中直和跨区域, as the plans group projects."""

    __tablename__ = "region"

    id: int = row_id()
    name: str = words(100, unique=True)
    level: Level = choice(Level)
    parent_id: int | None = maybe_ref("region.id")


class Organisation(SQLModel, table=True):
    """A responsible unit, an owner, an agent, or the office itself."""

    __tablename__ = "organisation"

    id: int = row_id()
    name: str = words(200, unique=True)
    region_id: int | None = maybe_ref("region.id")


class Contact(SQLModel, table=True):
    """A person in the contact book, with the Telegram account linked to them, if any."""

    __tablename__ = "contact"

    id: int = row_id()
    name: str = words(100, index=True)
    phone: str | None = words(20, default=None, unique=True)
    organisation_id: int | None = maybe_ref("organisation.id", index=True)
    position: str = words(100, default="")
    language: Language = choice(Language, default=Language.ZH)
    telegram_user_id: int | None = telegram_id(default=None, unique=True)
    linked_at: dtm.datetime | None = instant(default=None)
    unreachable: Unreachable | None = choice(Unreachable, default=None, nullable=True)
    unreachable_since: dtm.datetime | None = instant(default=None)
    left_at: dtm.datetime | None = instant(default=None)


class Assignment(SQLModel, table=True):
    """A contact holds a role over a scope, since and until; never overwritten, only ended."""

    __tablename__ = "assignment"
    __table_args__ = (Index("ix_assignment_scope", "scope_kind", "scope_id"),)

    id: int = row_id()
    contact_id: int = ref("contact.id")
    role: Role = choice(Role)
    scope_kind: ScopeKind = choice(ScopeKind)
    scope_id: int | None = None
    since: dtm.datetime = instant()
    until: dtm.datetime | None = instant(default=None)


class Leave(SQLModel, table=True):
    """Days a contact is away, both included, and who stands in."""

    __tablename__ = "leave"

    id: int = row_id()
    contact_id: int = ref("contact.id")
    first_day: dtm.date
    last_day: dtm.date
    deputy_id: int | None = maybe_ref("contact.id")
    entered_by_id: int | None = maybe_ref("contact.id")
    entered_at: dtm.datetime = instant()
    cancelled_at: dtm.datetime | None = instant(default=None)


class Invitation(SQLModel, table=True):
    """A one-time, expiring way for one contact to link an account; only the hash is kept."""

    __tablename__ = "invitation"

    id: int = row_id()
    contact_id: int = ref("contact.id")
    token_hash: str = words(64, unique=True)
    issued_by_id: int | None = maybe_ref("contact.id")
    issued_at: dtm.datetime = instant()
    expires_at: dtm.datetime = instant()
    used_at: dtm.datetime | None = instant(default=None)
    used_by_telegram_id: int | None = telegram_id(default=None)
    revoked_at: dtm.datetime | None = instant(default=None)
