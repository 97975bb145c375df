"""Lateness over the real bot: it climbs, a promise is broken, the office lets it out, and when the
report comes in everybody who was alarmed hears that it is over."""

import asyncio
import datetime as dtm

from tests import builders
from tests.builders import NOW
from tests.office import Office
from usecases.periods import keep_periods
from usecases.policies import apply_policy

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 20
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'


async def test_from_the_first_alert_to_the_all_clear(office: Office) -> None:
    await with_novembers_report_owed(office)
    wei, huang, qin, lu, meng = office.wei, office.huang, office.qin, office.lu, office.meng

    it_is(office, 26)
    await wei.hears("11月月报已过期，您还有1项未报", within=PATIENCE)
    await huang.hears("柳州市住建局11月月报：应报1，未报1", within=PATIENCE)
    await huang.presses("知悉")
    await huang.hears("您今天09:00已知悉", within=PATIENCE)

    it_is(office, 27)
    await qin.hears("您分管的项目有1项11月月报未报", within=PATIENCE)
    await qin.presses("11月30日(周一)18:00前")
    await qin.hears("您答复：11月30日(周一)18:00前报送", within=PATIENCE)
    await huang.hears("答复11月30日(周一)18:00前", within=PATIENCE)

    # The promise held Monday's rung; on Tuesday the first of December it is broken.
    it_is(office, 31)
    await meng.hears("以下月报拟提请第一责任人关注", within=PATIENCE)
    assert not lu.unheard()
    await meng.presses("全部发送（1项）")
    await meng.hears("已发送给陆局长", within=PATIENCE)
    await lu.hears("责任专员答复11月30日(周一)18:00前报送，尚未报送", within=PATIENCE)
    await lu.presses("交办责任专员")
    await lu.hears("已转请覃专员办理", within=PATIENCE)
    await qin.hears("第一责任人陆局长请您办理：1项月报", within=PATIENCE)

    for person in (wei, huang, qin, lu):
        person.reads_everything()
    await reports(office)
    await lu.hears("此前提请关注的11月月报已解除", within=PATIENCE)
    await qin.hears("您分管项目的11月月报：此前提醒已解除", within=PATIENCE)
    told = await lu.hears("此前提醒解除，无需处理", within=PATIENCE)
    assert told.silent


def it_is(office: Office, day: int) -> None:
    """Nine o'clock of a day of November; its 31st is the first of December."""
    first = dtm.datetime(2026, 11, 1, 1, 0, tzinfo=dtm.UTC)
    office.telegram.clock.set(first + dtm.timedelta(days=day - 1))


async def reports(office: Office) -> None:
    """The information officer fills the report in, as late as it is."""
    wei = office.wei
    await wei.types("填报")
    await wei.hears("您有1项待填", within=PATIENCE)
    await wei.presses("填1")
    await wei.hears("开工到10月底", within=PATIENCE)
    await wei.types("3.06亿")
    await wei.hears("本月完成投资多少", within=PATIENCE)
    await wei.types("1000万")
    await wei.hears("形象进度", within=PATIENCE)
    await wei.types("路基80%")
    await wei.hears("有什么问题", within=PATIENCE)
    await wei.presses("无问题")
    await wei.hears("提交审核", within=PATIENCE)
    await wei.presses("提交审核")
    await wei.hears("已提交，待审", within=PATIENCE)


async def with_novembers_report_owed(office: Office) -> None:
    """Ten accepted months, and an office past its trial that owes November."""
    await office.closes()
    await asyncio.to_thread(_owe, office)
    await office.opens()


def _owe(office: Office) -> None:
    with office.database.transaction() as session:
        apply_policy(session, None, NO_TRIAL, NOW)
        for month in range(1, 11):
            builders.an_accepted_month(
                session, office.cast.listing, month, 10_000_000, progress="路基72%"
            )
        keep_periods(session, NOW)
