"""/overview: the programme added up, and down to the projects behind each figure."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button, on_command
from templates.overview import DIMENSIONS, Slice
from usecases.overview import (
    Division,
    SlicePage,
    hand_table,
    overview,
    show_division,
    show_projects,
)


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, overview, None)


async def _divided(update: Update, context: Context) -> None:
    dimension, *slice_, page = ids_of(update)
    division = Division(Slice.of(slice_), DIMENSIONS[dimension - 1], page)
    await context.run(update, show_division, division)


async def _projects(update: Update, context: Context) -> None:
    *slice_, page = ids_of(update)
    await context.run(update, show_projects, SlicePage(Slice.of(slice_), page))


async def _table(update: Update, context: Context) -> None:
    await context.run(update, hand_table, Slice.of(ids_of(update)))


HANDLERS: list[Handler] = [
    *on_command("overview", _asked),
    on_button("overview.show", _divided),
    on_button("overview.projects", _projects),
    on_button("overview.table", _table),
]
