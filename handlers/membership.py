"""The bot's own standing: blocked and let back in by people, put into groups and taken out."""

from telegram import ChatMember, ChatMemberUpdated, Update
from telegram.ext import ChatMemberHandler, MessageHandler, filters

from handlers.door import Context
from handlers.words import Handler
from usecases.membership import Joined, blocked, group_changed, group_moved, unblocked

_OUT = (ChatMember.LEFT, ChatMember.BANNED)
_GROUPS = ("group", "supergroup")


async def _changed(update: Update, context: Context) -> None:
    change = update.my_chat_member
    assert change is not None
    if change.chat.type in _GROUPS:
        joined = Joined(change.chat.title or "", _is_in(change))
        await context.run(update, group_changed, joined)
    elif change.chat.type == "private":
        await context.run(update, unblocked if _is_in(change) else blocked, None)


async def _moved(update: Update, context: Context) -> None:
    message = update.effective_message
    if message and message.migrate_to_chat_id:
        await context.run(update, group_moved, message.migrate_to_chat_id)


def _is_in(change: ChatMemberUpdated) -> bool:
    """A member who may not write is as good as gone."""
    member = change.new_chat_member
    is_member = member.status not in _OUT and getattr(member, "is_member", True)
    return bool(is_member and getattr(member, "can_send_messages", True))


HANDLERS: list[Handler] = [
    ChatMemberHandler(_changed, ChatMemberHandler.MY_CHAT_MEMBER),
    MessageHandler(filters.StatusUpdate.MIGRATE & filters.ChatType.GROUPS, _moved),
]
