"""The audit trail: who did what, as ids and digests, sealed into a hash chain."""

import datetime as dtm
from typing import Any

from sqlmodel import Index, SQLModel

from db.types import facts, instant, maybe_ref, row_id, telegram_id, words


class AuditEntry(SQLModel, table=True):
    """One act. `seal` chains it to the entry before, so that a later change shows."""

    __tablename__ = "audit_entry"
    # Read at every attempt to link: how often did this account try in the last hour?
    __table_args__ = (Index("ix_audit_entry_account", "actor_telegram_id", "at"),)

    id: int = row_id()
    at: dtm.datetime = instant()
    actor_id: int | None = maybe_ref("contact.id")
    actor_telegram_id: int | None = telegram_id(default=None)
    action: str = words(60)
    subject_kind: str = words(40, default="")
    subject_id: int | None = telegram_id(default=None)
    details: dict[str, Any] = facts(default_factory=dict)
    seal: str = words(64, default="", index=True)
