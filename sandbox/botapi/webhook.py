"""Bringing updates to a webhook: in order within a chat, again and again until taken."""

import asyncio
import contextlib
import json
from typing import Any

import httpx

from sandbox.botapi.bots import Bot
from sandbox.botapi.dispatch import call
from sandbox.botapi.parameters import Parameters, written
from sandbox.botapi.updates import Waiting
from sandbox.botapi.world import Telegram

_NEVER_RUN = ("deletewebhook", "setwebhook", "close", "logout")
_WHOLE_QUEUE = 100_000
_LONGEST_RETRY_AFTER = 3600
_LONGEST_PAUSES = (60.0, 120.0)


class Deliveries:
    """Brings the updates of all bots that have a webhook."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._lanes: dict[tuple[str, int], asyncio.Task[None]] = {}
        self._watch: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to watch the queues."""
        self._watch = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Stop bringing anything."""
        tasks = [task for task in (self._watch, *self._lanes.values()) if task]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _run(self) -> None:
        timeout = self._telegram.settings.webhook_timeout_seconds
        async with httpx.AsyncClient(timeout=timeout, trust_env=False) as client:
            while True:
                self._open_lanes(client)
                await self._telegram.bell.heard(1.0)

    def _open_lanes(self, client: httpx.AsyncClient) -> None:
        self._lanes = {key: task for key, task in self._lanes.items() if not task.done()}
        for bot in self._telegram.bots.values():
            if bot.webhook.url:
                self._open_lanes_of(bot, client)

    def _open_lanes_of(self, bot: Bot, client: httpx.AsyncClient) -> None:
        busy = {lane for token, lane in self._lanes if token == bot.token}
        waiting = bot.updates.read(_WHOLE_QUEUE, self._telegram.clock.now())
        idle = [lane for lane in dict.fromkeys(u.lane for u in waiting) if lane not in busy]
        for lane in idle[: bot.webhook.max_connections - len(busy)]:
            task = asyncio.create_task(self._lane(client, bot, lane))
            self._lanes[bot.token, lane] = task

    async def _lane(self, client: httpx.AsyncClient, bot: Bot, lane: int) -> None:
        """Bring one chat's updates, one after another, until there are no more."""
        failures = 0
        while (update := self._first(bot, lane)) and bot.webhook.url:
            pause = await self._bring(client, bot, update, failures)
            if pause is None:
                bot.updates.remove(update)
                failures = 0
            else:
                failures += 1
                await asyncio.sleep(pause)
        self._telegram.bell.ring()

    def _first(self, bot: Bot, lane: int) -> Waiting | None:
        waiting = bot.updates.read(_WHOLE_QUEUE, self._telegram.clock.now())
        return next((update for update in waiting if update.lane == lane), None)

    async def _bring(
        self, client: httpx.AsyncClient, bot: Bot, update: Waiting, failures: int
    ) -> float | None:
        """None when the bot took the update, else the seconds until the next attempt."""
        headers = {"Content-Type": "application/json"}
        if bot.webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = bot.webhook.secret
        body = json.dumps(update.as_json(), ensure_ascii=False).encode()
        try:
            response = await client.post(bot.webhook.url, content=body, headers=headers)
        except httpx.TimeoutException:
            return self._failed(bot, "Read timeout expired", failures)
        except httpx.HTTPError:
            return self._failed(bot, "Connection failed", failures)
        if response.is_success:
            self._run_answer(bot, response)
            return None
        words = f"Wrong response from the webhook: {response.status_code} {response.reason_phrase}"
        pause = self._failed(bot, words, failures)
        asked = response.headers.get("Retry-After", "")
        return float(min(int(asked), _LONGEST_RETRY_AFTER)) if asked.isdigit() else pause

    def _failed(self, bot: Bot, words: str, failures: int) -> float:
        bot.webhook.last_error = words
        bot.webhook.last_error_at = self._telegram.clock.now()
        self._telegram.bell.ring()
        if failures == 0:
            return 0.0
        longest = self._telegram.random.uniform(*_LONGEST_PAUSES)
        return float(
            min(self._telegram.settings.webhook_retry_seconds * 2 ** (failures - 1), longest)
        )

    def _run_answer(self, bot: Bot, response: httpx.Response) -> None:
        """An answer with a `method` in it is a call whose result nobody hears of."""
        given: dict[str, Any] = {}
        with contextlib.suppress(ValueError):
            given = response.json() if response.content else {}
        method = str(given.get("method", "")) if isinstance(given, dict) else ""
        if method and method.lower() not in _NEVER_RUN and not method.lower().startswith("get"):
            texts = {name: written(value) for name, value in given.items() if name != "method"}
            call(self._telegram, bot, method, Parameters(texts))
