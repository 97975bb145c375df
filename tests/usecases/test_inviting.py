import itertools
from collections.abc import Iterator
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session, col, select

from db.tables.audit import AuditEntry
from db.tables.people import Contact, Invitation
from domain.invitations import VALID_FOR, NewToken, digest
from templates.inviting import (
    InvitationIssued,
    InvitationsHanded,
    InvitationToForward,
    InviteMany,
    InviteMenu,
    InviteUnit,
    InviteUnits,
    LinkedAlready,
    NobodyToInvite,
    NoLinksYet,
)
from templates.linking import HowToLink, Linked
from templates.message import Message
from templates.people import NobodyFound, PeopleFound, Purpose
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.answers import Answers, Hand
from usecases.asker import Asker, Caller, identify
from usecases.inviting import (
    Form,
    Many,
    One,
    Wanted,
    hand_invitations,
    invite,
    invite_again,
    invite_many,
    invite_one,
    invite_units,
)
from usecases.linking import start


def tokens() -> NewToken:
    numbers: Iterator[int] = itertools.count(1)
    return lambda: f"{next(numbers):024}"


def all_of(answers: Answers) -> list[Message]:
    return [answer.message for answer in answers]


def only(answers: Answers) -> Message:
    (message,) = all_of(answers)
    return message


def usable(session: Session) -> list[Invitation]:
    query = select(Invitation).where(
        col(Invitation.revoked_at).is_(None), col(Invitation.used_at).is_(None)
    )
    return list(session.exec(query))


def two_to_invite(session: Session) -> tuple[Contact, Contact]:
    unit = builders.a_unit(session, "市教育局")
    one = builders.a_contact(session, "莫某", unit=unit, phone="19900005001", position="科长")
    two = builders.a_contact(session, "莫小某", unit=builders.a_unit(session))
    return one, two


def invited(session: Session, who: Asker, words: str) -> Answers:
    return invite(session, who, Wanted(words, tokens()), NOW)


@pytest.mark.parametrize("words", ["莫某", "莫 某", "19900005001", "+86 199 0000 5001", "莫 教育"])
def test_a_person_is_invited_by_name_phone_or_unit(session: Session, words: str) -> None:
    cast = builders.the_cast(session)
    one, _ = two_to_invite(session)

    answers = all_of(invited(session, asker(session, cast.meng), words))

    assert answers == [
        InvitationIssued("莫某", "市教育局", NOW + VALID_FOR),
        InvitationToForward(
            "莫某", f"https://t.me/liaison_test_bot?start={1:024}", NOW + VALID_FOR
        ),
    ]
    (invitation,) = usable(session)
    assert (invitation.contact_id, invitation.issued_by_id) == (one.id, cast.meng.id)
    assert invitation.token_hash == digest(f"{1:024}")


def test_the_link_issued_links(session: Session) -> None:
    cast = builders.the_cast(session)
    one, _ = two_to_invite(session)
    *_, forward = all_of(invited(session, asker(session, cast.meng), "莫某"))
    assert isinstance(forward, InvitationToForward)
    token = forward.link.partition("start=")[2]

    stranger = identify(session, Caller(4001, 4001, is_private=True), NOW)

    assert isinstance(only(start(session, stranger, token, NOW)), Linked)
    assert one.telegram_user_id == 4001


def test_several_matches_are_listed_and_one_is_tapped(session: Session) -> None:
    cast = builders.the_cast(session)
    one, two = two_to_invite(session)
    meng = asker(session, cast.meng)

    found = only(invited(session, meng, "莫"))

    assert isinstance(found, PeopleFound)
    assert found.purpose is Purpose.INVITE
    assert {line.contact_id for line in found.people} == {one.id, two.id}
    tapped = invite_one(session, meng, One(two.id, tokens()), NOW)
    assert isinstance(tapped[0].message, InvitationIssued)


def test_a_whole_name_beats_a_longer_one_that_contains_it(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.a_contact(session, "莫某某")
    two_to_invite(session)

    (issued, _) = all_of(invited(session, asker(session, cast.meng), "莫某"))

    assert isinstance(issued, InvitationIssued)


def test_nobody_by_that_name_issues_nothing(session: Session) -> None:
    cast = builders.the_cast(session)

    assert only(invited(session, asker(session, cast.meng), "查无此人")) == NobodyFound("查无此人")
    assert usable(session) == []


def test_who_left_is_not_found_and_not_invited_by_an_old_button(session: Session) -> None:
    cast = builders.the_cast(session)
    one, _ = two_to_invite(session)
    one.left_at = NOW
    session.flush()
    meng = asker(session, cast.meng)

    assert only(invited(session, meng, "莫某")) == NobodyFound("莫某")
    assert only(invite_one(session, meng, One(one.id, tokens()), NOW)) == NobodyToInvite()
    assert only(invite_again(session, meng, One(10**9, tokens()), NOW)) == NobodyToInvite()
    assert usable(session) == []


def test_of_a_linked_person_it_is_asked_first(session: Session) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)

    question = only(invited(session, meng, "黄联络员"))

    assert isinstance(question, LinkedAlready)
    assert usable(session) == []
    again = invite_again(session, meng, One(cast.huang.id, tokens()), NOW)
    assert isinstance(again[0].message, InvitationIssued)


def test_the_menu_counts_who_is_not_linked(session: Session) -> None:
    cast = builders.the_cast(session)
    two_to_invite(session)

    assert only(invited(session, asker(session, cast.meng), "")) == InviteMenu(2)


@pytest.mark.parametrize("words", ["all", "ALL", "全部"])
def test_everybody_is_one_word(session: Session, words: str) -> None:
    cast = builders.the_cast(session)
    two_to_invite(session)

    message = only(invited(session, asker(session, cast.meng), words))

    assert message == InviteMany(0, "", people=2, outstanding=0)


def test_units_are_listed_with_how_many_are_missing(session: Session) -> None:
    cast = builders.the_cast(session)
    two_to_invite(session)
    builders.a_contact(session, "莫三", unit=builders.a_unit(session, "市教育局"))
    unit = builders.a_unit(session, "市教育局")

    message = only(invite_units(session, asker(session, cast.meng), 0, NOW))

    assert isinstance(message, InviteUnits)
    assert message.units[0] == InviteUnit(unit.id, "市教育局", 2)


def test_links_not_used_yet_are_counted_before_they_are_replaced(session: Session) -> None:
    cast = builders.the_cast(session)
    one, _ = two_to_invite(session)
    meng = asker(session, cast.meng)
    invited(session, meng, "莫某")

    everybody = only(invite_many(session, meng, 0, NOW))
    unit = only(invite_many(session, meng, one.organisation_id or 0, NOW))
    later = only(invite_many(session, meng, 0, NOW + VALID_FOR))

    assert everybody == InviteMany(0, "", people=2, outstanding=1)
    assert unit == InviteMany(one.organisation_id or 0, "市教育局", people=1, outstanding=1)
    assert later == InviteMany(0, "", people=2, outstanding=0)


def handed(session: Session, cast: Cast, form: Form, unit_id: int = 0) -> Hand:
    many = Many(unit_id, form, tokens())
    (hand,) = hand_invitations(session, asker(session, cast.meng), many, NOW)
    assert isinstance(hand, Hand)
    return hand


def test_a_table_of_links_for_everybody_not_linked(session: Session) -> None:
    cast = builders.the_cast(session)
    one, two = two_to_invite(session)

    hand = handed(session, cast, Form.SHEET)

    assert hand.message == InvitationsHanded(2, NOW + VALID_FOR)
    sheet = openpyxl.load_workbook(BytesIO(hand.content)).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[:4] == ("单位", "姓名", "职务", "手机")
    assert {row[1] for row in rows} == {one.name, two.name}
    hashes = {str(row[1]): digest(str(row[4]).partition("start=")[2]) for row in rows}
    stored = {row.contact_id: row.token_hash for row in usable(session)}
    assert stored == {one.id: hashes["莫某"], two.id: hashes["莫小某"]}


def test_cards_to_print_for_one_unit(session: Session) -> None:
    cast = builders.the_cast(session)
    one, _ = two_to_invite(session)

    hand = handed(session, cast, Form.CARDS, one.organisation_id or 0)

    assert hand.file_name == "开通卡片.pdf"
    assert hand.content.startswith(b"%PDF")
    assert [row.contact_id for row in usable(session)] == [one.id]


def test_every_invitation_leaves_an_audit_line(session: Session) -> None:
    cast = builders.the_cast(session)
    one, two = two_to_invite(session)

    handed(session, cast, Form.SHEET)

    entries = session.exec(select(AuditEntry)).all()
    assert {(row.action, row.actor_id, row.subject_id) for row in entries} == {
        ("invitation.issued", cast.meng.id, one.id),
        ("invitation.issued", cast.meng.id, two.id),
    }


def test_when_everybody_is_linked_there_is_nobody_to_invite(session: Session) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)

    assert only(invite_many(session, meng, 0, NOW)) == NobodyToInvite()
    assert only(invite_units(session, meng, 0, NOW)) == NobodyToInvite()
    many = Many(0, Form.SHEET, tokens())
    assert only(hand_invitations(session, meng, many, NOW)) == NobodyToInvite()


def test_before_the_bot_knows_its_name_the_office_is_told_so(session: Session) -> None:
    cast = builders.the_cast(session)
    two_to_invite(session)
    builders.an_office(session).bot_username = ""
    session.flush()

    assert only(invited(session, asker(session, cast.meng), "莫某")) == NoLinksYet()
    assert usable(session) == []


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan", "ou", "stranger"])
def test_nobody_but_the_office_invites_by_words_or_by_button(session: Session, who: str) -> None:
    cast = builders.the_cast(session)
    one, _ = two_to_invite(session)
    other = asker(session, None if who == "stranger" else getattr(cast, who))
    picked, many = One(one.id, tokens()), Many(0, Form.CARDS, tokens())

    refused = [
        invited(session, other, "莫某"),
        invite_one(session, other, picked, NOW),
        invite_again(session, other, picked, NOW),
        invite_units(session, other, 0, NOW),
        invite_many(session, other, 0, NOW),
        hand_invitations(session, other, many, NOW),
    ]

    refusal = HowToLink() if who == "stranger" else NotYours()
    assert {only(answers) for answers in refused} == {refusal}
    assert usable(session) == []
