"""Asking about a project: /status, its lists, its card and what opens from it."""

from telegram import Update

from domain.periods import Period
from handlers.door import Context
from handlers.parsing import arguments_of, ids_of
from handlers.words import Handler, on_button, on_question
from templates.lookup import Narrowing
from usecases.asked import Wanted, WantedPage
from usecases.following import follow, unfollow
from usecases.lookup import ListPage, look_up, show_categories, show_hits, show_regions
from usecases.people_of import show_people
from usecases.problems_of import show_problems
from usecases.status import show_card, show_history, turn_card


async def _asked(update: Update, context: Context) -> None:
    await context.run(update, look_up, arguments_of(update))


async def _hits(update: Update, context: Context) -> None:
    await context.run(update, show_hits, _list_page(update))


async def _categories(update: Update, context: Context) -> None:
    await context.run(update, show_categories, _list_page(update))


async def _regions(update: Update, context: Context) -> None:
    await context.run(update, show_regions, _list_page(update))


async def _card(update: Update, context: Context) -> None:
    await context.run(update, show_card, _wanted(update))


async def _turned(update: Update, context: Context) -> None:
    await context.run(update, turn_card, _wanted(update))


async def _history(update: Update, context: Context) -> None:
    await context.run(update, show_history, WantedPage(*ids_of(update)))


async def _people(update: Update, context: Context) -> None:
    await context.run(update, show_people, _wanted(update))


async def _problems(update: Update, context: Context) -> None:
    await context.run(update, show_problems, WantedPage(*ids_of(update)))


async def _followed(update: Update, context: Context) -> None:
    await context.run(update, follow, _wanted(update))


async def _unfollowed(update: Update, context: Context) -> None:
    await context.run(update, unfollow, _wanted(update))


def _wanted(update: Update) -> Wanted:
    project_id, *month = ids_of(update)
    return Wanted(project_id, Period(*month) if month else None)


def _list_page(update: Update) -> ListPage:
    lookup_id, category, region_id, *page = ids_of(update)
    return ListPage(lookup_id, Narrowing.of(category, region_id), *page)


HANDLERS: list[Handler] = [
    *on_question("status", _asked),
    on_button("lookup.page", _hits),
    on_button("lookup.categories", _categories),
    on_button("lookup.regions", _regions),
    on_button("status.card", _card),
    on_button("status.turn", _turned),
    on_button("status.history", _history),
    on_button("status.people", _people),
    on_button("status.problems", _problems),
    on_button("status.follow", _followed),
    on_button("status.unfollow", _unfollowed),
]
