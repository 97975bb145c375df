"""`run` and `migrate`."""

import asyncio
import contextlib
import signal
from collections.abc import Sequence

import click

from bot.clock import WallClock
from bot.leadership import AlreadyRunningError
from bot.log import log, set_up_logging
from bot.process import Part, Process
from bot.settings import Settings, SettingsError, load_settings
from db.migrate import migrate as bring_up_to_date
from db.session import Database


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
        asyncio.run(_until_stopped(settings, parts))
    except (SettingsError, AlreadyRunningError) as error:
        raise click.ClickException(str(error)) from None


@click.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    bring_up_to_date(Database(settings_or_exit().database_url))
    click.echo("The database is up to date.")


def settings_or_exit() -> Settings:
    """The settings, or one clear sentence and exit status 1."""
    try:
        return load_settings()
    except SettingsError as error:
        raise click.ClickException(str(error)) from None


async def _until_stopped(settings: Settings, parts: Sequence[Part]) -> None:
    """Work until SIGTERM or SIGINT, then stop with nothing half done."""
    process = Process(settings, WallClock())
    work = asyncio.ensure_future(process.run(parts))
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, work.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await work
    log.info("stopped")
