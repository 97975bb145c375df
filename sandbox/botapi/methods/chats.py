"""Who the bot is, and whom it talks to."""

from sandbox.botapi.asking import Ask, Reply, speaks
from sandbox.botapi.chats import Json, Standing
from sandbox.botapi.errors import ApiError
from sandbox.botapi.people import member_json

_ME = {
    "can_join_groups": True,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
    "can_manage_bots": False,
}
_GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")


@speaks("getMe")
def get_me(ask: Ask) -> Reply:
    """The bot's own account."""
    reads = {"can_read_all_group_messages": ask.bot.reads_everything}
    return Reply(ask.bot.account.as_json() | reads | _ME)


@speaks("getChat", "chat_id")
def get_chat(ask: Ask) -> Reply:
    """What is to be known of a chat the bot has met."""
    chat = ask.telegram.known_chat(ask.bot, ask.chat_id())
    gifts = dict.fromkeys((*_GIFTS, "gifts_from_channels"), False)
    full: Json = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}
    if chat.is_group:
        chat = ask.chat()
        full["permissions"] = {"can_send_messages": True}
    return Reply(chat.as_json() | full)


@speaks("getChatMember", "chat_id user_id")
def get_chat_member(ask: Ask) -> Reply:
    """How somebody stands in a chat."""
    chat = ask.chat()
    person = ask.telegram.accounts.get(ask.parameters.integer("user_id"))
    if person is None:
        raise ApiError(400, "invalid user_id specified")
    standing = chat.members.get(person.id, Standing.LEFT)
    return Reply(member_json(standing, person.as_json()))
