"""Updates are brought in order within a chat, again and again until they are taken."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.botapi.listener import Listener
from sandbox.botapi.server import Server
from tests.sandbox.office import Desk


class Receiver:
    """A bot's webhook: what came, and the answers it is told to give first."""

    def __init__(self) -> None:
        self.came: list[tuple[int, str]] = []
        self.secrets: set[str] = set()
        self.answers: list[Response] = []
        self.open = asyncio.Event()
        self.open.set()
        self.listener = Listener(Starlette(routes=[Route("/hook", self._take, methods=["POST"])]))

    async def _take(self, request: Request) -> Response:
        message = (await request.json())["message"]
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""))
        self.came.append((message["chat"]["id"], message["text"]))
        if message["text"] == "慢":
            await self.open.wait()
        return self.answers.pop(0) if self.answers else Response()


@pytest.fixture
async def desk() -> AsyncIterator[Desk]:
    desk = Desk()
    desk.updates(offset=-1)
    desk.bot.updates.clear()
    desk.telegram.settings.webhook_retry_seconds = 0.01
    async with Server(desk.telegram):
        yield desk


@pytest.fixture
async def receiver(desk: Desk) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.listener.open()
    answer = desk.ask("setWebhook", url=f"{receiver.listener.url}/hook", secret_token="s-1")
    assert answer.body["description"] == "Webhook was set"
    yield receiver
    desk.ask("deleteWebhook")
    await receiver.listener.finish()


async def taken(desk: Desk) -> None:
    while desk.bot.updates.waiting:
        assert await desk.telegram.bell.heard(3)


def pending(desk: Desk) -> dict[str, Any]:
    info: dict[str, Any] = desk.ask("getWebhookInfo").body["result"]
    return info


async def test_updates_are_brought_with_the_secret(desk: Desk, receiver: Receiver) -> None:
    desk.people.types(desk.wang, desk.chat, "一")
    await taken(desk)
    assert (receiver.came, receiver.secrets) == ([(desk.wang.id, "一")], {"s-1"})


async def test_what_was_not_taken_is_brought_again_before_the_next(
    desk: Desk, receiver: Receiver
) -> None:
    receiver.answers = [Response(status_code=500), Response(status_code=503)]
    for text in "一二":
        desk.people.types(desk.wang, desk.chat, text)
    await taken(desk)
    assert [text for _, text in receiver.came] == ["一", "一", "一", "二"]
    words = "Wrong response from the webhook: 503 Service Unavailable"
    assert pending(desk)["last_error_message"] == words


async def test_a_slow_chat_holds_up_only_itself(desk: Desk, receiver: Receiver) -> None:
    li = desk.telegram.add_person("Li")
    receiver.open.clear()
    desk.people.types(desk.wang, desk.chat, "慢")
    desk.people.types(desk.wang, desk.chat, "后")
    desk.people.types(li, desk.telegram.private_chat(desk.bot, li), "快")
    while (li.id, "快") not in receiver.came or len(desk.bot.updates.waiting) != 2:
        assert await desk.telegram.bell.heard(3)
    assert (desk.wang.id, "后") not in receiver.came
    receiver.open.set()
    await taken(desk)
    assert receiver.came[-1] == (desk.wang.id, "后")


async def test_an_unreachable_webhook_keeps_its_updates(desk: Desk, receiver: Receiver) -> None:
    await receiver.listener.close()
    desk.people.types(desk.wang, desk.chat, "一")
    while not desk.bot.webhook.last_error:
        assert await desk.telegram.bell.heard(3)
    assert pending(desk)["pending_update_count"] == 1
    await receiver.listener.open()
    await taken(desk)
    assert receiver.came == [(desk.wang.id, "一")]


async def test_an_answer_may_be_a_call(desk: Desk, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": desk.wang.id, "text": "收到"}
    receiver.answers = [JSONResponse(call), JSONResponse({"method": "deleteWebhook"})]
    for text in "一二":
        desk.people.types(desk.wang, desk.chat, text)
    await taken(desk)
    assert [message.text for message in desk.chat.shown()[1:]] == ["一", "二", "收到"]
    assert desk.bot.webhook.url


async def test_setting_and_deleting_say_what_they_did(desk: Desk, receiver: Receiver) -> None:
    desk.telegram.clock.move(desk.telegram.settings.group_window)
    url = f"{receiver.listener.url}/hook"
    again = desk.ask("setWebhook", url=url, secret_token="s-1")
    deleted = [desk.ask("deleteWebhook") for _ in range(2)]
    assert [answer.body["description"] for answer in (again, *deleted)] == [
        "Webhook is already set",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]
