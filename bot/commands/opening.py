"""What the commands share: the office's database, and saying typed messages on a terminal."""

import click

from bot.settings import Settings
from db.migrate import migrate
from db.session import Database
from domain.texts import plain
from templates.message import Message
from templates.render import Voice, render


def office_database(settings: Settings) -> Database:
    """The office's database, up to date, closed when the command ends."""
    database = Database(settings.database_url)
    click.get_current_context().call_on_close(database.dispose)
    migrate(database)
    return database


def say(message: Message, settings: Settings) -> None:
    """Print a message in the office's language, without its markup."""
    voice = Voice(settings.office_language, settings.timezone)
    click.echo(plain(render(message, voice).text))
