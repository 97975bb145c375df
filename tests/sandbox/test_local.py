"""The clock, the fixture, and what makes a test fail."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.botapi.listener import Listener
from sandbox.clock import MovableClock
from sandbox.local import LocalTelegram
from tests.sandbox.office import Office


def test_the_clock_runs_on_from_where_it_was_moved() -> None:
    noon = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
    clock, told = MovableClock(noon), list[str]()
    clock.on_move.append(lambda: told.append("moved"))
    assert noon <= clock.now() < noon + timedelta(minutes=1)
    clock.move(timedelta(days=-2))
    assert clock.now().date() == datetime(2026, 11, 21, tzinfo=UTC).date()
    clock.set(noon)
    assert noon <= clock.now() < noon + timedelta(minutes=1)
    assert told == ["moved", "moved"]
    with pytest.raises(ValueError, match="aware"):
        clock.set(datetime(2026, 11, 23))  # noqa: DTZ001 - what is refused


def test_it_listens_on_this_machine_only() -> None:
    with pytest.raises(ValueError, match=r"0\.0\.0\.0"):
        Listener(None, host="0.0.0.0")


async def test_a_test_is_failed_for_what_telegram_would_not_take() -> None:
    telegram = LocalTelegram()
    office = Office()
    office.telegram = telegram.world
    office.bot = telegram.bot
    office.wang = telegram.world.add_person("Wang")
    assert telegram.unexpected() == []
    office.say("")
    (complaint,) = telegram.unexpected()
    assert "message text is empty" in complaint
    telegram.expects_refusals()
    assert telegram.unexpected() == []


async def test_a_fault_of_the_sandbox_itself_is_no_trouble_of_telegrams(
    telegram: LocalTelegram, monkeypatch: pytest.MonkeyPatch
) -> None:
    telegram.expects_refusals()
    wang = telegram.person("Wang")
    await wang.starts()
    monkeypatch.setattr(telegram.world, "count_send", None)
    office = Office()
    office.telegram, office.bot, office.wang = telegram.world, telegram.bot, wang.account
    with pytest.raises(TypeError):
        office.say()
    assert "not callable" in telegram.refusals[0].answer["description"]


async def test_menus_are_chosen_by_scope_and_language(telegram: LocalTelegram) -> None:
    wang = telegram.person("Wang", language="zh-hans")
    await wang.starts()
    office = Office()
    office.telegram, office.bot = telegram.world, telegram.bot
    assert wang.menu == []
    for commands, where in (
        ("help", {}),
        ("todo", {"language_code": "zh"}),
        ("report", {"scope": {"type": "chat", "chat_id": wang.id}}),
    ):
        menu = [{"command": commands, "description": "说明"}]
        assert office.ask("setMyCommands", commands=menu, **where).body["result"] is True
    assert wang.menu == ["report"]
    office.ask("deleteMyCommands", scope={"type": "chat", "chat_id": wang.id})
    assert wang.menu == ["todo"]


async def test_several_bots_share_a_telegram(telegram: LocalTelegram) -> None:
    other = telegram.world.add_bot("other_bot")
    wang = telegram.person("Wang")
    await wang.starts()
    assert other.updates.read(10, telegram.clock.now()) == []
    assert len(telegram.bot.updates.read(10, telegram.clock.now())) == 1
    assert (len(telegram.world.chats_of(wang.account)), telegram.token != other.token) == (1, True)
