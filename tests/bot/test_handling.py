"""What comes in is handled once, in order; what cannot be handled stops nobody else."""

import asyncio

import pytest
from sqlmodel import Session, select
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot.process import Process
from db.tables.intake import InboxUpdate, UpdateState
from handlers.door import Context
from handlers.parsing import typed_text
from sandbox.botapi.chats import Standing
from sandbox.phones import Person
from tests.builders import a_contact
from tests.chaos.echo_bot import mark
from tests.office import Office
from usecases.notices import Subject, notify
from usecases.office_notices import UPDATE_FAILED


@pytest.fixture
def echoing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every bot started in this test first asks the echo handler."""
    original = Process.__init__

    async def echo(update: Update, context: Context) -> None:
        await context.run(update, mark, typed_text(update))

    def with_echo(self: Process, *given: object) -> None:
        original(self, *given)  # type: ignore[arg-type]
        numbers = filters.Regex(r"^(\d+|poison.*)$")
        self.application.add_handler(MessageHandler(numbers, echo), group=-1)

    monkeypatch.setattr(Process, "__init__", with_echo)


async def update_states(office: Office) -> list[UpdateState]:
    def read() -> list[UpdateState]:
        with office.database.transaction() as session:
            rows = session.exec(select(InboxUpdate).order_by("update_id"))
            return [row.state for row in rows]

    return await asyncio.to_thread(read)


@pytest.mark.usefixtures("echoing")
async def test_a_poisoned_update_is_told_of_and_the_chat_goes_on(office: Office) -> None:
    await office.wei.types("poison")
    await office.wei.types("1")
    await office.huang.types("2")

    await office.huang.hears("编号 2")
    await office.wei.hears("没能处理，已告知", within=15)
    await office.wei.hears("编号 1")
    await office.meng.hears("没能处理（编号")
    assert await update_states(office) == [UpdateState.FAILED, UpdateState.DONE, UpdateState.DONE]


@pytest.mark.usefixtures("echoing")
async def test_an_update_that_cannot_be_parsed_stops_nobody(office: Office) -> None:
    broken = {"message_id": 1, "date": "no date", "chat": {"id": office.qin.id}}
    office.telegram.bot.updates.add("message", broken, office.qin.id, office.telegram.clock.now())
    await office.huang.types("3")
    await office.huang.hears("编号 3")


@pytest.mark.usefixtures("echoing")
async def test_a_chat_is_answered_in_the_order_it_wrote(office: Office) -> None:
    for number in range(5):
        await office.wei.types(str(number))
    heard = [await office.wei.hears("编号", within=15) for _ in range(5)]
    assert [message.text.split("编号 ")[1][0] for message in heard] == list("01234")


@pytest.mark.usefixtures("echoing")
async def test_a_stop_leaves_nothing_half_done_and_a_start_goes_on(office: Office) -> None:
    for number in range(5):
        await office.wei.types(str(number))
    await office.wei.hears("编号")
    async with asyncio.timeout(5):
        await office.closes()
    await office.wei.types("5")
    await office.opens()
    for _ in range(5):
        await office.wei.hears("编号", within=20)
    assert "重发" not in office.wei.chat


@pytest.mark.usefixtures("echoing")
async def test_a_question_is_answered_in_the_middle_of_a_broadcast(office: Office) -> None:
    with office.database.transaction() as session:
        people = [office.telegram.person(f"样例{number}") for number in range(60)]
        broadcast(session, office, people)
    await asyncio.sleep(0.5)
    await office.wei.types("7")
    await office.wei.hears("编号 7")
    told = [person for person in people if "编号" in person.chat]
    assert len(told) < len(people), "the answer waited for the whole broadcast"
    for person in people:
        await person.hears("编号", within=20)


def broadcast(session: Session, office: Office, people: list[Person]) -> None:
    """Have everybody told of something, unasked."""
    now = office.telegram.clock.now()
    for number, person in enumerate(people):
        person.room.members[person.id] = Standing.MEMBER
        contact = a_contact(session, person.name, account=person.id)
        notify(session, UPDATE_FAILED, Subject("inbox_update", number), contact.id, now)


@pytest.mark.parametrize("data", ["status.card:x", "status.card", "status.card:1:2:3:4", ":::"])
async def test_made_up_buttons_are_answered_kindly_and_trouble_nobody(
    office: Office, data: str
) -> None:
    await office.wei.types("白露大道")
    card = await office.wei.hears("白露大道")
    await office.wei.presses_forged(card, data)
    await office.wei.hears("按钮")
    assert await update_states(office) == [UpdateState.DONE, UpdateState.DONE]
    await office.meng.hears_nothing()


async def test_an_update_that_ended_the_process_each_time_is_given_up(office: Office) -> None:
    await office.closes()
    await office.wei.types("/help")
    await office.opens()
    await office.wei.hears("")
    await office.closes()
    with office.database.transaction() as session:
        row = session.exec(select(InboxUpdate)).one()
        row.state, row.attempts = UpdateState.PENDING, 3
    await office.opens()
    await office.wei.hears("没能处理")
    await office.meng.hears("没能处理（编号")
