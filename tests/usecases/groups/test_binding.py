"""A group is bound by a coordinator in private; unbound it gets one line and then silence."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.groups import Group, WorkGroup
from db.tables.speech import Message, MessageState, Notice, Urgency
from domain.vocabulary import Language, Level
from templates.groups import (
    AskInPrivate,
    BindPreview,
    BindRegions,
    GroupBound,
    GroupGreeting,
    GroupScope,
    GroupsLost,
    GroupUnbound,
    WorkGroups,
)
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.render import render
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.usecases.groups.room import (
    CHAT,
    a_bound_group,
    adds_the_bot,
    in_group,
    in_private,
    takes_it_out,
    the_group,
)
from tests.usecases.meetings.hall import does, only
from usecases.delivery import move_chat, settle
from usecases.groups import binding
from usecases.groups.binding import LEVELS, LevelChosen, Page, ScopeChosen
from usecases.groups.book import bound
from usecases.groups.speaking import addressed
from usecases.membership import group_moved
from usecases.notices import occasion_of
from usecases.outbox import new_rows
from usecases.outcomes import GroupGone, Migrated

BIGGER = -1_000_000_001
LATER = NOW + dtm.timedelta(hours=3)
TOMORROW = NOW + dtm.timedelta(days=1)
CITY = LEVELS.index(Level.CITY)
COUNTY = LEVELS.index(Level.COUNTY)


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def test_a_coordinator_who_adds_the_bot_is_asked_in_private(session: Session, cast: Cast) -> None:
    assert only(adds_the_bot(session, cast.meng)) == GroupGreeting()
    assert in_private(session, cast.meng) == ["bind_levels"]


@pytest.mark.parametrize("who", ["huang", "lu", None])
def test_when_anybody_else_adds_it_the_group_gets_one_line_and_nobody_is_asked(
    session: Session, cast: Cast, who: str | None
) -> None:
    person = getattr(cast, who) if who else None
    assert only(adds_the_bot(session, person)) == GroupGreeting()
    assert session.exec(select(Message)).all() == []


def test_an_unbound_group_gets_one_line_ever(session: Session, cast: Cast) -> None:
    assert only(addressed(session, in_group(session, cast.wei), None, NOW)) == GroupGreeting()
    assert addressed(session, in_group(session, cast.wei), None, TOMORROW) == ()
    assert binding.bind_here(session, in_group(session, cast.huang), None, TOMORROW) == ()
    takes_it_out(session, cast.wei)
    assert adds_the_bot(session, cast.wei, TOMORROW) == ()


def test_a_group_is_bound_in_private_after_seeing_what_is_posted_there(
    session: Session, cast: Cast
) -> None:
    adds_the_bot(session, cast.huang)
    assert binding.bind_here(session, in_group(session, cast.meng), None, NOW) == ()
    assert in_private(session, cast.meng) == ["bind_levels"]

    group = the_group(session)
    preview = does(session, cast.meng, binding.choose_level, LevelChosen(group.id, CITY), NOW)
    assert isinstance(preview, BindPreview)
    assert (preview.scope, preview.projects, preview.units) == (GroupScope(Level.CITY), 1, 1)
    assert bound(session, group.id) is None

    shown = does(session, cast.meng, binding.bind, ScopeChosen(group.id, CITY, 0), NOW)
    assert isinstance(shown, GroupBound)
    assert shown.group.scope == GroupScope(Level.CITY)


def test_at_the_county_level_one_county_may_be_chosen(session: Session, cast: Cast) -> None:
    county = builders.a_region(session, "鹿寨县", Level.COUNTY)
    project = builders.a_project(session, "县医院", region=county)
    programme = builders.a_programme(session, level=Level.COUNTY)
    builders.a_listing(session, project, programme=programme)
    adds_the_bot(session, cast.meng)
    group = the_group(session)

    shown = does(session, cast.meng, binding.choose_level, LevelChosen(group.id, COUNTY), NOW)
    assert isinstance(shown, BindRegions)
    assert shown.regions == ((county.id, "鹿寨县"),)
    chosen = ScopeChosen(group.id, COUNTY, county.id)
    done = does(session, cast.meng, binding.bind, chosen, NOW)
    assert isinstance(done, GroupBound)
    assert done.group.scope == GroupScope(Level.COUNTY, "鹿寨县")


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan"])
def test_nobody_but_the_office_binds(session: Session, cast: Cast, who: str) -> None:
    adds_the_bot(session, cast.meng)
    chosen = ScopeChosen(the_group(session).id, CITY, 0)
    assert does(session, getattr(cast, who), binding.bind, chosen, NOW) == NotYours()
    assert session.exec(select(WorkGroup)).all() == []


def test_in_a_bound_group_whoever_asks_is_sent_to_private_once_a_day(
    session: Session, cast: Cast
) -> None:
    a_bound_group(session, cast)
    pointed = only(addressed(session, in_group(session, cast.wei), None, NOW))
    assert pointed == AskInPrivate("liaison_test_bot")
    assert addressed(session, in_group(session, cast.lu), None, LATER) == ()
    assert only(addressed(session, in_group(session, None), None, TOMORROW)) == pointed


def test_a_group_is_spoken_to_in_the_offices_language(session: Session, cast: Cast) -> None:
    cast.meng.language = Language.EN
    session.add(cast.meng)
    assert in_group(session, cast.meng).voice.language is Language.ZH
    assert asker(session, cast.meng).voice.language is Language.EN


def test_binding_anew_ends_the_former_binding(session: Session, cast: Cast) -> None:
    group = a_bound_group(session, cast)
    chosen = ScopeChosen(group.id, CITY, 0)
    does(session, cast.meng, binding.bind, chosen, LATER)
    assert len(session.exec(select(WorkGroup)).all()) == 1

    county = ScopeChosen(group.id, COUNTY, 0)
    does(session, cast.meng, binding.bind, county, LATER)
    former, present = session.exec(select(WorkGroup).order_by(WorkGroup.id)).all()  # type: ignore[arg-type]
    assert (former.unbound_at, present.level, present.unbound_at) == (LATER, Level.COUNTY, None)


def test_unbinding_is_asked_about_in_private(session: Session, cast: Cast) -> None:
    group = a_bound_group(session, cast)
    assert binding.unbind_here(session, in_group(session, cast.meng), None, NOW) == ()
    assert in_private(session, cast.meng)[-1] == "confirm_unbind"
    assert isinstance(does(session, cast.meng, binding.unbind, group.id, LATER), GroupUnbound)
    assert bound(session, group.id) is None
    assert does(session, cast.meng, binding.unbind, group.id, LATER) == StaleButton()


def test_nobody_else_unbinds(session: Session, cast: Cast) -> None:
    group = a_bound_group(session, cast)
    binding.unbind_here(session, in_group(session, cast.huang), None, NOW)
    assert in_private(session, cast.huang) == []
    assert does(session, cast.huang, binding.unbind, group.id, NOW) == NotYours()
    assert bound(session, group.id)


def test_the_office_sees_every_group_in_private(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    shown = does(session, cast.meng, binding.list_groups, Page(), NOW)
    assert isinstance(shown, WorkGroups)
    assert [line.scope for line in shown.groups] == [GroupScope(Level.CITY)]


def test_taking_the_bot_out_unbinds_and_the_office_hears_once(session: Session, cast: Cast) -> None:
    group = a_bound_group(session, cast)
    takes_it_out(session, cast.huang, LATER)
    takes_it_out(session, cast.huang, LATER)

    assert bound(session, group.id) is None
    assert lost(session, cast) == ["重大项目工作群"]
    assert does(session, cast.meng, binding.show_group, group.id, LATER) == StaleButton()


def test_a_group_that_takes_no_message_is_unbound(session: Session, cast: Cast) -> None:
    group = a_bound_group(session, cast)
    row = queued(session)
    settle(session, row.id, GroupGone("bot was kicked"), LATER)

    assert (bound(session, group.id), row.state) == (None, MessageState.FAILED)
    assert lost(session, cast) == ["重大项目工作群"]


def test_an_upgrade_keeps_the_binding(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    group_moved(session, in_group(session, cast.huang), BIGGER, LATER)

    found = bound(session, the_group(session).id)
    assert found
    assert found.group.chat_id == BIGGER


def test_an_upgrade_told_by_an_error_keeps_it_too(session: Session, cast: Cast) -> None:
    a_bound_group(session, cast)
    row = queued(session)
    settle(session, row.id, Migrated(BIGGER), LATER)

    found = bound(session, the_group(session).id)
    assert found
    assert (found.group.chat_id, row.chat_id, row.state) == (BIGGER, BIGGER, MessageState.QUEUED)


def test_a_message_on_its_way_while_the_group_moved_is_sent_again(
    session: Session, cast: Cast
) -> None:
    a_bound_group(session, cast)
    row = queued(session)
    move_chat(session, CHAT, BIGGER)
    settle(session, row.id, Migrated(BIGGER), LATER)

    found = bound(session, the_group(session).id)
    assert found
    assert (found.group.chat_id, row.chat_id, row.state) == (BIGGER, BIGGER, MessageState.QUEUED)


def test_the_new_group_may_be_heard_of_before_the_upgrade(session: Session, cast: Cast) -> None:
    group_id = a_bound_group(session, cast).id
    session.add(Group(chat_id=BIGGER, joined_at=LATER))
    session.flush()
    move_chat(session, CHAT, BIGGER)

    found = bound(session, the_group(session).id)
    assert found
    assert (found.group.id, found.group.chat_id) == (group_id, BIGGER)


def lost(session: Session, cast: Cast) -> list[str]:
    """The titles of the groups of whose loss Meng is told."""
    notices = session.exec(select(Notice).where(Notice.occasion == "group_lost")).all()
    if not notices:
        return []
    composed = occasion_of(notices[0]).compose(session, cast.meng, notices, LATER)
    assert isinstance(composed.message, GroupsLost)
    return [line.title for line in composed.message.groups]


def queued(session: Session) -> Message:
    """A message on its way to the group."""
    voice = in_group(session, None).voice
    (row,) = new_rows(CHAT, None, render(GroupGreeting(), voice), Urgency.ROUTINE, NOW)
    row.state = MessageState.SENDING
    session.add(row)
    session.flush()
    return row
