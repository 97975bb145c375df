"""What is not kept: links that link nobody any more, and questions long answered."""

import datetime as dtm
import re

from sqlmodel import Session, col, delete, select

from db.tables.asking import Lookup
from db.tables.people import Invitation
from db.tables.speech import WAITING, Attachment, Message
from domain.invitations import VALID_FOR, digest
from templates.inviting import InvitationsHanded, InvitationToForward
from usecases.asker import office
from usecases.listings import local_day

LOOKUPS_KEPT = dtm.timedelta(weeks=4)
_TOKEN = re.compile(r"\?start=([\w-]+)")
_SPENT = "?…"


def tidy_daily(session: Session, now: dtm.datetime) -> None:
    """Once a day, and after a start, let go of what nobody needs; doing it again is harmless."""
    today = local_day(office(session).zone, now)
    memory = session.info["memory"]
    if memory.get("tidied on") != today:
        tidy(session, now)
        memory["tidied on"] = today


def tidy(session: Session, now: dtm.datetime) -> None:
    """Take dead links out of what was sent, and forget old lookups.

    That somebody was invited, by whom and when stays on record.
    """
    _blot_out_links(session, now)
    _empty_handed_files(session, now)
    session.exec(delete(Lookup).where(col(Lookup.asked_at) < now - LOOKUPS_KEPT))
    session.flush()


def _blot_out_links(session: Session, now: dtm.datetime) -> None:
    with_links = select(Message).where(
        Message.kind == InvitationToForward.kind(),
        col(Message.state).not_in(WAITING),
        col(Message.text).contains("?start="),
    )
    for message in session.exec(with_links):
        found = _TOKEN.search(message.text)
        if found is None or _is_dead(session, found[1], now):
            message.text = _TOKEN.sub(_SPENT, message.text)
            session.add(message)


def _is_dead(session: Session, token: str, now: dtm.datetime) -> bool:
    row = session.exec(select(Invitation).where(Invitation.token_hash == digest(token))).first()
    return row is None or bool(row.used_at or row.revoked_at) or row.expires_at <= now


def _empty_handed_files(session: Session, now: dtm.datetime) -> None:
    """A table or the cards of many links: once the last of them has expired."""
    handed = (
        select(Attachment)
        .join(Message, col(Message.attachment_id) == col(Attachment.id))
        .where(
            Message.kind == InvitationsHanded.kind(),
            col(Message.state).not_in(WAITING),
            Message.created_at <= now - VALID_FOR,
            Attachment.content != b"",
        )
    )
    for file in session.exec(handed):
        file.content, file.telegram_file_id = b"", None
        session.add(file)
