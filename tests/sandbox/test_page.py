"""The browser page is served whole, and tells who there is and what is new."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from domain.vocabulary import Role
from sandbox.local import LocalTelegram
from sandbox.page import Entry, Roster, page_routes
from sandbox.page.routes import STATIC, next_working_morning

SCRIPTS = sorted(STATIC.glob("*.js"))


@pytest.fixture
async def browser(telegram: LocalTelegram) -> AsyncIterator[httpx.AsyncClient]:
    wang = telegram.person("Wang", phone="13800000001")
    telegram.person("Somebody")
    entry = Entry(wang.id, "Wang", "13800000001", Role.LIAISON, "柳州市住建局", "科长", "liaison")
    telegram.server.serve_desk(page_routes(telegram, Roster((entry,), lambda: [wang.id])))
    async with httpx.AsyncClient(base_url=telegram.control_url, timeout=10) as http:
        yield http


async def test_the_page_comes_with_its_style_its_script_and_a_chinese_font(
    browser: httpx.AsyncClient,
) -> None:
    page = (await browser.get("/")).raise_for_status()
    for address in re.findall(r'(?:href|src)="(/[^"]+)"', page.text):
        assert (await browser.get(address)).status_code == 200, address
    font = await browser.get("/page/font.otf")
    assert (font.headers["content-type"], font.content[:4]) == ("font/otf", b"OTTO")
    style = await browser.get("/page/page.css")
    assert 'url("/page/font.otf")' in style.text
    script = await browser.get("/page/main.js")
    assert script.headers["content-type"].startswith("text/javascript")


async def test_the_page_may_load_nothing_from_elsewhere_and_run_no_other_script(
    browser: httpx.AsyncClient,
) -> None:
    policy = (await browser.get("/")).headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy


async def test_whoever_is_not_in_the_contact_book_is_listed_as_unknown(
    browser: httpx.AsyncClient,
) -> None:
    wang, somebody = (await browser.get("/page/people")).json()
    assert (wang["role"], wang["unit"], wang["hint"]) == ("liaison", "柳州市住建局", "liaison")
    assert (somebody["name"], somebody["role"], somebody["unit"]) == ("Somebody", None, "")


async def test_the_news_tell_whose_chat_changed_who_is_linked_and_what_was_refused(
    telegram: LocalTelegram, browser: httpx.AsyncClient
) -> None:
    telegram.expects_refusals()
    wang = (await browser.get("/page/people")).json()[0]["account"]
    before = (await browser.get("/page/news")).json()
    assert before == {"chats": [], "groups": [], "linked": [wang], "refused": 0, "over": 0}
    chat = f"/sandbox/people/{wang}/chats/{telegram.bot.account.id}/text"
    await browser.post(chat, json={"text": "/start"})
    await browser.post(f"/sandbox/people/{wang}/groups", json={"title": "五象专班"})
    await browser.post(f"{telegram.base_url}{telegram.token}/sendMessage", json={"chat_id": wang})
    after = (await browser.get("/page/news")).json()
    assert [line["person"] for line in after["chats"]] == [wang]
    assert after["chats"][0]["changed"] > 0
    assert [group["title"] for group in after["groups"]] == ["五象专班"]
    assert after["refused"] == 1


@pytest.mark.parametrize(("one_time", "left"), [(True, []), (False, [[{"text": "好"}]])])
async def test_a_one_time_keyboard_is_up_until_it_is_used(
    telegram: LocalTelegram, browser: httpx.AsyncClient, one_time: bool, left: list[object]
) -> None:
    wang = (await browser.get("/page/people")).json()[0]["account"]
    chat = f"/sandbox/people/{wang}/chats/{telegram.bot.account.id}"
    await browser.post(f"{chat}/text", json={"text": "/start"})
    keyboard = {"keyboard": [[{"text": "好"}]], "one_time_keyboard": one_time}
    asked = {"chat_id": wang, "text": "好吗？", "reply_markup": keyboard}
    await browser.post(f"{telegram.base_url}{telegram.token}/sendMessage", json=asked)
    await browser.post(f"{chat}/text", json={"text": "等一下"})
    assert (await browser.get(chat)).json()["keyboard"] == [[{"text": "好"}]]
    await browser.post(f"{chat}/text", json={"text": "好"})
    assert (await browser.get(chat)).json()["keyboard"] == left


async def test_a_button_goes_to_the_next_working_morning(
    telegram: LocalTelegram, browser: httpx.AsyncClient
) -> None:
    telegram.clock.set(datetime(2026, 9, 30, 2, tzinfo=UTC))
    told = (await browser.post("/page/next-morning")).json()
    assert told["now"].startswith("2026-10-08T01:00:0"), "the National Day is a week off"


@pytest.mark.parametrize(
    ("now", "morning"),
    [
        ("2026-11-18T10:00+08:00", "2026-11-19T09:00+08:00"),
        ("2026-11-18T08:59+08:00", "2026-11-18T09:00+08:00"),
        ("2026-11-18T09:00+08:00", "2026-11-19T09:00+08:00"),
        ("2026-11-20T18:00+08:00", "2026-11-23T09:00+08:00"),
        ("2026-11-21T08:00+08:00", "2026-11-23T09:00+08:00"),
        ("2026-11-19T23:30+00:00", "2026-11-20T09:00+08:00"),
    ],
)
def test_a_working_morning_is_one_still_ahead(now: str, morning: str) -> None:
    found = next_working_morning(datetime.fromisoformat(now))
    assert found == datetime.fromisoformat(morning)


def test_the_page_says_the_same_things_in_both_languages() -> None:
    words = json.loads((STATIC / "words.json").read_text("utf-8"))
    assert _keys(words["zh"]) == _keys(words["en"])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_has_every_word_it_says(script: Path) -> None:
    words = json.loads((STATIC / "words.json").read_text("utf-8"))["zh"]
    page = (STATIC / "index.html").read_text("utf-8")
    said = re.findall(r'word\("(\w+)"', script.read_text("utf-8"))
    said += re.findall(r'data-(?:word|hint|title)="(\w+)"', page)
    assert set(said) <= set(words)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_never_turns_words_into_markup(script: Path) -> None:
    assert not re.search(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write", script.read_text()
    )


def _keys(words: dict[str, object]) -> dict[str, object]:
    return {key: _keys(of) if isinstance(of, dict) else None for key, of in words.items()}
