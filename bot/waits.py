"""How long Telegram asks to wait."""

import datetime as dtm

from telegram.error import RetryAfter


def seconds_of(error: RetryAfter) -> float:
    """The seconds of a 429; a timedelta because of PTB_TIMEDELTA, an integer in PTB's types."""
    wait: dtm.timedelta | int = error.retry_after
    return wait.total_seconds() if isinstance(wait, dtm.timedelta) else float(wait)
