"""Telegram's command menu, kept in step with what a person can do."""

import structlog
from telegram import BotCommand, BotCommandScopeChat, Update
from telegram.error import TelegramError

from handlers.door import Context, Given
from templates.help import menu_line
from usecases.answers import UseCase
from usecases.help import Menu, noting_menu, noting_menus

log = structlog.get_logger()


async def run_and_show_menu(
    update: Update, context: Context, use_case: UseCase[Given], given: Given
) -> None:
    """Run a use-case that may change what the person can do, then show them the menu that fits.

    The menu is a convenience: when Telegram does not take it, /help shows it anew.
    """
    menus: list[Menu] = []
    await context.run(update, noting_menu(use_case, menus.append), given)
    chat = update.effective_chat
    if not menus or chat is None:
        return
    await _show(context, chat.id, menus[-1])


async def run_and_show_menus(
    update: Update, context: Context, use_case: UseCase[Given], given: Given
) -> None:
    """Run a use-case that may change what others can do, then show each of them the new menu."""
    menus: dict[int, Menu] = {}
    await context.run(update, noting_menus(use_case, menus.update), given)
    for chat_id, menu in menus.items():
        await _show(context, chat_id, menu)


async def _show(context: Context, chat_id: int, menu: Menu) -> None:
    commands = [BotCommand(one.name, menu_line(one, menu.language)) for one in menu.commands]
    try:
        await context.bot.set_my_commands(commands, scope=BotCommandScopeChat(chat_id))
    except TelegramError as error:
        log.warning("menu_not_shown", chat=chat_id, reason=str(error))
