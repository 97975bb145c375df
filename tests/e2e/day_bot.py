"""The real bot at the day's time, as a process that can be killed.

Run as `python -m tests.e2e.day_bot`; settings from the environment, and DAY_OFFSET, the seconds
that lie between the machine's clock and the day's.
"""

import asyncio
import datetime as dtm
import os

from bot.log import set_up_logging
from bot.process import Process
from bot.settings import load_settings
from bot.stopping import until_stopped
from sandbox.clock import MovableClock


async def main() -> None:
    """Run until stopped, or killed."""
    settings = load_settings()
    set_up_logging(settings.log_format)
    clock = MovableClock()
    clock.move(dtm.timedelta(seconds=float(os.environ["DAY_OFFSET"])))
    await until_stopped(Process(settings, clock).run())


if __name__ == "__main__":
    asyncio.run(main())
