"""The control API: another process does what a person's phone does."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from sandbox.local import LocalTelegram
from sandbox.phones import Person


class Page:
    """What a browser page would do, from Wang's phone."""

    def __init__(self, telegram: LocalTelegram, wang: Person, http: httpx.AsyncClient) -> None:
        self.telegram = telegram
        self.wang = wang
        self.http = http

    async def get(self, path: str) -> Any:
        return (await self.http.get(f"/sandbox/{path}")).raise_for_status().json()

    async def post(self, path: str, **body: Any) -> Any:
        return (await self.http.post(f"/sandbox/{path}", json=body)).raise_for_status().json()

    @property
    def chat(self) -> str:
        return f"people/{self.wang.id}/chats/{self.telegram.bot.account.id}"

    async def bot_asks(self, method: str, **values: Any) -> Any:
        url = f"{self.telegram.base_url}{self.telegram.token}/{method}"
        return (await self.http.post(url, json=values)).json()


@pytest.fixture
async def page(telegram: LocalTelegram) -> AsyncIterator[Page]:
    wang = telegram.person("Wang", phone="13800000001")
    async with httpx.AsyncClient(base_url=telegram.control_url, timeout=10) as http:
        yield Page(telegram, wang, http)


async def test_a_conversation_is_had_over_it(page: Page) -> None:
    await page.post(f"{page.chat}/text", text="/start")
    keyboard = {"inline_keyboard": [[{"text": "确认", "callback_data": "yes"}]]}
    text = "您好<b>！</b>"
    await page.bot_asks(
        "sendMessage", chat_id=page.wang.id, text=text, parse_mode="HTML", reply_markup=keyboard
    )
    shown = await page.get(page.chat)
    (asked, answered) = shown["messages"]
    assert (asked["mine"], asked["text"], answered["mine"]) == (True, "/start", False)
    assert answered["entities"] == [{"type": "bold", "offset": 2, "length": 1}]
    assert answered["buttons"] == keyboard["inline_keyboard"]

    pressed = await page.post(f"{page.chat}/press", message=answered["id"], data="yes")
    assert (await page.get(f"queries/{pressed['query']}"))["answered"] is False
    await page.bot_asks("answerCallbackQuery", callback_query_id=pressed["query"], text="好")
    assert await page.get(f"queries/{pressed['query']}") == {
        "answered": True,
        "text": "好",
        "show_alert": False,
    }
    await page.bot_asks(
        "editMessageText", chat_id=page.wang.id, message_id=answered["id"], text="完成"
    )
    (_, edited) = (await page.get(page.chat))["messages"]
    assert (edited["text"], edited["history"][0]["text"]) == ("完成", "您好！")


async def test_a_change_ends_the_waiting(page: Page) -> None:
    version = (await page.get("changes?seconds=0.01"))["version"]
    waiting = asyncio.create_task(page.get(f"changes?after={version}&seconds=9"))
    await asyncio.sleep(0.05)
    await page.wang.types("在吗")
    assert (await waiting)["version"] > version
    (line,) = await page.get(f"people/{page.wang.id}/chats")
    assert (line["last"], line["standing"]) == ("在吗", "member")
    assert line["changed"] > version


async def test_everything_can_be_sent(page: Page) -> None:
    own = await page.post(f"{page.chat}/contact")
    assert own["content"]["contact"]["phone_number"] == "8613800000001"
    li = await page.post("people", first_name="Li", phone="13800000002")
    card = await page.post(f"{page.chat}/contact", person=li["id"], written="+86 138 0000 0002")
    assert card["content"]["contact"] == {
        "phone_number": "+86 138 0000 0002",
        "first_name": "Li",
        "user_id": li["id"],
    }
    place = await page.post(f"{page.chat}/location", latitude=22.8, longitude=108.3)
    assert place["content"]["location"]["latitude"] == 22.8
    for kind in ("document", "photo", "voice", "sticker"):
        url = f"/sandbox/{page.chat}/file?kind={kind}&name=表.xlsx&caption=请收"
        sent = (await page.http.post(url, content=b"content")).json()
        assert sent["text"] == "请收"
    document = (await page.get(page.chat))["messages"][3]["content"]["document"]
    fetched = await page.http.get(f"/sandbox/files/{document['file_id']}")
    assert (document["file_name"], fetched.content) == ("表.xlsx", b"content")


async def test_words_are_replied_to_edited_and_forwarded(page: Page) -> None:
    first = await page.post(f"{page.chat}/text", text="一")
    reply = await page.post(f"{page.chat}/text", text="二", reply_to=first["id"])
    assert reply["content"]["reply_to_message"]["text"] == "一"
    await page.post(f"{page.chat}/edit", message=first["id"], text="壹")
    forwarded = await page.post(
        f"{page.chat}/forward", message=first["id"], to=page.telegram.bot.account.id
    )
    assert (forwarded["text"], forwarded["content"]["forward_origin"]["type"]) == ("壹", "user")


async def test_blocking_and_groups(page: Page) -> None:
    await page.post(f"{page.chat}/text", text="/start")
    await page.post(f"{page.chat}/block")
    refused = await page.http.post(f"/sandbox/{page.chat}/text", json={"text": "在吗"})
    assert (refused.status_code, "cannot write" in refused.json()["error"]) == (400, True)
    await page.post(f"{page.chat}/unblock")
    bot = page.telegram.bot.account.id
    group = (await page.post(f"people/{page.wang.id}/groups", title="五象", bot=bot))["chat"]
    new = (await page.post(f"people/{page.wang.id}/chats/{group}/upgrade"))["chat"]
    state = await page.get("state")
    assert [(g["chat"], g["migrated_to"]) for g in state["groups"]] == [(group, new), (new, None)]
    await page.post(f"people/{page.wang.id}/chats/{new}/remove_bot", bot=bot)
    answer = await page.bot_asks("sendMessage", chat_id=new, text="在吗")
    assert answer["description"] == "Forbidden: bot was kicked from the supergroup chat"


async def test_the_clock_moves(page: Page) -> None:
    before = page.telegram.clock.now()
    await page.post("clock", move_seconds=3600)
    assert page.telegram.clock.now() - before >= timedelta(hours=1)
    told = await page.post("clock", set="2026-12-01T01:00:00+00:00")
    assert told["now"].startswith("2026-12-01T01:00:0")
    refused = await page.http.post("/sandbox/clock", json={"set": "2026-12-01T01:00:00"})
    assert refused.status_code == 400


async def test_troubles_are_made_and_the_journal_read(page: Page) -> None:
    page.telegram.expects_refusals()
    await page.post(f"{page.chat}/text", text="/start")
    told = await page.post("faults", trouble="answer", methods=["getMe"], for_seconds=60)
    assert told["faults"][0]["times"] is None
    assert (await page.bot_asks("getMe"))["error_code"] == 500
    await page.post("well")
    assert (await page.bot_asks("getMe"))["ok"]
    await page.post("away")
    with pytest.raises(httpx.ConnectError):
        await page.bot_asks("getMe")
    assert (await page.get("faults"))["away"] is True
    await page.post("back")
    await page.bot_asks("sendMessage", chat_id=page.wang.id, text="<b", parse_mode="HTML")
    assert [call["status"] for call in await page.get("calls")] == [500, 200, 400]
    assert [call["method"] for call in await page.get("refusals")] == ["sendMessage"]
    assert await page.get("violations") == []


@pytest.mark.parametrize(
    "path", ["people/1/chats", "queries/1", "people/{wang}/chats/5", "people/{wang}/chats/x"]
)
async def test_what_is_not_there_is_said_so(page: Page, path: str) -> None:
    answer = await page.http.get(f"/sandbox/{path}".replace("{wang}", str(page.wang.id)))
    assert answer.status_code in (400, 404)
    assert answer.json()["error"]
