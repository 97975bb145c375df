"""APScheduler as a mere clock: one interval job, run at start and every two seconds."""

import asyncio
import contextlib
import datetime as dtm
from collections.abc import Awaitable, Callable
from zoneinfo import ZoneInfo

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

EVERY_SECONDS = 2
JOB = "tick"


class Ticker:
    """Calls `tick` at once and then every two seconds, however late or busy the process was."""

    def __init__(self, tick: Callable[[], Awaitable[None]], zone: ZoneInfo) -> None:
        self._scheduler = AsyncIOScheduler(timezone=zone)
        self._tick = tick

    def start(self, now: dtm.datetime) -> None:
        """Begin ticking at once in the running event loop; `now` is the machine's own time."""
        self._scheduler.add_job(
            self._run,
            IntervalTrigger(seconds=EVERY_SECONDS),
            id=JOB,
            # The default drops a job that is a second late; a tick is never too late.
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=now,
        )
        self._scheduler.start()

    async def _run(self) -> None:
        # A stop cancels the tick at work; the scheduler would log that as a failed job.
        with contextlib.suppress(asyncio.CancelledError):
            await self._tick()

    def rearm(self, now: dtm.datetime) -> bool:
        """After the wall clock was set back, tick again from now; True when that was needed."""
        job = self._scheduler.get_job(JOB)
        late = now + dtm.timedelta(seconds=2 * EVERY_SECONDS)
        if job is None or job.next_run_time is None or job.next_run_time <= late:
            return False
        job.modify(next_run_time=now)
        return True

    def stop(self) -> None:
        """Stop ticking; a tick that runs is left to finish."""
        self._scheduler.shutdown(wait=False)
