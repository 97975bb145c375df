"""`doctor`: what may be wrong with this office before anybody notices."""

import asyncio

import click
from telegram.error import TelegramError

from bot.clock import WallClock
from bot.commands.opening import office_database, say
from bot.commands.people import own_name
from bot.commands.running import settings_or_exit
from bot.settings import Settings
from templates.doctor import Checkup
from usecases.checkup import examine
from usecases.founding import found_office
from usecases.holes import every_unit


@click.command()
def doctor() -> None:
    """Look at settings, database, Telegram, calendar, and the holes in the chain."""
    settings = settings_or_exit()
    database = office_database(settings)
    bot, failure = _telegram(settings)
    with database.transaction() as session:
        found_office(session, settings.timezone, settings.office_language)
        found = examine(session, WallClock().now())
        units = every_unit(session, found.holes)
    checkup = Checkup(
        database=database.url.get_backend_name(),
        bot=bot,
        telegram_failure=failure,
        unpublished=found.unpublished,
        listings=found.holes.looked_at,
        with_holes=len(found.holes.listings),
        unlinked=found.unlinked,
        without_coordinator=found.without_coordinator,
        rule_faults=found.rule_faults,
    )
    for message in (checkup, *units):
        say(message, settings)
    if failure:
        raise click.exceptions.Exit(1)


def _telegram(settings: Settings) -> tuple[str, str]:
    """The bot's username, and why Telegram could not be asked; one of them is empty."""
    try:
        return asyncio.run(own_name(settings)), ""
    except TelegramError as error:
        return "", error.message
