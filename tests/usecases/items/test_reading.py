"""An item is one readable thread, for those who may read it."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.items import DecisionSupport
from db.tables.people import Leave
from domain.items.machine import ItemAct, ItemState
from domain.items.ways import Way
from domain.texts import plain
from domain.vocabulary import Language
from templates.items import AskItemNumber, ItemCard, ItemRaised, ItemUnknown
from templates.linking import HowToLink
from templates.message import Message
from templates.refusals import NotYours
from templates.render import Voice, render
from tests import builders
from tests.builders import Cast, asker, the_cast
from tests.usecases.items.desk import DUE, NOW, a_decided, again, an_item
from tests.usecases.meetings.hall import a_meeting, at, does, only, types
from usecases.items.book import Item, note
from usecases.items.raising import ask_text, raise_item
from usecases.items.reading import ENTRIES_A_PAGE, show, show_called, turn

LATER = at(12, 15, 10)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def card(session: Session, cast: Cast, item: Item, who: str = "huang") -> ItemCard:
    shown = does(session, getattr(cast, who), show, item.id, LATER)
    assert isinstance(shown, ItemCard)
    return shown


def words(message: Message) -> str:
    return plain(render(message, Voice(Language.ZH, "Asia/Shanghai")).text)


def actions(message: Message) -> list[str]:
    return [getattr(key, "data", "") for row in message.rows() for key in row]


def test_a_thread_says_what_is_asked_what_was_decided_and_what_happened_since(
    session: Session, cast: Cast
) -> None:
    meeting = a_meeting(session, cast)
    education = builders.a_unit(session, "市教育局")
    item = a_decided(session, cast, meeting_id=meeting.id)
    assert item.decided
    session.add(
        DecisionSupport(decision_id=item.decided.id, organisation_id=education.id, position=1)
    )
    note(session, item, ItemAct.SIGNED, at(12, 3, 9), by_id=cast.huang.id)
    told = "1户已签约，另1户正在协商"
    note(session, item, ItemAct.PROGRESS, at(12, 10, 9), by_id=cast.huang.id, text=told)

    lines = words(card(session, cast, item)).splitlines()

    assert lines == [
        f"事项{item.id}｜白露大道（一期）",
        "办理中｜市级",
        "征地拆迁：剩2户未签约",
        "议定：完成剩余2户征收签约",
        "责任 柳州市住建局　配合 市教育局",
        "时限 12月30日(周三)",
        "依据 12月2日(周三)市级重大项目协调会纪要第2条",
        "",
        "1月1日(周四) 提请协调｜柳州市住建局 黄联络员",
        "12月2日(周三) 议定｜市重大办 蒙协调员",
        "12月3日(周四) 签收｜柳州市住建局 黄联络员",
        "12月10日(周四) 进展｜柳州市住建局 黄联络员：1户已签约，另1户正在协商",
    ]


def test_words_that_were_put_better_stand_in_the_thread_as_they_were(
    session: Session, cast: Cast
) -> None:
    problem = builders.a_problem(session, cast.project)
    raised = does(session, cast.huang, raise_item, problem.id, NOW)
    assert isinstance(raised, ItemRaised)
    item = again(session, raised.head.item_id)
    assert card(session, cast, item).entries[0].text == ""

    does(session, cast.huang, ask_text, item.id, NOW)
    types(session, cast.huang, "请市征收办协调剩余2户签约", NOW)

    after = card(session, cast, item)
    assert (after.head.text, after.entries[0].text) == ("请市征收办协调剩余2户签约", "剩2户未签约")


def test_what_the_clock_did_bears_nobodys_name(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    note(session, item, ItemAct.DEADLINE_MISSED, DUE, due_at=DUE)

    entry = card(session, cast, item).entries[-1]

    assert (entry.act, entry.who, entry.due_at) == (ItemAct.DEADLINE_MISSED, "", DUE)


def test_a_decision_past_its_deadline_is_marked(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)

    late = does(session, cast.huang, show, item.id, DUE + dtm.timedelta(minutes=1))

    assert "时限 12月30日(周三) ⚠️逾期" in words(late)
    assert "逾期" not in words(card(session, cast, item))


def test_a_long_thread_opens_at_its_newest_page_and_turns_back(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    for number in range(ENTRIES_A_PAGE):
        text = f"第{number + 1}次进展"
        moment = NOW + dtm.timedelta(hours=number)
        note(session, item, ItemAct.PROGRESS, moment, by_id=cast.huang.id, text=text)

    newest = card(session, cast, item)
    assert (newest.page, newest.pages) == (1, 2)
    assert newest.entries[-1].text == f"第{ENTRIES_A_PAGE}次进展"
    assert f"item.turn:{item.id}:0" in actions(newest)
    first = does(session, cast.huang, turn, (item.id, 0), LATER)

    assert isinstance(first, ItemCard)
    assert first.entries[0].act is ItemAct.RAISED
    assert f"item.turn:{item.id}:1" in actions(first)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        ("wei", True),
        ("huang", True),
        ("qin", True),
        ("lu", True),
        ("meng", True),
        ("tan", True),
        ("ou", False),
    ],
)
def test_a_thread_is_read_by_the_projects_people_and_the_office(
    session: Session, cast: Cast, who: str, reads: bool
) -> None:
    item = an_item(session, cast)

    shown = does(session, getattr(cast, who), show, item.id, LATER)

    assert isinstance(shown, ItemCard) is reads
    if not reads:
        assert shown == ItemUnknown(item.id)


def test_the_unit_that_was_given_it_reads_it(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast, unit=builders.a_unit(session, "市教育局"))
    assert isinstance(does(session, cast.ou, show, item.id, LATER), ItemCard)


def test_who_stands_in_for_its_liaison_reads_it(session: Session, cast: Cast) -> None:
    item = an_item(session, cast)
    session.add(
        Leave(
            contact_id=cast.huang.id,
            first_day=LATER.date(),
            last_day=LATER.date(),
            deputy_id=cast.ou.id,
            entered_at=NOW,
        )
    )
    session.flush()
    assert isinstance(does(session, cast.ou, show, item.id, LATER), ItemCard)


def test_a_number_that_is_not_there_is_answered_like_one_that_is_not_yours(
    session: Session, cast: Cast
) -> None:
    item = an_item(session, cast)
    others = does(session, cast.ou, show_called, str(item.id), LATER)
    nobodys = does(session, cast.ou, show_called, str(item.id + 1), LATER)
    assert words(others).replace(str(item.id), "N") == words(nobodys).replace(str(item.id + 1), "N")
    forged = does(session, cast.ou, turn, (item.id, 0), LATER)
    assert forged == ItemUnknown(item.id)


@pytest.mark.parametrize("said", ["{0}", "#{0}", "事项{0}", "议定事项 {0}", "item {0}"])
def test_an_item_is_named_by_its_number_however_it_is_written(
    session: Session, cast: Cast, said: str
) -> None:
    item = an_item(session, cast)
    shown = does(session, cast.huang, show_called, said.format(item.id), LATER)
    assert isinstance(shown, ItemCard)


@pytest.mark.parametrize("said", ["", "白露大道", "1 2", "9" * 40])
def test_without_one_number_it_is_asked_for(session: Session, cast: Cast, said: str) -> None:
    assert does(session, cast.huang, show_called, said, LATER) == AskItemNumber()


def test_strangers_and_those_without_a_role_read_nothing(session: Session, cast: Cast) -> None:
    item = an_item(session, cast)
    newcomer = builders.a_contact(session, account=1010)

    assert only(show(session, asker(session, None), item.id, LATER)) == HowToLink()
    assert only(show_called(session, asker(session, None), "1", LATER)) == HowToLink()
    assert does(session, newcomer, show_called, str(item.id), LATER) == NotYours()
    assert does(session, newcomer, show, item.id, LATER) == ItemUnknown(item.id)


def test_under_a_thread_stands_what_its_reader_may_do_now(session: Session, cast: Cast) -> None:
    raised = an_item(session, cast)
    assert f"item.text:{raised.id}" in actions(card(session, cast, raised))
    assert f"item.text:{raised.id}" in actions(card(session, cast, raised, "meng"))
    assert f"item.text:{raised.id}" not in actions(card(session, cast, raised, "wei"))
    decided = a_decided(session, cast)

    unit, office, reader = (card(session, cast, decided, who) for who in ("huang", "meng", "wei"))

    assert f"decision.sign:{decided.id}" in actions(unit)
    assert f"item.text:{decided.id}" not in actions(unit)
    assert Way.SIGN not in office.ways.ways
    assert reader.ways.ways == ()


def test_what_ended_is_read_and_nothing_is_offered(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    note(session, item, ItemAct.DROPPED, NOW, by_id=cast.meng.id, text="项目调整")

    shown = card(session, cast, again(session, item.id), "meng")

    assert (shown.state, shown.ways.ways, shown.may_word) == (ItemState.DROPPED, (), False)
    assert shown.entries[-1].text == "项目调整"


def test_of_a_withdrawn_project_the_thread_says_so(session: Session, cast: Cast) -> None:
    item = an_item(session, cast)
    assert "已退出" not in words(card(session, cast, item))
    cast.listing.withdrawn_at = NOW
    session.flush()
    assert "待上会｜市级｜项目已退出" in words(card(session, cast, item))
