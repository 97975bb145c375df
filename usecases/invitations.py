"""Issuing invitations and finding them again by their token."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact, Invitation
from domain.invitations import VALID_FOR, NewToken, deep_link, digest
from usecases.asker import office


class NoUsernameError(Exception):
    """The bot has never reached Telegram, so there is no name to make links with."""


def issue(
    session: Session,
    people: Sequence[Contact],
    issued_by_id: int | None,
    new_token: NewToken,
    now: dtm.datetime,
) -> list[str]:
    """A link for each of these people, in their order; older unused ones stop working.

    Raises NoUsernameError before the bot first reached Telegram.
    """
    username = office(session).bot_username
    if not username:
        raise NoUsernameError
    revoke(session, [person.id for person in people], now)
    tokens = [new_token() for _ in people]
    session.add_all(
        Invitation(
            contact_id=person.id,
            token_hash=digest(token),
            issued_by_id=issued_by_id,
            issued_at=now,
            expires_at=now + VALID_FOR,
        )
        for person, token in zip(people, tokens, strict=True)
    )
    session.flush()
    return [deep_link(username, token) for token in tokens]


def find(session: Session, token: str) -> Invitation | None:
    """The invitation a token belongs to, locked until this transaction ends."""
    found = select(Invitation).where(Invitation.token_hash == digest(token))
    return session.exec(found.with_for_update()).one_or_none()


def revoke(session: Session, contact_ids: Sequence[int], now: dtm.datetime) -> None:
    """The links these people have not used stop working."""
    usable = select(Invitation).where(
        col(Invitation.contact_id).in_(contact_ids),
        col(Invitation.used_at).is_(None),
        col(Invitation.revoked_at).is_(None),
    )
    for row in session.exec(usable):
        row.revoked_at = now
        session.add(row)
