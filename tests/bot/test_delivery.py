"""What is to be said arrives once, in order, within the limits, whatever Telegram does."""

import asyncio
import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.groups import Group
from db.tables.people import Contact, Unreachable
from db.tables.speech import Message, MessageState, Notice, NoticeState, Urgency
from sandbox.botapi.faults import Fault, Trouble
from tests.office import Office
from usecases import delivery, notices
from usecases.notices import Composed, Occasion, Subject, notify
from usecases.office_notices import UPDATE_FAILED


def tell(office: Office, contact: Contact, number: int) -> None:
    """Have a contact told of something, unasked."""
    with office.database.transaction() as session:
        now = office.telegram.clock.now()
        notify(session, UPDATE_FAILED, Subject("inbox_update", number), contact.id, now)


def queue_text(
    office: Office, chat_id: int, text: str, keyboard: list[list[dict[str, str]]] | None = None
) -> None:
    """Put an answer into the outbox as it stands."""
    with office.database.transaction() as session:
        session.add(
            Message(
                chat_id=chat_id,
                urgency=Urgency.ANSWER,
                kind="test",
                text=text,
                keyboard=keyboard or [],
                created_at=office.telegram.clock.now(),
            )
        )


def messages(session: Session, *states: MessageState) -> list[Message]:
    found = select(Message).where(col(Message.state).in_(states))
    return list(session.exec(found.order_by(col(Message.id))))


async def until_state(office: Office, *states: MessageState) -> list[Message]:
    """Wait until some message is in one of these states."""
    async with asyncio.timeout(10):
        while True:
            with office.database.transaction() as session:
                if found := messages(session, *states):
                    return found
            await asyncio.sleep(0.05)


async def test_what_is_told_arrives_and_is_recorded(office: Office) -> None:
    tell(office, office.cast.meng, 7)

    await office.meng.hears("编号 7")
    [sent] = await until_state(office, MessageState.SENT)
    assert sent.telegram_message_id is not None
    with office.database.transaction() as session:
        notice = session.exec(select(Notice)).one()
        assert (notice.state, notice.message_id) == (NoticeState.TOLD, sent.id)


async def test_a_busy_answer_counts_no_attempt_and_is_waited_out(office: Office) -> None:
    office.telegram.expects_violations()
    office.telegram.faults.add(
        Fault(Trouble.ANSWER, frozenset({"sendMessage"}), status=429, retry_after=1)
    )
    tell(office, office.cast.meng, 7)

    await office.meng.hears("编号 7")
    [sent] = await until_state(office, MessageState.SENT)
    assert sent.attempts == 1
    assert office.telegram.violations == []


@pytest.mark.parametrize("status", [500, 502])
async def test_a_server_error_is_tried_again(office: Office, status: int) -> None:
    office.telegram.faults.add(
        Fault(Trouble.ANSWER, frozenset({"sendMessage"}), times=2, status=status)
    )
    tell(office, office.cast.meng, 7)
    await office.meng.hears("编号 7", within=8)
    await office.meng.hears_nothing()


async def test_a_send_without_an_answer_is_sent_once_more_marked_and_never_again(
    office: Office,
) -> None:
    office.telegram.faults.add(Fault(Trouble.DROP_AFTER, frozenset({"sendMessage"}), times=2))
    tell(office, office.cast.meng, 7)

    first = await office.meng.hears("编号 7")
    second = await office.meng.hears("重发")
    assert "重发" not in first.text
    assert "编号 7" in second.text
    [row] = await until_state(office, MessageState.UNCERTAIN)
    assert row.repeated
    await office.meng.hears_nothing()


async def test_a_blocked_bot_makes_the_person_unreachable_and_the_office_hears_once(
    office: Office,
) -> None:
    await office.huang.blocks()
    tell(office, office.cast.huang, 1)
    tell(office, office.cast.meng, 2)

    await office.meng.hears("编号 2")
    await office.meng.hears("黄联络员")
    with office.database.transaction() as session:
        assert session.get_one(Contact, office.cast.huang.id).unreachable is Unreachable.BLOCKED
    tell(office, office.cast.huang, 3)
    await office.meng.hears_nothing()


async def test_what_a_blocked_person_missed_is_told_when_they_are_back(office: Office) -> None:
    await office.huang.blocks()
    tell(office, office.cast.huang, 1)
    await office.meng.hears("黄联络员")

    await office.huang.unblocks()
    await office.huang.hears("编号 1")


async def test_somebody_who_left_telegram_stops_nobody_else(office: Office) -> None:
    await office.qin.leaves_telegram()
    for number, person in enumerate((office.cast.qin, office.cast.lu, office.cast.tan)):
        tell(office, person, number)
    await office.lu.hears("编号 1")
    await office.tan.hears("编号 2")
    await office.meng.hears("账号已注销")


async def test_bad_markup_falls_back_to_plain_text(office: Office) -> None:
    office.telegram.expects_refusals()
    queue_text(office, office.wei.id, "<b>A < B & C")
    heard = await office.wei.hears("A")
    assert heard.text == "A < B & C"


async def test_an_upgraded_group_keeps_its_binding_and_gets_the_message(office: Office) -> None:
    group = await office.meng.founds("重大项目工作群")
    await group.hears("办事请私聊我")
    upgraded = await group.upgrades()
    queue_text(office, group.room.id, "通报")

    await upgraded.hears("通报")
    with office.database.transaction() as session:
        assert session.exec(select(Group)).one().chat_id == upgraded.room.id


async def test_a_burst_to_one_person_keeps_its_order_and_the_limits(office: Office) -> None:
    for number in range(6):
        queue_text(office, office.wei.id, f"第{number}条")
    heard = [(await office.wei.hears("条", within=10)).text for _ in range(6)]
    assert heard == [f"第{number}条" for number in range(6)]


async def test_a_restart_remembers_what_a_group_got_in_the_last_minute(office: Office) -> None:
    group = await office.meng.founds("工作群")
    await group.hears("办事请私聊我")
    await office.closes()
    with office.database.transaction() as session:
        now = office.telegram.clock.now()
        session.add_all(sent_before(group.room.id, now) for _ in range(18))
    await office.opens()

    for number in range(3):
        queue_text(office, group.room.id, f"第{number}条")
    await group.hears("第0条")
    await group.hears_nothing(within=3)


async def test_a_word_that_cannot_be_composed_stops_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def compose(*_given: object) -> Composed:
        raise RuntimeError("no words for this")

    poison = Occasion("poison", Urgency.URGENT, compose)
    monkeypatch.setitem(notices._OCCASIONS, poison.name, poison)
    with office.database.transaction() as session:
        now = office.telegram.clock.now()
        notify(session, poison, Subject("thing", 1), office.cast.huang.id, now)
    tell(office, office.cast.meng, 7)
    await office.meng.hears("编号 7")

    with office.database.transaction() as session:
        missed = session.exec(select(Notice).where(Notice.occasion == poison.name)).one()
        assert missed.state is NoticeState.DUE
    await office.meng.hears("黄联络员")


async def test_a_message_that_cannot_be_claimed_stops_nobody_and_the_office_hears(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def marked(*_given: object) -> str:
        raise RuntimeError("the template is broken")

    monkeypatch.setattr(delivery, "_marked", marked)
    queue_text(office, office.wei.id, "坏")
    with office.database.transaction() as session:
        for row in messages(session, MessageState.QUEUED):
            row.repeated = True
            session.add(row)
    tell(office, office.cast.meng, 7)
    await office.meng.hears("编号 7")
    [failed] = await until_state(office, MessageState.FAILED)
    assert "broken" in failed.failure


async def test_refused_buttons_do_not_keep_the_words(office: Office) -> None:
    office.telegram.expects_refusals()
    queue_text(office, office.wei.id, "通报", keyboard=[[{"label": "按", "data": "x" * 65}]])
    await office.wei.hears("通报")


async def test_a_row_no_call_can_be_made_of_does_not_stop_its_chat(office: Office) -> None:
    queue_text(office, office.wei.id, "坏", keyboard=[[{"label": "nothing to do"}]])
    queue_text(office, office.wei.id, "好")
    await office.wei.hears("好")


def sent_before(chat_id: int, now: dtm.datetime) -> Message:
    """A message that left half a minute ago."""
    at = now - dtm.timedelta(seconds=30)
    return Message(
        chat_id=chat_id,
        urgency=Urgency.ROUTINE,
        kind="test",
        text="早先",
        state=MessageState.SENT,
        created_at=at,
        claimed_at=at,
        sent_at=at,
    )
