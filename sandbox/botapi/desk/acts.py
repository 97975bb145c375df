"""What a person's phone can do by way of the control API."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from sandbox.botapi.bots import Bot
from sandbox.botapi.chats import Account, Chat, Json, Message
from sandbox.botapi.desk import views
from sandbox.botapi.people import People, contact_content, media_content


class NotThereError(Exception):
    """No such person, chat, message, bot or act."""


@dataclass(frozen=True, slots=True)
class Phone:
    """The phone of one account."""

    people: People
    account: Account

    def room(self, written: str) -> tuple[Chat, Bot | None]:
        """The chat with this id, and the bot if it is a bot's private chat."""
        number = int(written)
        telegram = self.people.telegram
        if number in telegram.groups:
            return telegram.groups[number], None
        bot = self.bot(number)
        return telegram.private_chat(bot, self.account), bot

    def bot(self, number: int) -> Bot:
        """The bot with this id."""
        for bot in self.people.telegram.bots.values():
            if bot.account.id == number:
                return bot
        raise NotThereError("there is no such chat")

    def show(self, message: Message) -> Json:
        """A message as this phone shows it."""
        return views.message(message, self.account)


Act = Callable[[Phone, Chat, Request], Awaitable[Any]]


async def _text(phone: Phone, room: Chat, request: Request) -> Any:
    given = await request.json()
    if given.get("reply_to"):
        replied = _message(room, given["reply_to"])
        return phone.show(phone.people.replies(phone.account, replied, given["text"])[-1])
    return phone.show(phone.people.types(phone.account, room, given["text"])[-1])


async def _edit(phone: Phone, room: Chat, request: Request) -> Any:
    given = await request.json()
    phone.people.edits(_message(room, given["message"]), given["text"])
    return {}


async def _press(phone: Phone, room: Chat, request: Request) -> Any:
    given = await request.json()
    message = _message(room, given["message"])
    return {"query": phone.people.presses(phone.account, message, given["data"]).id}


async def _forward(phone: Phone, room: Chat, request: Request) -> Any:
    given = await request.json()
    to, _ = phone.room(str(given["to"]))
    message = _message(room, given["message"])
    return phone.show(phone.people.forwards(phone.account, message, to))


async def _contact(phone: Phone, room: Chat, request: Request) -> Any:
    given = await request.json()
    owner = phone.people.telegram.accounts.get(given.get("person") or phone.account.id)
    if owner is None:
        raise NotThereError("there is no such person")
    content = contact_content(owner, str(given.get("written", "")))
    return phone.show(phone.people.sends(phone.account, room, content))


async def _location(phone: Phone, room: Chat, request: Request) -> Any:
    given = await request.json()
    place = {name: float(given[name]) for name in ("latitude", "longitude")}
    return phone.show(phone.people.sends(phone.account, room, {"location": place}))


async def _file(phone: Phone, room: Chat, request: Request) -> Any:
    asked = request.query_params
    kind, name = asked.get("kind", "document"), asked.get("name", "file")
    content_type = request.headers.get("content-type", "application/octet-stream")
    files = phone.people.telegram.files
    content = media_content(files.store(kind, name, content_type, await request.body()))
    if asked.get("caption"):
        content["caption"] = asked["caption"]
    return phone.show(phone.people.sends(phone.account, room, content))


async def _block(phone: Phone, room: Chat, _request: Request) -> Any:
    phone.people.blocks(phone.account, _bot_of(phone, room))
    return {}


async def _unblock(phone: Phone, room: Chat, _request: Request) -> Any:
    phone.people.unblocks(phone.account, _bot_of(phone, room))
    return {}


async def _join(phone: Phone, room: Chat, _request: Request) -> Any:
    phone.people.joins(phone.account, room)
    return {}


async def _upgrade(phone: Phone, room: Chat, _request: Request) -> Any:
    return {"chat": phone.people.upgrades(phone.account, room).id}


async def _add_bot(phone: Phone, room: Chat, request: Request) -> Any:
    phone.people.adds_bot(phone.account, room, phone.bot((await request.json())["bot"]))
    return {}


async def _remove_bot(phone: Phone, room: Chat, request: Request) -> Any:
    phone.people.removes_bot(phone.account, room, phone.bot((await request.json())["bot"]))
    return {}


def _bot_of(phone: Phone, room: Chat) -> Bot:
    bots = phone.people.telegram.bots_in(room)
    if room.is_group or not bots:
        raise NotThereError("only a bot is blocked")
    return bots[0]


def _message(room: Chat, number: Any) -> Message:
    message = room.messages.get(int(number))
    if message is None or message.deleted:
        raise NotThereError("there is no such message")
    return message


ACTS: dict[str, Act] = {
    "text": _text,
    "edit": _edit,
    "press": _press,
    "forward": _forward,
    "contact": _contact,
    "location": _location,
    "file": _file,
    "block": _block,
    "unblock": _unblock,
    "join": _join,
    "upgrade": _upgrade,
    "add_bot": _add_bot,
    "remove_bot": _remove_bot,
}
