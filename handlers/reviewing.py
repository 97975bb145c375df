"""/review and what opens from it: the queue, the card, the verdicts."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button, on_command
from usecases.reporting import accepting_many, picturing, reviewing
from usecases.reporting.reviewing import Reason


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, reviewing.review, None)


async def _paged(update: Update, context: Context) -> None:
    await context.run(update, reviewing.turn_queue, *ids_of(update))


async def _shown(update: Update, context: Context) -> None:
    await context.run(update, reviewing.show, *ids_of(update))


async def _card(update: Update, context: Context) -> None:
    await context.run(update, reviewing.turn_card, *ids_of(update))


async def _photos(update: Update, context: Context) -> None:
    await context.run(update, picturing.show, *ids_of(update))


async def _next(update: Update, context: Context) -> None:
    await context.run(update, reviewing.show_next, *ids_of(update))


async def _accepted(update: Update, context: Context) -> None:
    await context.run(update, reviewing.accept, *ids_of(update))


async def _undone(update: Update, context: Context) -> None:
    await context.run(update, reviewing.undo, *ids_of(update))


async def _returning(update: Update, context: Context) -> None:
    await context.run(update, reviewing.ask_reason, *ids_of(update))


async def _reason(update: Update, context: Context) -> None:
    await context.run(update, reviewing.give_reason, Reason(*ids_of(update)))


async def _clean(update: Update, context: Context) -> None:
    await context.run(update, accepting_many.show_clean, None)


async def _clean_accepted(update: Update, context: Context) -> None:
    await context.run(update, accepting_many.accept_clean, *ids_of(update))


HANDLERS: list[Handler] = [
    *on_command("review", _asked),
    on_button("review.page", _paged),
    on_button("review.show", _shown),
    on_button("review.card", _card),
    on_button("review.photos", _photos),
    on_button("review.next", _next),
    on_button("review.accept", _accepted),
    on_button("review.undo", _undone),
    on_button("review.return", _returning),
    on_button("review.reason", _reason),
    on_button("review.clean", _clean),
    on_button("review.clean_yes", _clean_accepted),
]
