"""The demo starts, answers in a chat over the control API, stops, and starts again."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from sqlmodel import select

from db.session import Database
from db.tables.reporting import Obligation
from domain.vocabulary import Role
from sandbox.demo import Demo, demo, main
from sandbox.page.routes import STATIC
from sandbox.sample import guangxi
from sandbox.seeding import SAMPLE_DAY, seed
from tests.sandbox.small import shrunk

SAMPLE = shrunk(guangxi())
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("demo") / "seeded.db"
    database = Database(f"sqlite:///{file}")
    seed(database, [SAMPLE])
    database.dispose()
    return file


@pytest.fixture
def file(seeded_file: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "demo.db"
    copy.write_bytes(seeded_file.read_bytes())
    return copy


class Visitor:
    """Somebody at the page, with one sample person's phone in hand."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.chat = ""

    async def picks(self, hint: str) -> dict[str, Any]:
        people = (await self.http.get("/page/people")).json()
        (bot,) = (await self.http.get("/sandbox/state")).json()["bots"]
        person: dict[str, Any] = next(one for one in people if one["hint"] == hint)
        self.chat = f"/sandbox/people/{person['account']}/chats/{bot['id']}"
        return person

    async def types(self, text: str) -> None:
        (await self.http.post(f"{self.chat}/text", json={"text": text})).raise_for_status()

    async def reads(self, fragment: str) -> str:
        """The answer to what was typed last; one given before does not count."""
        version = 0
        for _ in range(40):
            messages = (await self.http.get(self.chat)).json()["messages"]
            typed = max(one["id"] for one in messages if one["mine"])
            answers = [one["text"] for one in messages if not one["mine"] and one["id"] > typed]
            if found := [text for text in answers if fragment in text]:
                return str(found[-1])
            changes = f"/sandbox/changes?after={version}&seconds=1"
            version = (await self.http.get(changes)).json()["version"]
        raise AssertionError(f"no «{fragment}» among {[one['text'] for one in messages]}")


def visiting(page: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(base_url=page.rstrip("/"), timeout=10)


async def ask(running: Demo) -> str:
    async with visiting(running.page) as http:
        visitor = Visitor(http)
        await visitor.picks("coordinator")
        await visitor.types(SAMPLE.projects[0].name)
        return await visitor.reads("总投资")


async def test_a_coordinator_asks_for_a_sample_project_by_chat(file: Path) -> None:
    async with demo(file) as running:
        card = await ask(running)
        assert running.telegram.unexpected() == []
    assert card.startswith(SAMPLE.projects[0].name)
    assert "10月（审定）" in card or "未开工" in card


async def test_a_stranger_learns_nothing(file: Path) -> None:
    async with demo(file) as running, visiting(running.page) as http:
        visitor = Visitor(http)
        person = await visitor.picks("stranger")
        await visitor.types(SAMPLE.projects[0].name)
        answer = await visitor.reads("")
    assert person["role"] is None
    assert SAMPLE.projects[0].name not in answer
    assert "总投资" not in answer


async def test_everybody_has_a_phone_and_those_to_begin_with_come_first(file: Path) -> None:
    async with demo(file) as running, visiting(running.page) as http:
        people = (await http.get("/page/people")).json()
        linked = set((await http.get("/page/news")).json()["linked"])
    hinted = [one["hint"] for one in people if one["hint"]]
    assert [one["hint"] for one in people][: len(hinted) - 1] == hinted[:-1]
    assert {one["account"] for one in people} >= linked
    words = json.loads((STATIC / "words.json").read_text("utf-8"))["zh"]
    assert set(hinted) <= words["hints"].keys()
    assert set(words["roles"]) == set(Role)


async def test_a_kept_demo_goes_on_where_it_stopped(file: Path) -> None:
    async with demo(file) as running:
        assert running.telegram.clock.now() >= SAMPLE_DAY
        await ask(running)
        running.telegram.clock.set(SAMPLE_DAY.replace(day=20))
        await ask(running)
        numbered = running.telegram.bot.next_message_id
    async with demo(file) as again:
        assert again.telegram.clock.now() >= SAMPLE_DAY.replace(day=20)
        assert "总投资" in await ask(again)
        assert again.telegram.bot.next_message_id > numbered


async def test_it_says_where_the_page_is_and_ends_with_ctrl_c(file: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "sandbox.demo", "--keep", str(file), "--port", str(port)]
    process = await asyncio.create_subprocess_exec(
        *command,
        cwd=ROOT,
        env=os.environ | {"BOT_TOKEN": "", "DATABASE_URL": "", "PYTHONUNBUFFERED": "1"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        page = await asyncio.wait_for(page_address(process.stdout), 60)
        async with visiting(page) as http:
            assert (await http.get("/")).status_code == 200
        process.send_signal(signal.SIGINT)
        _, errors = await asyncio.wait_for(process.communicate(), 20)
    finally:
        if process.returncode is None:
            process.kill()
    assert page == f"http://127.0.0.1:{port}/"
    assert (process.returncode, "Traceback" in errors.decode()) == (0, False)


def test_a_port_in_use_is_said_so(file: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = CliRunner().invoke(main, ["--keep", str(file), "--port", str(port)])
    assert (result.exit_code, f"Port {port} is in use." in result.output) == (1, True)


async def page_address(lines: asyncio.StreamReader) -> str:
    async for line in lines:
        if found := re.search(r"http://\S+", line.decode()):
            return found.group()
    raise AssertionError("no address was printed")


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


async def test_the_others_have_reported_when_a_visitor_comes_to_the_due_day(file: Path) -> None:
    async with demo(file) as running, visiting(running.page) as http:
        before = awaited(file)
        for _ in range(5):
            told = (await http.post("/page/next-morning")).json()
    assert told["now"].startswith("2026-11-25T01:00")
    assert len(awaited(file)) < len(before) / 4


def awaited(file: Path) -> list[int]:
    """The reports of this month that are still to come."""
    database = Database(f"sqlite:///{file}")
    with database.transaction() as session:
        found = session.exec(select(Obligation.id).where(Obligation.state == "open")).all()
    database.dispose()
    return list(found)
