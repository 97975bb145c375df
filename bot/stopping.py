"""Ending well: SIGTERM and SIGINT cancel the work, which then finishes what is at hand."""

import asyncio
import contextlib
import signal
from collections.abc import Coroutine
from typing import Any

from bot.log import log


async def until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Work until SIGTERM or SIGINT, then stop with nothing half done; errors come through."""
    task = asyncio.ensure_future(work)
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, task.cancel)
    with contextlib.suppress(asyncio.CancelledError):
        await task
    log.info("stopped")
