"""Work groups: /bind (绑定) and /unbind in a group and in private; any other command in a group."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.door import Context
from handlers.parsing import ids_of, typed_text
from handlers.words import IN_GROUPS, Handler, on_button, on_command, on_group_command
from usecases.groups import binding
from usecases.groups.binding import LevelChosen, Page, ScopeChosen
from usecases.groups.speaking import addressed


async def _bind_here(update: Update, context: Context) -> None:
    await context.run(update, binding.bind_here, None)


async def _unbind_here(update: Update, context: Context) -> None:
    await context.run(update, binding.unbind_here, None)


async def _addressed(update: Update, context: Context) -> None:
    """A command, unless it is another bot's."""
    _, _, whose = typed_text(update).split()[0].partition("@")
    if whose.lower() in ("", context.bot.username.lower()):
        await context.run(update, addressed, None)


async def _list(update: Update, context: Context) -> None:
    await context.run(update, binding.list_groups, Page())


async def _turn(update: Update, context: Context) -> None:
    await context.run(update, binding.turn_groups, Page(*ids_of(update)))


async def _show(update: Update, context: Context) -> None:
    await context.run(update, binding.show_group, *ids_of(update))


async def _level(update: Update, context: Context) -> None:
    await context.run(update, binding.choose_level, LevelChosen(*ids_of(update)))


async def _scope(update: Update, context: Context) -> None:
    await context.run(update, binding.preview, ScopeChosen(*ids_of(update)))


async def _bind(update: Update, context: Context) -> None:
    await context.run(update, binding.bind, ScopeChosen(*ids_of(update)))


async def _ask_unbind(update: Update, context: Context) -> None:
    await context.run(update, binding.ask_unbind, *ids_of(update))


async def _unbind(update: Update, context: Context) -> None:
    await context.run(update, binding.unbind, *ids_of(update))


HANDLERS: list[Handler] = [
    *on_group_command("bind", _bind_here),
    *on_group_command("unbind", _unbind_here),
    MessageHandler(IN_GROUPS & filters.COMMAND, _addressed),
    *on_command("bind", _list),
    on_button("group.list", _turn),
    on_button("group.show", _show),
    on_button("group.level", _level),
    on_button("group.scope", _scope),
    on_button("group.bind", _bind),
    on_button("group.ask_unbind", _ask_unbind),
    on_button("group.unbind", _unbind),
]
