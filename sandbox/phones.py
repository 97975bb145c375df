"""People with phones, for tests: they type, press, share, and say what they expect to hear.

    wang = telegram.person("Wang", phone="13800000001")
    await wang.types("/start")
    await wang.hears("您好")
    await wang.presses("确认")

Everything a person does happens at once; only `hears` and its like wait.
"""

import asyncio
from collections.abc import Callable
from typing import Any

from sandbox.botapi.bots import Bot, CallbackQuery
from sandbox.botapi.chats import Account, Chat, Json, Message
from sandbox.botapi.people import NotPossibleError, People, contact_content, media_content
from sandbox.transcript import button_row, transcript

_PATIENCE = 5.0
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Person:
    """Somebody in front of one chat: their own with the bot, or a group.

    What was sent is given back as a `Message` of the local Telegram, whose `text`, `content`
    and `history` tests may look at.
    """

    def __init__(self, people: People, bot: Bot, account: Account, room: Chat) -> None:
        self.people = people
        self.bot = bot
        self.account = account
        self.room = room
        self._heard: set[tuple[int, int]] = set()

    @property
    def id(self) -> int:
        """The Telegram user id, which is also the id of the private chat."""
        return self.account.id

    @property
    def name(self) -> str:
        """The name in the chat list."""
        return self.account.name

    @property
    def chat(self) -> str:
        """The whole conversation as text, buttons in [brackets]."""
        return transcript(self.room)

    @property
    def menu(self) -> list[str]:
        """The commands the phone offers, without the slash."""
        return [entry["command"] for entry in self.bot.menu_for(self.account, self.room.id)]

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels on the reply keyboard that is up now."""
        return [[button["text"] for button in row] for row in self._keyboard()]

    # Writing

    async def types(self, text: str) -> Message:
        """Send a text; the last of the messages if it is too long for one."""
        return self.people.types(self.account, self.room, text)[-1]

    async def starts(self, payload: str = "") -> Message:
        """Open the bot by its link `t.me/<bot>?start=<payload>` and press Start."""
        return await self.types(f"/start {payload}".strip())

    async def replies(self, to: Message, text: str) -> Message:
        """Answer a message, quoting it."""
        return self.people.replies(self.account, to, text)[-1]

    async def edits(self, message: Message, text: str) -> None:
        """Change a text sent before."""
        self.people.edits(message, text)

    async def forwards(self, message: Message) -> Message:
        """Forward a message, from any chat, into this one."""
        return self.people.forwards(self.account, message, self.room)

    async def shares_contact(self, written: str = "") -> Message:
        """Share one's own number, `written` in another way if wanted (`+86 138...`)."""
        return self._sends(contact_content(self.account, written))

    async def shares_contact_of(self, other: "Person") -> Message:
        """Send somebody else's contact card."""
        return self._sends(contact_content(other.account))

    async def shares_card(self, phone: str, name: str, user_id: int | None = None) -> Message:
        """Send a made-up contact card."""
        card: Json = {"phone_number": phone, "first_name": name}
        return self._sends({"contact": card | ({"user_id": user_id} if user_id else {})})

    async def sends_document(
        self, name: str, content: bytes, caption: str = "", content_type: str = XLSX
    ) -> Message:
        """Send a file."""
        file = self.people.telegram.files.store("document", name, content_type, content)
        return self._sends(media_content(file) | ({"caption": caption} if caption else {}))

    async def sends_photo(self, content: bytes = PICTURE, caption: str = "") -> Message:
        """Send a picture."""
        file = self.people.telegram.files.store("photo", "photo.png", "image/png", content)
        return self._sends(media_content(file) | ({"caption": caption} if caption else {}))

    async def sends_sticker(self) -> Message:
        """Send a sticker."""
        file = self.people.telegram.files.store("sticker", "s.webp", "image/webp", b"sticker")
        return self._sends(media_content(file))

    async def sends_voice(self) -> Message:
        """Send a spoken message."""
        file = self.people.telegram.files.store("voice", "v.ogg", "audio/ogg", b"voice")
        return self._sends(media_content(file))

    async def sends_location(self, latitude: float = 22.8, longitude: float = 108.3) -> Message:
        """Send a place."""
        return self._sends({"location": {"latitude": latitude, "longitude": longitude}})

    async def sends(self, **content: Any) -> Message:
        """Send anything else: the Bot API's own fields of a message."""
        return self._sends(content)

    def _sends(self, content: Json) -> Message:
        return self.people.sends(self.account, self.room, content)

    # Pressing

    async def presses(self, label: str, message: Message | None = None) -> CallbackQuery | Message:
        """Press the button `label` on the latest message that has it, or on `message`.

        A button of the reply keyboard sends its text, or the person's contact. Raises
        AssertionError, with the conversation, when there is no such button.
        """
        for candidate in [message] if message else reversed(self.room.shown()):
            for button in (button for row in candidate.inline_keyboard for button in row):
                if button["text"] == label and "callback_data" in button:
                    return self.people.presses(self.account, candidate, button["callback_data"])
        for button in (button for row in self._keyboard() for button in row):
            if button["text"] == label:
                return await self._presses_keyboard(button)
        raise AssertionError(f"{self.name} sees no button [{label}]:\n{self.chat}")

    async def presses_forged(self, message: Message, data: str) -> CallbackQuery:
        """Press with made-up or old data, as a modified phone can."""
        return self.people.presses(self.account, message, data)

    async def sees_answer(self, query: CallbackQuery, within: float = _PATIENCE) -> str:
        """Wait until the press is answered; the words shown over the chat, often none."""
        await self._until(lambda: query.answer is not None, within, "an answer to the press")
        assert query.answer is not None
        return str(query.answer["text"])

    async def _presses_keyboard(self, button: Json) -> Message:
        if button.get("request_contact"):
            return await self.shares_contact()
        return await self.types(button["text"])

    def _keyboard(self) -> list[list[Json]]:
        for message in reversed(self.room.shown()):
            if message.markup and "inline_keyboard" not in message.markup:
                rows: list[list[Json]] = message.markup.get("keyboard", [])
                return rows
        return []

    # Hearing

    async def hears(self, fragment: str = "", within: float = _PATIENCE) -> Message:
        """Wait for a message or an edit nobody asked for yet that contains `fragment`.

        Each is heard once, in any order. Raises AssertionError, with the conversation, when
        none comes within that many seconds.
        """
        found: list[Message] = []

        def came() -> bool:
            found[:] = [m for m in self.unheard() if fragment in said(m)][:1]
            return bool(found)

        await self._until(came, within, f"«{fragment}»")
        self._heard.add(_version(found[0]))
        return found[0]

    async def hears_nothing(self, within: float = 0.3) -> None:
        """Make sure that nothing new comes for a while, and nothing is left unheard."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not self.unheard() and (left := deadline - loop.time()) > 0:
            await self.people.telegram.bell.heard(left)
        if self.unheard():
            raise AssertionError(f"{self.name} should have heard nothing more:\n{self.chat}")

    def reads_everything(self) -> None:
        """Take all that has come so far as heard."""
        self._heard.update(_version(message) for message in self.unheard())

    def unheard(self) -> list[Message]:
        """What has come and nobody has heard, oldest first; an edit makes a message new."""
        mine = (message for message in self.room.shown() if message.sender is self.bot.account)
        return [message for message in mine if _version(message) not in self._heard]

    async def _until(self, true: Callable[[], bool], within: float, what: str) -> None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + within
        while not true():
            left = deadline - loop.time()
            if left <= 0:
                raise AssertionError(f"{self.name} waited for {what} in vain:\n{self.chat}")
            await self.people.telegram.bell.heard(left)

    def opens(self, message: Message) -> bytes:
        """The content of the document or picture in a message."""
        media = message.content.get("document") or message.content["photo"][-1]
        file = self.people.telegram.files.by_id(media["file_id"])
        assert file is not None
        return file.content

    # Blocking and leaving

    async def blocks(self) -> None:
        """Block the bot."""
        self.people.blocks(self.account, self.bot)

    async def unblocks(self) -> None:
        """Allow the bot to write again."""
        self.people.unblocks(self.account, self.bot)

    async def leaves_telegram(self) -> None:
        """Delete the account."""
        self.account.deactivated = True

    # Groups

    async def founds(self, title: str) -> "Person":
        """Make a group with the bot in it; gives this person in front of that group."""
        return self.at(self.people.founds(self.account, title, self.bot))

    async def joins(self, group: "Person") -> "Person":
        """Come into the group somebody is in front of."""
        self.people.joins(self.account, group.room)
        return self.at(group.room)

    async def upgrades(self) -> "Person":
        """Turn this group into a supergroup; gives this person in front of the new one."""
        return self.at(self.people.upgrades(self.account, self.room))

    async def removes_bot(self) -> None:
        """Throw the bot out of this group."""
        self.people.removes_bot(self.account, self.room, self.bot)

    async def adds_bot(self) -> None:
        """Put the bot into this group."""
        self.people.adds_bot(self.account, self.room, self.bot)

    def at(self, room: Chat) -> "Person":
        """The same person in front of another chat."""
        if self.account.id not in room.members:
            raise NotPossibleError(f"{self.name} is not in {room.title}")
        return Person(self.people, self.bot, self.account, room)


def said(message: Message) -> str:
    """A message as heard: its text, the name of its file, and its buttons."""
    file = message.content.get("document", {}).get("file_name", "")
    rows = [button_row(row) for row in message.inline_keyboard]
    return "\n".join([message.text, file, *rows])


def _version(message: Message) -> tuple[int, int]:
    return message.id, len(message.history)
