"""The updates waiting for one bot: numbered, kept for a while, forgotten once confirmed."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from sandbox.botapi.settings import Settings

_NAMES = """message edited_message channel_post edited_channel_post business_connection
    business_message edited_business_message deleted_business_messages message_reaction
    message_reaction_count inline_query chosen_inline_result callback_query shipping_query
    pre_checkout_query purchased_paid_media poll poll_answer my_chat_member chat_member
    chat_join_request chat_boost removed_chat_boost guest_message managed_bot"""
KINDS = frozenset(_NAMES.split())
DEFAULT_KINDS = KINDS - {"chat_member", "message_reaction", "message_reaction_count"}
_FAR_BEYOND = 10


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update nobody has confirmed; `lane` names what must be delivered in order."""

    id: int
    kind: str
    payload: dict[str, Any]
    lane: int
    expires: datetime

    def as_json(self) -> dict[str, Any]:
        """As the bot gets it."""
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """What the bot has not confirmed yet, the oldest first."""

    def __init__(self, settings: Settings, random: Random) -> None:
        self.allowed = DEFAULT_KINDS
        self.waiting: list[Waiting] = []
        self._settings = settings
        self._random = random
        self._next = self._random_start()
        self._latest: datetime | None = None

    def add(self, kind: str, payload: dict[str, Any], lane: int, now: datetime) -> None:
        """Queue an update, unless the bot does not want this kind."""
        if kind not in self.allowed:
            return
        if self._latest and now - self._latest > self._settings.quiet_week:
            self._next = self._random_start()
        lifetime = self._settings.update_lifetime
        if kind == "callback_query":
            lifetime = self._settings.callback_update_lifetime
        self.waiting.append(Waiting(self._next, kind, payload, lane, now + lifetime))
        self._next += 1
        self._latest = now

    def allow(self, kinds: list[Any]) -> None:
        """Remember which kinds the bot wants; none that is known means the default."""
        known = {kind for kind in kinds if isinstance(kind, str) and kind in KINDS}
        self.allowed = frozenset(known) or DEFAULT_KINDS

    def confirm(self, offset: int) -> None:
        """Forget what an `offset` of getUpdates says was received.

        0 says nothing, -N keeps the newest N, and one far beyond the end is not believed.
        """
        if offset < 0:
            self.waiting = self.waiting[offset:]
        elif 0 < offset <= self._next + _FAR_BEYOND:
            self.waiting = [update for update in self.waiting if update.id >= offset]

    def read(self, limit: int, now: datetime) -> list[Waiting]:
        """The oldest updates that are still worth giving."""
        self._expire(now)
        return self.waiting[:limit]

    def remove(self, update: Waiting) -> None:
        """One update was delivered by webhook."""
        self.waiting = [waiting for waiting in self.waiting if waiting.id != update.id]

    def clear(self) -> None:
        """drop_pending_updates."""
        self.waiting = []

    def _expire(self, now: datetime) -> None:
        self.waiting = [update for update in self.waiting if update.expires > now]

    def _random_start(self) -> int:
        return self._random.randint(100_000_000, 999_999_999)
