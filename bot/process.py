"""The composition root: the only place where the parts meet."""

import asyncio
import datetime as dtm
from collections.abc import Awaitable, Callable, Iterable, Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import OperationalError
from telegram.error import InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot
from telegram.request import HTTPXRequest

from bot.clock import Clock, WallClock
from bot.delivery import Courier
from bot.handling import Handling
from bot.intake import Intake
from bot.leadership import Seat, lock_file
from bot.log import log
from bot.metrics import Metrics
from bot.requests import TelegramRequest
from bot.running import Runner
from bot.settings import Settings, SettingsError
from bot.webhook import Webhook
from db.migrate import migrate
from db.session import Database
from handlers.door import Context, Door, OfficeApplication
from handlers.register import register
from scheduler.planner import DUTIES, Duty
from scheduler.ticking import Ticker
from usecases import inbox
from usecases.founding import found_office, remember_username

CONNECTIONS = 16
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 15.0
REARM_EVERY = 5.0
# Less than the process is given to end in (bot.stopping).
PARTS_END_WITHIN = 3.0


class Part(StrEnum):
    """What a process may do; `--only` picks some."""

    INTAKE = "intake"
    HANDLING = "handling"
    PLANNER = "planner"
    DELIVERY = "delivery"


class Process:
    """One running bot, on one database, with one clock."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self.database = Database(settings.database_url)
        self.application = build_application(settings)
        self._arrived = asyncio.Event()
        self._wake_delivery = asyncio.Event()
        self._ready = asyncio.Event()
        runner = Runner(self.database, clock, self._wake_delivery)
        self.application.bot_data.run = runner.run

    async def run(self, parts: Iterable[Part] = tuple(Part)) -> None:
        """Prepare, then work until cancelled; SettingsError or AlreadyRunningError stop the start.

        Cancelling ends within five seconds with nothing half done.
        """
        held = lock_file(self.database)
        try:
            await self._reach_database()
            await self._reach_telegram()
            self._ready.set()
            await self._work(frozenset(parts))
        finally:
            await self.application.bot.shutdown()
            await asyncio.to_thread(self.database.dispose)
            if held:
                held.close()

    async def wait_until_ready(self) -> None:
        """Return once Telegram was reached and work has begun."""
        await self._ready.wait()

    async def _reach_database(self) -> None:
        """Prepare the database; a server that is away is waited for, as Telegram is."""
        pause = FIRST_PAUSE
        while True:
            try:
                await asyncio.to_thread(self._prepare_database)
                return
            except OperationalError as error:
                if self.database.is_sqlite:
                    raise SettingsError(f"DATABASE_URL: {error.orig}.") from None
                log.warning("database_not_reached", reason=str(error.orig), retry_in=pause)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)

    def _prepare_database(self) -> None:
        with self.database.one_process_at_a_time():
            migrate(self.database)
            with self.database.transaction() as session:
                found_office(session, self.settings.timezone, self.settings.office_language)
                if self.database.is_sqlite:
                    inbox.release_claims(session)

    async def _reach_telegram(self) -> None:
        """Wait for Telegram, however long it is away; a wrong token is the operator's to mend."""
        pause = FIRST_PAUSE
        while True:
            try:
                await self.application.initialize()
                break
            except InvalidToken:
                raise SettingsError("BOT_TOKEN: Telegram does not know this token.") from None
            except TelegramError as error:
                log.warning("telegram_not_reached", reason=str(error), retry_in=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
        await asyncio.to_thread(self._remember_username, self.application.bot.username)
        log.info("telegram_reached", bot=self.application.bot.username)

    def _remember_username(self, username: str) -> None:
        with self.database.transaction() as session:
            remember_username(session, username)

    async def _work(self, parts: frozenset[Part]) -> None:
        works = [work for part, work in self._works().items() if part in parts]
        if self.settings.metrics_listen:
            works.append(Metrics(self.database, self.settings.metrics_listen).serve)
        tasks = [asyncio.ensure_future(work()) for work in works]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except InvalidToken:
            raise SettingsError("BOT_TOKEN: Telegram no longer knows this token.") from None
        finally:
            await _stop(tasks)

    def _works(self) -> dict[Part, Callable[[], Awaitable[None]]]:
        bot = self.application.bot
        courier = Courier(
            bot, self.database, self.clock, self.settings.send_rate, self._wake_delivery
        )
        handling = Handling(
            self.application, self.database, self.clock, self._arrived, self._wake_delivery
        )
        return {
            Part.INTAKE: self._intake(),
            Part.HANDLING: handling.run,
            Part.PLANNER: self._seated("planning", self._plan),
            Part.DELIVERY: self._seated("delivery", courier.run),
        }

    def _seated(
        self, seat: str, work: Callable[[], Awaitable[None]]
    ) -> Callable[[], Awaitable[None]]:
        async def seated() -> None:
            await Seat(self.database, seat).while_held(work)

        return seated

    def _intake(self) -> Callable[[], Awaitable[None]]:
        if self.settings.webhook_url:
            return Webhook(
                self.application.bot, self.settings, self.database, self.clock, self._arrived
            ).serve
        return self._seated("polling", self._poll)

    async def _poll(self) -> None:
        bot = self.application.bot
        request = request_for(self.settings)
        async with request:
            intake = Intake(request, bot.base_url, self.database, self.clock, self._arrived)
            await intake.run()

    async def _plan(self) -> None:
        ticker = Ticker(self._tick, self.settings.zone)
        wall = WallClock()
        ticker.start(wall.now())
        try:
            while True:
                await asyncio.sleep(REARM_EVERY)
                if ticker.rearm(wall.now()):
                    log.warning("the_clock_was_set_back")
        finally:
            ticker.stop()

    async def _tick(self) -> None:
        now = self.clock.now()
        for duty in DUTIES:
            await asyncio.to_thread(self._do, duty, now)

    def _do(self, duty: Duty, now: dtm.datetime) -> None:
        """One duty, one transaction; one that fails stops no other."""
        try:
            with self.database.transaction() as session:
                duty.work(session, now)
        except Exception:
            log.exception("duty_failed", duty=duty.name)


def build_application(settings: Settings) -> OfficeApplication:
    """PTB's application as a registry of handlers: no updater, no job queue, no persistence."""
    api = settings.bot_api_url
    bot: ExtBot[None] = ExtBot(
        settings.token,
        base_url=f"{api}/bot",
        base_file_url=f"{api}/file/bot",
        request=request_for(settings),
        get_updates_request=request_for(settings),
    )
    application: Any = (
        Application.builder()
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .context_types(ContextTypes(context=Context, bot_data=Door))
        .build()
    )
    register(application)
    # The builder's own types cannot say which bot and context it was given.
    return application  # type: ignore[no-any-return]


def request_for(settings: Settings) -> HTTPXRequest:
    """Connections to the Bot API, through the proxy where one is set."""
    return TelegramRequest(connection_pool_size=CONNECTIONS, proxy=settings.proxy_url)


async def _stop(tasks: Sequence[asyncio.Future[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks, timeout=PARTS_END_WITHIN)
