"""A bot as Telegram holds it."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sandbox.botapi.chats import Account, Message
from sandbox.botapi.limits import SendingLimits
from sandbox.botapi.settings import Settings
from sandbox.botapi.updates import UpdateQueue

Json = dict[str, Any]


@dataclass(slots=True)
class CallbackQuery:
    """A press of a button; `answer` is None until the bot answered it."""

    id: str
    person: Account
    message: Message
    data: str
    at: datetime
    answer: Json | None = None

    def as_json(self) -> Json:
        """The Bot API's CallbackQuery."""
        return {
            "id": self.id,
            "from": self.person.as_json(),
            "message": self.message.as_json(),
            "chat_instance": str(self.message.chat.id * 7919),
            "data": self.data,
        }


@dataclass(slots=True)
class Webhook:
    """Where updates are delivered to, and how that went."""

    url: str = ""
    secret: str = ""
    max_connections: int = 40
    last_error: str = ""
    last_error_at: datetime | None = None
    set_at: datetime | None = None


class Bot:
    """A bot account with its queue, menu, limits and open callback queries."""

    def __init__(self, account: Account, token: str, settings: Settings, random: Random) -> None:
        self.account = account
        self.token = token
        self.updates = UpdateQueue(settings, random)
        self.limits = SendingLimits(settings)
        self.webhook = Webhook()
        self.menus: dict[tuple[str, str], list[Json]] = {}
        self.queries: dict[str, CallbackQuery] = {}
        self.actions: list[tuple[datetime, int, str]] = []
        self.reads_everything = False
        self.next_message_id = 1
        self._random = random
        self._settings = settings

    @property
    def username(self) -> str:
        """The name after the @."""
        return self.account.username

    def ask(self, person: Account, message: Message, data: str, now: datetime) -> CallbackQuery:
        """A new callback query for a press."""
        number = str(self._random.randint(10**17, 10**19))
        query = CallbackQuery(number, person, message, data, now)
        self.queries[number] = query
        return query

    def open_query(self, number: str, now: datetime) -> CallbackQuery | None:
        """The query with this id, while it can still be answered."""
        query = self.queries.get(number)
        if query is None or query.answer is not None:
            return None
        return query if now - query.at <= self._settings.callback_lifetime else None

    def menu_for(self, person: Account, chat_id: int) -> list[Json]:
        """The commands this person's phone offers in a private chat with the bot."""
        for scope in (f"chat:{chat_id}", "all_private_chats", "default"):
            for language in (person.language[:2], ""):
                if menu := self.menus.get((scope, language)):
                    return menu
        return []
