"""Over the real bot: a report with all that may be added, /update adopted, a month corrected."""

from tests.e2e.test_a_month import PATIENCE, with_a_report_owed
from tests.office import Office


async def test_a_correction_of_last_month_help_and_an_album_reach_the_reviewer(
    office: Office,
) -> None:
    await with_a_report_owed(office)
    wei, huang = office.wei, office.huang
    await wei.types("填报")
    await wei.hears("您有1项待填", within=PATIENCE)
    await wei.presses("填1")
    await wei.hears("开工到10月底", within=PATIENCE)
    await wei.types("3.06亿")
    await wei.hears("本月完成投资多少", within=PATIENCE)
    for _ in range(3):
        await wei.sends_photo()
    await wei.hears("共3张照片", within=PATIENCE)
    await wei.types("1200万")
    await wei.hears("已读作 1,200万元（0.12亿元）", within=PATIENCE)
    await wei.types("路基80%")
    await wei.hears("有什么问题", within=PATIENCE)
    await wei.presses("无问题")
    await wei.hears("照片 3张", within=PATIENCE)
    await wei.presses("补充")
    await wei.hears("填哪一项", within=PATIENCE)
    await wei.presses("调整上月数")
    await wei.hears("10月的完成投资要加或要减多少", within=PATIENCE)
    await wei.types("200万")
    await wei.hears("是加还是减", within=PATIENCE)
    await wei.presses("-200万元")
    await wei.hears("为什么要调整10月数", within=PATIENCE)
    await wei.types("设备款重复")
    await wei.hears("调整10月数 -200万元：设备款重复", within=PATIENCE)
    await wei.presses("补充")
    await wei.hears("填哪一项", within=PATIENCE)
    await wei.presses("需协调事项")
    await wei.hears("需要谁协调解决什么", within=PATIENCE)
    await wei.types("请加快用地预审")
    await wei.hears("需协调 请加快用地预审", within=PATIENCE)
    await wei.presses("提交审核")
    await wei.hears("已提交，待审", within=PATIENCE)

    await huang.types("审核")
    await huang.hears("1项月报待您审核", within=PATIENCE)
    await huang.presses("审1")
    await huang.hears("需协调 请加快用地预审", within=PATIENCE)
    await huang.presses("看照片（3张）")
    last = await huang.hears("照片3/3", within=PATIENCE)
    assert last.content["photo"]
    await huang.presses("回到待审")
    await huang.hears("调整10月数 -200万元", within=PATIENCE)
    await huang.presses("通过")
    await huang.hears("已通过", within=PATIENCE)

    await corrected(office)
    await told_between_two_reports(office)


async def corrected(office: Office) -> None:
    """What was accepted is corrected, and the card says so only when that is accepted too."""
    wei, huang = office.wei, office.huang
    await wei.types("白露大道（一期）")
    await wei.hears("1—11月（审定）1.1亿元", within=PATIENCE)
    await wei.presses("历史")
    await wei.hears("历月", within=PATIENCE)
    await wei.presses("更正")
    await wei.hears("更正哪个月", within=PATIENCE)
    await wei.presses("11月")
    await wei.hears("为什么要更正", within=PATIENCE)
    await wei.types("发票晚到")
    await wei.hears("更正：发票晚到", within=PATIENCE)
    await wei.presses("修改")
    await wei.hears("填哪一项", within=PATIENCE)
    await wei.presses("本月完成投资")
    await wei.hears("现填：1,200万元", within=PATIENCE)
    await wei.types("1300万")
    await wei.hears("更正：发票晚到", within=PATIENCE)
    await wei.presses("提交审核")
    await wei.hears("已提交，待审", within=PATIENCE)
    await huang.types("审核")
    await huang.hears("1项月报待您审核", within=PATIENCE)
    await huang.presses("审1")
    await huang.hears("原审定本月 1,200万元", within=PATIENCE)
    await huang.presses("通过")
    await huang.hears("已通过", within=PATIENCE)
    office.ou.reads_everything()
    await office.ou.types("白露大道（一期）")
    await office.ou.hears("1—11月（审定）1.11亿元", within=PATIENCE)


async def told_between_two_reports(office: Office) -> None:
    """Progress with a photo, adopted by the liaison, is on everybody's card."""
    wei, huang = office.wei, office.huang
    await wei.types("进展")
    await wei.hears("发项目名称", within=PATIENCE)
    await wei.presses("1")
    await wei.hears("有什么进展或问题", within=PATIENCE)
    await wei.sends_photo(caption="K3段路基已贯通")
    await wei.hears("已收到1张照片", within=PATIENCE)
    await wei.hears("这是进展，还是哪一类问题", within=PATIENCE)
    await wei.presses("是进展")
    await wei.hears("已记下，待联络员采纳", within=PATIENCE)
    await wei.presses("好了")
    await wei.hears("都记下了", within=PATIENCE)
    await huang.types("审核")
    await huang.hears("没有待您审核的月报", within=PATIENCE)
    await huang.presses("进展、问题1条")
    await huang.hears("K3段路基已贯通", within=PATIENCE)
    await huang.presses("采纳")
    await huang.hears("已采纳", within=PATIENCE)
    office.ou.reads_everything()
    await office.ou.types("白露大道（一期）")
    await office.ou.hears("K3段路基已贯通", within=PATIENCE)
