"""The scripted day's stage: the office's people, bot, command line and sample programme."""

import asyncio
import datetime as dtm
import os
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from bot.__main__ import main
from bot.clock import WallClock
from domain.vocabulary import Language
from sandbox.local import LocalTelegram
from sandbox.sample import liuzhou
from sandbox.sample.facts import Person, Programme
from sandbox.seeding import SAMPLE_DAY
from tests.e2e.phone import Phone
from tests.office import settings_for

ROOT = Path(__file__).parents[2]


class Day:
    """The morning of the sample day. `opens` starts the bot; whoever opened it ends it, too."""

    def __init__(
        self, telegram: LocalTelegram, database_url: str, language: Language, folder: Path
    ) -> None:
        telegram.clock.set(SAMPLE_DAY)
        self.telegram = telegram
        self.database_url = database_url
        self.language = language
        self.folder = folder
        self.programme = _speaking(liuzhou(), language)
        self.phones: list[Phone] = []
        self._bot: asyncio.subprocess.Process | None = None

    @property
    def office(self) -> tuple[Person, ...]:
        """The coordinators, and after them the inspector."""
        return self.programme.people[:4]

    def unit(self, name: str) -> tuple[Person, ...]:
        """A unit's first-responsible person, commissioner, liaison and information officer."""
        return tuple(person for person in self.programme.people if person.unit == name)

    def phone(self, person: Person) -> Phone:
        """The phone of somebody in the contact book."""
        return self._new_phone(f"{person.name}｜{person.unit}｜{person.position}", person.phone)

    def stranger(self, title: str, number: str = "") -> Phone:
        """The phone of somebody the bot does not know by it."""
        return self._new_phone(title, number)

    async def opens(self) -> None:
        """Start the bot."""
        with (self.folder / "bot.log").open("ab") as log:
            self._bot = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "tests.e2e.day_bot"),
                cwd=ROOT,
                env=os.environ | self._environment(),
                stdout=log,
                stderr=log,
            )

    async def closes(self) -> int:
        """Stop the bot as an operator does; its exit status."""
        assert self._bot is not None
        self._bot.terminate()
        return await self._bot.wait()

    async def is_killed(self) -> None:
        """kill -9."""
        if self._bot is not None and self._bot.returncode is None:
            self._bot.kill()
            await self._bot.wait()

    async def command(self, *arguments: str, days_ago: int = 0) -> str:
        """What `python -m bot` prints, called at the day's time or some days before it."""
        now = self.telegram.clock.now() - dtm.timedelta(days=days_ago)
        with patch.object(WallClock, "now", lambda _: now):
            call = partial(CliRunner().invoke, main, arguments, env=self._environment())
            result = await asyncio.to_thread(call)
        assert result.exit_code == 0, result.output
        return result.output

    def _new_phone(self, title: str, number: str) -> Phone:
        name = title.partition("｜")[0]
        phone = Phone(self.telegram.person(name, phone=number), title)
        self.phones.append(phone)
        return phone

    def _environment(self) -> dict[str, str]:
        settings = settings_for(self.telegram, self.database_url)
        return {
            "BOT_TOKEN": settings.token,
            "BOT_API_URL": settings.bot_api_url,
            "DATABASE_URL": self.database_url,
            "OFFICE_LANGUAGE": self.language,
            "DAY_OFFSET": str(self.telegram.clock.offset.total_seconds()),
        }


def _speaking(programme: Programme, language: Language) -> Programme:
    people = (replace(person, language=language) for person in programme.people)
    return replace(programme, people=tuple(people))
