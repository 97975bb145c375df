"""A meeting over the real bot: called in chat, announced, answered by a delegate, called off."""

import asyncio

from sqlmodel import select

from db.tables.meetings import Meeting, MeetingState
from tests.office import Office

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 20


async def test_from_the_call_to_the_cancellation(office: Office) -> None:
    meng, huang, qin = office.meng, office.huang, office.qin

    await meng.types("会议")
    await meng.hears("近期没有与您有关的会议", within=PATIENCE)
    await meng.presses("召集会议")
    await meng.hears("什么时候开会", within=PATIENCE)
    await meng.types("下周三下午3点")
    await meng.hears("已读作 11月25日(周三)15:00", within=PATIENCE)
    await meng.types("市行政中心201会议室")
    await meng.hears("草稿：市级重大项目协调会", within=PATIENCE)
    await meng.presses("发布并立即通知")
    await meng.hears("未回执 1：柳州市住建局", within=PATIENCE)

    await huang.hears("会议通知：市级重大项目协调会", within=PATIENCE)
    await huang.presses("派员")
    await huang.hears("派谁参加", within=PATIENCE)
    await huang.types("覃专员")
    await huang.hears("已回执：派员：覃专员", within=PATIENCE)
    await qin.hears("柳州市住建局请您参加", within=PATIENCE)
    await qin.presses("日历文件")
    await qin.hears("打开文件，加入日历", within=PATIENCE)

    await meng.types("会议")
    await meng.hears("11月25日(周三)15:00 市级重大项目协调会", within=PATIENCE)
    await meng.presses("1")
    await meng.hears("派员 1：柳州市住建局（覃专员）", within=PATIENCE)
    await meng.presses("取消会议")
    await meng.hears("将通知1家单位", within=PATIENCE)
    await meng.presses("确定取消")
    await huang.hears("会议取消：市级重大项目协调会", within=PATIENCE)
    await qin.hears("会议取消：市级重大项目协调会", within=PATIENCE)
    assert await asyncio.to_thread(_state, office) is MeetingState.CANCELLED


def _state(office: Office) -> MeetingState:
    """How the one meeting stands."""
    with office.database.transaction() as session:
        return MeetingState(session.exec(select(Meeting.state)).one())
