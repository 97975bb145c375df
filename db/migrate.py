"""Bring a database to the newest schema; the same migrations for SQLite and PostgreSQL."""

from importlib import resources
from pathlib import Path

from alembic import command
from alembic.config import Config

from db.session import Database


def alembic_config(database: Database) -> Config:
    """Alembic's settings for this database, without a file of its own."""
    config = Config()
    with resources.as_file(resources.files("db") / "migrations") as folder:
        config.set_main_option("script_location", str(Path(folder)))
    config.attributes["engine"] = database.engine
    return config


def migrate(database: Database) -> None:
    """Upgrade to the newest revision; harmless when already there."""
    command.upgrade(alembic_config(database), "head")
