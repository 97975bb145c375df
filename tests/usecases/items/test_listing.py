"""Items are listed, narrowed down and counted, within what the asker may read."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.programme import Project
from domain.items.machine import ItemAct, ItemState
from domain.items.narrowing import ItemFilter
from domain.vocabulary import Level, ProblemKind
from templates.item_lists import ItemCounts, ItemList, ItemRegions, KindCount
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.status import ItemCount, StatusCard
from tests import builders
from tests.builders import Cast, asker, the_cast
from tests.usecases.items.desk import DUE, NOW, a_decided, again, an_item
from tests.usecases.meetings.hall import does, only
from usecases.asked import Wanted
from usecases.items.book import Item, note
from usecases.items.listing import (
    ITEMS_A_PAGE,
    Narrowed,
    items_called,
    show_counts,
    show_list,
    show_regions,
)
from usecases.status import show_card

LATE = DUE + dtm.timedelta(days=1)
FILTERS = tuple(ItemFilter)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def listed(
    session: Session, cast: Cast, text: str = "", who: str = "meng", now: dtm.datetime = NOW
) -> ItemList:
    shown = does(session, getattr(cast, who), items_called, text, now)
    assert isinstance(shown, ItemList)
    return shown


def narrowed(
    session: Session, cast: Cast, wanted: Narrowed, who: str = "meng", now: dtm.datetime = NOW
) -> Message:
    return does(session, getattr(cast, who), show_list, wanted, now)


def numbers(shown: Message) -> list[int]:
    assert isinstance(shown, ItemList)
    return [line.head.item_id for line in shown.lines]


def actions(message: Message) -> list[str]:
    return [getattr(key, "data", "") for row in message.rows() for key in row]


def of_kind(session: Session, cast: Cast, kind: ProblemKind) -> Item:
    found = an_item(session, cast)
    found.row.kind = kind
    session.flush()
    return found


def a_school(session: Session) -> Project:
    """Another unit's project in another region."""
    region = builders.a_region(session, "柳江区", Level.COUNTY)
    education = builders.a_unit(session, "市教育局")
    school = builders.a_project(session, "柳江新高中", region=region, owner=education)
    builders.a_listing(session, school, units=(education,))
    return school


def test_what_is_overdue_comes_first_then_what_is_due_then_what_waits_for_a_meeting(
    session: Session, cast: Cast
) -> None:
    waits = an_item(session, cast)
    due = a_decided(session, cast, due_at=LATE + dtm.timedelta(days=9))
    overdue = a_decided(session, cast)
    note(session, a_decided(session, cast), ItemAct.DROPPED, NOW)

    shown = listed(session, cast, now=LATE)

    assert numbers(shown) == [overdue.id, due.id, waits.id]
    assert (shown.total, shown.overdue) == (3, 1)
    first = shown.lines[0]
    assert (first.unit, first.due_at, first.is_overdue) == ("柳州市住建局", DUE, True)
    assert shown.lines[2].state is ItemState.RAISED
    assert f"item.show:{overdue.id}" in actions(shown)


@pytest.mark.parametrize("said", ["逾期", "overdue"])
def test_the_overdue_ones_are_asked_for_by_word_and_by_button(
    session: Session, cast: Cast, said: str
) -> None:
    an_item(session, cast)
    overdue = a_decided(session, cast)
    assert numbers(listed(session, cast, said, now=LATE)) == [overdue.id]
    assert numbers(listed(session, cast, said)) == []
    pressed = narrowed(session, cast, Narrowed(ItemFilter.OVERDUE.number), now=LATE)
    assert numbers(pressed) == [overdue.id]


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("用地", ProblemKind.LAND),
        ("征拆", ProblemKind.LAND_ACQUISITION),
        ("funding", ProblemKind.FUNDING),
    ],
)
def test_a_kind_is_asked_for_by_its_name(
    session: Session, cast: Cast, said: str, kind: ProblemKind
) -> None:
    kinds = (ProblemKind.LAND, ProblemKind.LAND_ACQUISITION, ProblemKind.FUNDING)
    known = {one: of_kind(session, cast, one).id for one in kinds}
    shown = listed(session, cast, said)
    assert (numbers(shown), shown.of_kind) == ([known[kind]], kind)
    place = tuple(ProblemKind).index(kind)
    wanted = Narrowed(ItemFilter.KIND.number, place)
    assert numbers(narrowed(session, cast, wanted)) == [known[kind]]


@pytest.mark.parametrize("said", ["柳江区", "柳江"])
def test_a_region_is_asked_for_by_its_name(session: Session, cast: Cast, said: str) -> None:
    an_item(session, cast)
    there = an_item(session, cast, project=a_school(session))
    shown = listed(session, cast, said)
    assert (shown.what, shown.name, numbers(shown)) == (ItemFilter.REGION, "柳江区", [there.id])


def test_projects_are_asked_for_by_a_part_of_their_names_and_the_list_turns(
    session: Session, cast: Cast
) -> None:
    an_item(session, cast)
    school = a_school(session)
    ids = [an_item(session, cast, project=school).id for _ in range(ITEMS_A_PAGE + 1)]

    shown = listed(session, cast, "新高中")
    assert (shown.what, shown.name) == (ItemFilter.WORDS, "新高中")
    assert numbers(shown) == ids[:ITEMS_A_PAGE]
    wanted = Narrowed(shown.what.number, shown.arg, 1)
    assert f"item.list:{wanted.what}:{wanted.arg}:1" in actions(shown)
    assert numbers(narrowed(session, cast, wanted)) == ids[ITEMS_A_PAGE:]

    others = narrowed(session, cast, wanted, "huang")
    assert others == StaleButton()


def test_words_that_name_nothing_list_nothing(session: Session, cast: Cast) -> None:
    an_item(session, cast)
    assert numbers(listed(session, cast, "完全无关的外星基地")) == []


def test_mine_are_those_my_unit_was_given_or_is_asked_for_or_that_i_raised(
    session: Session, cast: Cast
) -> None:
    education = builders.a_unit(session, "市教育局")
    school = a_school(session)
    raised_by_huang = an_item(session, cast)
    given = a_decided(session, cast, unit=education)
    asked = an_item(session, cast)
    asked.row.asked_of_id = education.id
    own_project = an_item(session, cast, project=school)
    session.flush()

    ous = listed(session, cast, "我的", "ou")
    assert sorted(numbers(ous)) == [given.id, asked.id]
    assert ous.mine == 2
    assert sorted(numbers(listed(session, cast, "", "ou"))) == [
        given.id,
        asked.id,
        own_project.id,
    ]
    assert raised_by_huang.id in numbers(listed(session, cast, "我的", "huang"))
    assert numbers(listed(session, cast, "我的", "lu")) == []


def test_to_the_office_mine_are_those_that_wait_for_it(session: Session, cast: Cast) -> None:
    raised = an_item(session, cast)
    a_decided(session, cast)
    done = a_decided(session, cast)
    note(session, done, ItemAct.DONE, NOW, by_id=cast.huang.id)
    assert sorted(numbers(listed(session, cast, "mine"))) == [raised.id, done.id]
    assert numbers(listed(session, cast, "mine", "tan")) == []


@pytest.mark.parametrize(
    ("who", "count"),
    [("wei", 1), ("huang", 1), ("qin", 1), ("lu", 1), ("ou", 1), ("meng", 2), ("tan", 2)],
)
def test_everybody_sees_their_own_items_and_the_office_all(
    session: Session, cast: Cast, who: str, count: int
) -> None:
    an_item(session, cast)
    an_item(session, cast, project=a_school(session))
    assert listed(session, cast, "", who).total == count


def test_a_projects_list_keeps_what_ended_behind_what_is_open(session: Session, cast: Cast) -> None:
    ended = an_item(session, cast)
    note(session, ended, ItemAct.DROPPED, NOW)
    still = an_item(session, cast)
    wanted = Narrowed(ItemFilter.PROJECT.number, cast.project.id)
    shown = narrowed(session, cast, wanted)
    assert numbers(shown) == [still.id, ended.id]
    assert f"status.turn:{cast.project.id}" in actions(shown)
    assert numbers(narrowed(session, cast, wanted, "ou")) == []


@pytest.mark.parametrize(
    "wanted",
    [
        Narrowed(99),
        Narrowed(-1),
        Narrowed(ItemFilter.KIND.number, 99),
        Narrowed(ItemFilter.REGION.number, 10**6),
        Narrowed(ItemFilter.PROJECT.number, 10**6),
        Narrowed(ItemFilter.WORDS.number, 10**6),
    ],
)
def test_a_filter_that_means_nothing_is_a_stale_button(
    session: Session, cast: Cast, wanted: Narrowed
) -> None:
    assert narrowed(session, cast, wanted) == StaleButton()


def test_nothing_of_a_withdrawn_project_is_overdue(session: Session, cast: Cast) -> None:
    a_decided(session, cast)
    assert listed(session, cast, now=LATE).overdue == 1
    cast.listing.withdrawn_at = NOW
    session.flush()
    shown = listed(session, cast, now=LATE)
    assert (shown.total, shown.overdue) == (1, 0)
    assert not shown.lines[0].is_overdue


def test_counts_by_kind_say_raised_closed_out_and_overdue(session: Session, cast: Cast) -> None:
    of_kind(session, cast, ProblemKind.LAND)
    closed = a_decided(session, cast)
    note(session, closed, ItemAct.DONE, NOW)
    note(session, again(session, closed.id), ItemAct.CLOSED_OUT, NOW)
    a_decided(session, cast)
    an_item(session, cast, project=a_school(session))

    counted = does(session, cast.huang, show_counts, None, LATE)

    assert isinstance(counted, ItemCounts)
    assert counted.kinds == (
        KindCount(ProblemKind.LAND, raised=1, closed=0, overdue=0, open=1),
        KindCount(ProblemKind.LAND_ACQUISITION, raised=2, closed=1, overdue=1, open=1),
    )


def test_regions_are_picked_from_those_with_open_items(session: Session, cast: Cast) -> None:
    an_item(session, cast)
    school = a_school(session)
    for _ in range(2):
        an_item(session, cast, project=school)

    shown = does(session, cast.meng, show_regions, 0, NOW)

    assert isinstance(shown, ItemRegions)
    assert [(one.name, one.count) for one in shown.regions] == [("柳江区", 2), ("柳州市", 1)]
    assert f"item.list:{ItemFilter.REGION.number}:{school.region_id}:0" in actions(shown)


def test_strangers_and_those_without_a_role_list_nothing(session: Session) -> None:
    builders.an_office(session)
    newcomer = builders.a_contact(session, account=1010)
    assert only(items_called(session, asker(session, None), "", NOW)) == HowToLink()
    assert does(session, newcomer, items_called, "", NOW) == NotYours()
    assert does(session, newcomer, show_counts, None, NOW) == NotYours()


def test_the_status_card_counts_a_projects_open_items_and_leads_to_them(
    session: Session, cast: Cast
) -> None:
    assert _card(session, cast, "huang").items is None
    an_item(session, cast)
    a_decided(session, cast)
    note(session, an_item(session, cast), ItemAct.DROPPED, NOW)

    shown = _card(session, cast, "huang")

    assert shown.items == ItemCount(2, 1)
    assert f"item.list:{ItemFilter.PROJECT.number}:{cast.project.id}:0" in actions(shown)
    assert _card(session, cast, "ou").items is None


def _card(session: Session, cast: Cast, who: str) -> StatusCard:
    shown = does(session, getattr(cast, who), show_card, Wanted(cast.project.id), LATE)
    assert isinstance(shown, StatusCard)
    return shown
