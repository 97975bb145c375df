"""Ending well: SIGTERM and SIGINT cancel the work, which then finishes what is at hand."""

import asyncio
import contextlib
import os
import signal
import threading
from collections.abc import Coroutine
from typing import Any

from bot.log import log

# Five seconds are promised; the rest is for a busy machine to end the process in.
STOP_WITHIN = 4.0


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Work until SIGTERM or SIGINT, then stop with nothing half done; errors come through."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, _stop, task)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    log.info("stopped")


def _stop(task: asyncio.Future[None]) -> None:
    """Ask it to end, and see to it that the process does."""
    task.cancel()
    deadline = threading.Timer(STOP_WITHIN, _give_up)
    deadline.daemon = True
    deadline.start()


def _give_up() -> None:
    """A thread hangs in the database: its transaction is rolled back there, nothing half done."""
    log.warning("stopped_in_the_middle_of_a_wait")
    os._exit(0)
