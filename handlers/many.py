"""Many reports at once: the table to confirm and its buttons; lines are heard by the dialog."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button
from usecases.reporting.many import sheets, submitting, table


async def _begun(update: Update, context: Context) -> None:
    await context.run(update, table.begin, None)


async def _handed_out(update: Update, context: Context) -> None:
    await context.run(update, sheets.hand_out, None)


async def _submitted(update: Update, context: Context) -> None:
    await context.run(update, submitting.submit, *ids_of(update))


async def _in_wan(update: Update, context: Context) -> None:
    await context.run(update, table.in_wan, *ids_of(update))


async def _later(update: Update, context: Context) -> None:
    await context.run(update, table.later, None)


async def _dropping(update: Update, context: Context) -> None:
    await context.run(update, table.drop, *ids_of(update))


async def _dropped(update: Update, context: Context) -> None:
    await context.run(update, table.dropped, *ids_of(update))


HANDLERS: list[Handler] = [
    on_button("report.many", _begun),
    on_button("many.table", _handed_out),
    on_button("many.submit", _submitted),
    on_button("many.in_wan", _in_wan),
    on_button("many.later", _later),
    on_button("many.drop", _dropping),
    on_button("many.dropped", _dropped),
]
