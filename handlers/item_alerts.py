"""Answers to alerts about decisions, and the coordinator's word before a leader hears of them."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button
from usecases.items import refreshing, releasing


async def _known(update: Update, context: Context) -> None:
    await context.run(update, refreshing.know, None)


async def _releases(update: Update, context: Context) -> None:
    await context.run(update, releasing.open_list, None)


async def _all_sent(update: Update, context: Context) -> None:
    await context.run(update, releasing.send_all, None)


async def _all_put_off(update: Update, context: Context) -> None:
    await context.run(update, releasing.put_off_all, None)


async def _each(update: Update, context: Context) -> None:
    await context.run(update, releasing.show_each, None)


async def _list(update: Update, context: Context) -> None:
    await context.run(update, releasing.show_list, None)


async def _sent(update: Update, context: Context) -> None:
    await context.run(update, releasing.send, *ids_of(update))


async def _put_off(update: Update, context: Context) -> None:
    await context.run(update, releasing.put_off, *ids_of(update))


HANDLERS: list[Handler] = [
    on_button("item.know", _known),
    on_button("decision_release.open", _releases),
    on_button("decision_release.all", _all_sent),
    on_button("decision_release.none", _all_put_off),
    on_button("decision_release.each", _each),
    on_button("decision_release.list", _list),
    on_button("decision_release.send", _sent),
    on_button("decision_release.hold", _put_off),
]
