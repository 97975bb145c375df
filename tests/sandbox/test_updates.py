"""How updates wait for a bot: numbered, confirmed, expired, and fought over."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.botapi.server import Server
from tests.sandbox.office import Desk
from tests.sandbox.provocations import button, inline


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


@pytest.fixture
def desk() -> Desk:
    """Wang has written four more times."""
    desk = Desk()
    for text in "abcd":
        desk.people.types(desk.wang, desk.chat, text)
    return desk


def test_an_offset_confirms_everything_below_it(desk: Desk) -> None:
    first = desk.updates()[0]["update_id"]
    assert numbers(desk.updates(offset=first + 2)) == [first + 2, first + 3, first + 4]
    assert numbers(desk.updates(offset=first)) == [first + 2, first + 3, first + 4]


@pytest.mark.parametrize(("offset", "left"), [(0, 5), (-2, 2), (-9, 5)])
def test_no_offset_confirms_nothing_and_a_negative_one_keeps_the_newest(
    desk: Desk, offset: int, left: int
) -> None:
    assert len(desk.updates(offset=offset)) == left
    assert len(desk.updates()) == left


def test_an_offset_far_beyond_the_end_is_not_believed(desk: Desk) -> None:
    last = desk.updates()[-1]["update_id"]
    assert len(desk.updates(offset=last + 100)) == 5
    assert desk.updates(offset=last + 5) == []


def test_a_limit_is_pressed_into_one_to_a_hundred(desk: Desk) -> None:
    assert len(desk.updates(limit=2)) == 2
    assert len(desk.updates(limit=0)) == 1
    assert len(desk.updates(limit="many")) == 1


def test_messages_wait_a_day_and_presses_two_and_a_half_minutes() -> None:
    desk = Desk()
    number = desk.said(reply_markup=inline(button(callback_data="a")))
    desk.people.presses(desk.wang, desk.chat.messages[number], "a")
    assert len(desk.updates()) == 2
    desk.telegram.clock.move(timedelta(seconds=151))
    assert [set(update) - {"update_id"} for update in desk.updates()] == [{"message"}]
    desk.telegram.clock.move(timedelta(hours=24))
    assert desk.updates() == []


def test_update_ids_start_anew_after_a_silent_week(desk: Desk) -> None:
    last = desk.updates()[-1]["update_id"]
    desk.telegram.clock.move(timedelta(days=8))
    desk.people.types(desk.wang, desk.chat, "e")
    (update,) = desk.updates(offset=last + 1)
    assert abs(update["update_id"] - last) > 100


def test_only_wanted_updates_are_queued_and_the_wish_is_remembered(desk: Desk) -> None:
    desk.updates(allowed_updates=["message"], offset=desk.updates()[-1]["update_id"] + 1)
    desk.people.blocks(desk.wang, desk.bot)
    desk.updates(allowed_updates="not json")
    assert desk.updates() == []
    desk.updates(allowed_updates=[])
    desk.people.unblocks(desk.wang, desk.bot)
    assert "my_chat_member" in desk.updates()[0]


class Http:
    """The HTTP side of a desk."""

    def __init__(self, desk: Desk, server: Server) -> None:
        self.desk = desk
        self.server = server
        self.client = httpx.AsyncClient(
            base_url=f"{server.api_url}/bot{desk.bot.token}/", timeout=20
        )

    async def ask(self, method: str, **values: Any) -> dict[str, Any]:
        body: dict[str, Any] = (await self.client.post(method, json=values)).json()
        return body

    def begin(self, method: str, **values: Any) -> asyncio.Task[dict[str, Any]]:
        return asyncio.create_task(self.ask(method, **values))


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    desk = Desk()
    desk.updates(offset=desk.updates()[-1]["update_id"] + 1)
    async with Server(desk.telegram) as server:
        opened = Http(desk, server)
        async with opened.client:
            yield opened


async def waiting(http: Http, **values: Any) -> asyncio.Task[dict[str, Any]]:
    """A long poll that has begun to wait."""
    calls = len(http.desk.telegram.journal.calls)
    task = http.begin("getUpdates", timeout=20, **values)
    while len(http.desk.telegram.journal.calls) == calls:
        await http.desk.telegram.bell.heard(2)
    return task


async def test_a_long_poll_ends_with_the_first_update(http: Http) -> None:
    poll = await waiting(http)
    http.desk.people.types(http.desk.wang, http.desk.chat, "在吗")
    assert (await poll)["result"][0]["message"]["text"] == "在吗"


async def test_a_second_poll_ends_the_first_with_a_conflict(http: Http) -> None:
    http.desk.telegram.settings.conflict_pause_seconds = 0.2
    first = await waiting(http)
    second = await waiting(http, offset=1)
    assert (await first)["description"] == (
        "Conflict: terminated by other getUpdates request;"
        " make sure that only one bot instance is running"
    )
    third = await waiting(http, offset=2)
    started = asyncio.get_running_loop().time()
    assert (await second)["error_code"] == 409
    assert asyncio.get_running_loop().time() - started > 0.1
    http.desk.people.types(http.desk.wang, http.desk.chat, "在吗")
    assert (await third)["ok"]


async def test_a_webhook_ends_a_waiting_poll(http: Http) -> None:
    poll = await waiting(http)
    await http.ask("setWebhook", url="https://example.org/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_an_eager_bot_is_slowed_down(http: Http) -> None:
    http.desk.telegram.settings.repeated_poll_seconds = 0.3
    loop = asyncio.get_running_loop()
    await http.ask("getUpdates", offset=5)
    started = loop.time()
    assert (await http.ask("getUpdates", offset=5))["result"] == []
    assert loop.time() - started > 0.2
    for text in "abc":
        http.desk.people.types(http.desk.wang, http.desk.chat, text)
    assert len((await http.ask("getUpdates", offset=6))["result"]) == 3
    assert len((await http.ask("getUpdates", offset=6))["result"]) == 1


async def test_arguments_come_in_every_form(http: Http) -> None:
    chat, client = http.desk.wang.id, http.client
    await client.get("SENDMESSAGE", params={"chat_id": chat, "text": "查询"})
    await client.post("sendMessage", data={"chat_id": chat, "text": "表单"})
    await client.post("sendMessage", json={"chat_id": chat, "text": "JSON"})
    http.desk.telegram.clock.move(timedelta(minutes=1))
    await client.post("sendMessage", files={"chat_id": (None, str(chat)), "text": (None, "部分")})
    await client.post("", data={"method": "sendMessage", "chat_id": chat, "text": "方法"})
    shown = [message.text for message in http.desk.chat.shown()[1:]]
    assert shown == ["查询", "表单", "JSON", "部分", "方法"]


async def test_buttons_are_json_text_in_a_form(http: Http) -> None:
    keyboard = json.dumps(inline(button(callback_data="a"), {"text": "", "callback_data": "b"}))
    form = {"chat_id": http.desk.wang.id, "text": "您好", "reply_markup": keyboard}
    sent = (await http.client.post("sendMessage", data=form)).json()["result"]
    assert sent["reply_markup"] == inline(button(callback_data="a"))
