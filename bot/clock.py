"""The one place where the wall clock is read; everybody else is given `now`."""

import datetime as dtm
from typing import Protocol


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> dtm.datetime:
        """The present instant, aware and in UTC."""


class WallClock:
    """The machine's own clock."""

    def now(self) -> dtm.datetime:
        """The present instant, aware and in UTC."""
        return dtm.datetime.now(dtm.UTC)
