"""People link, unlink, set and ask over the real bot, with good and bad intentions."""

import asyncio
import re
from collections.abc import Callable

import pytest
from sqlmodel import select

from db.tables.audit import AuditEntry
from db.tables.groups import Group
from db.tables.people import Assignment, Contact, Invitation, Leave
from domain.access import Grant, ScopeKind
from domain.commands import commands_for
from domain.vocabulary import Role
from tests import builders
from tests.office import Office


def menu_of(role: Role) -> list[str]:
    """The names of the commands this role can use, in their order."""
    grant = Grant(role, ScopeKind.ALL)
    return [command.name for command in commands_for([grant])]


def contact(office: Office, contact_id: int) -> Contact:
    with office.database.transaction() as session:
        return session.get_one(Contact, contact_id)


def newcomer(office: Office, phone: str = "19900005001") -> int:
    with office.database.transaction() as session:
        unit = builders.a_unit(session)
        return builders.a_contact(session, "莫某", unit=unit, phone=phone).id


async def token_for(office: Office, name: str) -> str:
    """The coordinator invites somebody; the token in the message to forward."""
    await office.meng.types(f"/invite {name}")
    await office.meng.hears("转发给")
    forward = await office.meng.hears("t.me/")
    found = re.search(r"start=([\w-]{22,64})", forward.text)
    assert found is not None
    return found[1]


async def the_group(office: Office, true: Callable[[Group], bool]) -> None:
    """Wait until the one group the office knows is as it should be."""
    for _ in range(100):
        with office.database.transaction() as session:
            rows = session.exec(select(Group)).all()
        if len(rows) == 1 and true(rows[0]):
            return
        await asyncio.sleep(0.05)
    pytest.fail(f"the groups are {rows}")


async def test_a_link_issued_in_chat_links_its_person_and_shows_their_menu(
    office: Office,
) -> None:
    contact_id = newcomer(office)
    token = await token_for(office, "莫某")
    mo = office.telegram.person("莫")

    await mo.starts(token)
    await mo.hears("已开通")
    await mo.types("/start")
    await mo.hears("莫某，您好")

    assert contact(office, contact_id).telegram_user_id == mo.id
    assert mo.menu == ["meetings", "leave", "settings", "cancel", "help", "start"]
    with office.database.transaction() as session:
        assert token not in str([row.model_dump() for row in session.exec(select(Invitation))])


async def test_sharing_one_s_phone_links_and_somebody_else_s_card_does_not(
    office: Office,
) -> None:
    contact_id = newcomer(office)
    mo = office.telegram.person("莫", phone="8619900005001")
    thief = office.telegram.person("贼", phone="8613800009999")

    await thief.starts()
    await thief.hears("共享")
    await thief.shares_contact_of(mo)
    await thief.hears("不要发别人的名片")
    await thief.shares_card("19900005001", "莫")
    await thief.hears("不要发别人的名片")
    await thief.shares_contact()
    await thief.hears("没有登记")
    assert contact(office, contact_id).telegram_user_id is None

    await mo.starts()
    await mo.hears("共享")
    await mo.presses("共享我的手机号")
    await mo.hears("已开通")
    assert contact(office, contact_id).telegram_user_id == mo.id
    assert "莫某" not in thief.chat


async def test_a_link_is_good_once(office: Office) -> None:
    newcomer(office)
    token = await token_for(office, "莫某")
    mo, late = office.telegram.person("莫"), office.telegram.person("晚到")
    await mo.starts(token)
    await mo.hears("已开通")

    await late.starts(token)
    await late.hears("已经用过")
    await late.starts("A" * 24)
    await late.hears("不正确")
    await office.ou.starts(token)
    await office.ou.hears("已经用过")


async def test_a_new_phone_displaces_the_old_which_is_told_and_forgotten(office: Office) -> None:
    await office.meng.types("/invite 黄联络员")
    await office.meng.hears("不用再邀请")
    await office.meng.presses("重新邀请")
    await office.meng.hears("转发给")
    forward = await office.meng.hears("t.me/")
    new_phone = office.telegram.person("黄")

    await new_phone.starts(forward.text.partition("start=")[2].split()[0])
    await new_phone.hears("已开通")

    await office.huang.hears("另一个账号")
    await office.huang.types("白露大道")
    await office.huang.hears("共享")
    await new_phone.types("白露大道")
    await new_phone.hears("市住建局")


async def test_the_office_unlinks_somebody_after_a_question(office: Office) -> None:
    await office.meng.types("解绑 黄联络员")
    await office.meng.hears("确定解除")
    await office.meng.presses("确定解除")
    await office.meng.hears("已解除")

    await office.huang.hears("已解除您的账号绑定")
    assert contact(office, office.cast.huang.id).telegram_user_id is None


@pytest.mark.parametrize(
    "data", ["unlink.do:{meng}", "invite.cards:0", "holes.unit:1:0", "settings.unlinked", "x:y"]
)
async def test_data_that_was_never_offered_does_nothing(office: Office, data: str) -> None:
    await office.wei.types("/settings")
    card = await office.wei.hears("设置")

    await office.wei.presses_forged(card, data.format(meng=office.cast.meng.id))
    await office.wei.hears("按钮已失效")

    assert contact(office, office.cast.meng.id).telegram_user_id == office.meng.id
    assert contact(office, office.cast.wei.id).telegram_user_id == office.wei.id
    with office.database.transaction() as session:
        by_wei = select(AuditEntry.action).where(AuditEntry.actor_id == office.cast.wei.id)
        assert session.exec(by_wei).all() == ["button.never_offered"]


async def test_a_button_kept_after_a_role_ended_is_refused(office: Office) -> None:
    await office.meng.types("/holes")
    listed = await office.meng.hears("人员缺口")
    with office.database.transaction() as session:
        for row in session.exec(select(Assignment)):
            if row.contact_id == office.cast.meng.id:
                row.until = office.telegram.clock.now()

    await office.meng.presses("导出表格", listed)
    await office.meng.hears("不在您的职责范围")


async def test_oneself_unlinks_in_the_settings_and_becomes_a_stranger(office: Office) -> None:
    await office.wei.types("设置")
    await office.wei.hears("设置")
    await office.wei.presses("解除绑定")
    await office.wei.hears("确定解除绑定吗")
    await office.wei.presses("确定解除")
    await office.wei.hears("已解除绑定")

    await office.wei.types("/help")
    await office.wei.hears("共享")
    assert office.wei.menu == ["help", "start"]


async def test_the_language_changes_at_once_with_the_menu(office: Office) -> None:
    await office.huang.types("/settings")
    await office.huang.hears("设置")
    await office.huang.presses("English")
    await office.huang.hears("Settings")

    await office.huang.types("/help")
    await office.huang.hears("Send a project's name")
    assert office.huang.menu == menu_of(Role.LIAISON)


async def test_leave_is_pressed_and_typed_and_the_deputy_hears_of_it(office: Office) -> None:
    await office.huang.types("请假")
    await office.huang.hears("从哪天开始请假")
    await office.huang.types("2099-11-25至2099-11-27")
    await office.huang.hears("由谁代理")
    await office.huang.presses("覃专员")
    await office.huang.hears("已登记请假")
    await office.qin.hears("请您代理")

    await office.huang.presses("撤销请假")
    await office.huang.hears("已撤销")
    await office.qin.hears("不用您代理了")
    with office.database.transaction() as session:
        assert session.exec(select(Leave)).one().cancelled_at is not None


async def test_who_blocks_the_bot_is_missed_by_the_office_and_welcomed_back(
    office: Office,
) -> None:
    await office.wei.blocks()
    await office.meng.hears("收不到机器人消息")
    assert contact(office, office.cast.wei.id).unreachable is not None

    await office.wei.unblocks()
    await office.wei.types("/start")
    await office.wei.hears("韦信息员，您好")
    assert contact(office, office.cast.wei.id).unreachable is None
    await office.meng.hears_nothing()


async def test_groups_are_remembered_and_told_one_line(office: Office) -> None:
    group = await office.meng.founds("项目群")
    await group.hears("办事请私聊我")
    await group.types("/start")
    await group.types("/settings")
    bigger = await group.upgrades()
    await the_group(office, lambda row: row.chat_id == bigger.room.id and row.left_at is None)

    await bigger.removes_bot()
    await the_group(office, lambda row: row.left_at is not None)
    await bigger.hears_nothing()


async def test_cards_to_print_reach_the_coordinator(office: Office) -> None:
    newcomer(office)
    await office.meng.types("/invite all")
    await office.meng.hears("1人未开通")
    await office.meng.presses("打印卡")
    handed = await office.meng.hears("1人的开通链接")

    assert office.meng.opens(handed).startswith(b"%PDF")
