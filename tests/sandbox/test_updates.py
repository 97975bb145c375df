"""How updates wait for a bot: numbered, confirmed, expired, and fought over."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.botapi.server import Server
from tests.sandbox.office import Office
from tests.sandbox.provocations import button, inline


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


@pytest.fixture
def office() -> Office:
    """Wang has written four more times."""
    office = Office()
    for text in "abcd":
        office.people.types(office.wang, office.chat, text)
    return office


def test_an_offset_confirms_everything_below_it(office: Office) -> None:
    first = office.updates()[0]["update_id"]
    assert numbers(office.updates(offset=first + 2)) == [first + 2, first + 3, first + 4]
    assert numbers(office.updates(offset=first)) == [first + 2, first + 3, first + 4]


@pytest.mark.parametrize(("offset", "left"), [(0, 5), (-2, 2), (-9, 5)])
def test_no_offset_confirms_nothing_and_a_negative_one_keeps_the_newest(
    office: Office, offset: int, left: int
) -> None:
    assert len(office.updates(offset=offset)) == left
    assert len(office.updates()) == left


def test_an_offset_far_beyond_the_end_is_not_believed(office: Office) -> None:
    last = office.updates()[-1]["update_id"]
    assert len(office.updates(offset=last + 100)) == 5
    assert office.updates(offset=last + 5) == []


def test_a_limit_is_pressed_into_one_to_a_hundred(office: Office) -> None:
    assert len(office.updates(limit=2)) == 2
    assert len(office.updates(limit=0)) == 1
    assert len(office.updates(limit="many")) == 1


def test_messages_wait_a_day_and_presses_two_and_a_half_minutes() -> None:
    office = Office()
    number = office.said(reply_markup=inline(button(callback_data="a")))
    office.people.presses(office.wang, office.chat.messages[number], "a")
    assert len(office.updates()) == 2
    office.telegram.clock.move(timedelta(seconds=151))
    assert [set(update) - {"update_id"} for update in office.updates()] == [{"message"}]
    office.telegram.clock.move(timedelta(hours=24))
    assert office.updates() == []


def test_update_ids_start_anew_after_a_silent_week(office: Office) -> None:
    last = office.updates()[-1]["update_id"]
    office.telegram.clock.move(timedelta(days=8))
    office.people.types(office.wang, office.chat, "e")
    (update,) = office.updates(offset=last + 1)
    assert abs(update["update_id"] - last) > 100


def test_only_wanted_updates_are_queued_and_the_wish_is_remembered(office: Office) -> None:
    office.updates(allowed_updates=["message"], offset=office.updates()[-1]["update_id"] + 1)
    office.people.blocks(office.wang, office.bot)
    office.updates(allowed_updates="not json")
    assert office.updates() == []
    office.updates(allowed_updates=[])
    office.people.unblocks(office.wang, office.bot)
    assert "my_chat_member" in office.updates()[0]


class Http:
    """The HTTP side of a office."""

    def __init__(self, office: Office, server: Server) -> None:
        self.office = office
        self.server = server
        self.client = httpx.AsyncClient(
            base_url=f"{server.api_url}/bot{office.bot.token}/", timeout=20
        )

    async def ask(self, method: str, **values: Any) -> dict[str, Any]:
        body: dict[str, Any] = (await self.client.post(method, json=values)).json()
        return body

    def begin(self, method: str, **values: Any) -> asyncio.Task[dict[str, Any]]:
        return asyncio.create_task(self.ask(method, **values))


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    office = Office()
    office.updates(offset=office.updates()[-1]["update_id"] + 1)
    async with Server(office.telegram) as server:
        opened = Http(office, server)
        async with opened.client:
            yield opened


async def waiting(http: Http, **values: Any) -> asyncio.Task[dict[str, Any]]:
    """A long poll that has begun to wait."""
    calls = len(http.office.telegram.journal.calls)
    task = http.begin("getUpdates", timeout=20, **values)
    while len(http.office.telegram.journal.calls) == calls:
        await http.office.telegram.bell.heard(2)
    return task


async def test_a_long_poll_ends_with_the_first_update(http: Http) -> None:
    poll = await waiting(http)
    http.office.people.types(http.office.wang, http.office.chat, "在吗")
    assert (await poll)["result"][0]["message"]["text"] == "在吗"


async def test_a_second_poll_ends_the_first_with_a_conflict(http: Http) -> None:
    http.office.telegram.settings.conflict_pause_seconds = 0.2
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
    http.office.people.types(http.office.wang, http.office.chat, "在吗")
    assert (await third)["ok"]


async def test_a_webhook_ends_a_waiting_poll(http: Http) -> None:
    poll = await waiting(http)
    await http.ask("setWebhook", url="https://example.org/hook")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"


async def test_an_eager_bot_is_slowed_down(http: Http) -> None:
    http.office.telegram.settings.repeated_poll_seconds = 0.3
    loop = asyncio.get_running_loop()
    await http.ask("getUpdates", offset=5)
    started = loop.time()
    assert (await http.ask("getUpdates", offset=5))["result"] == []
    assert loop.time() - started > 0.2
    for text in "abc":
        http.office.people.types(http.office.wang, http.office.chat, text)
    assert len((await http.ask("getUpdates", offset=6))["result"]) == 3
    assert len((await http.ask("getUpdates", offset=6))["result"]) == 1


async def test_arguments_come_in_every_form(http: Http) -> None:
    chat, client = http.office.wang.id, http.client
    await client.get("SENDMESSAGE", params={"chat_id": chat, "text": "查询"})
    await client.post("sendMessage", data={"chat_id": chat, "text": "表单"})
    await client.post("sendMessage", json={"chat_id": chat, "text": "JSON"})
    http.office.telegram.clock.move(timedelta(minutes=1))
    await client.post("sendMessage", files={"chat_id": (None, str(chat)), "text": (None, "部分")})
    await client.post("", data={"method": "sendMessage", "chat_id": chat, "text": "方法"})
    shown = [message.text for message in http.office.chat.shown()[1:]]
    assert shown == ["查询", "表单", "JSON", "部分", "方法"]


async def test_buttons_are_json_text_in_a_form(http: Http) -> None:
    keyboard = json.dumps(inline(button(callback_data="a"), {"text": "", "callback_data": "b"}))
    form = {"chat_id": http.office.wang.id, "text": "您好", "reply_markup": keyboard}
    sent = (await http.client.post("sendMessage", data=form)).json()["result"]
    assert sent["reply_markup"] == inline(button(callback_data="a"))
