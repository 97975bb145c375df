"""/help."""

from telegram import Update

from handlers.door import Context
from handlers.menu import run_and_show_menu
from handlers.words import Handler, on_command
from usecases.help import show_help


async def _helped(update: Update, context: Context) -> None:
    await run_and_show_menu(update, context, show_help, None)


HANDLERS: list[Handler] = on_command("help", _helped)
