"""Handling: pending updates, in order within a chat, chats side by side, each to its handler."""

import asyncio
import contextlib
import json
import uuid
from typing import Any

from telegram import Update

from bot.clock import Clock
from bot.finishing import to_the_end
from bot.log import log
from bot.running import caller_of, handling, was_offered
from db.session import Database
from db.tables.intake import UpdateState
from domain.updates import origin
from handlers.door import OfficeApplication
from templates.office import Failure
from usecases import inbox, notices, outbox
from usecases.answers import say
from usecases.asker import Caller, identify
from usecases.conversation import outdated
from usecases.inbox import Claimed
from usecases.office_notices import UPDATE_FAILED

WORKERS = 4
LOOK_AGAIN_AFTER = 0.5


class HopelessError(Exception):
    """The update ended the process at every attempt; it is not tried again."""


class Handling:
    """Takes pending updates from the table and lets the application's handlers have them."""

    def __init__(
        self,
        application: OfficeApplication,
        database: Database,
        clock: Clock,
        arrived: asyncio.Event,
        wake_delivery: asyncio.Event,
    ) -> None:
        self._application = application
        self._database = database
        self._clock = clock
        self._arrived = arrived
        self._wake_delivery = wake_delivery

    async def run(self) -> None:
        """Handle until cancelled."""
        async with asyncio.TaskGroup() as workers:
            for _ in range(WORKERS):
                workers.create_task(self._work())

    async def handle_one(self) -> bool:
        """Handle the next pending update; False when there is none that may be handled now."""
        claimed = await asyncio.to_thread(self._claim)
        if claimed is None:
            return False
        await self._handle(claimed)
        return True

    async def _work(self) -> None:
        while True:
            try:
                busy = await to_the_end(self.handle_one())
            except Exception:
                log.exception("handling_loop_error")
                busy = False
                await asyncio.sleep(LOOK_AGAIN_AFTER)
            if not busy:
                await self._rest()

    async def _rest(self) -> None:
        self._arrived.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_AGAIN_AFTER):
                await self._arrived.wait()

    async def _handle(self, claimed: Claimed) -> None:
        handling.set(claimed)
        try:
            if claimed.is_hopeless:
                raise HopelessError
            await self._dispatch(json.loads(claimed.raw))
        except Exception as error:
            log.exception("update_not_handled", update=claimed.update_id, attempt=claimed.attempts)
            await asyncio.to_thread(self._failed, claimed, repr(error))
            self._wake_delivery.set()
        else:
            await asyncio.to_thread(self._ignore_unless_done, claimed)

    async def _dispatch(self, raw: dict[str, Any]) -> None:
        """Give the update to the first handler that wants it."""
        update = Update.de_json(raw, self._application.bot)
        run = self._application.bot_data.run
        if run is not None and not await asyncio.to_thread(self._was_offered, update):
            # No handler has to make sense of made-up data.
            await run(update, outdated, None)
            return
        for group in self._application.handlers.values():
            for handler in group:
                check = handler.check_update(update)
                if check is None or check is False:
                    continue
                context = self._application.context_types.context.from_update(
                    update, self._application
                )
                await handler.handle_update(update, self._application, check, context)
                return

    def _was_offered(self, update: Update) -> bool:
        """Whether what was pressed was ever offered there; true where nothing was pressed."""
        if update.callback_query is None:
            return True
        with self._database.transaction() as session:
            return was_offered(session, caller_of(update))

    def _claim(self) -> Claimed | None:
        with self._database.transaction() as session:
            return inbox.claim_next(session, str(uuid.uuid4()), self._clock.now())

    def _ignore_unless_done(self, claimed: Claimed) -> None:
        with self._database.transaction() as session:
            row = inbox.still_ours(session, claimed)
            if row is not None:
                inbox.settle(session, row, UpdateState.IGNORED, self._clock.now())

    def _failed(self, claimed: Claimed, failure: str) -> None:
        now = self._clock.now()
        with self._database.transaction() as session:
            row = inbox.still_ours(session, claimed)
            if row is None or not inbox.put_back(session, row, failure, now):
                return
            subject = notices.Subject("inbox_update", claimed.update_id)
            notices.notify_office(session, UPDATE_FAILED, subject, now)
            caller = _private_caller(claimed.raw)
            if caller is not None:
                asker = identify(session, caller, now)
                outbox.queue_answers(session, asker, say(Failure()), claimed.update_id, now)


def _private_caller(raw: str) -> Caller | None:
    """Whom to tell of a failure: a person in their own chat; a group is told nothing."""
    where = origin(json.loads(raw))
    if where.user_id is None or where.chat_id != where.user_id:
        return None
    return Caller(user_id=where.user_id, chat_id=where.chat_id, is_private=True)
