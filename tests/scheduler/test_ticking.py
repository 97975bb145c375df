"""The clock strikes at once and every two seconds, whatever happened to the machine's time."""

import asyncio
import datetime as dtm
from collections.abc import AsyncIterator
from zoneinfo import ZoneInfo

import pytest

from bot.clock import WallClock
from scheduler.ticking import EVERY_SECONDS, Ticker


class Strikes:
    """Counts the ticks; each may take its time or fail."""

    def __init__(self) -> None:
        self.count = 0
        self.running = 0
        self.most_at_once = 0
        self.lasts = 0.0
        self.fails = False
        self._struck = asyncio.Condition()

    async def tick(self) -> None:
        self.count += 1
        self.running += 1
        self.most_at_once = max(self.most_at_once, self.running)
        async with self._struck:
            self._struck.notify_all()
        await asyncio.sleep(self.lasts)
        self.running -= 1
        if self.fails:
            raise RuntimeError("a tick failed")

    async def until(self, count: int) -> None:
        async with asyncio.timeout(3 * EVERY_SECONDS), self._struck:
            await self._struck.wait_for(lambda: self.count >= count)


@pytest.fixture
async def strikes() -> Strikes:
    return Strikes()


@pytest.fixture
async def ticker(strikes: Strikes) -> AsyncIterator[Ticker]:
    made = Ticker(strikes.tick, ZoneInfo("Asia/Shanghai"))
    yield made
    made.stop()


async def test_it_ticks_at_once_and_again(ticker: Ticker, strikes: Strikes) -> None:
    ticker.start(WallClock().now())
    await strikes.until(1)
    await strikes.until(2)


async def test_a_failing_tick_stops_no_later_one(ticker: Ticker, strikes: Strikes) -> None:
    strikes.fails = True
    ticker.start(WallClock().now())
    await strikes.until(2)


async def test_a_slow_tick_is_not_run_twice_at_once(ticker: Ticker, strikes: Strikes) -> None:
    strikes.lasts = 1.5 * EVERY_SECONDS
    ticker.start(WallClock().now())
    await strikes.until(2)
    assert strikes.most_at_once == 1


async def test_a_start_that_is_late_is_made_up_for_once(ticker: Ticker, strikes: Strikes) -> None:
    ticker.start(WallClock().now() - dtm.timedelta(days=1))
    await strikes.until(1)
    await asyncio.sleep(0.2)
    assert strikes.count == 1


async def test_a_clock_set_back_does_not_silence_it(ticker: Ticker, strikes: Strikes) -> None:
    now = WallClock().now()
    # As if it had been started before the clock was set back by a day.
    ticker.start(now + dtm.timedelta(days=1))
    await asyncio.sleep(0.2)
    assert strikes.count == 0

    assert ticker.rearm(now) is True
    await strikes.until(1)
    assert ticker.rearm(WallClock().now()) is False


async def test_a_stop_in_the_middle_of_a_tick_is_no_failed_job(
    ticker: Ticker, strikes: Strikes, caplog: pytest.LogCaptureFixture
) -> None:
    strikes.lasts = 60
    ticker.start(WallClock().now())
    await strikes.until(1)
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0.1)
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []
