"""Updates as rows: stored before Telegram may forget them, handled in order within a chat."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, exists, or_, select

from db.tables.intake import InboxUpdate, UpdateState
from domain.updates import as_json, origin, update_id_of

MOST_ATTEMPTS = 3
PAUSE_AFTER_FAILURE = dtm.timedelta(seconds=1)
# A claim this old belongs to a process that died: handling takes milliseconds, and one that
# outlives its claim finds it gone and does nothing.
CLAIM_LASTS = dtm.timedelta(seconds=20)


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update that is now this process's to handle."""

    update_id: int
    raw: str
    claim: str
    attempts: int

    @property
    def is_hopeless(self) -> bool:
        """Whether every attempt it had ended the process that made it."""
        return self.attempts > MOST_ATTEMPTS


def store(session: Session, updates: Sequence[Any], now: dtm.datetime) -> int | None:
    """Keep raw updates under their update_id; the highest id, or None where there was none.

    One already stored is left as it is: Telegram gives an update again until it is confirmed.
    """
    ids = [number for raw in updates if (number := update_id_of(raw)) is not None]
    known = set(session.exec(_among(ids)).all()) if ids else set()
    for raw in updates:
        number = update_id_of(raw)
        if number is None or number in known:
            continue
        known.add(number)
        session.add(_row(number, raw, now))
    return max(ids, default=None)


def claim_next(session: Session, claim: str, now: dtm.datetime) -> Claimed | None:
    """Take the oldest pending update that has no earlier pending one in its chat.

    Attempts are counted here, before handling, so that an update which kills the process counts.
    """
    row = session.exec(_next(now).with_for_update(skip_locked=True)).first()
    if row is None:
        return None
    row.attempts += 1
    row.claim, row.claimed_at = claim, now
    session.add(row)
    return Claimed(row.update_id, row.raw, claim, row.attempts)


def still_ours(session: Session, claimed: Claimed) -> InboxUpdate | None:
    """The claimed row, locked, unless it was settled or claimed by somebody else meanwhile."""
    found = select(InboxUpdate).where(
        InboxUpdate.update_id == claimed.update_id,
        InboxUpdate.claim == claimed.claim,
        InboxUpdate.state == UpdateState.PENDING,
    )
    return session.exec(found.with_for_update()).one_or_none()


def settle(session: Session, row: InboxUpdate, state: UpdateState, now: dtm.datetime) -> None:
    """Mark an update done, ignored or failed, in the transaction of its effect."""
    row.state, row.handled_at, row.claim = state, now, ""
    session.add(row)


def put_back(session: Session, row: InboxUpdate, failure: str, now: dtm.datetime) -> bool:
    """After an error: leave the update for another attempt, or fail it; True when it has failed."""
    row.failure = failure[:500]
    if row.attempts >= MOST_ATTEMPTS:
        settle(session, row, UpdateState.FAILED, now)
        return True
    row.claim, row.claimed_at, row.not_before = "", now, now + PAUSE_AFTER_FAILURE
    session.add(row)
    return False


def release_claims(session: Session) -> None:
    """Forget the claims of a process that is gone; only where no other process can be running."""
    for row in session.exec(select(InboxUpdate).where(InboxUpdate.claim != "")):
        row.claim, row.claimed_at = "", None
        session.add(row)


def _among(ids: list[int]) -> Any:
    return select(InboxUpdate.update_id).where(col(InboxUpdate.update_id).in_(ids))


def _row(number: int, raw: Any, now: dtm.datetime) -> InboxUpdate:
    where = origin(raw)
    return InboxUpdate(
        update_id=number,
        # An update that belongs to no chat waits for none: it is a queue of its own.
        chat_id=where.chat_id if where.chat_id is not None else number,
        user_id=where.user_id,
        raw=as_json(raw),
        received_at=now,
    )


def _next(now: dtm.datetime) -> Any:
    earlier = aliased(InboxUpdate)
    blocked = exists().where(
        col(earlier.chat_id) == col(InboxUpdate.chat_id),
        col(earlier.update_id) < col(InboxUpdate.update_id),
        col(earlier.state) == UpdateState.PENDING,
    )
    # Further ahead than replicas' clocks can differ: ours was set back, and nothing is waited for.
    ahead = col(InboxUpdate.claimed_at) > now + CLAIM_LASTS
    lapsed = or_(col(InboxUpdate.claimed_at) < now - CLAIM_LASTS, ahead)
    unclaimed = or_(col(InboxUpdate.claim) == "", lapsed)
    rested = or_(col(InboxUpdate.not_before).is_(None), col(InboxUpdate.not_before) <= now, ahead)
    return (
        select(InboxUpdate)
        .where(InboxUpdate.state == UpdateState.PENDING, unclaimed, rested, ~blocked)
        .order_by(col(InboxUpdate.update_id))
        .limit(1)
    )
