"""Answers to alerts, and the coordinator's word before a first-responsible person hears."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button
from usecases.chasing import answers, difficulties, releasing, reopening
from usecases.reporting.reviewing import review


async def _known(update: Update, context: Context) -> None:
    await context.run(update, answers.know, None)


async def _promised(update: Update, context: Context) -> None:
    await context.run(update, answers.promise, *ids_of(update))


async def _handed_on(update: Update, context: Context) -> None:
    await context.run(update, answers.hand_on, None)


async def _difficulty(update: Update, context: Context) -> None:
    await context.run(update, difficulties.ask_difficulty, None)


async def _difficult(update: Update, context: Context) -> None:
    await context.run(update, difficulties.ask_about, *ids_of(update))


async def _reviewing(update: Update, context: Context) -> None:
    await context.run(update, review, None)


async def _alerts(update: Update, context: Context) -> None:
    await context.run(update, reopening.open_alerts, None)


async def _releases(update: Update, context: Context) -> None:
    await context.run(update, reopening.open_releases, None)


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
    on_button("alert.know", _known),
    on_button("alert.promise", _promised),
    on_button("alert.ask", _handed_on),
    on_button("alert.difficulty", _difficulty),
    on_button("alert.difficult", _difficult),
    on_button("alert.review", _reviewing),
    on_button("alert.open", _alerts),
    on_button("release.open", _releases),
    on_button("release.all", _all_sent),
    on_button("release.none", _all_put_off),
    on_button("release.each", _each),
    on_button("release.list", _list),
    on_button("release.send", _sent),
    on_button("release.hold", _put_off),
]
