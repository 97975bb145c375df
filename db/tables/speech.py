"""What is to be said and what was said: notices, messages, attachments, dialogs."""

import datetime as dtm
from enum import StrEnum
from typing import Any

from sqlmodel import Field, Index, LargeBinary, SQLModel, UniqueConstraint

from db.types import choice, facts, instant, maybe_ref, prose, ref, row_id, telegram_id, words


class Urgency(StrEnum):
    """The classes of what is said, most pressing first."""

    ANSWER = "answer"
    URGENT = "urgent"
    ROUTINE = "routine"


class NoticeState(StrEnum):
    """Whether somebody still has to hear of something."""

    DUE = "due"
    HELD = "held"  # the office holds chasing: due again once it lets go
    TOLD = "told"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    FAILED = "failed"  # its message was refused for good: the person was not told


class Notice(SQLModel, table=True):
    """Somebody must hear something once: subject, occasion, turn and person are unique together.

    `turn` tells apart the times one occasion comes round, such as the reminders before a due time.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("subject_kind", "subject_id", "occasion", "turn", "contact_id"),
        # Read by delivery: whom is there something to tell now?
        Index("ix_notice_due", "state", "urgency", "due_at"),
    )

    id: int = row_id()
    subject_kind: str = words(40)
    subject_id: int = telegram_id()
    occasion: str = words(60)
    turn: str = words(20, default="")
    contact_id: int = ref("contact.id")
    urgency: Urgency = choice(Urgency)
    state: NoticeState = choice(NoticeState, default=NoticeState.DUE)
    details: dict[str, Any] = facts(default_factory=dict)
    due_at: dtm.datetime = instant()
    expires_at: dtm.datetime | None = instant(default=None)
    message_id: int | None = maybe_ref("message.id", index=True)
    created_at: dtm.datetime = instant()
    settled_at: dtm.datetime | None = instant(default=None)


class Delivery(StrEnum):
    """What Telegram is asked to do with a message."""

    SEND = "send"
    EDIT = "edit"
    EDIT_CAPTION = "edit_caption"
    DOCUMENT = "document"
    PHOTO = "photo"


class MessageState(StrEnum):
    """The fate of a message."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    FAILED = "failed"
    SUPERSEDED = "superseded"


# What has not left yet: later messages of the same chat and class wait behind it.
WAITING = (MessageState.QUEUED, MessageState.SENDING)


class Message(SQLModel, table=True):
    """What Telegram gets, and the record of who was told what, when, and how it went."""

    __tablename__ = "message"
    __table_args__ = (
        Index("ix_message_telegram", "chat_id", "telegram_message_id"),
        Index("ix_message_sent_at", "sent_at"),
        # Read by delivery: what is waiting to leave, and is something before it in its chat?
        Index("ix_message_waiting", "state", "urgency", "id"),
        Index("ix_message_chat_waiting", "chat_id", "state"),
    )

    id: int = row_id()
    chat_id: int = telegram_id()
    contact_id: int | None = maybe_ref("contact.id", index=True)
    update_id: int | None = telegram_id(default=None)
    urgency: Urgency = choice(Urgency)
    delivery: Delivery = choice(Delivery, default=Delivery.SEND)
    kind: str = words(60)
    text: str = prose()
    keyboard: list[list[dict[str, str]]] = facts(default_factory=list)
    attachment_id: int | None = maybe_ref("attachment.id")
    target_id: int | None = maybe_ref("message.id", index=True)
    state: MessageState = choice(MessageState, default=MessageState.QUEUED)
    attempts: int = 0
    repeated: bool = False
    silent: bool = False
    not_before: dtm.datetime | None = instant(default=None)
    created_at: dtm.datetime = instant()
    claimed_at: dtm.datetime | None = instant(default=None)
    sent_at: dtm.datetime | None = instant(default=None)
    telegram_message_id: int | None = telegram_id(default=None)
    failure: str = words(500, default="")
    acknowledged_at: dtm.datetime | None = instant(default=None)


class Attachment(SQLModel, table=True):
    """A file that came in or goes out; Telegram's id for it saves a second upload."""

    __tablename__ = "attachment"

    id: int = row_id()
    name: str = words(255)
    content: bytes = Field(sa_type=LargeBinary)
    telegram_file_id: str | None = words(200, default=None)
    stored_at: dtm.datetime = instant()


class Dialog(SQLModel, table=True):
    """A conversation as data: where a person is in it and what they have said so far."""

    __tablename__ = "dialog"

    id: int = row_id()
    contact_id: int = ref("contact.id", unique=True)
    kind: str = words(40)
    step: str = words(40)
    draft: dict[str, Any] = facts(default_factory=dict)
    set_aside: str = prose(default="")
    started_at: dtm.datetime = instant()
    touched_at: dtm.datetime = instant()
