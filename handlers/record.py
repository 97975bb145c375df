"""/record: who was asked when and what was answered, of a project, a person or a month."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import arguments_of, ids_of
from handlers.words import Callback, Handler, on_button, on_question
from templates.record import RecordKind
from usecases.chasing.record import RecordWanted, hand_record, record, turn_record


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, record, arguments_of(update))


def _turned(kind: RecordKind) -> Callback:
    async def turned(update: Update, context: Context) -> None:
        await context.run(update, turn_record, RecordWanted(kind, *ids_of(update)))

    return turned


def _handed(kind: RecordKind) -> Callback:
    async def handed(update: Update, context: Context) -> None:
        await context.run(update, hand_record, RecordWanted(kind, *ids_of(update)))

    return handed


HANDLERS: list[Handler] = [
    *on_question("record", _asked),
    *(on_button(f"record.{kind}", _turned(kind)) for kind in RecordKind),
    *(on_button(f"record.{kind}_sheet", _handed(kind)) for kind in RecordKind),
]
