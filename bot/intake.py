"""Intake: updates become rows, and only then may Telegram forget them."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode

from telegram import Update
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.clock import Clock
from bot.log import log
from bot.waits import seconds_of
from db.session import Database
from usecases import inbox

POLL_SECONDS = 25
FIRST_PAUSE = 0.5
LONGEST_PAUSE = 15.0


class Intake:
    """Long polling that stores the raw JSON, commits, and only then advances the offset.

    PTB's own polling confirms updates before they are handled, and its `get_updates` loses a whole
    batch to one malformed update: so the answer is taken raw and parsed when it is handled.
    """

    def __init__(
        self,
        request: HTTPXRequest,
        base_url: str,
        database: Database,
        clock: Clock,
        arrived: asyncio.Event,
    ) -> None:
        self._request = request
        self._base_url = base_url
        self._database = database
        self._clock = clock
        self._offset = 0
        self._arrived = arrived

    async def run(self) -> None:
        """Poll until cancelled; Telegram being away is waited out."""
        pause, may_poll = FIRST_PAUSE, False
        while True:
            try:
                if not may_poll:
                    await self._request.post(f"{self._base_url}/deleteWebhook")
                    may_poll = True
                await self.poll_once(POLL_SECONDS)
                pause = FIRST_PAUSE
            except InvalidToken:
                raise
            except RetryAfter as error:
                await asyncio.sleep(seconds_of(error))
            except Exception as error:
                # Whatever it is, nothing was confirmed: Telegram keeps the updates meanwhile.
                _say_why(error, pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)

    async def poll_once(self, seconds: int) -> int:
        """Fetch what is there, keep it, and confirm what was kept before; how many came."""
        updates = await self._get_updates(seconds)
        if updates:
            highest = await asyncio.to_thread(self._keep, updates)
            if highest is not None:
                self._offset = highest + 1
            self._arrived.set()
        return len(updates)

    async def _get_updates(self, seconds: int) -> list[Any]:
        parameters = {
            "offset": self._offset,
            "timeout": seconds,
            "allowed_updates": json.dumps(Update.ALL_TYPES),
        }
        answer: Any = await self._request.post(
            f"{self._base_url}/getUpdates?{urlencode(parameters)}", read_timeout=seconds + 10
        )
        return answer if isinstance(answer, list) else []

    def _keep(self, updates: list[Any]) -> int | None:
        with self._database.transaction() as session:
            return inbox.store(session, updates, self._clock.now())


def _say_why(error: Exception, pause: float) -> None:
    if isinstance(error, Conflict):
        log.warning("another_process_polls_this_bot", reason=str(error), retry_in=pause)
    elif isinstance(error, TelegramError):
        log.warning("telegram_not_reached", reason=str(error), retry_in=pause)
    else:
        log.error("updates_not_kept", reason=repr(error), retry_in=pause)
