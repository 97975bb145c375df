"""The command menu, by scope and language."""

import re

from sandbox.botapi.asking import Ask, Reply, speaks
from sandbox.botapi.chats import Json
from sandbox.botapi.errors import FormError

_COMMAND = re.compile(r"[a-z0-9_]{1,32}$")
_LANGUAGE = re.compile(r"([a-z]{2})?$")
_MOST_COMMANDS = 100
_SCOPES = ("default", "all_private_chats", "all_group_chats", "all_chat_administrators")
_CHAT_SCOPES = ("chat", "chat_administrators", "chat_member")


@speaks("setMyCommands", "commands scope language_code")
def set_my_commands(ask: Ask) -> Reply:
    """Set the menu of one scope and language."""
    commands = _commands(ask)
    ask.bot.menus[_key(ask)] = commands
    ask.telegram.bell.ring()
    return Reply(True)


@speaks("getMyCommands", "scope language_code")
def get_my_commands(ask: Ask) -> Reply:
    """The menu of exactly this scope and language."""
    return Reply(ask.bot.menus.get(_key(ask), []))


@speaks("deleteMyCommands", "scope language_code")
def delete_my_commands(ask: Ask) -> Reply:
    """Remove the menu of one scope and language."""
    ask.bot.menus.pop(_key(ask), None)
    ask.telegram.bell.ring()
    return Reply(True)


def _commands(ask: Ask) -> list[Json]:
    given = ask.parameters.objects("commands", "can't parse commands JSON object")
    if len(given) > _MOST_COMMANDS:
        raise FormError("BOT_COMMANDS_TOO_MUCH")
    return [_checked(command) for command in given]


def _checked(command: Json) -> Json:
    for name in ("command", "description"):
        if not isinstance(command.get(name), str):
            raise FormError("can't parse commands JSON object")
    name, description = command["command"].strip().removeprefix("/"), command["description"].strip()
    if not _COMMAND.match(name):
        raise FormError("BOT_COMMAND_INVALID")
    if not 1 <= len(description) <= 256:
        raise FormError("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}


def _key(ask: Ask) -> tuple[str, str]:
    """Scope and language; raises FormError for ones Telegram does not take."""
    language = ask.parameters.text("language_code")
    if not _LANGUAGE.match(language):
        raise FormError("invalid language code specified")
    return _scope(ask), language


def _scope(ask: Ask) -> str:
    if not ask.parameters.text("scope"):
        return "default"
    scope = ask.parameters.json("scope", "can't parse BotCommandScope JSON object")
    kind = scope.get("type") if isinstance(scope, dict) else None
    if kind in _SCOPES:
        return str(kind)
    if kind not in _CHAT_SCOPES:
        raise FormError("unsupported type specified")
    chat_id = str(scope.get("chat_id", ""))
    if not chat_id:
        raise FormError("chat_id is empty")
    chat = ask.telegram.chat_for(ask.bot, int(chat_id) if chat_id.lstrip("-").isdigit() else 0)
    return f"{kind}:{chat.id}" + (f":{scope['user_id']}" if kind == "chat_member" else "")
