"""不归我管: asking who reports instead, and deciding it."""

from telegram import Update

from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Handler, on_button
from usecases.handing_over import asking, deciding


async def _begun(update: Update, context: Context) -> None:
    await context.run(update, asking.begin, None)


async def _one(update: Update, context: Context) -> None:
    await context.run(update, asking.one_project, *ids_of(update))


async def _all(update: Update, context: Context) -> None:
    await context.run(update, asking.all_projects, None)


async def _chosen(update: Update, context: Context) -> None:
    await context.run(update, asking.choose, *ids_of(update))


async def _said(update: Update, context: Context) -> None:
    await context.run(update, asking.say_as_typed, None)


async def _unknown(update: Update, context: Context) -> None:
    await context.run(update, asking.nobody_known, None)


async def _shown(update: Update, context: Context) -> None:
    await context.run(update, deciding.show, *ids_of(update))


async def _confirmed(update: Update, context: Context) -> None:
    await context.run(update, deciding.confirm, *ids_of(update))


async def _refused(update: Update, context: Context) -> None:
    await context.run(update, deciding.refuse, *ids_of(update))


async def _another(update: Update, context: Context) -> None:
    await context.run(update, asking.name_another, *ids_of(update))


HANDLERS: list[Handler] = [
    on_button("handover.begin", _begun),
    on_button("handover.one", _one),
    on_button("handover.all", _all),
    on_button("handover.to", _chosen),
    on_button("handover.said", _said),
    on_button("handover.unknown", _unknown),
    on_button("handover.open", _shown),
    on_button("handover.yes", _confirmed),
    on_button("handover.no", _refused),
    on_button("handover.other", _another),
]
