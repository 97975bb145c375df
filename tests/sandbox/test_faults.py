"""Troubles befall the calls they are meant for, as often as they are meant to."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.botapi.faults import Fault, Faults, Trouble
from sandbox.clock import MovableClock
from sandbox.local import LocalTelegram
from sandbox.phones import Person


async def ask(telegram: LocalTelegram, method: str, **values: Any) -> httpx.Response:
    async with httpx.AsyncClient() as client:
        return await client.post(f"{telegram.base_url}{telegram.token}/{method}", json=values)


@pytest.fixture
async def wang(telegram: LocalTelegram) -> Person:
    wang = telegram.person("Wang")
    await wang.starts()
    return wang


def test_a_fault_is_about_some_calls_and_runs_out() -> None:
    clock = MovableClock()
    faults, minute = Faults(), timedelta(minutes=1)
    twice = Fault(Trouble.ANSWER, frozenset({"sendMessage"}), times=2)
    here = Fault(Trouble.ANSWER, chat=7, times=None, until=clock.now() + minute)
    faults.add(twice)
    faults.add(here)
    taken = [faults.take("sendmessage", 8, clock.now()) for _ in range(3)]
    assert taken == [twice, twice, None]
    assert faults.take("getMe", 7, clock.now()) is here
    assert faults.take("getMe", 7, clock.now() + minute) is None


async def test_who_sends_while_told_to_wait_is_noted(telegram: LocalTelegram, wang: Person) -> None:
    telegram.expects_violations()
    telegram.faults.add(Fault(Trouble.ANSWER, chat=wang.id, status=429, retry_after=9))
    told = await ask(telegram, "sendMessage", chat_id=wang.id, text="一")
    assert (told.status_code, told.headers["Retry-After"]) == (429, "9")
    telegram.clock.move(timedelta(seconds=4))
    again = await ask(telegram, "sendMessage", chat_id=wang.id, text="二")
    assert again.json()["parameters"] == {"retry_after": 9}
    assert "before the retry_after was over" in str(telegram.violations[0])
    telegram.clock.move(timedelta(seconds=9))
    assert (await ask(telegram, "sendMessage", chat_id=wang.id, text="三")).status_code == 200


async def test_every_call_may_take_its_time(telegram: LocalTelegram, wang: Person) -> None:
    telegram.faults.latency = 0.3
    loop = asyncio.get_running_loop()
    started = loop.time()
    assert (await ask(telegram, "sendMessage", chat_id=wang.id, text="一")).status_code == 200
    assert loop.time() - started >= 0.3
