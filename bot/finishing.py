"""Being stopped without leaving a thing half done, and not giving up what has to be done."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, ParamSpec, TypeVar

from bot.log import log

TRY_AGAIN_AFTER = 1.0

Result = TypeVar("Result")
Given = ParamSpec("Given")


async def to_the_end(work: Coroutine[Any, Any, Result]) -> Result:
    """Do a short piece of work; a stop that comes meanwhile waits until it is done."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait({task})
        raise


async def until_done(
    work: Callable[Given, Result], event: str, *args: Given.args, **kwargs: Given.kwargs
) -> Result:
    """Do a piece of work in a thread, again and again until it succeeds; failures are logged."""
    while True:
        try:
            return await asyncio.to_thread(work, *args, **kwargs)
        except Exception:
            log.exception(event)
            await asyncio.sleep(TRY_AGAIN_AFTER)
