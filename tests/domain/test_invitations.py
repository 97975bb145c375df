import datetime as dtm

import pytest

from domain.invitations import (
    Claimant,
    Invited,
    Offer,
    Refusal,
    deep_link,
    digest,
    refusal_of_phone,
    refusal_of_token,
)

NOW = dtm.datetime(2026, 11, 18, 2, 0, tzinfo=dtm.UTC)
HOUR = dtm.timedelta(hours=1)
OPEN = Offer(issued_at=NOW - HOUR, expires_at=NOW + HOUR)
UNLINKED = Invited(contact_id=1)
STRANGER = Claimant(account=7)
HERSELF = Claimant(account=7, contact_id=1)
SOMEBODY_ELSE = Claimant(account=7, contact_id=2)

LINKED_BEFORE = Invited(1, account=8, linked_at=NOW - 2 * HOUR)
LINKED_SINCE = Invited(1, account=8, linked_at=NOW - HOUR / 2)
LINKED_AT_ISSUE = Invited(1, account=8, linked_at=OPEN.issued_at)
LINKED_HERE = Invited(1, account=7, linked_at=NOW - HOUR / 2)
GONE = Invited(1, has_left=True)


@pytest.mark.parametrize(
    ("offer", "invited", "claimant", "answer"),
    [
        pytest.param(OPEN, UNLINKED, STRANGER, None, id="a fresh link links"),
        pytest.param(None, None, STRANGER, Refusal.FORGED, id="no such token"),
        pytest.param(
            Offer(NOW - HOUR, NOW + HOUR, used_at=NOW), UNLINKED, STRANGER, Refusal.USED, id="used"
        ),
        pytest.param(
            Offer(NOW - HOUR, NOW + HOUR, revoked_at=NOW),
            UNLINKED,
            STRANGER,
            Refusal.REVOKED,
            id="a newer one was issued",
        ),
        pytest.param(
            Offer(NOW - HOUR, NOW), UNLINKED, STRANGER, Refusal.EXPIRED, id="at the last moment"
        ),
        pytest.param(
            Offer(NOW - HOUR, NOW + dtm.timedelta(microseconds=1)),
            UNLINKED,
            STRANGER,
            None,
            id="just before the last moment",
        ),
        pytest.param(OPEN, GONE, STRANGER, Refusal.LEFT, id="the person left"),
        pytest.param(
            OPEN, UNLINKED, SOMEBODY_ELSE, Refusal.ACCOUNT_TAKEN, id="the account is another's"
        ),
        pytest.param(
            OPEN, LINKED_BEFORE, STRANGER, None, id="a link issued after the first account was"
        ),
        pytest.param(
            OPEN, LINKED_SINCE, STRANGER, Refusal.LINKED_ELSEWHERE, id="a link from before"
        ),
        pytest.param(
            OPEN, LINKED_AT_ISSUE, STRANGER, Refusal.LINKED_ELSEWHERE, id="at the same moment"
        ),
        pytest.param(OPEN, LINKED_HERE, HERSELF, None, id="her own account again"),
    ],
)
def test_an_invitation_links_or_says_why_not(
    offer: Offer | None, invited: Invited | None, claimant: Claimant, answer: Refusal | None
) -> None:
    assert refusal_of_token(offer, invited, claimant, NOW) is answer


@pytest.mark.parametrize(
    ("invited", "claimant", "answer"),
    [
        (UNLINKED, STRANGER, None),
        (LINKED_HERE, HERSELF, None),
        (None, STRANGER, Refusal.UNKNOWN_PHONE),
        (GONE, STRANGER, Refusal.LEFT),
        (UNLINKED, SOMEBODY_ELSE, Refusal.ACCOUNT_TAKEN),
        (LINKED_BEFORE, STRANGER, Refusal.LINKED_ELSEWHERE),
    ],
)
def test_a_shared_phone_links_and_displaces_nobody(
    invited: Invited | None, claimant: Claimant, answer: Refusal | None
) -> None:
    assert refusal_of_phone(invited, claimant) is answer


def test_a_token_cannot_be_read_off_what_is_stored() -> None:
    token = "A" * 22

    assert digest(token) != digest("A" * 21 + "B")
    assert len(digest(token)) == 64
    assert token not in digest(token)


def test_the_link_opens_the_bot_with_the_token() -> None:
    assert deep_link("liaison_bot", "tok-en_1") == "https://t.me/liaison_bot?start=tok-en_1"
