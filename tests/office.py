"""The real bot at work over the local Telegram, with the cast at their phones."""

import asyncio
from types import TracebackType
from typing import Self

from bot.process import Process
from bot.settings import Settings
from db.session import Database
from db.tables.people import Contact
from domain.vocabulary import Language
from sandbox.botapi.chats import Standing
from sandbox.local import LocalTelegram
from sandbox.phones import Person
from tests.builders import NOW, Cast, the_cast
from usecases.policies import load_year

PEOPLE = ("wei", "huang", "qin", "lu", "meng", "tan", "ou")


class Office:
    """Open it with `async with`: the cast is linked, the bot runs in this event loop.

    `wei`, `huang`, ... are phones; `cast` holds their rows.
    """

    wei: Person
    huang: Person
    qin: Person
    lu: Person
    meng: Person
    tan: Person
    ou: Person
    cast: Cast

    def __init__(self, telegram: LocalTelegram, database_url: str) -> None:
        self.telegram = telegram
        self.settings = settings_for(telegram, database_url)
        self.database = Database(database_url)
        self._work: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        # A working morning, whatever day it is outside: unasked messages keep office hours.
        self.telegram.clock.set(NOW)
        await asyncio.to_thread(self._move_in)
        await self.opens()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.closes()
        self.database.dispose()

    async def opens(self) -> None:
        """Start the bot, and come back when it works."""
        process = Process(self.settings, self.telegram.clock)
        self._work = asyncio.create_task(process.run())
        ready = asyncio.create_task(process.wait_until_ready())
        await asyncio.wait({self._work, ready}, return_when=asyncio.FIRST_COMPLETED)
        if self._work.done():
            ready.cancel()
            self._work.result()

    async def closes(self) -> None:
        """Stop the bot as SIGTERM does."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.wait({self._work})
            if not self._work.cancelled():
                self._work.result()

    def _move_in(self) -> None:
        with self.database.transaction() as session:
            self.cast = the_cast(session)
            # Next year's days off are known, so that nobody is warned of them here.
            load_year(session, "CN", NOW.year + 1, {"published": True}, NOW)
            for name in PEOPLE:
                setattr(self, name, self._phone(getattr(self.cast, name)))

    def _phone(self, contact: Contact) -> Person:
        """A phone whose owner is linked and has started the bot before."""
        person = self.telegram.person(contact.name, phone=contact.phone or "")
        person.room.members[person.id] = Standing.MEMBER
        contact.telegram_user_id = person.id
        return person


def settings_for(telegram: LocalTelegram, database_url: str) -> Settings:
    """The settings of a bot that lives on this local Telegram."""
    return Settings.model_validate(
        {
            "bot_token": telegram.token,
            "bot_api_url": telegram.api_url,
            "database_url": database_url,
            "office_language": Language.ZH,
            # Whatever a developer's own .env says, these tests stay on this machine.
            "proxy_url": None,
            "webhook_url": None,
            "metrics_listen": None,
        }
    )
