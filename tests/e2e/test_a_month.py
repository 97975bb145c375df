"""A month's report over the real bot: filled in, returned, changed, accepted, and on the card."""

import asyncio

from sqlmodel import select

from db.tables.reporting import ObligationState, Report, Verdict
from tests import builders
from tests.office import Office

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 20


async def test_from_the_first_question_to_the_status_card(office: Office) -> None:
    await with_a_report_owed(office)
    wei, huang = office.wei, office.huang

    await wei.types("填报")
    await wei.hears("您有1项待填", within=PATIENCE)
    await wei.presses("填1")
    await wei.hears("开工到10月底", within=PATIENCE)
    await wei.types("3.06亿")
    await wei.hears("本月完成投资多少", within=PATIENCE)
    await wei.types("1200")
    await wei.hears("没写单位", within=PATIENCE)
    await wei.presses("1,200万元（0.12亿元）")
    await wei.hears("已读作 1,200万元（0.12亿元）", within=PATIENCE)
    await wei.types("路基80%")
    await wei.hears("有什么问题", within=PATIENCE)
    await wei.presses("无问题")
    await wei.hears("年初累计 1.12亿元（计划1.2亿元，93.3%）", within=PATIENCE)
    await wei.presses("提交审核")
    await wei.hears("已提交，待审", within=PATIENCE)

    await huang.types("审核")
    await huang.hears("1项月报待您审核", within=PATIENCE)
    await huang.presses("审1")
    await huang.hears("形象 路基72% → 路基80%", within=PATIENCE)
    await huang.presses("退回")
    await huang.hears("选一条理由", within=PATIENCE)
    await huang.types("请写明桩基数量")
    await huang.hears("已退回", within=PATIENCE)

    await wei.hears("黄联络员意见：请写明桩基数量", within=PATIENCE)
    await wei.presses("去修改")
    await wei.hears("审核意见：请写明桩基数量", within=PATIENCE)
    await wei.presses("修改")
    await wei.hears("填哪一项", within=PATIENCE)
    await wei.presses("形象进度")
    await wei.hears("现填：路基80%", within=PATIENCE)
    await wei.types("路基80%，桩基96/120根")
    await wei.hears("桩基96/120根", within=PATIENCE)
    await wei.presses("提交审核")
    await wei.hears("已提交，待审", within=PATIENCE)

    await huang.hears("退回的月报已重报", within=PATIENCE)
    await huang.presses("审1")
    await huang.hears("第2稿", within=PATIENCE)
    await huang.presses("通过")
    await huang.hears("已通过", within=PATIENCE)
    office.ou.reads_everything()
    await office.ou.types("白露大道（一期）")
    await office.ou.hears("1—11月（审定）1.12亿元", within=PATIENCE)
    assert await asyncio.to_thread(_verdicts, office) == [Verdict.RETURNED, Verdict.ACCEPTED]


async def with_a_report_owed(office: Office) -> None:
    """Ten accepted months, and November owed."""
    await office.closes()
    await asyncio.to_thread(_owe, office)
    await office.opens()


def _owe(office: Office) -> None:
    with office.database.transaction() as session:
        for month in range(1, 11):
            builders.an_accepted_month(
                session, office.cast.listing, month, 10_000_000, progress="路基72%"
            )
        builders.an_obligation(session, office.cast.listing, 11)


def _verdicts(office: Office) -> list[Verdict]:
    """What became of each revision of November's report."""
    with office.database.transaction() as session:
        november = builders.an_obligation(
            session, office.cast.listing, 11, state=ObligationState.ACCEPTED
        )
        found = select(Report).where(Report.obligation_id == november.id)
        return [Verdict(row.verdict) for row in session.exec(found.order_by("revision"))]
