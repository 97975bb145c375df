"""A work group over the real bot: bound in private, told of a meeting, upgraded, told on."""

from sandbox.phones import Person
from tests.office import Office

# A chat gets a message a second at most, and the machine may be busy.
PATIENCE = 20


async def test_a_group_is_bound_told_upgraded_and_lost(office: Office) -> None:
    meng, huang = office.meng, office.huang
    group = await meng.founds("重大项目工作群")
    await group.hears("办事请私聊我", within=PATIENCE)
    await binds(meng)
    members = await huang.joins(group)

    await calls_a_meeting(meng)
    notice = await group.hears("会议通知：市级重大项目协调会", within=PATIENCE)
    assert "黄联络员" not in notice.text
    await members.types("/overdue")
    await group.hears("群里不显示项目和个人信息", within=PATIENCE)
    await members.types("/bind")

    bigger = await group.upgrades()
    await calls_it_off(meng)
    await bigger.hears("会议取消：市级重大项目协调会", within=PATIENCE)
    await bigger.removes_bot()
    await meng.hears("「重大项目工作群」（市级）", within=PATIENCE)
    await group.hears_nothing()
    await bigger.hears_nothing()


async def test_nobody_else_binds_a_group(office: Office) -> None:
    group = await office.huang.founds("项目群")
    await group.hears("办事请私聊我", within=PATIENCE)
    await group.types("/bind")
    await group.types("/status 白露大道")
    await calls_a_meeting(office.meng)
    await office.huang.hears("会议通知", within=PATIENCE)
    await group.hears_nothing(within=2)


async def binds(meng: Person) -> None:
    """The coordinator who added the bot chooses in her own chat."""
    await meng.hears("群「重大项目工作群」绑定到哪一级", within=PATIENCE)
    await meng.presses("市级")
    await meng.hears("不发其他范围的内容", within=PATIENCE)
    await meng.presses("确认绑定")
    await meng.hears("已绑定市级", within=PATIENCE)


async def calls_a_meeting(meng: Person) -> None:
    """She calls one and tells everybody at once."""
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


async def calls_it_off(meng: Person) -> None:
    """She cancels it."""
    await meng.types("会议")
    await meng.hears("11月25日(周三)15:00 市级重大项目协调会", within=PATIENCE)
    await meng.presses("1")
    await meng.hears("未回执 1：柳州市住建局", within=PATIENCE)
    await meng.presses("取消会议")
    await meng.hears("将通知1家单位", within=PATIENCE)
    await meng.presses("确定取消")
