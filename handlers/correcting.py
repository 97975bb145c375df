"""更正: an accepted month once more, before its books are closed and after."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button
from usecases.reporting import after_books, agreeing, correcting


async def _which(update: Update, context: Context) -> None:
    await context.run(update, correcting.which, *ids_of(update))


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, correcting.ask, *ids_of(update))


async def _amount(update: Update, context: Context) -> None:
    await context.run(update, after_books.press_amount, *ids_of(update))


async def _shown(update: Update, context: Context) -> None:
    await context.run(update, agreeing.show, *ids_of(update))


async def _agreed(update: Update, context: Context) -> None:
    await context.run(update, agreeing.agree, *ids_of(update))


async def _refused(update: Update, context: Context) -> None:
    await context.run(update, agreeing.refuse, *ids_of(update))


HANDLERS: list[Handler] = [
    on_button("correct.which", _which),
    on_button("correct.ask", _asked),
    on_button("correct.amount", _amount),
    on_button("correct.show", _shown),
    on_button("correct.agree", _agreed),
    on_button("correct.refuse", _refused),
]
