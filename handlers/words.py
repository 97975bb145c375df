"""Commands and the Chinese words that stand for them: 查询 does what /status does."""

import re
from collections.abc import Callable, Coroutine
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from domain.words import any_of, read_words
from handlers.door import Context

Callback = Callable[[Update, Context], Coroutine[Any, Any, None]]
Handler = BaseHandler[Update, Context, Any]

# In groups the bot says nothing, and what is edited later has been answered already.
IN_PRIVATE = filters.ChatType.PRIVATE & filters.UpdateType.MESSAGE

IN_GROUPS = filters.ChatType.GROUPS & filters.UpdateType.MESSAGE

_WORDS = read_words("commands")["commands"]


def on_command(name: str, callback: Callback) -> list[Handler]:
    """The handlers of a command and of the words that, sent alone, do the same."""
    return _on(name, callback, _alone(name))


def on_group_command(name: str, callback: Callback) -> list[Handler]:
    """The same in a group, for the few commands that are heard there."""
    return _on(name, callback, _alone(name), IN_GROUPS)


def on_question(name: str, callback: Callback) -> list[Handler]:
    """The same for a command that takes words of its own: 查询 五象."""
    return _on(name, callback, rf"^\s*{any_of(_WORDS[name])}(?:\s.*)?$")


def on_button(action: str, callback: Callback) -> Handler:
    """The handler of a button by its action; its ids follow after colons."""
    return CallbackQueryHandler(callback, pattern=rf"^{re.escape(action)}(:|$)")


def _alone(name: str) -> str:
    return rf"^\s*{any_of(_WORDS[name])}\s*$"


def _on(
    name: str, callback: Callback, pattern: str, where: filters.BaseFilter = IN_PRIVATE
) -> list[Handler]:
    said = filters.Regex(re.compile(pattern, re.DOTALL))
    return [
        CommandHandler(name, callback, filters=where),
        MessageHandler(where & ~filters.COMMAND & said, callback),
    ]
