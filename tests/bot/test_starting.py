"""A start finds the database as it is, empty or not, alone or together with other replicas."""

import asyncio

import pytest
from alembic import command
from sqlalchemy.exc import OperationalError
from sqlmodel import select

from bot.process import Process
from bot.settings import SettingsError
from db.migrate import alembic_config
from db.session import Database
from db.tables.office import Office
from sandbox.botapi.faults import Fault, Trouble
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


async def test_a_server_that_is_away_is_waited_for(
    telegram: LocalTelegram, database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    process = Process(settings_for(telegram, database_url), telegram.clock)
    if process.database.is_sqlite:
        pytest.skip("a file is there or not")
    there, away = process._prepare_database, [1, 1]

    def prepare() -> None:
        if away:
            away.pop()
            raise OperationalError("connect", {}, Exception("connection refused"))
        there()

    process._prepare_database = prepare  # type: ignore[method-assign]
    await process._reach_database()
    said = capsys.readouterr()
    assert (said.out + said.err).count("database_not_reached") == 2
    process.database.dispose()


async def test_a_file_that_cannot_be_opened_is_the_operators_to_mend(
    telegram: LocalTelegram,
) -> None:
    settings = settings_for(telegram, "sqlite:////nowhere/at/all/office.db")
    process = Process(settings, telegram.clock)
    with pytest.raises(SettingsError, match="DATABASE_URL: unable to open database file"):
        await process._reach_database()


async def test_a_token_that_is_revoked_ends_the_run_with_one_sentence(
    telegram: LocalTelegram, database_url: str
) -> None:
    process = Process(settings_for(telegram, database_url), telegram.clock)
    work = asyncio.create_task(process.run())
    await process.wait_until_ready()
    telegram.faults.add(Fault(Trouble.ANSWER, frozenset({"getUpdates"}), times=None, status=401))
    telegram.person("韦")
    with pytest.raises(SettingsError, match="BOT_TOKEN: Telegram no longer knows this token"):
        async with asyncio.timeout(60):
            await work
