"""Photos: to the report or the note that is being written."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.door import Context
from handlers.parsing import typed_text
from handlers.words import IN_PRIVATE, Handler
from usecases.reporting.picturing import Sent, take


async def _sent(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None and message.photo:
        await context.run(update, take, Sent(message.photo[-1].file_id, typed_text(update)))


HANDLERS: list[Handler] = [MessageHandler(IN_PRIVATE & filters.PHOTO, _sent)]
