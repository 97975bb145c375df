"""`run` and `migrate`."""

import asyncio
from collections.abc import Sequence

import click

from bot.clock import WallClock
from bot.commands.opening import office_database
from bot.leadership import AlreadyRunningError
from bot.log import set_up_logging
from bot.process import Part, Process
from bot.settings import Settings, SettingsError, load_settings
from bot.stopping import until_stopped


@click.command()
@click.option(
    "--only",
    multiple=True,
    type=click.Choice([part.value for part in Part]),
    help="Run only these parts; may be given several times.",
)
def run(only: Sequence[str]) -> None:
    """Run the bot: migrate, then intake, handling, planner and delivery."""
    settings = settings_or_exit()
    set_up_logging(settings.log_format)
    parts = [Part(name) for name in only] or list(Part)
    try:
        asyncio.run(_run(settings, parts))
    except (SettingsError, AlreadyRunningError) as error:
        raise click.ClickException(str(error)) from None


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    office_database(settings_or_exit())
    click.echo("The database is up to date.")


def settings_or_exit() -> Settings:
    """The settings, or one clear sentence and exit status 1."""
    try:
        return load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


async def _run(settings: Settings, parts: Sequence[Part]) -> None:
    await until_stopped(Process(settings, WallClock()).run(parts))
