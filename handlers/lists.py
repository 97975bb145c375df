"""Lists of what is to be done: /overdue and the nudge, /todo, /upcoming."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button, on_command
from templates.overdue import Grouping
from usecases.nudging import nudge
from usecases.outstanding import GroupsWanted, ReportsWanted, overdue, show_groups, show_reports
from usecases.outstanding_sheet import hand_outstanding
from usecases.todo import todo
from usecases.upcoming import show_messages, upcoming

GROUPINGS = tuple(Grouping)


async def _overdue(update: Update, context: Context) -> None:
    await context.run(update, overdue, None)


async def _groups(update: Update, context: Context) -> None:
    month_id, grouping, page = ids_of(update)
    await context.run(update, show_groups, GroupsWanted(month_id, GROUPINGS[grouping], page))


async def _reports(update: Update, context: Context) -> None:
    month_id, grouping, group_id, page = ids_of(update)
    wanted = ReportsWanted(month_id, GROUPINGS[grouping], group_id, page)
    await context.run(update, show_reports, wanted)


async def _nudged(update: Update, context: Context) -> None:
    month_id, grouping, group_id = ids_of(update)
    await context.run(update, nudge, ReportsWanted(month_id, GROUPINGS[grouping], group_id))


async def _todo(update: Update, context: Context) -> None:
    await context.run(update, todo, None)


async def _upcoming(update: Update, context: Context) -> None:
    await context.run(update, upcoming, None)


async def _messages(update: Update, context: Context) -> None:
    await context.run(update, show_messages, None)


async def _sheet(update: Update, context: Context) -> None:
    await context.run(update, hand_outstanding, *ids_of(update))


HANDLERS: list[Handler] = [
    *on_command("todo", _todo),
    *on_command("upcoming", _upcoming),
    on_button("upcoming.messages", _messages),
    *on_command("overdue", _overdue),
    on_button("overdue.open", _overdue),
    on_button("overdue.show", _groups),
    on_button("overdue.list", _reports),
    on_button("overdue.nudge", _nudged),
    on_button("overdue.sheet", _sheet),
]
