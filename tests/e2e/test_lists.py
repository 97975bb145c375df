"""The lists over the real bot: not reported, the nudge, what waits, what comes, the record."""

import asyncio

from tests import builders
from tests.builders import NOW
from tests.office import Office
from usecases.periods import keep_periods

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 20


async def test_from_the_list_to_the_nudge_to_the_record(office: Office) -> None:
    await with_two_reports_owed(office)
    huang, wei, meng = office.huang, office.wei, office.meng

    await wei.types("待办")
    await wei.hears("待填 2项", within=PATIENCE)
    await wei.types("日程")
    await wei.hears("11月25日(周三)18:00 截止", within=PATIENCE)
    wei.reads_everything()

    await huang.types("未报")
    await huang.hears("11月月报：未报2项", within=PATIENCE)
    await huang.presses("催2项")
    await huang.hears("韦信息员 2项", within=PATIENCE)
    await wei.hears("柳州市住建局黄联络员请您尽快报送2项月报", within=PATIENCE)
    await wei.presses("填1")
    await wei.hears("年初到10月底", within=PATIENCE)

    await meng.types("未报")
    await meng.hears("应报2 实报0", within=PATIENCE)
    await meng.presses("1")
    await meng.hears("白露大道（一期）", within=PATIENCE)
    await meng.presses("催办记录")
    await meng.hears("催报 韦信息员：11月，送达", within=PATIENCE)
    await meng.presses("导出表格")
    file = await meng.hears("白露大道（一期） 催办记录", within=PATIENCE)
    assert meng.opens(file).startswith(b"PK")


async def with_two_reports_owed(office: Office) -> None:
    """November owed for two projects of one unit."""
    await office.closes()
    await asyncio.to_thread(_owe, office)
    await office.opens()


def _owe(office: Office) -> None:
    with office.database.transaction() as session:
        builders.a_listing(session, builders.a_project(session, "柳江新高中"))
        keep_periods(session, NOW)
