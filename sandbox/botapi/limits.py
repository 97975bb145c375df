"""Sending limits in sliding windows, and what happens to a bot that does not wait."""

import math
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.botapi.errors import too_many_requests
from sandbox.botapi.settings import Settings

_WHOLE_BOT = 0


@dataclass(slots=True)
class _Window:
    """The latest sends in a stretch of time."""

    sends: deque[datetime] = field(default_factory=deque)

    def wait(self, most: int, length: timedelta, now: datetime) -> timedelta:
        """How long until there is room for one more; zero when there is."""
        while self.sends and not now - length < self.sends[0] <= now:
            self.sends.popleft()
        if len(self.sends) < most:
            return timedelta(0)
        return self.sends[-most] + length - now


@dataclass(slots=True)
class _Bucket:
    """A burst that refills at a steady rate: how full it is, and since when."""

    used: float = 0.0
    at: datetime | None = None

    def wait(self, burst: int, rate: float, now: datetime) -> timedelta:
        if self.at is not None and self.at <= now:
            self.used = max(0.0, self.used - (now - self.at).total_seconds() * rate)
        elif self.at is not None:
            self.used = 0.0
        self.at = now
        return timedelta(seconds=max(0.0, (self.used + 1 - burst) / rate))


@dataclass(slots=True)
class _Pause:
    """A retry_after that is running."""

    since: datetime
    seconds: int

    def ends(self) -> datetime:
        return self.since + timedelta(seconds=self.seconds)

    def runs(self, now: datetime) -> bool:
        return self.since <= now < self.ends()


class SendingLimits:
    """The limits of one bot.

    `pass_send` lets a send through or raises 429; what the bot did wrong in the second case is
    left in `violations` for the caller to collect.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.violations: list[str] = []
        self._all = _Window()
        self._buckets: dict[int, _Bucket] = {}
        self._groups: dict[int, _Window] = {}
        self._pauses: dict[int, _Pause] = {}

    def pass_send(self, chat: int, is_group: bool, now: datetime) -> None:
        """Count one send or edit in `chat`; raises ApiError 429 when there is no room."""
        for scope in (_WHOLE_BOT, chat):
            self._respect_pause(scope, now)
        self._check(_WHOLE_BOT, self._bot_wait(now), "more than the bot may send in all", now)
        self._check(chat, self._chat_wait(chat, now), "more than one a second in a chat", now)
        if is_group:
            self._check(chat, self._group_wait(chat, now), "more than a group may get", now)
            self._groups[chat].sends.append(now)
        self._all.sends.append(now)
        self._buckets[chat].used += 1

    def pause(self, seconds: int, now: datetime, chat: int = _WHOLE_BOT) -> None:
        """Start a retry_after, for one chat or for the whole bot."""
        self._pauses[chat] = _Pause(now, seconds)

    def _respect_pause(self, scope: int, now: datetime) -> None:
        pause = self._pauses.get(scope)
        if pause is None or not pause.runs(now):
            self._pauses.pop(scope, None)
            return
        if now - pause.since > self.settings.in_flight_grace:
            left = (pause.ends() - now).total_seconds()
            self.violations.append(f"sent {left:.2f} s before the retry_after was over")
            self.pause(pause.seconds, now, scope)
        raise too_many_requests(math.ceil((self._pauses[scope].ends() - now).total_seconds()))

    def _check(self, scope: int, wait: timedelta, what: str, now: datetime) -> None:
        if wait > timedelta(0):
            seconds = max(1, math.ceil(wait.total_seconds()))
            self.violations.append(f"{what}; retry after {seconds}")
            self.pause(seconds, now, scope)
            raise too_many_requests(seconds)

    def _bot_wait(self, now: datetime) -> timedelta:
        return self._all.wait(self.settings.bot_sends, self.settings.bot_window, now)

    def _chat_wait(self, chat: int, now: datetime) -> timedelta:
        bucket = self._buckets.setdefault(chat, _Bucket())
        return bucket.wait(self.settings.chat_burst, self.settings.chat_rate, now)

    def _group_wait(self, chat: int, now: datetime) -> timedelta:
        window = self._groups.setdefault(chat, _Window())
        return window.wait(self.settings.group_sends, self.settings.group_window, now)
