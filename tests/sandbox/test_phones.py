"""People on their phones, against a small bot that echoes."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, Update

from sandbox.botapi.bots import CallbackQuery
from sandbox.botapi.chats import Message
from sandbox.botapi.people import NotPossibleError
from sandbox.local import LocalTelegram

Handler = Callable[[Bot, Update], Awaitable[Any]]
BUTTONS = InlineKeyboardMarkup([[InlineKeyboardButton("确认", callback_data="yes")]])


async def echo(bot: Bot, update: Update) -> None:
    if update.callback_query:
        await update.callback_query.answer("收到")
        await update.callback_query.edit_message_text(f"已{update.callback_query.data}")
    elif update.message and update.message.text:
        text = f"您说{update.message.text}"
        await bot.send_message(update.message.chat.id, text, reply_markup=BUTTONS)
    elif update.message and update.message.contact:
        contact = update.message.contact
        await bot.send_message(update.message.chat.id, f"{contact.user_id} {contact.phone_number}")
    elif update.message and update.message.document:
        await bot.send_document(update.message.chat.id, b"1,2\n", filename="回执.csv")


@asynccontextmanager
async def running(telegram: LocalTelegram, handler: Handler = echo) -> AsyncIterator[None]:
    """A bot that takes updates one by one."""

    async def run() -> None:
        url, files = telegram.base_url, telegram.file_url
        async with Bot(telegram.token, base_url=url, base_file_url=files) as bot:
            offset = 0
            while True:
                for update in await bot.get_updates(offset=offset, timeout=10):
                    offset = update.update_id + 1
                    await handler(bot, update)

    task = asyncio.create_task(run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def test_somebody_types_presses_and_hears(telegram: LocalTelegram) -> None:
    wang = telegram.person("Wang")
    async with running(telegram):
        await wang.types("五象")
        heard = await wang.hears("您说五象")
        query = await wang.presses("确认")
        assert isinstance(query, CallbackQuery)
        assert await wang.sees_answer(query) == "收到"
        assert (await wang.hears("已yes")) is heard
        await wang.hears_nothing()
    assert wang.chat == "Wang: 五象\nLiaison: 已yes"


async def test_who_waits_in_vain_is_shown_the_conversation(telegram: LocalTelegram) -> None:
    wang = telegram.person("Wang")
    await wang.types("在吗")
    with pytest.raises(AssertionError, match=r"Wang waited for «在» in vain:\nWang: 在吗"):
        await wang.hears("在", within=0.05)
    with pytest.raises(AssertionError, match="Wang sees no button"):
        await wang.presses("确认")


async def test_numbers_and_files_are_shared(telegram: LocalTelegram) -> None:
    wang = telegram.person("Wang", phone="13800000001")
    li = telegram.person("Li", phone="13800000002")
    async with running(telegram):
        await wang.shares_contact()
        await wang.hears(f"{wang.id} 8613800000001")
        await wang.shares_contact_of(li)
        await wang.hears(f"{li.id} 8613800000002")
        await wang.sends_document("计划.xlsx", b"x")
        receipt = await wang.hears("回执.csv")
    assert wang.opens(receipt) == b"1,2\n"
    assert "Liaison: <回执.csv>" in wang.chat


async def test_people_in_a_group_are_heard_by_the_rules_of_privacy(
    telegram: LocalTelegram,
) -> None:
    wang = telegram.person("Wang")
    li = telegram.person("Li")
    group = await wang.founds("五象新区")
    also = await li.joins(group)
    await also.types("今天天气好")
    await also.types("/status@another_bot")
    asked = await also.types(f"/status@{telegram.bot.username}")
    queue = telegram.bot.updates.read(100, telegram.clock.now())
    texts = [update.payload["text"] for update in queue if "text" in update.payload]
    assert texts == [asked.text]


async def test_a_blocked_bot_cannot_be_written_to(telegram: LocalTelegram) -> None:
    wang = telegram.person("Wang")
    await wang.starts("abc")
    await wang.blocks()
    with pytest.raises(NotPossibleError):
        await wang.types("在吗")
    await wang.unblocks()
    said: Message = await wang.types("在吗")
    assert (said.id, wang.chat) == (2, "Wang: /start abc\nWang: 在吗")


async def test_a_long_text_leaves_the_phone_in_parts(telegram: LocalTelegram) -> None:
    wang = telegram.person("Wang")
    await wang.types("字" * 5000)
    assert [len(message.text) for message in wang.room.shown()] == [4096, 904]
