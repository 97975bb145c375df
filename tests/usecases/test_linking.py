import datetime as dtm
from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from db.tables.audit import AuditEntry
from db.tables.people import Contact, Invitation
from db.tables.speech import Message as Row
from db.tables.speech import MessageState, Urgency
from domain.access import ScopeKind
from domain.invitations import MOST_WRONG, QUIET_FOR, VALID_FOR, Refusal
from domain.vocabulary import Role
from templates.linking import (
    Displaced,
    Greeting,
    HowToLink,
    Linked,
    LinkRefused,
    TooManyTries,
)
from templates.message import Message
from templates.people import RoleLine
from tests import builders
from tests.builders import NOW, Cast
from usecases.answers import Answers
from usecases.asker import Asker, Caller, identify
from usecases.invitations import NoUsernameError, issue
from usecases.linking import SharedCard, share_card, start

STRANGER = 4001
ANOTHER = 4002
MINUTE = dtm.timedelta(minutes=1)
TOKEN = "T" * 24


def account(session: Session, number: int, *, private: bool = True) -> Asker:
    chat = number if private else -500
    return identify(session, Caller(number, chat, is_private=private), NOW)


def an_invitation(
    session: Session, person: Contact, token: str = TOKEN, at: dtm.datetime = NOW
) -> Invitation:
    issue(session, [person], None, lambda: token, at)
    return session.exec(
        select(Invitation)
        .where(Invitation.contact_id == person.id)
        .order_by(col(Invitation.id).desc())
    ).first() or pytest.fail("nothing was issued")


def opened(
    session: Session, number: int, token: str = TOKEN, at: dtm.datetime = NOW + MINUTE
) -> Answers:
    return start(session, account(session, number), token, at)


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


def trail(session: Session) -> list[str]:
    return list(session.exec(select(AuditEntry.action).order_by(col(AuditEntry.id))))


def newcomer(session: Session, cast: Cast, phone: str | None = "19900004001") -> Contact:
    person = builders.a_contact(
        session, "莫信息员", unit=builders.a_unit(session), phone=phone, position="科员"
    )
    builders.an_assignment(
        session, person, Role.INFORMATION_OFFICER, ScopeKind.PROJECT, cast.project.id
    )
    return person


def test_an_invitation_links_the_account_of_whoever_opens_it_first(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    invitation = an_invitation(session, person)

    message = only(opened(session, STRANGER))

    roles = (RoleLine(Role.INFORMATION_OFFICER, ScopeKind.PROJECT, (cast.project.name,)),)
    assert message == Linked("莫信息员", "科员", "柳州市住建局", roles)
    assert person.telegram_user_id == STRANGER
    assert invitation.used_by_telegram_id == STRANGER
    assert invitation.used_at is not None
    assert trail(session) == ["linking.by_invitation"]


def test_the_token_itself_is_kept_nowhere_among_the_invitations(session: Session) -> None:
    cast = builders.the_cast(session)
    invitation = an_invitation(session, newcomer(session, cast))

    assert TOKEN not in str(invitation.model_dump())


def test_the_same_link_a_second_time_greets_its_owner_and_refuses_others(
    session: Session,
) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)
    opened(session, STRANGER)

    assert isinstance(only(opened(session, STRANGER)), Greeting)
    assert only(opened(session, ANOTHER)) == LinkRefused(Refusal.USED)
    assert person.telegram_user_id == STRANGER


def test_a_forged_token_is_refused(session: Session) -> None:
    builders.the_cast(session)

    assert only(opened(session, STRANGER, "F" * 24)) == LinkRefused(Refusal.FORGED)
    assert trail(session) == ["linking.forged"]


@pytest.mark.parametrize("token", ["", " ", "x", "' OR 1=1 --", "😀" * 40, "\x00", "a" * 4096])
def test_no_payload_links_by_accident(session: Session, token: str) -> None:
    cast = builders.the_cast(session)
    an_invitation(session, newcomer(session, cast))

    message = only(opened(session, STRANGER, token.strip("\x00 ")))

    assert message in (HowToLink(), LinkRefused(Refusal.FORGED))


def test_an_expired_invitation_is_refused(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)

    assert only(opened(session, STRANGER, at=NOW + VALID_FOR)) == LinkRefused(Refusal.EXPIRED)
    assert person.telegram_user_id is None
    assert trail(session) == ["linking.expired"]


def test_a_new_invitation_revokes_the_older_one(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person, "O" * 24)
    an_invitation(session, person, "N" * 24, NOW + MINUTE)

    assert only(opened(session, STRANGER, "O" * 24)) == LinkRefused(Refusal.REVOKED)
    assert isinstance(only(opened(session, STRANGER, "N" * 24)), Linked)


def test_an_invitation_of_somebody_who_left_is_refused(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)
    person.left_at = NOW

    assert only(opened(session, STRANGER)) == LinkRefused(Refusal.LEFT)
    assert trail(session) == ["linking.left"]


def test_an_account_linked_to_somebody_else_stays_theirs(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    invitation = an_invitation(session, person)
    huang = cast.huang.telegram_user_id
    assert huang is not None

    assert only(opened(session, huang)) == LinkRefused(Refusal.ACCOUNT_TAKEN)
    assert person.telegram_user_id is None
    assert invitation.used_at is None
    assert trail(session) == ["linking.account_taken"]


def test_an_account_of_somebody_who_left_is_free_for_a_successor(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)
    cast.wei.left_at = NOW
    account_of_wei = cast.wei.telegram_user_id
    assert account_of_wei is not None
    session.flush()

    assert isinstance(only(opened(session, account_of_wei)), Linked)
    assert cast.wei.telegram_user_id is None
    assert person.telegram_user_id == account_of_wei


def test_a_second_account_takes_over_by_a_newer_invitation_and_the_first_is_told(
    session: Session,
) -> None:
    cast = builders.the_cast(session)
    old = cast.huang.telegram_user_id
    an_invitation(session, cast.huang)

    assert isinstance(only(opened(session, STRANGER)), Linked)

    told = session.exec(select(Row).where(Row.chat_id == old)).one()
    assert (told.kind, told.contact_id) == (Displaced.kind(), None)
    assert cast.huang.telegram_user_id == STRANGER
    displaced = session.exec(select(AuditEntry)).one()
    assert (displaced.action, displaced.details) == ("linking.by_invitation", {"displaced": old})


def test_an_invitation_from_before_does_not_displace(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)
    share_card(session, account(session, ANOTHER), SharedCard("19900004001", ANOTHER), NOW + MINUTE)

    message = only(opened(session, STRANGER, at=NOW + 2 * MINUTE))

    assert message == LinkRefused(Refusal.LINKED_ELSEWHERE)
    assert person.telegram_user_id == ANOTHER


def test_what_waited_for_the_old_account_is_not_sent_there(session: Session) -> None:
    cast = builders.the_cast(session)
    old = cast.huang.telegram_user_id
    assert old is not None
    waiting = Row(
        chat_id=old,
        contact_id=cast.huang.id,
        urgency=Urgency.URGENT,
        kind="x",
        text="x",
        created_at=NOW,
    )
    session.add(waiting)
    an_invitation(session, cast.huang)

    opened(session, STRANGER)

    assert waiting.state is MessageState.SUPERSEDED


def test_one_s_own_account_again_uses_the_invitation_up(session: Session) -> None:
    cast = builders.the_cast(session)
    invitation = an_invitation(session, cast.huang)
    huang = cast.huang.telegram_user_id
    assert huang is not None

    assert isinstance(only(opened(session, huang)), Greeting)
    assert invitation.used_at is not None
    assert only(opened(session, STRANGER)) == LinkRefused(Refusal.USED)


def test_linking_makes_an_unreachable_person_reachable(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.huang.unreachable = "blocked"  # type: ignore[assignment]
    an_invitation(session, cast.huang)

    opened(session, STRANGER)

    assert cast.huang.unreachable is None


def test_start_again_greets_by_name_and_changes_nothing(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = cast.huang.telegram_user_id
    assert huang is not None

    message = only(opened(session, huang, ""))

    roles = (RoleLine(Role.LIAISON, ScopeKind.ORGANISATION, ("柳州市住建局",)),)
    assert message == Greeting("黄联络员", "", "柳州市住建局", roles)
    assert trail(session) == []


def test_a_stranger_hears_only_how_to_link(session: Session) -> None:
    builders.the_cast(session)

    assert only(opened(session, STRANGER, "")) == HowToLink()


@pytest.mark.parametrize("token", ["", TOKEN])
def test_in_a_group_nothing_is_answered_and_nothing_linked(session: Session, token: str) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)
    in_group = account(session, STRANGER, private=False)

    assert start(session, in_group, token, NOW) == ()
    assert share_card(session, in_group, SharedCard("19900004001", STRANGER), NOW) == ()
    assert person.telegram_user_id is None


@pytest.mark.parametrize("written", ["19900004001", "+86 199 0000 4001", "8619900004001"])
def test_one_s_own_phone_in_the_contact_book_links(session: Session, written: str) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)

    message = only(
        share_card(session, account(session, STRANGER), SharedCard(written, STRANGER), NOW)
    )

    assert isinstance(message, Linked)
    assert person.telegram_user_id == STRANGER
    assert trail(session) == ["linking.by_phone"]


@pytest.mark.parametrize("owner", [ANOTHER, None])
def test_somebody_else_s_contact_card_links_nobody(session: Session, owner: int | None) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    card = SharedCard("19900004001", owner)

    message = only(share_card(session, account(session, STRANGER), card, NOW))

    assert message == LinkRefused(Refusal.CARD_OF_ANOTHER)
    assert person.telegram_user_id is None
    assert trail(session) == ["linking.card_of_another"]


@pytest.mark.parametrize("phone", ["19988887777", "+1 415 555 2671", "", "😀"])
def test_a_phone_that_is_not_in_the_book_is_refused(session: Session, phone: str) -> None:
    builders.the_cast(session)

    card = SharedCard(phone, STRANGER)
    message = only(share_card(session, account(session, STRANGER), card, NOW))

    assert message == LinkRefused(Refusal.UNKNOWN_PHONE)
    assert trail(session) == ["linking.unknown_phone"]


def test_the_phone_of_somebody_who_left_is_answered_like_a_stranger_s(session: Session) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    person.left_at = NOW
    session.flush()

    card = SharedCard("19900004001", STRANGER)
    message = only(share_card(session, account(session, STRANGER), card, NOW))

    assert message == LinkRefused(Refusal.UNKNOWN_PHONE)
    entry = session.exec(select(AuditEntry)).one()
    assert (entry.action, entry.subject_id) == ("linking.unknown_phone", person.id)


def test_a_phone_displaces_no_account(session: Session) -> None:
    cast = builders.the_cast(session)
    card = SharedCard(cast.huang.phone or "", STRANGER)

    message = only(share_card(session, account(session, STRANGER), card, NOW))

    assert message == LinkRefused(Refusal.LINKED_ELSEWHERE)
    assert cast.huang.telegram_user_id == 1002


def test_a_linked_person_who_shares_a_phone_is_greeted(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = account(session, 1002)

    own = share_card(session, huang, SharedCard(cast.huang.phone or "", 1002), NOW)
    unknown = share_card(session, huang, SharedCard("19988887777", 1002), NOW)

    assert isinstance(only(own), Greeting)
    assert isinstance(only(unknown), Greeting)
    assert trail(session) == []


def guess(session: Session, times: int, at: dtm.datetime = NOW) -> list[Answers]:
    return [opened(session, STRANGER, f"{n:024}", at) for n in range(times)]


def test_after_too_many_guesses_an_account_is_told_once_and_then_ignored(
    session: Session,
) -> None:
    cast = builders.the_cast(session)
    person = newcomer(session, cast)
    an_invitation(session, person)

    *refused, last = guess(session, MOST_WRONG + 1)

    assert {only(answers) for answers in refused} == {LinkRefused(Refusal.FORGED)}
    assert only(last) == TooManyTries(NOW + QUIET_FOR)
    assert opened(session, STRANGER) == ()
    card = SharedCard("19900004001", STRANGER)
    assert share_card(session, account(session, STRANGER), card, NOW + MINUTE) == ()
    assert person.telegram_user_id is None


def test_another_account_is_not_held_back_by_it(session: Session) -> None:
    cast = builders.the_cast(session)
    an_invitation(session, newcomer(session, cast))
    guess(session, MOST_WRONG + 1)

    assert isinstance(only(opened(session, ANOTHER)), Linked)


def test_after_an_hour_it_is_heard_again(session: Session) -> None:
    cast = builders.the_cast(session)
    an_invitation(session, newcomer(session, cast))
    guess(session, MOST_WRONG + 1)

    assert isinstance(only(opened(session, STRANGER, at=NOW + QUIET_FOR)), Linked)


def test_guesses_spread_over_hours_are_mistakes(session: Session) -> None:
    builders.the_cast(session)

    for hour in range(12):
        (answers,) = guess(session, 1, NOW + hour * QUIET_FOR)
        assert only(answers) == LinkRefused(Refusal.FORGED)


def test_old_links_are_no_guesses(session: Session) -> None:
    cast = builders.the_cast(session)
    an_invitation(session, newcomer(session, cast))

    for _ in range(MOST_WRONG + 2):
        message = only(opened(session, STRANGER, at=NOW + VALID_FOR))
        assert message == LinkRefused(Refusal.EXPIRED)


def test_there_are_no_links_before_the_bot_knows_its_own_name(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.an_office(session).bot_username = ""
    session.flush()

    with pytest.raises(NoUsernameError):
        issue(session, [cast.wei], None, lambda: TOKEN, NOW)


def test_a_name_the_account_gives_itself_counts_for_nothing(session: Session) -> None:
    cast = builders.the_cast(session)
    impostor = account(session, STRANGER)
    impostor = replace(impostor, caller=replace(impostor.caller, name=cast.huang.name))

    assert only(start(session, impostor, "", NOW)) == HowToLink()
