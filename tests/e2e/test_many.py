"""An officer with twelve projects who has never done it: by lines, and by the table."""

import asyncio
import io

from openpyxl import load_workbook
from sqlmodel import Session, select

from db.tables.programme import BalanceKind, Listing, OpeningBalance
from db.tables.reporting import Report, ReportSource, Verdict
from tests import builders
from tests.office import Office

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 30
NAMES = [f"样例{place}路工程" for place in "东西南北上下前后左右内"]


async def test_twelve_projects_in_four_messages(office: Office) -> None:
    await owing_twelve(office)
    wei = office.wei
    await wei.types("填报")
    await wei.hears("您有12项待填", within=PATIENCE)
    await wei.presses("一次填12项")
    await wei.hears("一次填12项", within=PATIENCE)
    lines = [f"{number} 本月{900 + number}万 路基80% 无问题" for number in range(1, 11)]
    lines += ["样例西路 约950万 路基75% 无问题", "白露大道 3500 路基80% 问题：征地拆迁剩2户"]
    await wei.types("\n".join(lines))
    table = await wei.hears("可提交", within=PATIENCE)
    assert "金额要准确数" in table.text
    assert "没写单位" in table.text

    numbers = [number_of(table.text, name) for name in ("样例西路", "白露大道")]
    await wei.types("\n".join(f"{number} 950万" for number in numbers))
    await wei.hears("可提交12项", within=PATIENCE)
    await wei.presses("提交12项")
    await wei.hears("已提交12项，待审", within=PATIENCE)
    reports = await asyncio.to_thread(sent_reports, office)
    assert len(reports) == 12
    assert {source for source, _ in reports} == {ReportSource.CHAT}
    assert all(9_000_000 <= invested <= 10_000_000 for _, invested in reports)


async def test_twelve_projects_in_one_table(office: Office) -> None:
    await owing_twelve(office)
    wei = office.wei
    await wei.types("填报")
    await wei.hears("您有12项待填", within=PATIENCE)
    await wei.presses("一次填12项")
    await wei.hears("一次填12项", within=PATIENCE)
    await wei.presses("下载表格")
    handed = await wei.hears("填好直接发回", within=PATIENCE)
    await wei.sends_document("11月.xlsx", filled_in(wei.opens(handed)))
    await wei.hears("可提交12项", within=PATIENCE)
    await wei.presses("提交12项")
    await wei.hears("已提交12项，待审", within=PATIENCE)
    reports = await asyncio.to_thread(sent_reports, office)
    assert sorted(invested for _, invested in reports) == [
        (900 + number) * 10_000 for number in range(12)
    ]
    assert {source for source, _ in reports} == {ReportSource.TABLE}


async def owing_twelve(office: Office) -> None:
    """Ten accepted months of twelve projects, and November owed of each."""
    await office.closes()
    await asyncio.to_thread(_owe, office)
    await office.opens()


def _owe(office: Office) -> None:
    with office.database.transaction() as session:
        listings = [office.cast.listing, *(_another(session, name) for name in NAMES)]
        for listing in listings:
            for month in range(1, 11):
                builders.an_accepted_month(session, listing, month, 10_000_000, progress="路基72%")
            _since_start(session, listing)
            builders.an_obligation(session, listing, 11)


def _since_start(session: Session, listing: Listing) -> None:
    balance = OpeningBalance(
        project_id=listing.project_id,
        kind=BalanceKind.SINCE_START,
        year=2025,
        month=12,
        amount=100_000_000,
        source="test",
        recorded_at=builders.LONG_AGO,
    )
    session.add(balance)


def _another(session: Session, name: str) -> Listing:
    owner = builders.a_unit(session, "样例城投公司")
    return builders.a_listing(session, builders.a_project(session, name, owner=owner))


def number_of(text: str, name: str) -> int:
    """The number of a project in what the phone shows."""
    line = next(line for line in text.splitlines() if name in line)
    return int(line.removeprefix("✅").split()[0])


def filled_in(content: bytes) -> bytes:
    """The table with a month in each row, as somebody at a desk fills it in."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    headers = [str(cell.value) for cell in sheet[2]]
    for number in range(12):
        for begins, value in (("本月", 900 + number), ("形象", "路基80%"), ("存在", "无")):
            at = next(n for n, head in enumerate(headers, 1) if head.startswith(begins))
            sheet.cell(number + 3, at).value = value
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sent_reports(office: Office) -> list[tuple[ReportSource, int]]:
    """How each submitted report came, and its amount."""
    with office.database.transaction() as session:
        found = session.exec(select(Report).where(Report.verdict == Verdict.PENDING))
        return [(row.source, row.invested_month or 0) for row in found]
