"""Linking one's account: by an invitation, or by sharing one's own phone.

Every attempt leaves an audit line; no answer tells who is in the contact book.
"""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, col, func, select

from db.tables.audit import AuditEntry
from db.tables.people import Contact, Invitation
from domain.invitations import (
    GUESSES,
    MOST_WRONG,
    QUIET_FOR,
    Claimant,
    Invited,
    Offer,
    Refusal,
    refusal_of_phone,
    refusal_of_token,
)
from domain.people import canonical_phone
from templates.linking import Greeting, HowToLink, Linked, LinkRefused, TooManyTries
from usecases import audit, invitations
from usecases.accounts import attach
from usecases.answers import Answers, say
from usecases.asker import Asker, grants_of
from usecases.directory import role_lines
from usecases.people import unit_name

QUIETED = "linking.quieted"


@dataclass(frozen=True, slots=True)
class SharedCard:
    """A contact card somebody sent: its phone, and whose account Telegram says it is."""

    phone: str
    account: int | None


def start(session: Session, asker: Asker, token: str, now: dtm.datetime) -> Answers:
    """/start: with a token it links, without one it greets, in a group it is silent."""
    if not asker.caller.is_private:
        return ()
    if not token:
        return say(_greeting(session, asker) if asker.contact else HowToLink())
    if _is_quiet(session, asker, now):
        return ()
    return _redeem(session, asker, token, now)


def share_card(session: Session, asker: Asker, card: SharedCard, now: dtm.datetime) -> Answers:
    """A contact card: one's own links when its phone is in the contact book."""
    if not asker.caller.is_private or _is_quiet(session, asker, now):
        return ()
    if card.account != asker.caller.user_id:
        return _refuse(session, asker, Refusal.CARD_OF_ANOTHER, None, now)
    phone = canonical_phone(card.phone)
    found = select(Contact).where(Contact.phone == phone).with_for_update()
    person = session.exec(found).one_or_none() if phone else None
    if asker.contact and person is None:
        return say(_greeting(session, asker))
    refusal = refusal_of_phone(_invited(person), _claimant(asker))
    if person is None or refusal:
        # Somebody who left is in no book any more: their phone is as good as any stranger's.
        shown = Refusal.UNKNOWN_PHONE if refusal in (None, Refusal.LEFT) else refusal
        return _refuse(session, asker, shown, person, now)
    return _link(session, asker, person, "phone", now)


def _redeem(session: Session, asker: Asker, token: str, now: dtm.datetime) -> Answers:
    invitation = invitations.find(session, token)
    person = session.get(Contact, invitation.contact_id) if invitation else None
    if invitation and _used_by(invitation, asker):
        return say(_greeting(session, asker))
    refusal = refusal_of_token(_offer(invitation), _invited(person), _claimant(asker), now)
    if invitation is None or person is None or refusal:
        return _refuse(session, asker, refusal or Refusal.FORGED, person, now)
    invitation.used_at, invitation.used_by_telegram_id = now, asker.caller.user_id
    session.add(invitation)
    return _link(session, asker, person, "invitation", now)


def _used_by(invitation: Invitation, asker: Asker) -> bool:
    """Whether this account linked itself by that very link before: a second tap is harmless."""
    same_account = invitation.used_by_telegram_id == asker.caller.user_id
    return same_account and asker.contact is not None and asker.contact.id == invitation.contact_id


def _link(session: Session, asker: Asker, person: Contact, way: str, now: dtm.datetime) -> Answers:
    if asker.contact is not None:
        return say(_greeting(session, asker))
    displaced = {"displaced": person.telegram_user_id} if person.telegram_user_id else {}
    attach(session, person, asker.caller.user_id, now)
    audit.record(session, asker, f"linking.by_{way}", now, ("contact", person.id), **displaced)
    roles = role_lines(session, grants_of(session, person.id, now))
    return say(Linked(person.name, person.position, unit_name(session, person), roles))


def _refuse(
    session: Session, asker: Asker, why: Refusal, person: Contact | None, now: dtm.datetime
) -> Answers:
    subject = ("contact", person.id) if person else ("", None)
    audit.record(session, asker, _action(why), now, subject)
    if why in GUESSES and _guesses(session, asker, now) > MOST_WRONG:
        audit.record(session, asker, QUIETED, now)
        return say(TooManyTries(now + QUIET_FOR))
    return say(LinkRefused(why))


def _greeting(session: Session, asker: Asker) -> Greeting:
    person = session.get_one(Contact, asker.contact_id)
    roles = role_lines(session, asker.grants)
    return Greeting(person.name, person.position, unit_name(session, person), roles)


def _action(why: Refusal) -> str:
    return f"linking.{why}"


def _guesses(session: Session, asker: Asker, now: dtm.datetime) -> int:
    """How often this account guessed wrong within the last hour."""
    return _recent(session, asker, [_action(why) for why in sorted(GUESSES)], now)


def _is_quiet(session: Session, asker: Asker, now: dtm.datetime) -> bool:
    """Whether this account guessed so often that it is given no more answers for an hour."""
    return _recent(session, asker, [QUIETED], now) > 0


def _recent(session: Session, asker: Asker, actions: list[str], now: dtm.datetime) -> int:
    return session.exec(
        select(func.count())
        .select_from(AuditEntry)
        .where(
            AuditEntry.actor_telegram_id == asker.caller.user_id,
            AuditEntry.at > now - QUIET_FOR,
            col(AuditEntry.action).in_(actions),
        )
    ).one()


def _offer(invitation: Invitation | None) -> Offer | None:
    if invitation is None:
        return None
    return Offer(
        invitation.issued_at, invitation.expires_at, invitation.used_at, invitation.revoked_at
    )


def _invited(person: Contact | None) -> Invited | None:
    if person is None:
        return None
    gone = person.left_at is not None
    return Invited(person.id, person.telegram_user_id, person.linked_at, gone)


def _claimant(asker: Asker) -> Claimant:
    return Claimant(asker.caller.user_id, asker.contact.id if asker.contact else None)
