from sqlmodel import Session, select

from db.tables.audit import AuditEntry
from db.tables.groups import Group
from db.tables.people import Unreachable
from db.tables.speech import Notice
from tests import builders
from tests.builders import NOW, asker
from usecases.asker import Asker, Caller, identify
from usecases.membership import Joined, blocked, group_changed, group_moved, unblocked

GROUP = -1001


def in_group(session: Session, chat_id: int = GROUP) -> Asker:
    return identify(session, Caller(1005, chat_id, is_private=False), NOW)


def test_who_blocks_the_bot_is_unreachable_and_the_office_hears_once(session: Session) -> None:
    cast = builders.the_cast(session)
    wei = asker(session, cast.wei)

    assert blocked(session, wei, None, NOW) == ()
    assert blocked(session, wei, None, NOW) == ()

    assert cast.wei.unreachable is Unreachable.BLOCKED
    notice = session.exec(select(Notice)).one()
    assert (notice.contact_id, notice.subject_id) == (cast.meng.id, cast.wei.id)
    assert session.exec(select(AuditEntry.action)).all() == ["person.blocked"]


def test_who_unblocks_it_is_reachable_again(session: Session) -> None:
    cast = builders.the_cast(session)
    wei = asker(session, cast.wei)
    blocked(session, wei, None, NOW)

    assert unblocked(session, wei, None, NOW) == ()

    assert cast.wei.unreachable is None
    assert cast.wei.unreachable_since is None


def test_a_stranger_who_blocks_the_bot_changes_nothing(session: Session) -> None:
    builders.the_cast(session)
    stranger = asker(session, None)

    assert blocked(session, stranger, None, NOW) == ()
    assert unblocked(session, stranger, None, NOW) == ()
    assert session.exec(select(AuditEntry)).all() == []


def test_groups_joined_left_and_joined_again_are_one_group(session: Session) -> None:
    builders.the_cast(session)

    group_changed(session, in_group(session), Joined("项目群", is_in=True), NOW)
    group_changed(session, in_group(session), Joined("项目群", is_in=False), NOW)
    left = session.exec(select(Group)).one().left_at
    group_changed(session, in_group(session), Joined("新群名" * 200, is_in=True), NOW)

    group = session.exec(select(Group)).one()
    assert left == NOW
    assert (group.chat_id, group.left_at, len(group.title)) == (GROUP, None, 255)


def test_an_upgraded_group_goes_on_under_its_new_id(session: Session) -> None:
    builders.the_cast(session)
    group_changed(session, in_group(session), Joined("项目群", is_in=True), NOW)

    assert group_moved(session, in_group(session), -1002, NOW) == ()

    assert session.exec(select(Group)).one().chat_id == -1002


def test_telegram_may_tell_of_the_new_group_before_the_move(session: Session) -> None:
    builders.the_cast(session)
    group_changed(session, in_group(session), Joined("项目群", is_in=True), NOW)
    group_changed(session, in_group(session, -1002), Joined("项目群", is_in=True), NOW)

    group_moved(session, in_group(session), -1002, NOW)

    assert session.exec(select(Group)).one().chat_id == -1002
