"""Asking over the wire: words, lists, cards, months, following, sums; all by a phone's buttons."""

from io import BytesIO

import openpyxl
from sqlmodel import Session, select

from db.tables.office import Office as OfficeRow
from db.tables.reporting import ProjectChangeKind
from domain.vocabulary import PlanCategory
from sandbox.phones import said
from tests import builders
from tests.builders import NOW
from tests.office import Office
from usecases.following import project_changed


def with_a_programme(office: Office) -> None:
    """Ten accepted months of the cast's project, and seven others called alike."""
    with office.database.transaction() as session:
        for month in range(1, 11):
            builders.an_accepted_month(
                session, office.cast.listing, month, progress=f"路基{month}0%"
            )
        for number in range(7):
            project = builders.a_project(session, f"柳江样例路{number + 1}号")
            category = PlanCategory.COMPLETION if number else PlanCategory.NEW_START
            builders.a_listing(session, project, plan_category=category)
        renamed(session)
    move_to_november(office)


def renamed(session: Session) -> None:
    session.exec(select(OfficeRow)).one().names_version += 1


def move_to_november(office: Office) -> None:
    office.telegram.clock.set(NOW)


async def test_a_question_is_answered_with_the_card_and_its_months(office: Office) -> None:
    with_a_programme(office)
    await office.ou.types("白露大道")
    await office.ou.hears("1—10月（审定）8,600万元")
    await office.ou.presses("历史")
    await office.ou.hears("10月 860万元｜路基100%")
    await office.ou.presses("9月")
    await office.ou.hears("截至2026年9月底")
    await office.ou.presses("最新")
    card = await office.ou.hears("1—10月（审定）")
    assert "[联系人]" not in said(card)
    await office.huang.types("/status bldd 截至9月底")
    await office.huang.hears("1—9月（审定）7,740万元")
    await office.huang.presses("联系人")
    await office.huang.hears("黄联络员")


async def test_a_list_is_paged_narrowed_and_tapped(office: Office) -> None:
    with_a_programme(office)
    await office.huang.types("查询 柳江")
    await office.huang.hears("“柳江”有7项")
    await office.huang.presses("下一页")
    await office.huang.hears("7 柳江样例路")
    await office.huang.presses("按类别")
    await office.huang.hears("“柳江”按类别")
    await office.huang.presses("新开工 1")
    await office.huang.hears("“柳江”新开工有1项")
    await office.huang.presses("1")
    await office.huang.hears("总投资5亿元")


async def test_a_follower_is_told_when_the_project_changes(office: Office) -> None:
    with_a_programme(office)
    await office.ou.types("白露大道")
    await office.ou.hears("白露大道")
    await office.ou.presses("关注")
    await office.ou.hears("白露大道")
    with office.database.transaction() as session:
        project_changed(session, office.cast.project.id, ProjectChangeKind.REPORT_ACCEPTED, NOW)
    await office.ou.hears("您关注的1个项目有新情况")
    await office.ou.presses("取消关注")
    await office.ou.hears("白露大道")


async def test_the_programme_is_added_up_down_to_a_project_and_handed_over(
    office: Office,
) -> None:
    with_a_programme(office)
    await office.tan.types("统计")
    await office.tan.hears("8项 总投资40.00亿元")
    await office.tan.presses("按地区")
    await office.tan.hears("1 柳州市 8项")
    await office.tan.presses("1")
    await office.tan.hears("｜柳州市")
    await office.tan.presses("项目清单")
    await office.tan.hears("8项，点序号查看")
    await office.tan.presses("导出表格")
    sheet = openpyxl.load_workbook(BytesIO(office.tan.opens(await office.tan.hears("8项")))).active
    assert sheet is not None
    assert sheet.max_row == 9
    await office.tan.presses("1")
    await office.tan.hears("总投资5亿元")


async def test_another_persons_button_and_a_made_up_one_are_refused(office: Office) -> None:
    with_a_programme(office)
    await office.huang.types("柳江")
    shown = await office.huang.hears("“柳江”有7项")
    await office.huang.presses_forged(shown, f"status.people:{office.cast.project.id}")
    await office.huang.hears("失效")
    await office.ou.types("白露大道")
    other = await office.ou.hears("白露大道")
    await office.ou.presses_forged(other, "lookup.page:1:0:0:1")
    await office.ou.hears("失效")
