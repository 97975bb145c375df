"""Free text: the awake conversation's answer, or words to look up; and what nobody else wanted.

This topic is registered last.
"""

from telegram import Update
from telegram.ext import CallbackQueryHandler, MessageHandler, filters

from handlers.door import Context
from handlers.parsing import typed_text
from handlers.words import IN_PRIVATE, Handler, on_button, on_command
from usecases.conversation import not_understood, outdated
from usecases.dialogs import cancel, go_on, hear, look_up_instead
from usecases.lookup import look_up
from usecases.reporting.many.offering import reported_or

_HEAR = hear(reported_or(look_up))
_LOOK_UP_INSTEAD = look_up_instead(look_up)


async def _said(update: Update, context: Context) -> None:
    await context.run(update, _HEAR, typed_text(update))


async def _gone_on(update: Update, context: Context) -> None:
    await context.run(update, go_on, None)


async def _looked_up(update: Update, context: Context) -> None:
    await context.run(update, _LOOK_UP_INSTEAD, None)


async def _cancelled(update: Update, context: Context) -> None:
    await context.run(update, cancel, None)


async def _not_understood(update: Update, context: Context) -> None:
    await context.run(update, not_understood, None)


async def _outdated(update: Update, context: Context) -> None:
    await context.run(update, outdated, None)


HANDLERS: list[Handler] = [
    *on_command("cancel", _cancelled),
    on_button("dialog.go_on", _gone_on),
    on_button("dialog.look_up", _looked_up),
    on_button("dialog.cancel", _cancelled),
    MessageHandler(IN_PRIVATE & filters.TEXT & ~filters.COMMAND, _said),
    MessageHandler(IN_PRIVATE & ~filters.StatusUpdate.ALL, _not_understood),
    CallbackQueryHandler(_outdated),
]
