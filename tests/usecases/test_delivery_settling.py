"""What leaves next, and what becomes of a message after Telegram's answer, or without one."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.people import Contact, Unreachable
from db.tables.speech import Delivery, Message, MessageState, Notice, NoticeState, Urgency
from tests.builders import NOW, Cast, the_cast
from usecases import delivery
from usecases.notices import Occasion, Subject, notify
from usecases.office_notices import NOT_TOLD, PERSON_UNREACHABLE, UPDATE_FAILED
from usecases.outcomes import (
    BadKeyboard,
    BadMarkup,
    Delivered,
    GroupGone,
    Migrated,
    NoAnswer,
    NotEditable,
    NotSent,
    Outcome,
    PersonUnreachable,
    Refused,
    Throttled,
    Unexpected,
)

NOBODY: frozenset[int] = frozenset()
BUTTON = [[{"label": "按", "data": "status.card:1"}]]
LATER = NOW + dtm.timedelta(minutes=1)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def queued(
    session: Session,
    chat_id: int = 1001,
    urgency: Urgency = Urgency.ANSWER,
    text: str = "<b>话</b>",
) -> Message:
    row = Message(
        chat_id=chat_id,
        urgency=urgency,
        kind="test",
        text=text,
        keyboard=BUTTON,
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def an_edit(session: Session, target: Message, update_id: int | None = None) -> Message:
    row = queued(session, target.chat_id)
    row.delivery, row.target_id, row.update_id = Delivery.EDIT, target.id, update_id
    session.flush()
    return row


def sent(session: Session) -> Message:
    row = queued(session)
    settled(session, row, Delivered(77))
    return row


def settled(session: Session, row: Message, outcome: Outcome, now: dtm.datetime = NOW) -> None:
    """It was sent, and this came of it."""
    assert delivery.claim(session, row.id, now) is not None
    delivery.settle(session, row.id, outcome, now)


def heads(session: Session, now: dtm.datetime = NOW, resting: frozenset[int] = NOBODY) -> list[int]:
    return delivery.heads(session, now, resting)


def test_answers_go_before_urgent_words_and_those_before_routine(session: Session) -> None:
    routine, urgent, answer = (
        queued(session, chat, urgency)
        for chat, urgency in ((1, Urgency.ROUTINE), (2, Urgency.URGENT), (3, Urgency.ANSWER))
    )
    assert heads(session) == [answer.id, urgent.id, routine.id]


def test_many_routine_words_do_not_hide_an_urgent_one(session: Session) -> None:
    for chat in range(2 * delivery.HEADS_LOOKED_AT):
        queued(session, chat, Urgency.ROUTINE)
    urgent = queued(session, 5000, Urgency.URGENT)
    assert heads(session)[0] == urgent.id


def test_many_resting_chats_hide_nobody(session: Session) -> None:
    chats = range(2 * delivery.HEADS_LOOKED_AT)
    for chat in chats:
        queued(session, chat)
    last = queued(session, 5000)
    assert heads(session, resting=frozenset(chats)) == [last.id]


def test_a_chat_is_told_one_thing_at_a_time_in_order(session: Session) -> None:
    first, second = queued(session), queued(session)
    assert heads(session) == [first.id]
    delivery.claim(session, first.id, NOW)
    assert heads(session) == []
    delivery.settle(session, first.id, NotSent("away"), NOW)
    assert heads(session) == []
    assert heads(session, LATER) == [first.id]
    settled(session, first, Delivered(1), LATER)
    assert heads(session, LATER) == [second.id]


def test_a_message_that_is_being_sent_is_not_claimed_again(session: Session) -> None:
    row = queued(session)
    assert delivery.claim(session, row.id, NOW) is not None
    assert delivery.claim(session, row.id, NOW) is None


def test_each_failure_waits_longer_but_never_more_than_five_minutes(session: Session) -> None:
    row, now, waits = queued(session), NOW, []
    for _ in range(12):
        settled(session, row, NotSent("away"), now)
        assert row.not_before is not None
        waits.append((row.not_before - now).total_seconds())
        now = row.not_before
    assert waits[:4] == [1, 2, 4, 8]
    assert waits[-1] == 300


def test_a_clock_set_back_does_not_leave_a_chat_waiting(session: Session) -> None:
    row = queued(session)
    settled(session, row, NotSent("away"), NOW + dtm.timedelta(days=30))
    assert heads(session) == [row.id]


def test_being_asked_to_wait_spends_no_attempt(session: Session) -> None:
    row = queued(session)
    settled(session, row, Throttled(41))
    assert (row.attempts, row.state) == (0, MessageState.QUEUED)
    assert row.not_before == NOW + dtm.timedelta(seconds=41)


def test_an_unanswered_send_is_repeated_once_marked_and_never_again(session: Session) -> None:
    the_cast(session)
    row = queued(session)
    settled(session, row, NoAnswer("silence"))
    parcel = delivery.claim(session, row.id, NOW)
    assert parcel is not None
    assert parcel.text.startswith("（重发")
    delivery.settle(session, row.id, NoAnswer("silence"), NOW)
    assert row.state is MessageState.UNCERTAIN


def test_an_unanswered_edit_is_repeated_but_not_for_ever(session: Session) -> None:
    edit, now = an_edit(session, sent(session)), NOW
    for _ in range(delivery.MOST_EDITS):
        settled(session, edit, NoAnswer("silence"), now)
        now += dtm.timedelta(minutes=10)
    assert edit.state is MessageState.UNCERTAIN


def test_what_a_dead_process_was_sending_is_uncertain(session: Session) -> None:
    row = queued(session)
    delivery.claim(session, row.id, NOW)
    assert delivery.recover(session) == 1
    assert (row.state, row.repeated) == (MessageState.QUEUED, True)


def test_a_late_word_of_failure_does_not_undo_what_another_replica_did(session: Session) -> None:
    row = queued(session)
    settled(session, row, Delivered(77))
    delivery.settle(session, row.id, NotSent("late"), NOW)
    assert row.state is MessageState.SENT


@pytest.mark.parametrize("outcome", [GroupGone("kicked"), Refused("message is too long")])
def test_what_telegram_will_never_take_fails_and_the_chat_goes_on(
    session: Session, outcome: Outcome
) -> None:
    first, second = queued(session, -5), queued(session, -5)
    settled(session, first, outcome)
    assert first.state is MessageState.FAILED
    assert heads(session) == [second.id]


def test_bad_markup_is_sent_again_as_plain_text_and_then_no_more(session: Session) -> None:
    row = queued(session, text="<b>甲 &lt; 乙</b>")
    settled(session, row, BadMarkup("can't parse entities"))
    assert (row.text, row.state) == ("甲 &lt; 乙", MessageState.QUEUED)
    settled(session, row, BadMarkup("can't parse entities"))
    assert row.state is MessageState.FAILED


def test_refused_buttons_are_left_away_and_the_words_arrive(session: Session) -> None:
    row = queued(session)
    settled(session, row, BadKeyboard("BUTTON_DATA_INVALID"))
    assert (row.keyboard, row.state) == ([], MessageState.QUEUED)
    settled(session, row, BadKeyboard("BUTTON_DATA_INVALID"))
    assert row.state is MessageState.FAILED


def test_an_answer_whose_message_is_gone_comes_as_a_new_one(session: Session) -> None:
    edit = an_edit(session, sent(session), update_id=5)
    settled(session, edit, NotEditable("message to edit not found"))
    assert (edit.delivery, edit.state) == (Delivery.SEND, MessageState.QUEUED)


def test_an_edit_nobody_asked_for_is_let_go_with_its_message(session: Session) -> None:
    edit = an_edit(session, sent(session))
    settled(session, edit, NotEditable("message can't be edited"))
    assert edit.state is MessageState.FAILED


def test_an_edit_of_what_never_arrived_is_dropped(session: Session) -> None:
    target = queued(session)
    settled(session, target, Refused("never"))
    edit = an_edit(session, target)
    assert delivery.claim(session, edit.id, NOW) is None
    assert edit.state is MessageState.SUPERSEDED


def test_a_moved_group_takes_along_what_waits_for_it(session: Session) -> None:
    first, second = queued(session, -5), queued(session, -5)
    settled(session, first, Migrated(-1005))
    assert [first.chat_id, second.chat_id] == [-1005, -1005]
    assert heads(session) == [first.id]


def test_the_office_hears_once_of_somebody_who_cannot_be_reached(
    session: Session, cast: Cast
) -> None:
    for _ in range(2):
        row = queued(session, cast.wei.telegram_user_id or 0)
        row.contact_id = cast.wei.id
        settled(session, row, PersonUnreachable(Unreachable.BLOCKED))
    assert session.get_one(Contact, cast.wei.id).unreachable is Unreachable.BLOCKED
    told = session.exec(select(Notice).where(Notice.occasion == PERSON_UNREACHABLE.name)).all()
    assert [notice.contact_id for notice in told] == [cast.meng.id]


def test_the_windows_are_rebuilt_from_the_last_minute_only(session: Session) -> None:
    for seconds in (-3600, -30, -10, 3600):
        row = queued(session, seconds)
        settled(session, row, Delivered(1), NOW + dtm.timedelta(seconds=seconds))
    between = delivery.sent_between(session, NOW - dtm.timedelta(minutes=1), NOW)
    assert [chat for chat, _ in between] == [-30, -10]
    assert between[0][1] == NOW - dtm.timedelta(seconds=30)
    assert session.exec(select(Message).where(col(Message.sent_at).is_(None))).all() == []


def telling(session: Session, contact: Contact, occasion: Occasion = UPDATE_FAILED) -> Message:
    """A message that tells this person a notice."""
    notify(session, occasion, Subject("inbox_update", 1), contact.id, NOW)
    row = queued(session, contact.telegram_user_id or 0, Urgency.URGENT)
    for notice in session.exec(select(Notice).where(Notice.contact_id == contact.id)):
        notice.state, notice.message_id = NoticeState.TOLD, row.id
    session.flush()
    return row


def untold(session: Session) -> list[int]:
    """Whom the office is to hear of as not told: the contacts of the notices it names."""
    said = select(Notice).where(Notice.occasion == NOT_TOLD.name)
    return [session.get_one(Notice, one.subject_id).contact_id for one in session.exec(said)]


def test_what_was_refused_for_good_was_not_told_and_the_office_hears(
    session: Session, cast: Cast
) -> None:
    row = telling(session, cast.huang)
    settled(session, row, Refused("message is too long"))

    notice = session.exec(select(Notice).where(Notice.contact_id == cast.huang.id)).one()
    assert notice.state is NoticeState.FAILED
    assert untold(session) == [cast.huang.id]
    composed = delivery.compose(session, Urgency.URGENT, NOW, NOBODY)
    assert composed is not None
    assert "黄联络员（柳州市住建局）：1条" in composed.text


def test_that_the_office_could_not_be_told_is_told_to_nobody(session: Session, cast: Cast) -> None:
    settled(session, telling(session, cast.meng, NOT_TOLD), Refused("too long"))
    assert len(session.exec(select(Notice)).all()) == 1


def test_an_answer_that_is_not_telegrams_is_tried_again_for_an_hour_and_no_longer(
    session: Session, cast: Cast
) -> None:
    row, now = telling(session, cast.huang), NOW
    for _ in range(delivery.MOST_UNEXPECTED - 1):
        settled(session, row, Unexpected("HTTP status 302"), now)
        assert row.not_before is not None
        now = row.not_before
    assert dtm.timedelta(minutes=45) < now - NOW < dtm.timedelta(minutes=90)
    settled(session, row, Unexpected("HTTP status 302"), now)
    assert row.state is MessageState.FAILED
    assert untold(session) == [cast.huang.id]


def test_a_message_no_parcel_can_be_made_of_fails_and_changes_nothing_else(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = telling(session, cast.huang)
    monkeypatch.setattr(delivery, "_parcel", None)
    with pytest.raises(delivery.UnclaimableError):
        delivery.claim(session, row.id, NOW)
    row.state = MessageState.QUEUED
    delivery.cannot_leave(session, row.id, "a broken template", NOW)
    assert (row.state, row.failure) == (MessageState.FAILED, "a broken template")
    assert untold(session) == [cast.huang.id]
