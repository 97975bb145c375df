"""/holes: who is missing in the chains."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button, on_command
from usecases.holes import Wanted, hand_over_holes, holes


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, holes, Wanted())


async def _paged(update: Update, context: Context) -> None:
    (page,) = ids_of(update)
    await context.run(update, holes, Wanted(page))


async def _unit(update: Update, context: Context) -> None:
    unit_id, page = ids_of(update)
    await context.run(update, holes, Wanted(page, unit_id))


async def _handed_over(update: Update, context: Context) -> None:
    await context.run(update, hand_over_holes, None)


HANDLERS: list[Handler] = [
    *on_command("holes", _asked),
    on_button("holes.page", _paged),
    on_button("holes.unit", _unit),
    on_button("holes.sheet", _handed_over),
]
