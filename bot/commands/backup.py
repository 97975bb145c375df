"""`backup`: a consistent copy of a running office."""

import sqlite3
from contextlib import closing
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from bot.commands.running import settings_or_exit


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE while the bot runs; on PostgreSQL use pg_dump."""
    url = make_url(settings_or_exit().database_url)
    if url.get_backend_name() != "sqlite":
        raise click.ClickException("On PostgreSQL use its own pg_dump for a backup.")
    if not url.database or not Path(url.database).exists():
        raise click.ClickException(f"There is no database at {url.database} to back up.")
    if file.exists():
        raise click.ClickException(f"{file} exists already; nothing was overwritten.")
    with closing(sqlite3.connect(url.database)) as source, closing(sqlite3.connect(file)) as copy:
        source.backup(copy)
    click.echo(f"Saved to {file}.")
