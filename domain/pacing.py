"""When the next message may leave: Telegram's sending limits as sliding windows.

Source: the Bot API's FAQ (one a second in a chat with short bursts, 20 a minute in a group, about
30 a second in all) read strictly: edits count, windows slide. All times are seconds on one
monotonic clock that the caller reads.
"""

from collections import deque
from collections.abc import Iterable

GROUP_WINDOW = 60.0
GROUP_MOST = 20
CHAT_BURST = 3
CHAT_PERIOD = 1.05  # a little over a second, for the time a request spends on its way
CAUTION = 60.0
CAUTIOUS_SHARE = 0.5


class Pacer:
    """Keeps the windows of every chat and says from when on a message may leave."""

    def __init__(self, rate: float) -> None:
        """`rate` is messages a second in all, evenly spaced."""
        self._rate = rate
        self._next_slot = 0.0
        self._cautious_until = 0.0
        self._all_paused_until = 0.0
        self._paused: dict[int, float] = {}
        self._sent: dict[int, deque[float]] = {}

    def ready_at(self, chat_id: int, now: float) -> float:
        """From when on this chat, and the bot as a whole, may take another message."""
        return max(
            now,
            self.slot_at(),
            self._paused.get(chat_id, 0.0),
            self._chat_free_at(chat_id, now),
        )

    def resting(self, now: float) -> frozenset[int]:
        """The chats that may not take another message yet."""
        known = self._sent.keys() | self._paused.keys()
        return frozenset(chat for chat in known if self.ready_at(chat, now) > now)

    def slot_at(self) -> float:
        """From when on the bot as a whole may send."""
        return max(self._next_slot, self._all_paused_until)

    def sent(self, chat_id: int, now: float) -> None:
        """A message or an edit leaves for this chat now."""
        # From the deadline, not from now: a late wake-up must not lower the rate.
        late_by = min(now - self._next_slot, 1 / self._rate)
        start = now - max(late_by, 0.0)
        self._next_slot = start + 1 / self._current_rate(now)
        self.remember(chat_id, now)

    def landed(self, chat_id: int, now: float) -> None:
        """What left for this chat last has been answered: it counted there by now at the latest."""
        if times := self._sent.get(chat_id):
            times[-1] = now

    def remember(self, chat_id: int, at: float) -> None:
        """A message left for this chat at that time; used to rebuild the windows at start."""
        self._sent.setdefault(chat_id, deque()).append(at)

    def throttled(self, chat_id: int, seconds: float, now: float) -> None:
        """Telegram answered 429: wait out its seconds, then go slower for a while.

        A group's limit is its own; for a person the limit hit may be the whole bot's.
        """
        until = now + seconds
        self._cautious_until = max(self._cautious_until, until + CAUTION)
        if chat_id < 0:
            self._paused[chat_id] = max(until, self._paused.get(chat_id, 0.0))
        else:
            self._all_paused_until = max(until, self._all_paused_until)

    def forget_before(self, now: float) -> None:
        """Drop what no window reaches back to, so that memory does not grow with chats."""
        self._paused = {chat: until for chat, until in self._paused.items() if until > now}
        self._sent = {
            chat: times
            for chat, times in self._sent.items()
            if times and times[-1] > now - GROUP_WINDOW
        }

    def _current_rate(self, now: float) -> float:
        return self._rate * CAUTIOUS_SHARE if now < self._cautious_until else self._rate

    def _chat_free_at(self, chat_id: int, now: float) -> float:
        times = self._sent.get(chat_id)
        if not times:
            return now
        _drop_older(times, now - GROUP_WINDOW)
        if chat_id < 0 and len(times) >= GROUP_MOST:
            return max(times[-GROUP_MOST] + GROUP_WINDOW, burst_free_at(times))
        return burst_free_at(times)


def burst_free_at(times: Iterable[float]) -> float:
    """When a chat may take another message: one a period, up to three saved for a burst."""
    owed_until = 0.0
    for at in times:
        owed_until = max(owed_until, at) + CHAT_PERIOD
    return owed_until - (CHAT_BURST - 1) * CHAT_PERIOD


def _drop_older(times: deque[float], limit: float) -> None:
    while times and times[0] <= limit:
        times.popleft()
