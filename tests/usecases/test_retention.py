"""Links that link nobody any more and old questions are not kept; the record of inviting is."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.asking import Lookup
from db.tables.people import Invitation
from db.tables.speech import Attachment, Message, MessageState
from domain.invitations import VALID_FOR
from templates.inviting import EVERYBODY
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases import inviting, outbox
from usecases.invitations import revoke
from usecases.inviting import Form, Many, One
from usecases.retention import LOOKUPS_KEPT, tidy, tidy_daily

TOKEN = "abcdefghijklmnopqrstuvwx"
SOON = NOW + dtm.timedelta(days=1)


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def invited(session: Session, cast: Cast) -> Message:
    """The message with the link, as it was sent."""
    newcomer = builders.a_contact(session, "莫某", unit=builders.a_unit(session))
    meng = asker(session, cast.meng)
    answers = inviting.invite_one(session, meng, One(newcomer.id, lambda: TOKEN), NOW)
    return sent(session, cast, answers)


def sent(session: Session, cast: Cast, answers: object) -> Message:
    outbox.queue_answers(session, asker(session, cast.meng), answers, 1, NOW)  # type: ignore[arg-type]
    rows = session.exec(select(Message).order_by(col(Message.id))).all()
    for row in rows:
        row.state, row.sent_at = MessageState.SENT, NOW
    session.flush()
    return rows[-1]


def test_a_link_that_still_works_is_kept(session: Session, cast: Cast) -> None:
    message = invited(session, cast)
    tidy(session, SOON)
    assert TOKEN in message.text


@pytest.mark.parametrize("end", ["used", "revoked", "expired"])
def test_a_link_that_works_no_longer_is_blotted_out(session: Session, cast: Cast, end: str) -> None:
    message = invited(session, cast)
    invitation = session.exec(select(Invitation)).one()
    if end == "used":
        invitation.used_at = NOW
    if end == "revoked":
        revoke(session, [invitation.contact_id], NOW)
    tidy(session, NOW + VALID_FOR if end == "expired" else SOON)
    assert TOKEN not in message.text
    assert "莫某" in message.text


def test_what_has_not_left_yet_keeps_its_link(session: Session, cast: Cast) -> None:
    message = invited(session, cast)
    message.state = MessageState.QUEUED
    tidy(session, NOW + VALID_FOR)
    assert TOKEN in message.text


def test_a_file_of_links_is_emptied_once_they_have_expired(session: Session, cast: Cast) -> None:
    builders.a_contact(session, "莫某", unit=builders.a_unit(session))
    many = Many(EVERYBODY, Form.SHEET, lambda: TOKEN)
    sent(session, cast, inviting.hand_invitations(session, asker(session, cast.meng), many, NOW))
    file = session.exec(select(Attachment)).one()

    tidy(session, SOON)
    assert file.content
    tidy(session, NOW + VALID_FOR)
    assert (file.content, file.telegram_file_id) == (b"", None)


def test_questions_of_long_ago_are_forgotten(session: Session, cast: Cast) -> None:
    for age in (LOOKUPS_KEPT - dtm.timedelta(days=1), LOOKUPS_KEPT + dtm.timedelta(days=1)):
        session.add(Lookup(contact_id=cast.wei.id, query="柳江", asked_at=NOW - age))
    session.flush()
    tidy(session, NOW)
    assert len(session.exec(select(Lookup)).all()) == 1


def test_it_is_done_once_a_day(session: Session, cast: Cast) -> None:
    tidy_daily(session, NOW)
    message = invited(session, cast)
    session.exec(select(Invitation)).one().used_at = NOW
    tidy_daily(session, NOW + dtm.timedelta(hours=1))
    assert TOKEN in message.text
    tidy_daily(session, SOON)
    assert TOKEN not in message.text
