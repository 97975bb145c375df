"""Invitations: one-time, expiring links by which a person in the contact book links an account."""

import datetime as dtm
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

VALID_FOR = dtm.timedelta(days=7)
MOST_WRONG = 5
QUIET_FOR = dtm.timedelta(hours=1)

# Where tokens come from: at least 22 characters that may stand in a link, from the edge.
NewToken = Callable[[], str]


class Refusal(StrEnum):
    """Why an account is not linked; each has its own answer, none tells who exists."""

    FORGED = "forged"
    USED = "used"
    REVOKED = "revoked"
    EXPIRED = "expired"
    LEFT = "left"
    ACCOUNT_TAKEN = "account_taken"
    LINKED_ELSEWHERE = "linked_elsewhere"
    UNKNOWN_PHONE = "unknown_phone"
    CARD_OF_ANOTHER = "card_of_another"


# What somebody does who tries tokens or phones until one fits.
GUESSES = frozenset({Refusal.FORGED, Refusal.UNKNOWN_PHONE, Refusal.CARD_OF_ANOTHER})


@dataclass(frozen=True, slots=True)
class Offer:
    """What is remembered of an invitation."""

    issued_at: dtm.datetime
    expires_at: dtm.datetime
    used_at: dtm.datetime | None = None
    revoked_at: dtm.datetime | None = None


@dataclass(frozen=True, slots=True)
class Invited:
    """The person an account is to be linked to, as the contact book has them now."""

    contact_id: int
    account: int | None = None
    linked_at: dtm.datetime | None = None
    has_left: bool = False


@dataclass(frozen=True, slots=True)
class Claimant:
    """The account that asks to be linked, and the contact it is linked to already, if any."""

    account: int
    contact_id: int | None = None


def refusal_of_token(
    offer: Offer | None, invited: Invited | None, claimant: Claimant, now: dtm.datetime
) -> Refusal | None:
    """Why this invitation does not link this account, or None where it does.

    A second account displaces the first only by an invitation issued after the first was linked:
    a link that lay about from before is no reason to take an account away from anybody.
    """
    if offer is None or invited is None:
        return Refusal.FORGED
    if offer.used_at is not None:
        return Refusal.USED
    if offer.revoked_at is not None:
        return Refusal.REVOKED
    if offer.expires_at <= now:
        return Refusal.EXPIRED
    if refusal := _refusal_of_person(invited, claimant):
        return refusal
    elsewhere = invited.account not in (None, claimant.account)
    if elsewhere and invited.linked_at and offer.issued_at <= invited.linked_at:
        return Refusal.LINKED_ELSEWHERE
    return None


def refusal_of_phone(invited: Invited | None, claimant: Claimant) -> Refusal | None:
    """Why sharing one's own phone does not link this account; it never displaces another."""
    if invited is None:
        return Refusal.UNKNOWN_PHONE
    if refusal := _refusal_of_person(invited, claimant):
        return refusal
    if invited.account not in (None, claimant.account):
        return Refusal.LINKED_ELSEWHERE
    return None


def digest(token: str) -> str:
    """What is stored of a token: enough to know it again, not enough to use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def deep_link(username: str, token: str) -> str:
    """The address that opens the bot's chat and hands it the token."""
    return f"https://t.me/{username}?start={token}"


def _refusal_of_person(invited: Invited, claimant: Claimant) -> Refusal | None:
    if invited.has_left:
        return Refusal.LEFT
    if claimant.contact_id not in (None, invited.contact_id):
        return Refusal.ACCOUNT_TAKEN
    return None
