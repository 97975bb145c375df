"""SIGTERM ends the bot within five seconds, whatever it is waiting for."""

import asyncio
import sqlite3

import pytest
from sqlalchemy import make_url

from sandbox.botapi.faults import Fault, Trouble
from sandbox.local import LocalTelegram
from tests.chaos.test_kills import KillableBot


async def stopped(bot: KillableBot) -> int:
    async with asyncio.timeout(5):
        return await bot.is_stopped()


async def test_a_bot_at_rest_stops_at_once(telegram: LocalTelegram, database_url: str) -> None:
    bot, wei = KillableBot(telegram, database_url), telegram.person("韦")
    await bot.starts()
    await wei.types("1")
    await wei.hears("编号 1", within=30)
    assert await stopped(bot) == 0


async def test_a_bot_stops_while_it_waits_for_telegram(
    telegram: LocalTelegram, database_url: str
) -> None:
    hold = Fault(Trouble.HOLD, frozenset({"getMe"}), seconds=20)
    telegram.faults.add(hold)
    bot = KillableBot(telegram, database_url)
    await bot.starts()
    async with asyncio.timeout(30):
        while hold.times:  # noqa: ASYNC110 - a fault rings no bell
            await asyncio.sleep(0.1)
    assert await stopped(bot) == 0


@pytest.mark.parametrize("method", ["getUpdates", "sendMessage"])
async def test_a_bot_stops_while_telegram_hangs(
    telegram: LocalTelegram, database_url: str, method: str
) -> None:
    bot, wei = KillableBot(telegram, database_url), telegram.person("韦")
    await bot.starts()
    await wei.types("1")
    await wei.hears("编号 1", within=30)
    telegram.faults.add(Fault(Trouble.HOLD, frozenset({method}), times=None, seconds=20))
    await wei.types("2")
    await asyncio.sleep(1)
    assert await stopped(bot) == 0


async def test_a_bot_stops_while_the_database_is_busy(
    telegram: LocalTelegram, database_url: str
) -> None:
    if not database_url.startswith("sqlite"):
        pytest.skip("only on SQLite does one writer keep all others waiting")
    bot, wei = KillableBot(telegram, database_url), telegram.person("韦")
    await bot.starts()
    await wei.types("1")
    await wei.hears("编号 1", within=30)
    other = sqlite3.connect(make_url(database_url).database or "", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    await asyncio.sleep(1)
    assert await stopped(bot) == 0
    other.close()
