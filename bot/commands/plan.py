"""`plan`: every message that would leave until a day, sending nothing."""

import datetime as dtm
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.clock import WallClock
from bot.commands.opening import office_database, say
from bot.commands.running import settings_or_exit
from db.session import Database
from templates.people import SHOWN, NobodyFound, PeopleFound, Purpose
from usecases.directory import find_people, person_line
from usecases.founding import found_office
from usecases.upcoming import plan as plan_messages


@click.command()
@click.option("--until", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The last day.")
@click.option("--person", metavar="NAME", help="Only what this person would hear.")
def plan(until: dtm.datetime, person: str | None) -> None:
    """Show who would hear what, when, until the end of a day, if nobody did anything."""
    settings = settings_or_exit()
    with _apart(office_database(settings)) as database, database.transaction() as session:
        found_office(session, settings.timezone, settings.office_language)
        found = find_people(session, person) if person else []
        if person and len(found) != 1:
            lines = tuple(person_line(session, one) for one in found[:SHOWN])
            say(
                PeopleFound(Purpose.INVITE, lines, len(found)) if found else NobodyFound(person),
                settings,
            )
            raise click.exceptions.Exit(1)
        person_id = found[0].id if found else None
        planned = plan_messages(session, WallClock().now(), until.date(), person_id)
    say(planned, settings)


@contextmanager
def _apart(database: Database) -> Iterator[Database]:
    """A copy where one is to be had, so that a bot at work need not wait for the rehearsal."""
    if not database.is_sqlite or not database.url.database:
        yield database
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / "plan.db"
        whole = sqlite3.connect(database.url.database)
        with closing(whole) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)
        apart = Database(f"sqlite:///{path}")
        yield apart
        apart.dispose()
