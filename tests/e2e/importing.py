"""The morning: the coordinator comes by the command line, and imports the programme and people."""

import asyncio
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from openpyxl import Workbook, load_workbook

from sandbox.botapi.chats import Message
from sandbox.sample import (
    write_contacts_xlsx,
    write_programme_with_mistakes,
    write_programme_xlsx,
)
from tests.e2e.day import Day
from tests.e2e.phone import Phone

Given = TypeVar("Given")
Made = TypeVar("Made")

PROGRAMME, CONTACTS = "2026年重大项目.xlsx", "联系人.xlsx"
HEADER_ROW = 3
"""Of the contacts' table, below its titles."""

CONTACT_MISTAKES = {
    "手机": ("0772-2820000", 30),
    "姓名": (None, 34),
    "单位": (None, 38),
    "角色": ("看门的", 42),
    "语言": ("法语", 46),
    "负责范围": ("月球隧道", 50),
}


async def the_office_is_founded(day: Day) -> Phone:
    """The office's own people by the command line, the first coordinator by the link it prints."""
    table = day.folder / "office.xlsx"
    table.write_bytes(write_contacts_xlsx(replace(day.programme, people=day.office)))
    await day.command("import-contacts", str(table))
    # Next year's days off are known, so that nobody is warned of them today.
    days_off = day.folder / "days_off.json"
    days_off.write_text('{"layer": "CN", "year": 2027}', encoding="utf-8")
    await day.command("calendar", "load", str(days_off))
    await day.opens()
    await day.stranger("路人").asks("/start")

    coordinator = day.phone(day.office[0])
    printed = await day.command("invite", "--phone", day.office[0].phone)
    await coordinator.opens(link_in(printed))
    return coordinator


async def the_programme_is_imported(day: Day, coordinator: Phone) -> None:
    """With mistakes: told all of them, nothing saved. Corrected: confirmed. Again: nothing new."""
    spoilt, mistakes = await _made(write_programme_with_mistakes, day.programme)
    good = await _made(write_programme_xlsx, day.programme)
    told = await _previewed_with_details(coordinator, PROGRAMME, spoilt)
    for one in mistakes:
        assert _is_told(told, one.sheet, one.row, one.column), one
    assert not _can_confirm(coordinator)

    await _previewed_with_details(coordinator, PROGRAMME, good)
    await coordinator.taps("import.confirm")
    await _previewed_with_details(coordinator, PROGRAMME, good)
    assert not _can_confirm(coordinator)


async def the_contacts_are_imported(day: Day, coordinator: Phone) -> None:
    """The same with the table of people."""
    good = await _made(write_contacts_xlsx, day.programme)
    told = await _previewed_with_details(coordinator, CONTACTS, await _made(_spoilt, good))
    for column, (_, row) in CONTACT_MISTAKES.items():
        assert _is_told(told, "联系人", row, column), column
    assert not _can_confirm(coordinator)

    await _previewed_with_details(coordinator, CONTACTS, good)
    await coordinator.taps("import.confirm")
    await coordinator.sends_file(CONTACTS, good)
    await coordinator.hears()
    assert not _can_confirm(coordinator)


async def the_programme_is_changed(day: Day, coordinator: Phone, name: str) -> None:
    """A later table gives one project ten million yuan more for the year."""
    projects = tuple(
        replace(one, annual_planned_investment=(one.annual_planned_investment or 0) + 10_000_000)
        if one.name == name
        else one
        for one in day.programme.projects
    )
    changed = await _made(write_programme_xlsx, replace(day.programme, projects=projects))
    await _previewed_with_details(coordinator, PROGRAMME, changed)
    await coordinator.taps("import.confirm")


def link_in(text: str) -> str:
    """The invitation link in a text."""
    found = re.search(r"https://t\.me/\w+\?start=[\w-]+", text)
    assert found, text
    return found[0]


def table_in(content: bytes) -> list[tuple[str, ...]]:
    """The cells of a workbook's first sheet as text."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    rows = book.worksheets[0].iter_rows(values_only=True)
    return [tuple(str(cell or "") for cell in row) for row in rows]


async def _previewed_with_details(
    coordinator: Phone, name: str, content: bytes
) -> list[tuple[str, ...]]:
    """Send a table; the preview comes with everything in full as a table, which is given back."""
    await coordinator.sends_file(name, content)
    details = await coordinator.hears(name)
    await coordinator.hears()
    return await _made(table_in, coordinator.person.opens(details))


async def _made(make: Callable[[Given], Made], given: Given) -> Made:
    """Work on a table aside: the local Telegram lives in this loop, and must keep its time."""
    return await asyncio.to_thread(make, given)


def _is_told(told: list[tuple[str, ...]], sheet: str, row: int, column: str) -> bool:
    """Whether some line names sheet, row and column."""
    at_row = re.compile(rf"(?<!\d){row}(?!\d)")
    lines = ("｜".join(line) for line in told)
    return any(sheet in line and column in line and at_row.search(line) for line in lines)


def _can_confirm(coordinator: Phone) -> bool:
    latest: Message = coordinator.person.room.shown()[-1]
    return "import.confirm" in str(latest.inline_keyboard)


def _spoilt(content: bytes) -> bytes:
    book: Workbook = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    headers = [cell.value for cell in sheet[HEADER_ROW]]
    for header, (wrong, row) in CONTACT_MISTAKES.items():
        sheet.cell(row, headers.index(header) + 1).value = wrong
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()
