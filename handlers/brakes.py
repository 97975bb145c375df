"""The office's brakes: /hold, /extend, /exempt and /close."""

import datetime as dtm

from telegram import Update

from domain.periods import Period
from handlers.door import Context
from handlers.parsing import arguments_of, ids_of
from handlers.words import Handler, on_button, on_command, on_question
from usecases.chasing import exempting, extending, holding
from usecases.chasing.extending import OfMonth
from usecases.chasing.targets import Target
from usecases.reporting import closing
from usecases.reporting.closing import Shown


async def _hold(update: Update, context: Context) -> None:
    await context.run(update, holding.hold, arguments_of(update))


async def _held(update: Update, context: Context) -> None:
    await context.run(update, holding.hold_target, Target.of(*ids_of(update)))


async def _held_all(update: Update, context: Context) -> None:
    await context.run(update, holding.hold_everything, None)


async def _held_until(update: Update, context: Context) -> None:
    await context.run(update, holding.choose_day, day_of(update))


async def _held_open(update: Update, context: Context) -> None:
    await context.run(update, holding.choose_open, None)


async def _held_without_reason(update: Update, context: Context) -> None:
    await context.run(update, holding.give_no_reason, None)


async def _holds(update: Update, context: Context) -> None:
    await context.run(update, holding.show_holds, None)


async def _lifted(update: Update, context: Context) -> None:
    await context.run(update, holding.lift, *ids_of(update))


async def _extend(update: Update, context: Context) -> None:
    await context.run(update, extending.extend, arguments_of(update))


async def _extended(update: Update, context: Context) -> None:
    await context.run(update, extending.extend_target, Target.of(*ids_of(update)))


async def _extended_month(update: Update, context: Context) -> None:
    scope, target_id, period_id = ids_of(update)
    of = OfMonth(Target.of(scope, target_id), period_id)
    await context.run(update, extending.extend_month, of)


async def _extended_until(update: Update, context: Context) -> None:
    await context.run(update, extending.choose_day, day_of(update))


async def _extended_instead(update: Update, context: Context) -> None:
    await context.run(update, extending.take_working_day, day_of(update))


async def _extension_confirmed(update: Update, context: Context) -> None:
    await context.run(update, extending.confirm, None)


async def _exempt(update: Update, context: Context) -> None:
    await context.run(update, exempting.exempt, arguments_of(update))


async def _exempted(update: Update, context: Context) -> None:
    await context.run(update, exempting.exempt_target, Target.of(*ids_of(update)))


async def _exempted_until(update: Update, context: Context) -> None:
    await context.run(update, exempting.choose_month, Period(*ids_of(update)))


async def _exemption_confirmed(update: Update, context: Context) -> None:
    await context.run(update, exempting.confirm, None)


async def _exemption_lifted(update: Update, context: Context) -> None:
    await context.run(update, exempting.lift, *ids_of(update))


async def _close(update: Update, context: Context) -> None:
    await context.run(update, closing.close, None)


async def _books(update: Update, context: Context) -> None:
    await context.run(update, closing.show_list, None)


async def _books_shown(update: Update, context: Context) -> None:
    await context.run(update, closing.show, *ids_of(update))


async def _books_closed(update: Update, context: Context) -> None:
    await context.run(update, closing.confirm, Shown(*ids_of(update)))


def day_of(update: Update) -> dtm.date:
    """The day a button carries."""
    (digits,) = ids_of(update)
    return dtm.date.fromisoformat(str(digits))


HANDLERS: list[Handler] = [
    *on_question("hold", _hold),
    on_button("hold.of", _held),
    on_button("hold.all", _held_all),
    on_button("hold.until", _held_until),
    on_button("hold.open", _held_open),
    on_button("hold.no_reason", _held_without_reason),
    on_button("hold.list", _holds),
    on_button("hold.lift", _lifted),
    *on_question("extend", _extend),
    on_button("extend.of", _extended),
    on_button("extend.month", _extended_month),
    on_button("extend.until", _extended_until),
    on_button("extend.instead", _extended_instead),
    on_button("extend.yes", _extension_confirmed),
    *on_question("exempt", _exempt),
    on_button("exempt.of", _exempted),
    on_button("exempt.until", _exempted_until),
    on_button("exempt.yes", _exemption_confirmed),
    on_button("exempt.lift", _exemption_lifted),
    *on_command("close", _close),
    on_button("close.list", _books),
    on_button("close.show", _books_shown),
    on_button("close.yes", _books_closed),
]
