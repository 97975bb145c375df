"""python-telegram-bot's own Bot talks to the local Telegram as to the real one."""

from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    ReplyKeyboardMarkup,
)
from telegram.error import BadRequest, ChatMigrated, Forbidden, NetworkError, RetryAfter, TimedOut

from sandbox.botapi.chats import Account, Chat
from sandbox.botapi.faults import Fault, Trouble
from sandbox.botapi.people import People, media_content
from sandbox.botapi.server import Server
from sandbox.botapi.world import Telegram


class Office:
    """A server, a bot known to it, one person, and PTB's client."""

    def __init__(self) -> None:
        self.telegram = Telegram()
        self.people = People(self.telegram)
        self.bot = self.telegram.add_bot("liaison_bot", "Liaison")
        self.server = Server(self.telegram)
        self.wang: Account = self.telegram.add_person("Wang", phone="13800000001")

    @property
    def chat(self) -> Chat:
        return self.telegram.private_chat(self.bot, self.wang)

    def client(self) -> Bot:
        url = self.server.api_url
        return Bot(self.bot.token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")


@pytest.fixture
async def office() -> AsyncIterator[Office]:
    office = Office()
    async with office.server:
        yield office


@pytest.fixture
async def client(office: Office, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with office.client() as client:
        office.people.types(office.wang, office.chat, "/start")
        yield client


async def test_it_knows_itself(client: Bot) -> None:
    me = await client.get_me()
    assert (me.username, me.is_bot, me.can_join_groups) == ("liaison_bot", True, True)


async def test_a_message_arrives_and_is_answered_edited_and_deleted(
    office: Office, client: Bot
) -> None:
    (update,) = await client.get_updates()
    assert update.message is not None
    assert update.message.text == "/start"
    assert [entity.type for entity in update.message.entities] == ["bot_command"]

    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("确认", callback_data="yes:1")]])
    sent = await client.send_message(
        office.wang.id, "<b>您好</b>", parse_mode="HTML", reply_markup=keyboard
    )
    office.people.presses(office.wang, office.chat.messages[sent.message_id], "yes:1")
    (pressed,) = await client.get_updates(offset=update.update_id + 1, timeout=5)
    query = pressed.callback_query
    assert query is not None
    assert query.data == "yes:1"
    assert await query.answer("好")
    with pytest.raises(BadRequest, match="Query is too old"):
        await query.answer()

    await sent.edit_text("完成")
    with pytest.raises(BadRequest, match="Message is not modified"):
        await sent.edit_text("完成")
    message = office.chat.messages[sent.message_id]
    assert [version.content["text"] for version in message.history] == ["您好"]
    assert message.markup is None
    assert await sent.delete()


async def test_files_go_both_ways(office: Office, client: Bot) -> None:
    sent = await client.send_document(office.wang.id, b"a,b\n", filename="表.csv", caption="表")
    assert sent.document is not None
    assert sent.document.file_name == "表.csv"
    again = await client.send_document(office.wang.id, sent.document.file_id)
    assert again.document is not None
    assert again.document.file_unique_id == sent.document.file_unique_id

    content = bytes(range(256)) * 100
    stored = office.telegram.files.store("document", "计划.xlsx", "application/zip", content)
    office.people.sends(office.wang, office.chat, media_content(stored))
    update = (await client.get_updates())[-1]
    assert update.message is not None
    assert update.message.document is not None
    file = await update.message.document.get_file()
    assert bytes(await file.download_as_bytearray()) == content


async def test_a_photo_must_be_a_picture(office: Office, client: Bot) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"\0" * 64
    sent = await client.send_photo(office.wang.id, picture)
    assert sent.photo
    with pytest.raises(BadRequest, match="Image_process_failed"):
        await client.send_photo(office.wang.id, b"no picture")


async def test_menus_and_chats_are_known(office: Office, client: Bot) -> None:
    await client.set_my_commands([BotCommand("start", "开始")])
    await client.set_my_commands(
        [BotCommand("todo", "待办")], scope=BotCommandScopeChat(office.wang.id)
    )
    menu = office.bot.menu_for(office.wang, office.wang.id)
    assert [command["command"] for command in menu] == ["todo"]
    assert [command.command for command in await client.get_my_commands()] == ["start"]
    chat = await client.get_chat(office.wang.id)
    assert (chat.id, chat.first_name) == (office.wang.id, "Wang")
    await client.send_chat_action(office.wang.id, "typing")
    assert [action[1:] for action in office.bot.actions] == [(office.wang.id, "typing")]


async def test_a_reply_keyboard_fixes_its_message(office: Office, client: Bot) -> None:
    keyboard = ReplyKeyboardMarkup([[KeyboardButton("本人手机", request_contact=True)]])
    sent = await client.send_message(office.wang.id, "请分享", reply_markup=keyboard)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await sent.edit_text("谢谢")


async def test_people_who_cannot_be_reached(office: Office, client: Bot) -> None:
    office.people.blocks(office.wang, office.bot)
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await client.send_message(office.wang.id, "在吗")
    update = (await client.get_updates())[-1]
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"
    stranger = office.telegram.add_person("Stranger")
    with pytest.raises(BadRequest, match="Chat not found"):
        await client.send_message(stranger.id, "在吗")


async def test_a_group_that_became_a_supergroup(office: Office, client: Bot) -> None:
    group = office.people.founds(office.wang, "五象新区", office.bot)
    new = office.people.upgrades(office.wang, group)
    with pytest.raises(ChatMigrated) as moved:
        await client.send_message(group.id, "在吗")
    assert moved.value.new_chat_id == new.id
    assert await client.send_message(new.id, "在")


async def test_everything_that_happens_in_a_group_is_understood(
    office: Office, client: Bot
) -> None:
    group = office.people.founds(office.wang, "五象新区", office.bot)
    office.people.promotes_bot(office.wang, group, office.bot)
    li = office.telegram.add_person("Li")
    office.people.joins(li, group)
    office.people.types(li, group, "大家好")
    assert (await client.get_chat(group.id)).title == "五象新区"
    assert (await client.get_chat_member(group.id, li.id)).status == "member"
    assert (await client.get_chat_member(group.id, office.wang.id)).status == "creator"
    new = office.people.upgrades(office.wang, group)
    office.people.removes_bot(office.wang, new, office.bot)
    updates = await client.get_updates(allowed_updates=[])
    standings = [
        update.my_chat_member.new_chat_member.status for update in updates if update.my_chat_member
    ]
    assert standings == ["member", "administrator", "kicked"]
    texts = [update.message.text for update in updates if update.message and update.message.text]
    assert texts == ["/start", "大家好"]
    moved = [u.message.migrate_to_chat_id for u in updates if u.message]
    assert new.id in moved


async def test_a_limit_tells_how_long_to_wait(office: Office, client: Bot) -> None:
    for number in range(3):
        await client.send_message(office.wang.id, str(number))
    with pytest.raises(RetryAfter):
        await client.send_message(office.wang.id, "too soon")
    assert "more than one a second" in str(office.telegram.journal.violations[0])


async def test_troubles_look_like_the_real_ones(office: Office, client: Bot) -> None:
    chat = office.wang.id
    faults = office.server.faults
    faults.add(Fault(Trouble.ANSWER, status=502))
    with pytest.raises(NetworkError, match="Bad Gateway"):
        await client.send_message(chat, "502")
    faults.add(Fault(Trouble.ANSWER, status=429, retry_after=7, methods=frozenset({"getMe"})))
    with pytest.raises(RetryAfter):
        await client.get_me()
    office.telegram.clock.move(office.telegram.settings.group_window)
    faults.add(Fault(Trouble.DROP_AFTER))
    with pytest.raises(NetworkError):
        await client.send_message(chat, "dropped after")
    faults.add(Fault(Trouble.DROP_BEFORE))
    with pytest.raises(NetworkError):
        await client.send_message(chat, "dropped before")
    faults.add(Fault(Trouble.HOLD, seconds=0.3))
    with pytest.raises(TimedOut):
        await client.send_message(chat, "held", read_timeout=0.05)
    while len(office.chat.messages) < 3:
        await office.telegram.bell.heard(2)
    said = [message.text for message in office.chat.shown()]
    assert said == ["/start", "dropped after", "held"]


async def test_telegram_goes_away_and_comes_back(office: Office, client: Bot) -> None:
    await client.get_me()
    await office.server.leave()
    with pytest.raises(NetworkError, match="ConnectError"):
        await client.send_message(office.wang.id, "away")
    await office.server.come_back()
    await client.send_message(office.wang.id, "back")
    assert [message.text for message in office.chat.shown()] == ["/start", "back"]
