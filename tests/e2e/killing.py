"""In the middle of the afternoon the bot is killed, while everybody waits for an answer."""

import asyncio
from collections.abc import Sequence

from sqlmodel import col, func, select

from db.session import Database
from db.tables.intake import InboxUpdate, UpdateState
from db.tables.speech import Message, MessageState
from sandbox.botapi.chats import Message as Answer
from templates.office import Repeated
from templates.render import Voice, render
from tests.e2e.day import Day
from tests.e2e.phone import Phone

IN_FLIGHT = 8
"""How many sends a kill may double at most, one in a chat."""


async def everybody_asks_and_the_bot_is_killed(
    day: Day, phones: Sequence[Phone], names: Sequence[str]
) -> None:
    """One question each; some are answered, the bot is killed, and the others are answered too."""
    names = names[: len(phones)]
    asked = [
        asyncio.create_task(phone.asks(name)) for phone, name in zip(phones, names, strict=True)
    ]
    waiting: set[asyncio.Task[Answer]] = set(asked)
    while len(waiting) > len(asked) * 3 / 4:
        _, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    await day.is_killed()
    await day.opens()
    answers = await asyncio.gather(*asked)
    await _until_settled(day)

    mark = render(Repeated(), Voice(day.language, "Asia/Shanghai")).text
    doubles = 0
    for phone, name, answer in zip(phones, names, answers, strict=True):
        assert name in answer.text
        phone.notes[-1] = phone.notes[-1].replace(f"{mark}\n    ", "")
        again = [one for one in phone.person.unheard() if one.text.startswith(mark)]
        assert len(again) <= 1
        doubles += len(again)
        phone.person.reads_everything()
    assert doubles <= IN_FLIGHT


async def _until_settled(day: Day) -> None:
    """Wait until everything that came was handled and everything to be said was said."""
    database = Database(day.database_url)
    try:
        for _ in range(600):
            if not await asyncio.to_thread(_waiting, database):
                return
            await asyncio.sleep(0.2)
    finally:
        database.dispose()
    raise AssertionError("the bot never came to rest")


def _waiting(database: Database) -> int:
    to_send = (MessageState.QUEUED, MessageState.SENDING)
    with database.transaction() as session:
        came = select(func.count()).select_from(InboxUpdate)
        said = select(func.count()).select_from(Message)
        pending = session.exec(came.where(InboxUpdate.state == UpdateState.PENDING)).one()
        return pending + session.exec(said.where(col(Message.state).in_(to_send))).one()
