"""The local Telegram itself: who exists, who talks to whom, what was said."""

from random import Random

from sandbox.botapi import errors
from sandbox.botapi.bell import Bell
from sandbox.botapi.bots import Bot
from sandbox.botapi.chats import PRESENT, Account, Chat, ChatKind, Json, Message, Standing
from sandbox.botapi.files import Files
from sandbox.botapi.journal import Journal, Violation
from sandbox.botapi.settings import Settings
from sandbox.clock import MovableClock

_SUPERGROUP_BASE = -1_000_000_000_000


class Telegram:
    """Accounts, bots and chats in memory, on the sandbox's clock.

    Plain and synchronous: tests may drive it without HTTP. A `seed` makes every random number
    (update ids, query ids) repeatable.
    """

    def __init__(
        self,
        clock: MovableClock | None = None,
        settings: Settings | None = None,
        seed: int = 1,
    ) -> None:
        self.clock = clock or MovableClock()
        self.settings = settings or Settings()
        self.random = Random(seed)
        self.journal = Journal()
        self.files = Files(self.settings)
        self.bell = Bell()
        self.accounts: dict[int, Account] = {}
        self.bots: dict[str, Bot] = {}
        self.groups: dict[int, Chat] = {}
        self._private: dict[tuple[int, int], Chat] = {}

    # Who exists

    def add_bot(self, username: str, name: str = "") -> Bot:
        """A new bot with its token."""
        number = 7_000_000_001 + len(self.bots)
        account = Account(number, name or username, username=username, is_bot=True)
        secret = "".join(
            self.random.choices("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz", k=35)
        )
        bot = Bot(account, f"{number}:{secret}", self.settings, self.random)
        self.accounts[number] = account
        self.bots[bot.token] = bot
        return bot

    def add_person(self, first_name: str, **details: str) -> Account:
        """A new account that has not talked to any bot; `details` are fields of Account."""
        number = 500_000_001 + len(self.accounts)
        # The fields that details may name are all texts.
        account = Account(number, first_name, **details)  # type: ignore[arg-type]
        self.accounts[number] = account
        return account

    def add_group(self, title: str, creator: Account, kind: ChatKind = ChatKind.GROUP) -> Chat:
        """A new group with its creator in it."""
        number = -4_000_000_001 - len(self.groups)
        if kind is ChatKind.SUPERGROUP:
            number += _SUPERGROUP_BASE
        group = Chat(number, kind, title, members={creator.id: Standing.CREATOR})
        self.groups[number] = group
        return group

    def private_chat(self, bot: Bot, person: Account) -> Chat:
        """The chat of a bot and a person, begun or not."""
        key = (bot.account.id, person.id)
        if key not in self._private:
            self._private[key] = Chat(person.id, ChatKind.PRIVATE, person=person)
        return self._private[key]

    def chats_of(self, account: Account) -> list[Chat]:
        """The chats in which somebody has ever been."""
        private = [
            chat for (bot, person), chat in self._private.items() if account.id in (bot, person)
        ]
        groups = [chat for chat in self.groups.values() if account.id in chat.members]
        return private + groups

    def bots_in(self, chat: Chat) -> list[Bot]:
        """The bots that are in a chat now."""
        if chat.is_group:
            return [bot for bot in self.bots.values() if chat.standing(bot.account) in PRESENT]
        return [
            bot for bot in self.bots.values() if self._private.get(self._key(bot, chat)) is chat
        ]

    def _key(self, bot: Bot, chat: Chat) -> tuple[int, int]:
        return bot.account.id, chat.id

    # What a bot can reach

    def chat_for(self, bot: Bot, chat_id: int) -> Chat:
        """The chat a bot may write to; raises ApiError in Telegram's words."""
        chat = self.known_chat(bot, chat_id)
        if chat.is_group:
            _require_membership(chat, bot.account)
        else:
            _require_started(chat)
        return chat

    def known_chat(self, bot: Bot, chat_id: int) -> Chat:
        """A chat the bot has met, writable or not; raises ApiError `chat not found`."""
        if chat_id in self.groups and bot.account.id in self.groups[chat_id].members:
            return self.groups[chat_id]
        person = self.accounts.get(chat_id)
        if person is None or not self._knows(bot, person):
            raise errors.chat_not_found()
        return self.private_chat(bot, person)

    def _knows(self, bot: Bot, person: Account) -> bool:
        begun = self.private_chat(bot, person).standing(person) is not Standing.STRANGER
        shared = any(
            bot.account.id in group.members and person.id in group.members
            for group in self.groups.values()
        )
        return begun or shared or person.is_bot

    # What is said

    def post(
        self, chat: Chat, sender: Account, content: Json, markup: Json | None = None
    ) -> Message:
        """Put a message into a chat; whoever should get an update is told by the caller."""
        message = Message(self._next_id(chat), chat, sender, self.clock.now(), content, markup)
        chat.messages[message.id] = message
        self.touch(chat)
        return message

    def _next_id(self, chat: Chat) -> int:
        if chat.is_group:
            return len(chat.messages) + 1
        bot = self.bots_in(chat)[0]
        bot.next_message_id += 1
        return bot.next_message_id - 1

    def touch(self, chat: Chat) -> None:
        """Note that a chat has changed, and wake whoever waits for that."""
        self.bell.ring()
        chat.changed = self.bell.rings

    def tell(self, bot: Bot, kind: str, payload: Json, lane: int) -> None:
        """Queue an update for a bot."""
        bot.updates.add(kind, payload, lane, self.clock.now())
        self.bell.ring()

    def count_send(self, bot: Bot, chat: Chat, method: str) -> None:
        """Pass one send or edit through the limits, just before it happens.

        Raises ApiError: the person blocked the bot, or a limit (also noted as a violation).
        """
        require_not_blocked(chat)
        now = self.clock.now()
        try:
            bot.limits.pass_send(chat.id, chat.is_group, now)
        finally:
            for what in bot.limits.violations:
                noted = Violation(now, bot.account.id, method, chat.id, what)
                self.journal.violations.append(noted)
            bot.limits.violations.clear()


def require_not_blocked(chat: Chat) -> None:
    """Raise ApiError when the person of a private chat has blocked the bot."""
    if chat.person and chat.standing(chat.person) is Standing.KICKED:
        raise errors.forbidden("bot was blocked by the user")


def _require_membership(chat: Chat, bot: Account) -> None:
    if chat.migrated_to:
        raise errors.migrated(chat.migrated_to)
    if chat.deleted:
        raise errors.forbidden("the group chat was deleted")
    if chat.standing(bot) is Standing.KICKED:
        raise errors.forbidden(f"bot was kicked from the {chat.kind} chat")
    if chat.standing(bot) is Standing.LEFT:
        raise errors.forbidden(f"bot is not a member of the {chat.kind} chat")


def _require_started(chat: Chat) -> None:
    assert chat.person is not None
    if chat.person.is_bot:
        raise errors.forbidden("the bot can't send messages to the bot")
    if chat.person.deactivated:
        raise errors.forbidden("user is deactivated")
    if chat.standing(chat.person) is Standing.STRANGER:
        raise errors.forbidden("bot can't initiate conversation with a user")
