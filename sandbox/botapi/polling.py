"""Long polls: one at a time for a bot, and not too eager."""

import asyncio
from dataclasses import dataclass

from sandbox.botapi import errors
from sandbox.botapi.asking import Ask
from sandbox.botapi.dispatch import Answer, call, note
from sandbox.botapi.methods.updates import read_updates
from sandbox.botapi.parameters import Parameters
from sandbox.botapi.world import Telegram

_MOST_SECONDS = 50
_OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
_BY_WEBHOOK = "terminated by setWebhook request"
_EAGER_SECONDS = 0.5


@dataclass(slots=True)
class _Poll:
    """A waiting poll; `end` holds the words of the conflict that ended it."""

    end: asyncio.Future[str]


class Polls:
    """The getUpdates calls of one bot."""

    def __init__(self, telegram: Telegram) -> None:
        self._telegram = telegram
        self._waiting: _Poll | None = None
        self._last: tuple[int, float] = (-1, float("-inf"))
        self._next_conflict = float("-inf")

    async def get_updates(self, ask: Ask) -> Answer:
        """Answer getUpdates, waiting up to its timeout for something to happen."""
        self._interrupt(_OTHER_POLL)
        seconds, ask = self._paced(ask)
        answer = call(ask.telegram, ask.bot, ask.method, ask.parameters)
        if answer.status != 200 or answer.body["result"] or not seconds:
            return answer
        answer = await self._wait(ask, seconds)
        note(ask.telegram, ask.bot, ask.method, ask.parameters, answer)
        return answer

    async def _wait(self, ask: Ask, seconds: float) -> Answer:
        loop = asyncio.get_running_loop()
        poll = self._waiting = _Poll(loop.create_future())
        deadline = loop.time() + seconds
        limit = ask.parameters.clamped("limit", 100, 1, 100)
        try:
            while not poll.end.done():
                reply = read_updates(ask, limit)
                left = deadline - loop.time()
                if reply.result or left <= 0:
                    return Answer(200, reply.body())
                await self._telegram.bell.heard(left)
                if ask.bot.webhook.url:
                    self._interrupt(_BY_WEBHOOK)
            return await self._conflict(poll.end.result())
        finally:
            if self._waiting is poll:
                self._waiting = None

    def _interrupt(self, words: str) -> None:
        if self._waiting and not self._waiting.end.done():
            self._waiting.end.set_result(words)
            self._waiting = None
            self._telegram.bell.ring()

    async def _conflict(self, words: str) -> Answer:
        """409 for the older poll: at once, or later when one was just given."""
        loop = asyncio.get_running_loop()
        pause = self._telegram.settings.conflict_pause_seconds
        if loop.time() < self._next_conflict:
            await asyncio.sleep(pause)
        self._next_conflict = loop.time() + pause
        return Answer.refusing(errors.conflict(words))

    def _paced(self, ask: Ask) -> tuple[float, Ask]:
        """The seconds to wait, and the call as Telegram takes it from an eager bot.

        The same offset again within three seconds waits out three; within half a second it
        gets one update only.
        """
        now = asyncio.get_running_loop().time()
        offset, pause = ask.parameters.integer("offset"), self._telegram.settings
        seconds = float(ask.parameters.clamped("timeout", 0, 0, _MOST_SECONDS))
        repeated = offset == self._last[0]
        since = now - self._last[1]
        self._last = (offset, now)
        if repeated and since < pause.repeated_poll_seconds:
            seconds = max(seconds, pause.repeated_poll_seconds)
        if repeated and since < min(_EAGER_SECONDS, pause.repeated_poll_seconds):
            texts = dict(ask.parameters.texts) | {"limit": "1"}
            ask = Ask(ask.telegram, ask.bot, ask.method, Parameters(texts))
        return seconds, ask
