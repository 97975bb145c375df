"""The audit trail: who did what, as ids, sealed into a hash chain by one job."""

import datetime as dtm
import hashlib
import json
from typing import Any

from sqlmodel import Session, col, select

from db.session import is_alone_with
from db.tables.audit import AuditEntry
from usecases.asker import Asker

SEALED_AT_ONCE = 500


def record(
    session: Session,
    asker: Asker | None,
    action: str,
    now: dtm.datetime,
    subject: tuple[str, int | None] = ("", None),
    **details: Any,
) -> None:
    """Write one line: the act, who did it, to what; details are ids and digests, never prose."""
    session.add(
        AuditEntry(
            at=now,
            actor_id=asker.contact.id if asker and asker.contact else None,
            actor_telegram_id=asker.caller.user_id if asker else None,
            action=action,
            subject_kind=subject[0],
            subject_id=subject[1],
            details=details,
        )
    )


def seal(session: Session) -> int:
    """Chain the entries not yet sealed to the last sealed one; how many were sealed.

    Entries get their numbers before their transactions end: while one is still being written a
    lower number may yet appear, so nothing is sealed until the next time.
    """
    if not is_alone_with(session, AuditEntry.__tablename__):
        return 0
    waiting = select(AuditEntry).where(AuditEntry.seal == "").order_by(col(AuditEntry.id))
    entries = session.exec(waiting.limit(SEALED_AT_ONCE)).all()
    if not entries:
        return 0
    previous = _last_seal(session)
    for entry in entries:
        entry.seal = previous = seal_of(entry, previous)
        session.add(entry)
    return len(entries)


def first_broken(session: Session) -> AuditEntry | None:
    """The first entry whose seal does not fit what it says and what went before, if any."""
    previous = ""
    sealed = select(AuditEntry).where(AuditEntry.seal != "").order_by(col(AuditEntry.id))
    for entry in session.exec(sealed):
        if entry.seal != seal_of(entry, previous):
            return entry
        previous = entry.seal
    return None


def seal_of(entry: AuditEntry, previous: str) -> str:
    """The SHA-256 over an entry's content and the seal before it."""
    content = [
        previous,
        entry.id,
        entry.at.isoformat(),
        entry.actor_id,
        entry.actor_telegram_id,
        entry.action,
        entry.subject_kind,
        entry.subject_id,
        entry.details,
    ]
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _last_seal(session: Session) -> str:
    newest = (
        select(AuditEntry.seal).where(AuditEntry.seal != "").order_by(col(AuditEntry.id).desc())
    )
    return session.exec(newest).first() or ""
