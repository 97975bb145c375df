"""Figures of the running bot, for its operator."""

from typing import Any

from sqlmodel import Session, col, func, select

from db.tables.intake import InboxUpdate, UpdateState
from db.tables.people import Contact
from db.tables.speech import Message, MessageState, Notice, NoticeState


def operating_figures(session: Session) -> dict[str, int]:
    """What waits, what failed, who cannot be reached; each a plain count at this moment."""
    return {
        "updates_pending": _count(
            session, InboxUpdate, col(InboxUpdate.state), UpdateState.PENDING
        ),
        "updates_failed": _count(session, InboxUpdate, col(InboxUpdate.state), UpdateState.FAILED),
        "messages_queued": _count(session, Message, col(Message.state), MessageState.QUEUED),
        "messages_failed": _count(session, Message, col(Message.state), MessageState.FAILED),
        "messages_uncertain": _count(session, Message, col(Message.state), MessageState.UNCERTAIN),
        "notices_due": _count(session, Notice, col(Notice.state), NoticeState.DUE),
        "contacts_unreachable": session.exec(
            select(func.count()).select_from(Contact).where(col(Contact.unreachable).is_not(None))
        ).one(),
    }


def _count(session: Session, table: Any, column: Any, state: str) -> int:
    return session.exec(select(func.count()).select_from(table).where(column == state)).one()
