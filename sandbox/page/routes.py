"""The addresses of the page; everything else it asks the control API."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pylopdf_fonts_zh_cn
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from domain.calendar import shipped_calendar
from sandbox.botapi.desk import views
from sandbox.local import LocalTelegram
from sandbox.page.roster import Entry, Roster

STATIC = Path(__file__).parent / "static"
ZONE = ZoneInfo("Asia/Shanghai")
MORNING = time(9)
# Proof that the page needs nothing from elsewhere, and no words of a chat become a script.
POLICY = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'"


Meanwhile = Callable[[datetime], Awaitable[None]]


async def _nothing(_until: datetime) -> None:
    """What others do when there are no others."""


def page_routes(
    telegram: LocalTelegram, roster: Roster | None = None, meanwhile: Meanwhile = _nothing
) -> list[BaseRoute]:
    """The routes for `Server.serve_desk`:

    GET  /                   the page
    GET  /page/people        [{account, name, phone, role, unit, position, hint}]
    GET  /page/news          {chats: [{person, changed}], groups: [{chat, title}], linked:
                             [account], refused, over}: the bot's private chats in which something
                             was said, and how many calls were refused for their form or went over
                             a limit
    POST /page/next-morning  move the clock to the next working day, 09:00, after `meanwhile` has
                             done what others do until a minute before
    GET  /page/font.otf, /page/FILE
    """
    page = _Page(telegram, roster or Roster(), meanwhile)
    return [
        Route("/", page.index),
        Route("/page/people", page.people),
        Route("/page/news", page.news),
        Route("/page/next-morning", page.next_morning, methods=["POST"]),
        Route("/page/font.otf", page.font),
        Mount("/page", StaticFiles(directory=STATIC)),
    ]


class _Page:
    def __init__(self, telegram: LocalTelegram, roster: Roster, meanwhile: Meanwhile) -> None:
        self.telegram = telegram
        self.roster = roster
        self.meanwhile = meanwhile

    async def index(self, _request: Request) -> Response:
        return FileResponse(STATIC / "index.html", headers={"Content-Security-Policy": POLICY})

    async def font(self, _request: Request) -> Response:
        path = pylopdf_fonts_zh_cn.sans_path()
        kept = {"Cache-Control": "max-age=31536000, immutable"}
        return FileResponse(path, media_type="font/otf", headers=kept)

    async def people(self, _request: Request) -> Response:
        return JSONResponse([asdict(entry) for entry in (*self.roster.entries, *self._unknown())])

    async def news(self, _request: Request) -> Response:
        journal = self.telegram.world.journal
        linked = await asyncio.to_thread(self.roster.linked)
        return JSONResponse(
            {
                "chats": self._chats(),
                "groups": self._groups(),
                "linked": sorted(linked),
                "refused": len(journal.refusals),
                "over": len(journal.violations),
            }
        )

    async def next_morning(self, _request: Request) -> Response:
        morning = next_working_morning(self.telegram.clock.now())
        await self.meanwhile(morning - timedelta(minutes=1))
        self.telegram.clock.set(morning)
        return JSONResponse(views.clock(self.telegram.world))

    def _unknown(self) -> list[Entry]:
        known = {entry.account for entry in self.roster.entries}
        accounts = self.telegram.world.accounts.values()
        return [
            Entry(one.id, one.name, one.phone)
            for one in accounts
            if not one.is_bot and one.id not in known
        ]

    def _chats(self) -> list[dict[str, Any]]:
        chats = self.telegram.world.chats_of(self.telegram.bot.account)
        said = [chat for chat in chats if not chat.is_group and chat.shown()]
        return [{"person": chat.id, "changed": chat.changed} for chat in said]

    def _groups(self) -> list[dict[str, Any]]:
        groups = [one for one in self.telegram.world.groups.values() if not one.migrated_to]
        return [{"chat": group.id, "title": group.title} for group in groups]


def next_working_morning(now: datetime) -> datetime:
    """09:00 of the next working day of the office's calendar; today's while it lies ahead."""
    calendar = shipped_calendar()
    today = now.astimezone(ZONE).date()
    morning = datetime.combine(today, MORNING, ZONE)
    if morning > now and calendar.is_working_day(today):
        return morning
    return morning + (calendar.add_working_days(today, 1) - today)
