"""/settings and /leave."""

import datetime as dtm

from telegram import Update

from domain.leave import FIRST, LAST
from domain.vocabulary import Language
from handlers.door import Context
from handlers.menu import run_and_show_menu
from handlers.parsing import arguments_of, ids_of
from handlers.words import Handler, on_button, on_command, on_question
from usecases.leave import cancel_leave
from usecases.leave_dialog import Chosen, choose_day, choose_deputy, leave, leave_of
from usecases.settings import show_settings, speak
from usecases.unlinking import ask_unlink_self, unlink_self


async def _shown(update: Update, context: Context) -> None:
    await context.run(update, show_settings, None)


async def _spoken_chinese(update: Update, context: Context) -> None:
    await run_and_show_menu(update, context, speak, Language.ZH)


async def _spoken_english(update: Update, context: Context) -> None:
    await run_and_show_menu(update, context, speak, Language.EN)


async def _unlink_asked(update: Update, context: Context) -> None:
    await context.run(update, ask_unlink_self, None)


async def _unlinked(update: Update, context: Context) -> None:
    await run_and_show_menu(update, context, unlink_self, None)


async def _leave(update: Update, context: Context) -> None:
    await context.run(update, leave, arguments_of(update))


async def _own_leave(update: Update, context: Context) -> None:
    await context.run(update, leave, "")


async def _leave_of(update: Update, context: Context) -> None:
    await context.run(update, leave_of, *ids_of(update))


async def _first_day(update: Update, context: Context) -> None:
    await context.run(update, choose_day, Chosen(FIRST, _day(update)))


async def _last_day(update: Update, context: Context) -> None:
    await context.run(update, choose_day, Chosen(LAST, _day(update)))


async def _deputy(update: Update, context: Context) -> None:
    await context.run(update, choose_deputy, *ids_of(update))


async def _no_deputy(update: Update, context: Context) -> None:
    await context.run(update, choose_deputy, None)


async def _leave_cancelled(update: Update, context: Context) -> None:
    await context.run(update, cancel_leave, *ids_of(update))


def _day(update: Update) -> dtm.date:
    (digits,) = ids_of(update)
    return dtm.date.fromisoformat(str(digits))


HANDLERS: list[Handler] = [
    *on_command("settings", _shown),
    on_button("settings.show", _shown),
    on_button("settings.zh", _spoken_chinese),
    on_button("settings.en", _spoken_english),
    on_button("settings.unlink", _unlink_asked),
    on_button("settings.unlinked", _unlinked),
    on_button("settings.leave", _own_leave),
    *on_question("leave", _leave),
    on_button("leave.of", _leave_of),
    on_button("leave.first", _first_day),
    on_button("leave.last", _last_day),
    on_button("leave.deputy", _deputy),
    on_button("leave.nobody", _no_deputy),
    on_button("leave.cancel", _leave_cancelled),
]
