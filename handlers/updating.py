"""/update and what opens from it; photos, which belong to it, to a report or to a decision."""

from telegram import Update
from telegram.ext import MessageHandler, filters

from handlers.door import Context
from handlers.parsing import arguments_of, ids_of, typed_text
from handlers.words import IN_PRIVATE, Handler, on_button, on_question
from usecases.items.evidence import SentFile, evidence_or
from usecases.reporting.picturing import Sent
from usecases.updating import adopting, dialog
from usecases.updating.adopting import Pointed


async def _begun(update: Update, context: Context) -> None:
    await context.run(update, dialog.begin, arguments_of(update))


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, dialog.begin, "")


async def _chosen(update: Update, context: Context) -> None:
    await context.run(update, dialog.choose, *ids_of(update))


async def _is_progress(update: Update, context: Context) -> None:
    await context.run(update, dialog.is_progress, None)


async def _is_problem(update: Update, context: Context) -> None:
    await context.run(update, dialog.is_problem, *ids_of(update))


async def _finished(update: Update, context: Context) -> None:
    await context.run(update, dialog.finish, None)


async def _photo_sent(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is not None and message.photo:
        sent = Sent(message.photo[-1].file_id, typed_text(update))
        evidence = SentFile.photo(sent.file_id, sent.caption)
        await context.run(update, evidence_or(evidence, dialog.take_photo), sent)


async def _waiting(update: Update, context: Context) -> None:
    await context.run(update, adopting.show_waiting, None)


async def _adopted(update: Update, context: Context) -> None:
    await context.run(update, adopting.adopt, Pointed(*ids_of(update)))


async def _dismissed(update: Update, context: Context) -> None:
    await context.run(update, adopting.dismiss, Pointed(*ids_of(update)))


async def _photos(update: Update, context: Context) -> None:
    await context.run(update, adopting.show_photos, Pointed(*ids_of(update)))


HANDLERS: list[Handler] = [
    *on_question("update", _begun),
    on_button("update.begin", _asked),
    on_button("update.project", _chosen),
    on_button("update.note", _is_progress),
    on_button("update.problem", _is_problem),
    on_button("update.done", _finished),
    on_button("update.queue", _waiting),
    on_button("update.adopt", _adopted),
    on_button("update.dismiss", _dismissed),
    on_button("update.photos", _photos),
    MessageHandler(IN_PRIVATE & filters.PHOTO, _photo_sent),
]
