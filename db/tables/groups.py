"""Work groups: the Telegram groups the bot is in, what they are bound to, what is posted there."""

import datetime as dtm

import sqlalchemy as sa
from sqlmodel import Index, SQLModel, UniqueConstraint

from db.tables.speech import NoticeState
from db.types import choice, instant, maybe_ref, ref, row_id, telegram_id, words
from domain.vocabulary import Level


class Group(SQLModel, table=True):
    """A Telegram group the bot is in; its id changes when Telegram upgrades it.

    `greeted_at` is when it got the one line an unbound group ever gets; `pointed_at` when somebody
    was last asked there to write in private.
    """

    __tablename__ = "telegram_group"

    id: int = row_id()
    chat_id: int = telegram_id(unique=True)
    title: str = words(255, default="")
    joined_at: dtm.datetime = instant()
    left_at: dtm.datetime | None = instant(default=None)
    greeted_at: dtm.datetime | None = instant(default=None)
    pointed_at: dtm.datetime | None = instant(default=None)


class WorkGroup(SQLModel, table=True):
    """A group is bound to a level, or to one region at it, from then until it is unbound."""

    __tablename__ = "work_group"
    __table_args__ = (
        # One binding at a time.
        Index(
            "uq_work_group_bound",
            "group_id",
            unique=True,
            sqlite_where=sa.text("unbound_at IS NULL"),
            postgresql_where=sa.text("unbound_at IS NULL"),
        ),
    )

    id: int = row_id()
    group_id: int = ref("telegram_group.id")
    level: Level = choice(Level)
    region_id: int | None = maybe_ref("region.id")
    bound_by_id: int = ref("contact.id", index=False)
    bound_at: dtm.datetime = instant()
    unbound_at: dtm.datetime | None = instant(default=None)


class GroupPost(SQLModel, table=True):
    """A bound group is to read something once; `turn` tells the times it comes round apart."""

    __tablename__ = "group_post"
    __table_args__ = (
        UniqueConstraint(
            "work_group_id",
            "subject_kind",
            "subject_id",
            "occasion",
            "turn",
            # The name the convention makes is too long for PostgreSQL.
            name="uq_group_post_once",
        ),
        # Read by delivery: where is there something to post now?
        Index("ix_group_post_due", "state", "due_at"),
    )

    id: int = row_id()
    work_group_id: int = ref("work_group.id")
    subject_kind: str = words(40)
    subject_id: int = telegram_id()
    occasion: str = words(60)
    turn: str = words(20, default="")
    state: NoticeState = choice(NoticeState, default=NoticeState.DUE)
    due_at: dtm.datetime = instant()
    expires_at: dtm.datetime | None = instant(default=None)
    message_id: int | None = maybe_ref("message.id", index=True)
    settled_at: dtm.datetime | None = instant(default=None)
