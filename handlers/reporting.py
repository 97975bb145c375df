"""/report and what opens from it: the dialog's buttons, the card, submitting and taking back."""

from telegram import Update

from domain.reporting.turns import Choice
from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Callback, Handler, on_button, on_command
from usecases.reporting import by_phone, changing, filling, owed, picturing, submitting
from usecases.reporting.filling import AtStep, Pressed, Shown


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, owed.owed, None)


async def _paged(update: Update, context: Context) -> None:
    await context.run(update, owed.turn_owed, *ids_of(update))


async def _filled(update: Update, context: Context) -> None:
    await context.run(update, by_phone.take_up, *ids_of(update))


async def _told_by_phone(update: Update, context: Context) -> None:
    await context.run(update, by_phone.enter, *ids_of(update))


async def _taken(update: Update, context: Context) -> None:
    await context.run(update, filling.take_over, *ids_of(update))


async def _back(update: Update, context: Context) -> None:
    await context.run(update, filling.back, AtStep(*ids_of(update)))


async def _later(update: Update, context: Context) -> None:
    await context.run(update, filling.later, AtStep(*ids_of(update)))


async def _edited(update: Update, context: Context) -> None:
    await context.run(update, changing.edit, AtStep(*ids_of(update)))


async def _fields(update: Update, context: Context) -> None:
    await context.run(update, changing.fields, *ids_of(update))


async def _more(update: Update, context: Context) -> None:
    await context.run(update, changing.more, *ids_of(update))


async def _photos_dropped(update: Update, context: Context) -> None:
    await context.run(update, picturing.drop, AtStep(*ids_of(update)))


async def _card(update: Update, context: Context) -> None:
    await context.run(update, filling.show_card, *ids_of(update))


async def _dropping(update: Update, context: Context) -> None:
    await context.run(update, changing.drop, Shown(*ids_of(update)))


async def _dropped(update: Update, context: Context) -> None:
    await context.run(update, changing.dropped, Shown(*ids_of(update)))


async def _submitted(update: Update, context: Context) -> None:
    await context.run(update, submitting.submit, Shown(*ids_of(update)))


async def _withdrawn(update: Update, context: Context) -> None:
    await context.run(update, submitting.withdraw, *ids_of(update))


def _chosen(choice: Choice) -> Callback:
    """The callback of a ready answer's buttons."""

    async def chosen(update: Update, context: Context) -> None:
        await context.run(update, filling.choose, Pressed(choice, *ids_of(update)))

    return chosen


HANDLERS: list[Handler] = [
    *on_command("report", _asked),
    on_button("report.owed", _paged),
    on_button("report.fill", _filled),
    on_button("phone.fill", _told_by_phone),
    on_button("report.take", _taken),
    on_button("report.back", _back),
    on_button("report.later", _later),
    on_button("report.edit", _edited),
    on_button("report.fields", _fields),
    on_button("report.more", _more),
    on_button("report.photos_drop", _photos_dropped),
    on_button("report.card", _card),
    on_button("report.drop", _dropping),
    on_button("report.dropped", _dropped),
    on_button("report.submit", _submitted),
    on_button("report.withdraw", _withdrawn),
    *(on_button(f"report.{choice}", _chosen(choice)) for choice in Choice),
]
