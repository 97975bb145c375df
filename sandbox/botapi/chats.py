"""Accounts, chats and the messages in them, as Telegram holds them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]


class ChatKind(StrEnum):
    """The kinds of chats the sandbox has; channels it does not."""

    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


class Standing(StrEnum):
    """How somebody stands in a chat, in the Bot API's words."""

    STRANGER = "stranger"
    MEMBER = "member"
    ADMINISTRATOR = "administrator"
    CREATOR = "creator"
    LEFT = "left"
    KICKED = "kicked"


PRESENT = (Standing.MEMBER, Standing.ADMINISTRATOR, Standing.CREATOR)


@dataclass(slots=True)
class Account:
    """A person's or a bot's account; `phone` is as written in somebody's contact book."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    phone: str = ""
    language: str = ""
    is_bot: bool = False
    deactivated: bool = False

    @property
    def name(self) -> str:
        """The name as a chat list shows it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def telegram_phone(self) -> str:
        """The number as Telegram shares it: with the country code, without a plus."""
        digits = self.phone.removeprefix("+")
        return f"86{digits}" if len(digits) == 11 and digits.startswith("1") else digits

    def as_json(self) -> Json:
        """The Bot API's User."""
        shown: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        optional = {
            "last_name": self.last_name,
            "username": self.username,
            "language_code": self.language,
        }
        return shown | {name: value for name, value in optional.items() if value}


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said at some time."""

    at: datetime
    content: Json
    markup: Json | None


@dataclass(slots=True)
class Message:
    """A message with everything it ever said; `content` holds the Bot API's own fields."""

    id: int
    chat: "Chat"
    sender: Account
    date: datetime
    content: Json
    markup: Json | None = None
    edited: datetime | None = None
    silent: bool = False
    deleted: bool = False
    history: list[Version] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text or the caption."""
        return str(self.content.get("text", self.content.get("caption", "")))

    @property
    def inline_keyboard(self) -> list[list[Json]]:
        """The rows of buttons under it."""
        rows: list[list[Json]] = (self.markup or {}).get("inline_keyboard", [])
        return rows

    def change(self, content: Json, markup: Json | None, now: datetime) -> None:
        """Edit it, keeping what it said before."""
        self.history.append(Version(self.edited or self.date, self.content, self.markup))
        self.content, self.markup, self.edited = content, markup, now

    def as_json(self) -> Json:
        """The Bot API's Message; a deleted one is an InaccessibleMessage."""
        place = {"message_id": self.id, "chat": self.chat.as_json()}
        if self.deleted:
            return place | {"date": 0}
        shown = place | {"from": self.sender.as_json(), "date": int(self.date.timestamp())}
        if self.edited:
            shown["edit_date"] = int(self.edited.timestamp())
        if self.inline_keyboard:
            shown["reply_markup"] = self.markup
        return shown | self.content


@dataclass(slots=True)
class Chat:
    """A private chat of one bot and one person, or a group.

    `members` says how everybody stands here; in a private chat only the person is in it.
    """

    id: int
    kind: ChatKind
    title: str = ""
    person: Account | None = None
    members: dict[int, Standing] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    migrated_to: int | None = None
    deleted: bool = False
    changed: int = 0

    @property
    def is_group(self) -> bool:
        """Whether the limits and the privacy of groups apply."""
        return self.kind is not ChatKind.PRIVATE

    def standing(self, account: Account) -> Standing:
        """How `account` stands here; a stranger was never here."""
        return self.members.get(account.id, Standing.STRANGER)

    def shown(self) -> list[Message]:
        """The messages a phone shows, the oldest first."""
        return [message for message in self.messages.values() if not message.deleted]

    def as_json(self) -> Json:
        """The Bot API's Chat."""
        if self.person is None:
            return {"id": self.id, "type": str(self.kind), "title": self.title}
        person = self.person.as_json()
        names = {k: person[k] for k in ("first_name", "last_name", "username") if k in person}
        return {"id": self.id, "type": "private"} | names
