"""What can be set about the local Telegram; the defaults are the strict profile."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(slots=True)
class Settings:
    """Limits, lifetimes and sizes; the sources are telegram.md sections 2 and 3.

    Times that pass on the sandbox's clock are timedeltas, waits of the event loop are seconds.
    """

    chat_burst: int = 3
    chat_rate: float = 1.0
    group_sends: int = 20
    group_window: timedelta = timedelta(seconds=60)
    bot_sends: int = 30
    bot_window: timedelta = timedelta(seconds=1)
    in_flight_grace: timedelta = timedelta(milliseconds=250)

    update_lifetime: timedelta = timedelta(hours=24)
    callback_update_lifetime: timedelta = timedelta(seconds=150)
    callback_lifetime: timedelta = timedelta(seconds=15)
    delete_lifetime: timedelta = timedelta(hours=48)
    quiet_week: timedelta = timedelta(days=7)

    repeated_poll_seconds: float = 3.0
    conflict_pause_seconds: float = 3.0
    webhook_timeout_seconds: float = 60.0
    webhook_retry_seconds: float = 2.0
    webhook_needs_https: bool = False

    upload_bytes: int = 50 * 1024 * 1024
    download_bytes: int = 20 * 1024 * 1024
    parameter_bytes: int = 1024 * 1024
