"""/items (协调事项) and /item 12 (事项 12): raising items, reading their threads, listing them."""

import re

from telegram import Update
from telegram.ext import MessageHandler, filters

from domain.words import any_of, read_words
from handlers.door import Context
from handlers.parsing import arguments_of, ids_of, typed_text
from handlers.words import IN_PRIVATE, Handler, on_button, on_question
from usecases.items import listing, raising, reading
from usecases.items.listing import Narrowed
from usecases.items.raising import AskedOf

# Few leave a blank between the word and the number: 事项12.
_NUMBERED = re.compile(rf"^\s*{any_of(read_words('commands')['commands']['item'])}#?\d+\s*$")


async def _called(update: Update, context: Context) -> None:
    await context.run(update, reading.show_called, arguments_of(update))


async def _numbered(update: Update, context: Context) -> None:
    await context.run(update, reading.show_called, typed_text(update))


async def _shown(update: Update, context: Context) -> None:
    await context.run(update, reading.show, *ids_of(update))


async def _turned(update: Update, context: Context) -> None:
    item_id, page = ids_of(update)
    await context.run(update, reading.turn, (item_id, page))


async def _listed(update: Update, context: Context) -> None:
    await context.run(update, listing.items_called, arguments_of(update))


async def _narrowed(update: Update, context: Context) -> None:
    await context.run(update, listing.show_list, Narrowed(*ids_of(update)))


async def _counted(update: Update, context: Context) -> None:
    await context.run(update, listing.show_counts, None)


async def _regions(update: Update, context: Context) -> None:
    page = (*ids_of(update), 0)[0]
    await context.run(update, listing.show_regions, page)


async def _raised(update: Update, context: Context) -> None:
    await context.run(update, raising.raise_item, *ids_of(update))


async def _asked_of(update: Update, context: Context) -> None:
    await context.run(update, raising.choose_unit, AskedOf(*ids_of(update)))


async def _unit(update: Update, context: Context) -> None:
    await context.run(update, raising.ask_unit, *ids_of(update))


async def _text(update: Update, context: Context) -> None:
    await context.run(update, raising.ask_text, *ids_of(update))


HANDLERS: list[Handler] = [
    MessageHandler(IN_PRIVATE & ~filters.COMMAND & filters.Regex(_NUMBERED), _numbered),
    *on_question("item", _called),
    *on_question("items", _listed),
    on_button("item.show", _shown),
    on_button("item.turn", _turned),
    on_button("item.list", _narrowed),
    on_button("item.kinds", _counted),
    on_button("item.regions", _regions),
    on_button("item.raise", _raised),
    on_button("item.ask", _asked_of),
    on_button("item.unit", _unit),
    on_button("item.text", _text),
]
