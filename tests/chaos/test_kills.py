"""A bot killed again and again loses nothing; `make proof` runs the full measure."""

import asyncio
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from db.session import Database
from db.tables.audit import AuditEntry
from db.tables.intake import InboxUpdate, UpdateState
from db.tables.speech import Message, MessageState
from sandbox.local import LocalTelegram
from sandbox.phones import Person
from tests.chaos.echo_bot import MARK
from tests.office import settings_for

FULL = os.environ.get("PROOF") == "full"
UPDATES, KILLS = (1000, 20) if FULL else (120, 3)
PEOPLE = 50
IN_FLIGHT = 8
PATIENCE = 600 if FULL else 150
ROOT = Path(__file__).parents[2]


class KillableBot:
    """The echo bot as a process of its own."""

    def __init__(self, telegram: LocalTelegram, database_url: str) -> None:
        settings = settings_for(telegram, database_url)
        self._environment = os.environ | {
            "BOT_TOKEN": settings.token,
            "BOT_API_URL": settings.bot_api_url,
            "DATABASE_URL": database_url,
        }

    async def starts(self) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.chaos.echo_bot"),
            cwd=ROOT,
            env=self._environment,
            stderr=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
        )

    async def is_killed(self) -> None:
        self._process.kill()
        await self._process.wait()

    async def is_stopped(self) -> int:
        """End it as an operator does; its exit status."""
        self._process.send_signal(signal.SIGTERM)
        return await self._process.wait()


async def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    async with asyncio.timeout(PATIENCE):
        while True:
            if await asyncio.to_thread(true):
                return
            await asyncio.sleep(0.5)


def settled(database: Database) -> bool:
    """Every update handled and everything said that was to be said."""
    with database.transaction() as session:
        return handled(session) == UPDATES and waiting(session) == 0


def handled(session: Session) -> int:
    done = select(func.count()).select_from(InboxUpdate)
    return session.exec(done.where(InboxUpdate.state == UpdateState.DONE)).one()


def waiting(session: Session) -> int:
    states = (MessageState.QUEUED, MessageState.SENDING)
    return session.exec(
        select(func.count()).select_from(Message).where(col(Message.state).in_(states))
    ).one()


def marks(database: Database) -> Counter[int]:
    """How often each number left its mark."""
    with database.transaction() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.action == MARK))
        return Counter(entry.details["number"] for entry in entries)


def answers_to(person: Person) -> Counter[int]:
    """How often each number was answered on this phone."""
    own = [m.text for m in person.room.shown() if m.sender is person.bot.account]
    return Counter(int("".join(filter(str.isdigit, text.split("编号")[1]))) for text in own)


@pytest.mark.timeout(2 * PATIENCE)
@pytest.mark.parametrize("latency", [0.005, 0.15])
async def test_no_update_effect_or_reply_is_lost_to_kills(
    telegram: LocalTelegram, database_url: str, latency: float
) -> None:
    people = [telegram.person(f"样例{number}") for number in range(PEOPLE)]
    for number in range(UPDATES):
        await people[number % PEOPLE].types(str(number))
    telegram.faults.latency = latency
    bot, database = KillableBot(telegram, database_url), Database(database_url)
    chance = random.Random(latency)

    await bot.starts()
    for _ in range(KILLS):
        await asyncio.sleep(chance.uniform(1.5, 4.0))
        await bot.is_killed()
        await bot.starts()
    await until(lambda: settled(database))
    assert await bot.is_stopped() == 0

    assert marks(database) == Counter(range(UPDATES))
    database.dispose()
    doubles = 0
    for first, person in enumerate(people):
        answers = answers_to(person)
        assert set(answers) == set(range(first, UPDATES, PEOPLE))
        own = sum(count - 1 for count in answers.values())
        assert own <= KILLS
        doubles += own
    assert doubles <= KILLS * IN_FLIGHT


@pytest.mark.timeout(2 * PATIENCE)
async def test_telegram_away_for_a_while_costs_nothing(
    telegram: LocalTelegram, database_url: str
) -> None:
    people = [telegram.person(f"样例{number}") for number in range(PEOPLE)]
    for number in range(UPDATES):
        await people[number % PEOPLE].types(str(number))
    bot, database = KillableBot(telegram, database_url), Database(database_url)

    await bot.starts()
    await until(lambda: sum(marks(database).values()) > UPDATES // 4)
    await telegram.server.leave()
    await asyncio.sleep(60 if FULL else 3)
    await telegram.server.come_back()
    await until(lambda: settled(database))
    assert await bot.is_stopped() == 0
    database.dispose()
    for first, person in enumerate(people):
        assert set(answers_to(person)) == set(range(first, UPDATES, PEOPLE))


async def test_a_bot_waits_for_a_telegram_that_is_not_there_yet(
    telegram: LocalTelegram, database_url: str
) -> None:
    person = telegram.person("样例")
    await person.types("1")
    await telegram.server.leave()
    bot = KillableBot(telegram, database_url)
    await bot.starts()
    await asyncio.sleep(3)
    await telegram.server.come_back()
    await person.hears("编号 1", within=60)
    assert await bot.is_stopped() == 0
