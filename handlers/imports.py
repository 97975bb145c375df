"""Tables somebody sends, and the buttons under what a coordinator's would change."""

from telegram import Document, Update
from telegram.error import BadRequest
from telegram.ext import MessageHandler, filters

from domain.vocabulary import Level
from handlers.door import Context
from handlers.menu import run_and_show_menus
from handlers.parsing import clean, ids_of, typed_text
from handlers.words import IN_PRIVATE, Handler, on_button
from usecases.importing.files import File
from usecases.imports import (
    Belonging,
    Upload,
    accept_new_names,
    bring_back,
    choose_programme,
    confirm,
    drop,
    receive,
    refuse_oversized,
    skip_bad_rows,
)
from usecases.items.evidence import SentFile, evidence_or
from usecases.reporting.many.sheets import taken_or
from usecases.workbook import MAX_BYTES

UNNAMED = "table"
TAKE = taken_or(receive)


async def _received(update: Update, context: Context) -> None:
    message = update.effective_message
    if message is None or message.document is None:
        return
    name, words = clean(message.document.file_name or "") or UNNAMED, typed_text(update)
    evidence = SentFile.document(message.document.file_id, name, words)
    content = await _content(message.document)
    if content is None:
        await context.run(update, evidence_or(evidence, refuse_oversized), name)
    else:
        upload = Upload(File(name, content), words)
        await context.run(update, evidence_or(evidence, TAKE), upload)


async def _content(document: Document) -> bytes | None:
    """The file's bytes; None for one that Telegram does not hand to bots."""
    if (document.file_size or 0) > MAX_BYTES:
        return None
    try:
        file = await document.get_file()
    except BadRequest as error:
        if "too big" in error.message.lower():
            return None
        raise
    return bytes(await file.download_as_bytearray())


async def _confirmed(update: Update, context: Context) -> None:
    await run_and_show_menus(update, context, confirm, ids_of(update)[0])


async def _accepted(update: Update, context: Context) -> None:
    await context.run(update, accept_new_names, ids_of(update)[0])


async def _skipped(update: Update, context: Context) -> None:
    await context.run(update, skip_bad_rows, ids_of(update)[0])


async def _brought_back(update: Update, context: Context) -> None:
    await context.run(update, bring_back, ids_of(update)[0])


async def _dropped(update: Update, context: Context) -> None:
    await context.run(update, drop, ids_of(update)[0])


async def _placed(update: Update, context: Context) -> None:
    preview_id, level, year = ids_of(update)
    belonging = Belonging(preview_id, level=tuple(Level)[level], year=year)
    await context.run(update, choose_programme, belonging)


async def _placed_in_batch(update: Update, context: Context) -> None:
    preview_id, programme_id = ids_of(update)
    await context.run(update, choose_programme, Belonging(preview_id, programme_id))


HANDLERS: list[Handler] = [
    MessageHandler(IN_PRIVATE & filters.Document.ALL, _received),
    on_button("import.confirm", _confirmed),
    on_button("import.accept", _accepted),
    on_button("import.skip", _skipped),
    on_button("import.return", _brought_back),
    on_button("import.drop", _dropped),
    on_button("import.programme", _placed),
    on_button("import.into", _placed_in_batch),
]
