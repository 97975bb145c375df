"""What came in: every update as Telegram sent it, before Telegram may forget it."""

import datetime as dtm
from enum import StrEnum
from typing import Any, cast

import sqlalchemy as sa
from sqlmodel import Field, Index, SQLModel

from db.types import choice, instant, prose, telegram_id, words


class UpdateState(StrEnum):
    """What became of an update."""

    PENDING = "pending"
    DONE = "done"
    IGNORED = "ignored"
    FAILED = "failed"


class InboxUpdate(SQLModel, table=True):
    """One raw update; handled in order within its chat, at most three times."""

    __tablename__ = "inbox_update"
    __table_args__ = (
        # Read by the handling loop: the oldest pending update that is first in its chat.
        Index("ix_inbox_update_pending", "state", "update_id"),
        Index("ix_inbox_update_chat_pending", "chat_id", "state"),
    )

    update_id: int = Field(
        primary_key=True,
        sa_type=cast(Any, sa.BigInteger),
        sa_column_kwargs={"autoincrement": False},
    )
    chat_id: int = telegram_id()
    user_id: int | None = telegram_id(default=None)
    raw: str = prose()
    received_at: dtm.datetime = instant()
    state: UpdateState = choice(UpdateState, default=UpdateState.PENDING)
    attempts: int = 0
    claim: str = words(36, default="")
    claimed_at: dtm.datetime | None = instant(default=None)
    not_before: dtm.datetime | None = instant(default=None)
    handled_at: dtm.datetime | None = instant(default=None)
    failure: str = words(500, default="")
