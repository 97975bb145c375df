"""What units answer to decisions, and how the office settles it."""

from telegram import Update

from handlers.brakes import day_of
from handlers.door import Context
from handlers.parsing import ids_of
from handlers.words import Callback, Handler, on_button
from usecases.answers import UseCase
from usecases.items import (
    answering,
    closing_out,
    evidence,
    extending_items,
    signing,
    telling_progress,
)
from usecases.items.extending_items import Request


def _about(use_case: UseCase[int]) -> Callback:
    """The handler of a button that carries one id."""

    async def pressed(update: Update, context: Context) -> None:
        await context.run(update, use_case, *ids_of(update))

    return pressed


def _answering(use_case: UseCase[Request]) -> Callback:
    """The handler of a button that answers a request for more time."""

    async def pressed(update: Update, context: Context) -> None:
        await context.run(update, use_case, Request(*ids_of(update)))

    return pressed


async def _day_chosen(update: Update, context: Context) -> None:
    await context.run(update, extending_items.choose_day, day_of(update))


async def _finished(update: Update, context: Context) -> None:
    await context.run(update, answering.finish, None)


HANDLERS: list[Handler] = [
    on_button("decision.open", _about(signing.show)),
    on_button("decision.sign", _about(signing.sign)),
    on_button("decision.sign_all", _about(signing.sign_all)),
    on_button("decision.refuse", _about(signing.ask_refuse)),
    on_button("decision.progress", _about(telling_progress.ask_progress)),
    on_button("decision.evidence", _about(evidence.show)),
    on_button("decision.finish", _finished),
    on_button("decision.extend", _about(extending_items.ask_until)),
    on_button("decision.extend_until", _day_chosen),
    on_button("decision.extend_yes", _answering(extending_items.grant)),
    on_button("decision.extend_no", _answering(extending_items.ask_why_not)),
    on_button("decision.done", _about(closing_out.ask_done)),
    on_button("decision.confirm", _about(closing_out.confirm)),
    on_button("decision.send_back", _about(closing_out.ask_send_back)),
    on_button("decision.insist", _about(closing_out.ask_insist)),
    on_button("decision.drop", _about(closing_out.ask_drop)),
]
