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
from tests.sandbox.office import Office


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
async def office() -> AsyncIterator[Office]:
    office = Office()
    office.updates(offset=-1)
    office.bot.updates.clear()
    office.telegram.settings.webhook_retry_seconds = 0.01
    async with Server(office.telegram):
        yield office


@pytest.fixture
async def receiver(office: Office) -> AsyncIterator[Receiver]:
    receiver = Receiver()
    await receiver.listener.open()
    answer = office.ask("setWebhook", url=f"{receiver.listener.url}/hook", secret_token="s-1")
    assert answer.body["description"] == "Webhook was set"
    yield receiver
    office.ask("deleteWebhook")
    await receiver.listener.finish()


async def taken(office: Office) -> None:
    while office.bot.updates.waiting:
        assert await office.telegram.bell.heard(3)


def pending(office: Office) -> dict[str, Any]:
    info: dict[str, Any] = office.ask("getWebhookInfo").body["result"]
    return info


async def test_updates_are_brought_with_the_secret(office: Office, receiver: Receiver) -> None:
    office.people.types(office.wang, office.chat, "一")
    await taken(office)
    assert (receiver.came, receiver.secrets) == ([(office.wang.id, "一")], {"s-1"})


async def test_what_was_not_taken_is_brought_again_before_the_next(
    office: Office, receiver: Receiver
) -> None:
    receiver.answers = [Response(status_code=500), Response(status_code=503)]
    for text in "一二":
        office.people.types(office.wang, office.chat, text)
    await taken(office)
    assert [text for _, text in receiver.came] == ["一", "一", "一", "二"]
    words = "Wrong response from the webhook: 503 Service Unavailable"
    assert pending(office)["last_error_message"] == words


async def test_the_first_attempt_after_a_failure_is_at_once(
    office: Office, receiver: Receiver
) -> None:
    office.telegram.settings.webhook_retry_seconds = 60
    receiver.answers = [Response(status_code=500)]
    office.people.types(office.wang, office.chat, "一")
    await taken(office)
    assert len(receiver.came) == 2


async def test_later_attempts_wait_longer_and_longer(office: Office, receiver: Receiver) -> None:
    office.telegram.settings.webhook_retry_seconds = 0.1
    receiver.answers = [Response(status_code=500) for _ in range(3)]
    started = asyncio.get_running_loop().time()
    office.people.types(office.wang, office.chat, "一")
    await taken(office)
    assert asyncio.get_running_loop().time() - started >= 0.1 + 0.2


async def test_a_retry_after_of_the_bot_is_kept(office: Office, receiver: Receiver) -> None:
    receiver.answers = [Response(status_code=503, headers={"Retry-After": "1"})]
    started = asyncio.get_running_loop().time()
    office.people.types(office.wang, office.chat, "一")
    await taken(office)
    assert asyncio.get_running_loop().time() - started >= 1


async def test_a_slow_chat_holds_up_only_itself(office: Office, receiver: Receiver) -> None:
    li = office.telegram.add_person("Li")
    receiver.open.clear()
    office.people.types(office.wang, office.chat, "慢")
    office.people.types(office.wang, office.chat, "后")
    office.people.types(li, office.telegram.private_chat(office.bot, li), "快")
    while (li.id, "快") not in receiver.came or len(office.bot.updates.waiting) != 2:
        assert await office.telegram.bell.heard(3)
    assert (office.wang.id, "后") not in receiver.came
    receiver.open.set()
    await taken(office)
    assert receiver.came[-1] == (office.wang.id, "后")


async def test_an_unreachable_webhook_keeps_its_updates(office: Office, receiver: Receiver) -> None:
    await receiver.listener.close()
    office.people.types(office.wang, office.chat, "一")
    while not office.bot.webhook.last_error:
        assert await office.telegram.bell.heard(3)
    assert pending(office)["pending_update_count"] == 1
    await receiver.listener.open()
    await taken(office)
    assert receiver.came == [(office.wang.id, "一")]


async def test_an_answer_may_be_a_call(office: Office, receiver: Receiver) -> None:
    call = {"method": "sendMessage", "chat_id": office.wang.id, "text": "收到"}
    receiver.answers = [JSONResponse(call), JSONResponse({"method": "deleteWebhook"})]
    for text in "一二":
        office.people.types(office.wang, office.chat, text)
    await taken(office)
    assert [message.text for message in office.chat.shown()[1:]] == ["一", "二", "收到"]
    assert office.bot.webhook.url


async def test_setting_and_deleting_say_what_they_did(office: Office, receiver: Receiver) -> None:
    office.telegram.clock.move(office.telegram.settings.group_window)
    url = f"{receiver.listener.url}/hook"
    again = office.ask("setWebhook", url=url, secret_token="s-1")
    deleted = [office.ask("deleteWebhook") for _ in range(2)]
    assert [answer.body["description"] for answer in (again, *deleted)] == [
        "Webhook is already set",
        "Webhook was deleted",
        "Webhook is already deleted",
    ]
