"""What people do on their phones: write, press, share, block, gather in groups."""

import re
from typing import Any

from sandbox.botapi.bots import Bot, CallbackQuery
from sandbox.botapi.chats import PRESENT, Account, Chat, ChatKind, Json, Message, Standing
from sandbox.botapi.files import StoredFile
from sandbox.botapi.text.formatted import TEXT_LIMIT, typed
from sandbox.botapi.world import Telegram

_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


class NotPossibleError(Exception):
    """Something a phone does not let its owner do."""


class People:
    """The hands of everybody: each act changes the chat and tells the bots that may know."""

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram

    # Writing

    def types(self, person: Account, chat: Chat, text: str, **extra: Any) -> list[Message]:
        """Send a text; as a phone does, one of more than 4096 characters becomes several."""
        whole = typed(text).text
        if not whole:
            raise NotPossibleError("a phone does not send an empty message")
        parts = [whole[i : i + TEXT_LIMIT] for i in range(0, len(whole), TEXT_LIMIT)]
        return [self.sends(person, chat, text_content(part) | extra) for part in parts]

    def sends(self, person: Account, chat: Chat, content: Json) -> Message:
        """Send anything: `content` holds the Bot API's own fields of a message."""
        self._open(person, chat)
        message = self.telegram.post(chat, person, content)
        for bot in self.telegram.bots_in(chat):
            if self._may_read(bot, message):
                self.telegram.tell(bot, "message", message.as_json(), chat.id)
        return message

    def replies(self, person: Account, to: Message, text: str) -> list[Message]:
        """Answer a message, quoting it."""
        return self.types(person, to.chat, text, reply_to_message=to.as_json())

    def edits(self, message: Message, text: str) -> None:
        """Change a text the person sent before."""
        content = {k: v for k, v in message.content.items() if k not in ("text", "entities")}
        message.change(content | text_content(text), message.markup, self.telegram.clock.now())
        self.telegram.touch(message.chat)
        for bot in self.telegram.bots_in(message.chat):
            if self._may_read(bot, message):
                self.telegram.tell(bot, "edited_message", message.as_json(), message.chat.id)

    def forwards(self, person: Account, message: Message, to: Chat) -> Message:
        """Forward a message into another chat, or into its own."""
        origin = {
            "type": "user",
            "sender_user": message.sender.as_json(),
            "date": int(message.date.timestamp()),
        }
        content = {k: v for k, v in message.content.items() if k != "reply_to_message"}
        return self.sends(person, to, content | {"forward_origin": origin})

    def presses(self, person: Account, message: Message, data: str) -> CallbackQuery:
        """Press a button; `data` is taken as it is, as from a modified phone."""
        bot = self._author(message)
        query = bot.ask(person, message, data, self.telegram.clock.now())
        self.telegram.tell(bot, "callback_query", query.as_json(), person.id)
        self.telegram.touch(message.chat)
        return query

    def _author(self, message: Message) -> Bot:
        for bot in self.telegram.bots.values():
            if bot.account is message.sender:
                return bot
        raise NotPossibleError("only a bot's message has buttons")

    def _open(self, person: Account, chat: Chat) -> None:
        """A first message begins a private chat; a blocked bot cannot be written to."""
        if person.deactivated:
            raise NotPossibleError(f"{person.name} has no account any more")
        if chat.standing(person) is Standing.STRANGER and not chat.is_group:
            chat.members[person.id] = Standing.MEMBER
        if chat.standing(person) not in PRESENT or chat.migrated_to:
            raise NotPossibleError(f"{person.name} cannot write to this chat now")

    def _may_read(self, bot: Bot, message: Message) -> bool:
        """Group privacy: a bot reads commands meant for it, replies to it and events."""
        chat = message.chat
        if not chat.is_group or bot.reads_everything or not is_ordinary(message):
            return True
        if chat.standing(bot.account) is Standing.ADMINISTRATOR:
            return True
        replied = message.content.get("reply_to_message", {}).get("from", {}).get("id")
        return replied == bot.account.id or self._commands(bot, message)

    def _commands(self, bot: Bot, message: Message) -> bool:
        found = _COMMAND.match(message.text)
        if not found:
            return False
        if found.group(1):
            return found.group(1).lower() == bot.username.lower()
        spoke = [m.sender for m in message.chat.messages.values() if m.sender.is_bot]
        return len(self.telegram.bots_in(message.chat)) == 1 or spoke[-1:] == [bot.account]

    # Blocking

    def blocks(self, person: Account, bot: Bot) -> None:
        """Stop and block the bot."""
        self._restand(person, bot, Standing.KICKED)

    def unblocks(self, person: Account, bot: Bot) -> None:
        """Allow the bot to write again."""
        self._restand(person, bot, Standing.MEMBER)

    def _restand(self, person: Account, bot: Bot, new: Standing) -> None:
        chat = self.telegram.private_chat(bot, person)
        old = chat.standing(person)
        if old in (new, Standing.STRANGER):
            raise NotPossibleError(f"{person.name} is {old} already")
        chat.members[person.id] = new
        self._tell_standing(person, bot, chat, (old, new))

    # Groups

    def founds(self, person: Account, title: str, bot: Bot | None = None) -> Chat:
        """Make a group, with the bot in it."""
        group = self.telegram.add_group(title, person)
        if bot:
            self.adds_bot(person, group, bot)
        return group

    def joins(self, person: Account, group: Chat) -> None:
        """Come into a group."""
        group.members[person.id] = Standing.MEMBER
        self.sends(person, group, {"new_chat_members": [person.as_json()]})

    def adds_bot(self, person: Account, group: Chat, bot: Bot) -> None:
        """Put a bot into a group."""
        old = _as_shown(group.standing(bot.account))
        group.members[bot.account.id] = Standing.MEMBER
        self._tell_standing(person, bot, group, (old, Standing.MEMBER))
        self.sends(person, group, {"new_chat_members": [bot.account.as_json()]})

    def removes_bot(self, person: Account, group: Chat, bot: Bot) -> None:
        """Throw a bot out of a group."""
        self.sends(person, group, {"left_chat_member": bot.account.as_json()})
        old = group.standing(bot.account)
        group.members[bot.account.id] = Standing.KICKED
        self._tell_standing(person, bot, group, (old, Standing.KICKED))

    def promotes_bot(self, person: Account, group: Chat, bot: Bot) -> None:
        """Make a bot an administrator, who reads everything."""
        old = group.standing(bot.account)
        group.members[bot.account.id] = Standing.ADMINISTRATOR
        self._tell_standing(person, bot, group, (old, Standing.ADMINISTRATOR))

    def upgrades(self, person: Account, group: Chat) -> Chat:
        """Turn a group into a supergroup, which has another id."""
        new = self.telegram.add_group(group.title, person, ChatKind.SUPERGROUP)
        new.members = dict(group.members)
        self.sends(person, group, {"migrate_to_chat_id": new.id})
        group.migrated_to = new.id
        self.sends(person, new, {"migrate_from_chat_id": group.id})
        return new

    def _tell_standing(
        self, person: Account, bot: Bot, chat: Chat, change: tuple[Standing, Standing]
    ) -> None:
        user = bot.account.as_json()
        payload = {
            "chat": chat.as_json(),
            "from": person.as_json(),
            "date": int(self.telegram.clock.now().timestamp()),
            "old_chat_member": member_json(change[0], user),
            "new_chat_member": member_json(change[1], user),
        }
        self.telegram.tell(bot, "my_chat_member", payload, chat.id)
        self.telegram.touch(chat)


def _as_shown(standing: Standing) -> Standing:
    return Standing.LEFT if standing is Standing.STRANGER else standing


def member_json(standing: Standing, user: Json) -> Json:
    """The Bot API's ChatMember."""
    shown: Json = {"status": str(_as_shown(standing)), "user": user}
    if standing is Standing.KICKED:
        return shown | {"until_date": 0}
    if standing is Standing.CREATOR:
        return shown | {"is_anonymous": False}
    if standing is Standing.ADMINISTRATOR:
        return shown | {right: right == "can_manage_chat" for right in _RIGHTS.split()}
    return shown


_RIGHTS = """can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats
can_restrict_members can_promote_members can_change_info can_invite_users can_post_stories
can_edit_stories can_delete_stories"""


def is_ordinary(message: Message) -> bool:
    """Whether a message is somebody's words rather than an event of the group."""
    events = ("new_chat_members", "left_chat_member", "migrate_to_chat_id", "migrate_from_chat_id")
    return not any(event in message.content for event in events)


def text_content(text: str) -> Json:
    """The fields of a text message as a person types it."""
    found = typed(text)
    entities = [entity.as_json() for entity in found.entities]
    return {"text": found.text} | ({"entities": entities} if entities else {})


def contact_content(owner: Account, written: str = "") -> Json:
    """The fields of a contact card; `written` is another spelling of the number."""
    card = {
        "phone_number": written or owner.telegram_phone,
        "first_name": owner.first_name,
        "last_name": owner.last_name,
        "user_id": owner.id,
    }
    return {"contact": {name: value for name, value in card.items() if value}}


def media_content(file: StoredFile) -> Json:
    """The fields of a message with a file in it."""
    if file.kind == "photo":
        size = {"width": 1280, "height": 960}
        return {"photo": [file.as_json() | size]}
    shown = file.as_json() | {"mime_type": file.content_type}
    if file.kind == "voice":
        return {"voice": shown | {"duration": 3}}
    if file.kind == "sticker":
        kinds = {"type": "regular", "is_animated": False, "is_video": False}
        return {"sticker": file.as_json() | kinds | {"width": 512, "height": 512, "emoji": "👍"}}
    return {"document": shown | {"file_name": file.name}}
