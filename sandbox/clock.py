"""The sandbox's time, which can be moved."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def _wall_clock() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - the one place where the sandbox meets real time


class MovableClock:
    """Real time plus an offset, so that it goes on running wherever it was moved.

    The local Telegram and the bot are given the same one. `on_move` callbacks are told after
    every move, for whoever waits for a moment that has now come.
    """

    def __init__(self, start: datetime | None = None) -> None:
        self.offset = timedelta(0)
        self.on_move: list[Callable[[], None]] = []
        if start is not None:
            self.set(start)

    def now(self) -> datetime:
        """The sandbox's present, aware and in UTC."""
        return _wall_clock() + self.offset

    def move(self, by: timedelta) -> None:
        """Go forward, or back with a negative `by`."""
        self.offset += by
        for told in self.on_move:
            told()

    def set(self, to: datetime) -> None:
        """Go to an aware moment; raises ValueError for one without a zone."""
        if to.tzinfo is None:
            raise ValueError("the clock is set to an aware datetime")
        self.move(to - self.now())
