"""A visitor lives a month in the demo: moves its clock, and reads what its people are told."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from db.session import Database
from sandbox.demo import demo
from sandbox.sample import guangxi
from sandbox.seeding import seed
from tests.sandbox.small import shrunk

# With these the owner whom a visitor begins with has one report to send and two under review.
THE_OWNERS = ("靖西市农村电网改造升级工程", "广西区域电网一期工程")
PATIENCE = 40
"""How many changes in the demo are waited for; a chat gets a message a second at most."""


class Visitor:
    """Somebody at the page, who takes up one sample person's phone after the other."""

    def __init__(self, page: httpx.AsyncClient) -> None:
        self.page = page
        self.chats: dict[str, str] = {}

    async def arrives(self) -> None:
        """Look at who is there; those to begin with have a hint."""
        people = (await self.page.get("/page/people")).json()
        (bot,) = (await self.page.get("/sandbox/state")).json()["bots"]
        for one in people:
            self.chats[one["hint"]] = f"/sandbox/people/{one['account']}/chats/{bot['id']}"

    async def goes_to(self, day: str) -> None:
        """Press "next morning" until it is that day."""
        for _ in range(10):
            told = (await self.page.post("/page/next-morning")).json()
            if told["now"].startswith(day):
                return
        raise AssertionError(f"it never became {day}")

    async def reads(self, who: str, fragment: str) -> None:
        """Wait until a message with these words is in somebody's chat."""
        version = 0
        for _ in range(PATIENCE):
            shown = await self._shown(who)
            if any(fragment in one["text"] for one in shown if not one["mine"]):
                return
            changes = f"/sandbox/changes?after={version}&seconds=1"
            version = (await self.page.get(changes)).json()["version"]
        texts = [one["text"] for one in shown]
        raise AssertionError(f"{who} never read «{fragment}» in {texts}")

    async def types(self, who: str, text: str) -> None:
        """Write as somebody."""
        (await self.page.post(f"{self.chats[who]}/text", json={"text": text})).raise_for_status()

    async def presses(self, who: str, label: str) -> None:
        """Press the newest button that begins so."""
        offered = [
            (button["text"], {"message": message["id"], "data": button["callback_data"]})
            for message in reversed(await self._shown(who))
            for row in message["buttons"]
            for button in row
        ]
        fitting = [pressed for text, pressed in offered if text.startswith(label)]
        assert fitting, f"{who} was never offered [{label}]: {await self._shown(who)}"
        (await self.page.post(f"{self.chats[who]}/press", json=fitting[0])).raise_for_status()

    async def _shown(self, who: str) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = (await self.page.get(self.chats[who])).json()["messages"]
        return shown


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[Visitor]:
    database = Database(f"sqlite:///{tmp_path / 'demo.db'}")
    seed(database, [shrunk(guangxi(), THE_OWNERS)])
    database.dispose()
    async with (
        demo(tmp_path / "demo.db") as running,
        httpx.AsyncClient(base_url=running.page.rstrip("/"), timeout=30) as page,
    ):
        visitor = Visitor(page)
        await visitor.arrives()
        yield visitor
        assert running.telegram.unexpected() == []


@pytest.mark.timeout(180)
async def test_a_visitor_lives_a_month_from_the_reminder_to_the_all_clear(visitor: Visitor) -> None:
    officer, liaison, commissioner = "owner_officer", "liaison", "commissioner"
    await visitor.goes_to("2026-11-20")
    await visitor.reads(officer, "11月月报：您有1项待填")

    await a_report_is_returned_and_accepted(visitor)

    await visitor.goes_to("2026-11-26")
    await visitor.reads(officer, "11月月报已过期，您还有1项未报")
    await visitor.reads(liaison, "11月月报：应报")
    await visitor.goes_to("2026-11-27")
    await visitor.reads(commissioner, "您分管的项目有1项11月月报未报")
    await visitor.presses(commissioner, "11月30日(周一)18:00前")
    await visitor.reads(commissioner, "您答复：11月30日(周一)18:00前报送")

    # The promise holds Monday's rung; on the first of December it is broken.
    await visitor.goes_to("2026-12-01")
    await visitor.reads("coordinator", "以下月报拟提请第一责任人关注")
    await visitor.presses("coordinator", "全部发送")
    await visitor.reads("first_responsible", "责任专员答复11月30日(周一)18:00前报送，尚未报送")

    await a_report_is_sent(visitor)
    await visitor.reads("first_responsible", "此前提请关注的11月月报已解除")
    await visitor.reads(commissioner, "您分管项目的11月月报：此前提醒已解除")


async def a_report_is_returned_and_accepted(visitor: Visitor) -> None:
    """One that was sent before the visitor came goes back, is mended, and counts."""
    officer, liaison = "owner_officer", "liaison"
    await visitor.types(liaison, "审核")
    await visitor.reads(liaison, "待您审核")
    await visitor.presses(liaison, "审1")
    await visitor.reads(liaison, "形象")
    await visitor.presses(liaison, "退回")
    await visitor.reads(liaison, "选一条理由")
    await visitor.types(liaison, "请写明桩基数量")
    await visitor.reads(officer, "意见：请写明桩基数量")
    await visitor.presses(officer, "去修改")
    await visitor.reads(officer, "审核意见：请写明桩基数量")
    await visitor.presses(officer, "修改")
    await visitor.reads(officer, "填哪一项")
    await visitor.presses(officer, "形象进度")
    await visitor.reads(officer, "现填：")
    await visitor.types(officer, "机组已安装3台")
    await visitor.reads(officer, "形象 机组已安装3台")
    await visitor.presses(officer, "提交审核")
    await visitor.reads(officer, "已提交，待审")
    await visitor.reads(liaison, "退回的月报已重报")
    await visitor.presses(liaison, "审1")
    await visitor.reads(liaison, "第2稿")
    await visitor.presses(liaison, "通过")
    await visitor.reads(liaison, "已通过")


async def a_report_is_sent(visitor: Visitor) -> None:
    """The one that was late is filled in after all."""
    officer = "owner_officer"
    await visitor.types(officer, "填报")
    await visitor.reads(officer, "11月月报 截止 ")
    await visitor.presses(officer, "填1")
    await visitor.reads(officer, "从开工到10月底")
    await visitor.types(officer, "1亿")
    await visitor.reads(officer, "广西区域电网一期工程 · 11月 2/4")
    await visitor.types(officer, "1000万")
    await visitor.reads(officer, "已读作 1,000万元")
    await visitor.types(officer, "基础完成60%")
    await visitor.reads(officer, "有什么问题")
    await visitor.presses(officer, "无问题")
    await visitor.reads(officer, "请补原因")
    await visitor.presses(officer, "补原因")
    await visitor.reads(officer, "请说明原因")
    await visitor.types(officer, "雨季影响")
    await visitor.reads(officer, "说明 雨季影响")
    await visitor.presses(officer, "提交审核")
