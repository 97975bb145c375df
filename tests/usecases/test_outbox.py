"""What is to be said is queued whole, in order, and changed where it stands."""

import pytest
from sqlmodel import Session, col, select

from db.tables.speech import Attachment, Delivery, Message, MessageState, Urgency
from domain.texts import length
from domain.vocabulary import Language
from templates.office import Repeated, UpdatesFailed
from templates.render import Rendered, Voice, render
from templates.updating import ToldLine, UpdatesSettled
from tests.builders import NOW, Cast, asker, the_cast
from usecases import outbox
from usecases.answers import Hand, in_place, say

BUTTON = [[{"label": "按", "data": "status.card:1"}]]


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def a_message(
    session: Session,
    state: MessageState = MessageState.SENT,
    delivery: Delivery = Delivery.SEND,
    urgency: Urgency = Urgency.ROUTINE,
) -> Message:
    row = Message(
        chat_id=1001,
        urgency=urgency,
        delivery=delivery,
        kind="old",
        text="旧",
        keyboard=BUTTON,
        state=state,
        attempts=0 if state is MessageState.QUEUED else 1,
        telegram_message_id=77 if state is MessageState.SENT else None,
        claimed_at=NOW,
        created_at=NOW,
    )
    session.add(row)
    session.flush()
    return row


def rendered(text: str = "新") -> Rendered:
    return Rendered("new", text, BUTTON)


def after(session: Session, first: Message) -> list[Message]:
    found = select(Message).where(col(Message.id) > first.id).order_by(col(Message.id))
    return list(session.exec(found))


def test_a_long_message_leaves_in_parts_with_the_buttons_under_the_last() -> None:
    rows = outbox.new_rows(1001, None, rendered("字" * 9000), Urgency.ANSWER, NOW)
    assert [len(row.text) for row in rows] == [3900, 3900, 1200]
    assert [row.keyboard for row in rows] == [[], [], BUTTON]


def test_what_has_not_left_yet_is_simply_rewritten(session: Session) -> None:
    target = a_message(session, MessageState.QUEUED)
    assert outbox.edit(session, target, rendered(), NOW) == []
    assert (target.text, target.kind) == ("新", "new")


def test_only_the_latest_of_the_waiting_edits_survives(session: Session) -> None:
    target = a_message(session)
    for number in (1, 2):
        outbox.edit(session, target, rendered(str(number)), NOW)
    edits = after(session, target)
    assert [row.state for row in edits] == [MessageState.SUPERSEDED, MessageState.QUEUED]
    assert edits[1].delivery is Delivery.EDIT
    assert edits[1].urgency is Urgency.ANSWER


def test_an_edit_does_not_overtake_what_is_on_its_way(session: Session) -> None:
    target = a_message(session, MessageState.SENDING)
    [row] = outbox.edit(session, target, rendered(), NOW)
    assert row.urgency is target.urgency


@pytest.mark.parametrize("state", [MessageState.QUEUED, MessageState.SENT])
def test_an_edit_too_long_for_its_message_goes_on_below_it(
    session: Session, state: MessageState
) -> None:
    target = a_message(session, state)
    *_, last = outbox.edit(session, target, rendered("字" * 4000), NOW)
    session.flush()
    rows = [target, *after(session, target)][-2:]
    assert [len(row.text) for row in rows] == [3900, 100]
    assert [row.keyboard for row in rows] == [[], BUTTON]
    assert last.delivery is Delivery.SEND


def test_a_document_is_edited_in_its_caption(session: Session) -> None:
    target = a_message(session, delivery=Delivery.DOCUMENT)
    rows = outbox.edit(session, target, rendered("字" * 1000), NOW)
    assert [row.delivery for row in rows] == [Delivery.EDIT_CAPTION, Delivery.SEND]
    assert len(rows[0].text) == outbox.LONGEST_CAPTION


def test_a_file_is_handed_over_with_its_words(session: Session, cast: Cast) -> None:
    told = tuple(ToldLine(f"标段{number}", "路基完成" * 10, True) for number in range(40))
    hand = Hand(UpdatesSettled(told), "table.xlsx", b"content")
    outbox.queue_answers(session, asker(session, cast.wei), (hand,), 5, NOW)
    first, *more = session.exec(select(Message).order_by(col(Message.id))).all()
    assert first.delivery is Delivery.DOCUMENT
    assert "标段0" in first.text
    assert "标段39" in more[-1].text
    assert session.get_one(Attachment, first.attachment_id).content == b"content"
    assert {row.update_id for row in (first, *more)} == {5}


def test_an_answer_in_place_changes_the_pressed_message(session: Session, cast: Cast) -> None:
    target = a_message(session)
    pressing = asker(session, cast.wei).on(target)
    outbox.queue_answers(session, pressing, in_place(UpdatesFailed((1,))), 5, NOW)
    [row] = after(session, target)
    assert (row.delivery, row.target_id, row.update_id) == (Delivery.EDIT, target.id, 5)


def test_an_answer_in_place_without_a_press_is_a_new_message(session: Session, cast: Cast) -> None:
    outbox.queue_answers(
        session, asker(session, cast.wei), in_place(UpdatesFailed((1,))), None, NOW
    )
    assert session.exec(select(Message)).one().delivery is Delivery.SEND


def test_an_unlinked_person_is_sent_nothing(session: Session, cast: Cast) -> None:
    cast.wei.telegram_user_id = None
    outbox.queue_for(session, cast.wei, UpdatesFailed((1,)), NOW)
    assert session.exec(select(Message)).all() == []


def test_a_button_is_honoured_only_where_it_was_offered(session: Session) -> None:
    target = a_message(session)
    assert outbox.offered(session, 1001, 77, "status.card:1") is target
    assert outbox.offered(session, 1001, 77, "status.card:2") is None
    assert outbox.offered(session, 1001, 78, "status.card:1") is None
    assert outbox.offered(session, 1002, 77, "status.card:1") is None


@pytest.mark.parametrize("state", [MessageState.UNCERTAIN, MessageState.SENDING])
def test_a_press_proves_that_an_uncertain_message_arrived(
    session: Session, state: MessageState
) -> None:
    lost = a_message(session, state)
    assert outbox.offered(session, 1001, 55, "status.card:1") is lost
    assert (lost.state, lost.telegram_message_id) == (MessageState.SENT, 55)


@pytest.mark.parametrize("language", list(Language))
def test_the_mark_of_a_repeat_fits_above_the_longest_text(language: Language) -> None:
    mark = length(render(Repeated(), Voice(language, "Asia/Shanghai")).text) + 1
    assert outbox.LONGEST_TEXT + mark <= 4096
    assert outbox.LONGEST_CAPTION + mark <= 1024


def test_what_is_said_first_leaves_first(session: Session, cast: Cast) -> None:
    answers = (*say(UpdatesFailed((77,))), *say(UpdatesFailed((88,))))
    outbox.queue_answers(session, asker(session, cast.wei), answers, 5, NOW)
    texts = session.exec(select(Message.text).order_by(col(Message.id))).all()
    assert ["77" in text for text in texts] == [True, False]
