"""The migrations have one head, make what the tables say, and can be taken back."""

import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlmodel import SQLModel

from db.migrate import alembic_config
from db.session import Database


def test_there_is_one_head(database: Database) -> None:
    heads = ScriptDirectory.from_config(alembic_config(database)).get_heads()
    assert len(heads) == 1


def test_the_migrations_make_what_the_tables_say(database: Database) -> None:
    command.check(alembic_config(database))


def test_the_schema_can_be_taken_down_and_put_up_again(database: Database) -> None:
    config = alembic_config(database)
    command.downgrade(config, "base")
    assert set(sa.inspect(database.engine).get_table_names()) == {"alembic_version"}
    command.upgrade(config, "head")
    names = set(sa.inspect(database.engine).get_table_names())
    assert set(SQLModel.metadata.tables) <= names
