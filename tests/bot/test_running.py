"""A button stops spinning beside the work, never before it or instead of it."""

import asyncio
from typing import Any, cast

import pytest
from telegram import CallbackQuery

from bot import running
from sandbox.botapi.faults import Fault, Trouble
from tests.office import Office


class Silence:
    """A button press Telegram never takes the answer to."""

    async def answer(self, **_: Any) -> None:
        await asyncio.Event().wait()


async def test_a_spinner_telegram_does_not_stop_is_given_up(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(running, "SPINNER_WITHIN", 0.01)
    async with asyncio.timeout(30):
        await running.stop_the_spinner(cast(CallbackQuery, Silence()))
    said = capsys.readouterr()
    assert "callback_query_not_answered" in said.out + said.err


async def test_whoever_presses_while_telegram_hangs_is_not_waited_for(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "SPINNER_WITHIN", 3600.0)
    hold = Fault(Trouble.HOLD, frozenset({"answerCallbackQuery"}), times=None, seconds=30)
    office.telegram.faults.add(hold)
    await office.meng.types("/settings")
    await office.meng.hears("语言")
    for _ in range(5):
        await office.meng.presses("English")
        await office.meng.hears("Language")
        await office.meng.presses("中文")
        await office.meng.hears("语言")
    office.telegram.faults.clear()
