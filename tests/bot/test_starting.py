"""A start finds the database as it is, empty or not, alone or together with other replicas."""

import asyncio

import pytest
from alembic import command
from sqlmodel import select

from bot.process import Process
from db.migrate import alembic_config
from db.session import Database
from db.tables.office import Office
from sandbox.local import LocalTelegram
from tests.office import settings_for


async def test_replicas_that_start_together_on_an_empty_database_all_start(
    telegram: LocalTelegram, database_url: str
) -> None:
    database = Database(database_url)
    if database.is_sqlite:
        pytest.skip("a second bot on the same file is refused")
    command.downgrade(alembic_config(database), "base")
    replicas = [Process(settings_for(telegram, database_url), telegram.clock) for _ in range(3)]

    preparing = (asyncio.to_thread(replica._prepare_database) for replica in replicas)
    await asyncio.gather(*preparing)
    with database.transaction() as session:
        assert session.exec(select(Office)).one().zone == "Asia/Shanghai"
    for opened in (database, *(replica.database for replica in replicas)):
        opened.dispose()
