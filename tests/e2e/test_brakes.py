"""The office's brakes and handing over, over the real bot, as people meet them on their phones."""

import asyncio
from datetime import timedelta

from sqlmodel import select

from db.tables.chasing import Extension, Hold
from db.tables.people import Assignment
from db.tables.reporting import Obligation, Report, ReportSource
from domain.access import ScopeKind
from tests import builders
from tests.office import Office
from tests.rounds import OFFICE, at

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 30


async def test_held_extended_entered_by_phone_and_handed_over(office: Office) -> None:
    """November, with the clock moved by hand."""
    wei, huang, meng = office.wei, office.huang, office.meng
    await asyncio.to_thread(_hire, office)

    # Held before the first reminder: it does not leave until that is lifted.
    await meng.types("暂停催报 白露大道")
    await meng.hears("暂停到哪天", within=PATIENCE)
    await meng.presses("到解除为止")
    await meng.hears("什么原因", within=PATIENCE)
    await meng.types("防汛应急")
    await meng.hears("已暂停催报", within=PATIENCE)
    office.telegram.clock.set(at(20, 9, 5))
    await _settled(office)
    assert not any("待填" in message.text for message in wei.room.shown())
    await meng.presses("解除")
    await meng.hears("已恢复催报", within=PATIENCE)
    await wei.hears("您有1项待填", within=PATIENCE)

    # More time: the reporter hears of it once.
    await meng.types("延期 白露大道")
    await meng.hears("延到哪天", within=PATIENCE)
    await meng.types("11月28日")
    await meng.hears("什么原因", within=PATIENCE)
    await meng.types("雨季停工")
    await meng.hears("这天不是工作日", within=PATIENCE)
    await meng.presses("11月30日(周一)")
    await meng.hears("新的截止 11月30日(周一)18:00", within=PATIENCE)
    await meng.presses("确认延期")
    await meng.hears("已延期", within=PATIENCE)
    await wei.hears("11月月报延期：您有1项", within=PATIENCE)

    # Not mine: the liaison agrees, and the successor is asked from then on.
    await wei.presses("不归我管")
    await wei.hears("现在由谁报", within=PATIENCE)
    await wei.types("莫某")
    await wei.hears("已请黄联络员确认", within=PATIENCE)
    await huang.hears("说以下1项不归其报", within=PATIENCE)
    await huang.presses("同意")
    await huang.hears("已改由莫某报", within=PATIENCE)
    await wei.hears("已改由莫某报，不再提醒您", within=PATIENCE)

    # Late after all: the liaison enters what is said by phone, and the office confirms it.
    office.telegram.clock.set(at(1, 9, 5).replace(month=12))
    await huang.hears("点序号可代填", within=PATIENCE)
    await huang.presses("填1")
    await huang.hears("谁报的数", within=PATIENCE)
    await huang.types("城投莫工 12月1日上午来电")
    await huang.hears("从开工到10月底", within=PATIENCE)
    await huang.types("3.06亿")
    await huang.hears("本月完成投资多少", within=PATIENCE)
    await huang.types("1200万")
    await huang.hears("已读作", within=PATIENCE)
    await huang.types("路基80%")
    await huang.hears("有什么问题", within=PATIENCE)
    await huang.presses("无问题")
    await huang.hears("提交", within=PATIENCE)
    await huang.presses("提交审核")
    await huang.hears("已提交，待审", within=PATIENCE)
    await meng.types("审核")
    await meng.hears("1项月报待您审核", within=PATIENCE)
    await meng.presses("审1")
    await meng.hears("电话来源：城投莫工 12月1日上午来电", within=PATIENCE)

    await asyncio.to_thread(_is_on_record, office)


async def _settled(office: Office) -> None:
    """Long enough for the planner to have had its turn and for a message to leave."""
    await asyncio.sleep(6)
    assert office.telegram.clock.now() >= at(20, 9, 5)


def _hire(office: Office) -> None:
    """Ten accepted months, November to come, and somebody at the owner who could report."""
    with office.database.transaction() as session:
        for month in range(1, 11):
            builders.an_accepted_month(
                session, office.cast.listing, month, 10_000_000, progress="路基72%"
            )
        unit = builders.a_unit(session, "样例城投公司")
        builders.a_contact(session, "莫某", unit=unit)


def _is_on_record(office: Office) -> None:
    with office.database.transaction() as session:
        assert session.exec(select(Hold)).one().lifted_at is not None
        extension = session.exec(select(Extension)).one()
        moved = extension.due_after - extension.due_before
        assert moved == timedelta(days=5)
        owed = session.get_one(Obligation, extension.obligation_id)
        assert owed.due_at.astimezone(OFFICE) == at(30, 18)
        report = session.exec(select(Report).where(Report.obligation_id == owed.id)).one()
        assert report.source is ReportSource.PHONE
        posts = session.exec(
            select(Assignment).where(Assignment.scope_kind == ScopeKind.ORGANISATION)
        ).all()
        assert any(post.until is not None for post in posts)
