"""A unit asks for more time before its deadline; the office grants it or not."""

import datetime as dtm

import pytest
from sqlmodel import Session

from domain.brakes import BrakeProblem
from domain.items.machine import ItemAct
from domain.items.ways import Way
from templates.item_answers import (
    AskDecisionWords,
    AskExtensionDay,
    DecisionStanding,
    ExtensionTooLate,
)
from templates.office import StaleButton
from templates.refusals import NotYours
from tests.builders import Cast, the_cast
from tests.usecases.items.desk import DUE, a_decided, again, heard, kinds_heard
from tests.usecases.meetings.hall import at, does, types
from usecases.items import closing_out, extending_items, signing
from usecases.items.book import Item, thread
from usecases.items.extending_items import Request

LATER = at(12, 3, 9)
WANTED = at(1, 8, 18).replace(year=2027)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


@pytest.fixture
def item(session: Session, cast: Cast) -> Item:
    """Huang has signed for the item."""
    found = a_decided(session, cast)
    does(session, cast.huang, signing.sign, found.id, LATER)
    return found


def asks(
    session: Session, cast: Cast, item: Item, day: str = "1月8日", now: dtm.datetime = LATER
) -> Request:
    """Huang has asked for time until that day."""
    does(session, cast.huang, extending_items.ask_until, item.id, now)
    types(session, cast.huang, day, now)
    types(session, cast.huang, "2户外出务工", now)
    entry = thread(session, item.id)[-1]
    assert entry.act is ItemAct.EXTENSION_ASKED
    return Request(item.id, entry.id)


def deadline(session: Session, item: Item) -> dtm.datetime:
    decided = again(session, item.id).decided
    assert decided
    return decided.row.due_at


def test_the_office_hears_at_once_until_when_and_why(
    session: Session, cast: Cast, item: Item
) -> None:
    asks(session, cast, item)
    assert thread(session, item.id)[-1].due_at == WANTED
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("蒙协调员", "extensions_asked")
    assert "1月8日(周五)18:00" in text
    assert "2户外出务工" in text
    assert deadline(session, item) == DUE


def test_more_time_moves_the_deadline_and_everything_counts_from_the_new_one(
    session: Session, cast: Cast, item: Item
) -> None:
    decided = again(session, item.id).decided
    assert decided
    decided.row.climbed = 2
    request = asks(session, cast, item)
    standing = does(session, cast.meng, extending_items.grant, request, LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.line.ways.ways == (Way.RECORD, Way.DROP)
    decided = again(session, item.id).decided
    assert decided
    assert (decided.row.due_at, decided.row.climbed) == (WANTED, 0)
    assert decided.row.next_act_at == LATER
    assert thread(session, item.id)[-1].act is ItemAct.EXTENDED
    assert kinds_heard(session, LATER) == [
        ("黄联络员", "extensions_answered"),
        ("覃专员", "extensions_granted"),
    ]


def test_the_unit_alone_hears_why_it_gets_no_more_time(
    session: Session, cast: Cast, item: Item
) -> None:
    request = asks(session, cast, item)
    heard(session, LATER)
    does(session, cast.meng, extending_items.ask_why_not, request, LATER)
    types(session, cast.meng, "年内必须交地", LATER)
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("黄联络员", "extensions_answered")
    assert "年内必须交地" in text
    assert deadline(session, item) == DUE


def test_the_liaison_that_cannot_be_told_is_to_be_phoned(
    session: Session, cast: Cast, item: Item
) -> None:
    request = asks(session, cast, item)
    cast.huang.telegram_user_id = None
    standing = does(session, cast.meng, extending_items.grant, request, LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.is_unheard


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("下辈子", BrakeProblem.NOT_A_DAY),
        ("12月30日", BrakeProblem.NOT_LATER),
        ("2029年1月1日", BrakeProblem.TOO_FAR),
    ],
)
def test_a_day_that_cannot_be_meant_is_asked_for_again(
    session: Session, cast: Cast, item: Item, said: str, problem: BrakeProblem
) -> None:
    does(session, cast.huang, extending_items.ask_until, item.id, LATER)
    question = types(session, cast.huang, said, LATER)
    assert isinstance(question, AskExtensionDay)
    assert question.problem is problem
    assert isinstance(types(session, cast.huang, "1月8日", LATER), AskDecisionWords)


def test_a_day_off_is_asked_about_and_the_working_day_after_it_offered(
    session: Session, cast: Cast, item: Item
) -> None:
    does(session, cast.huang, extending_items.ask_until, item.id, LATER)
    saturday = types(session, cast.huang, "1月9日", LATER)
    assert isinstance(saturday, AskDecisionWords)
    assert saturday.instead == dtm.date(2027, 1, 11)
    does(session, cast.huang, extending_items.choose_day, dtm.date(2027, 1, 11), LATER)
    types(session, cast.huang, "2户外出务工", LATER)
    assert thread(session, item.id)[-1].due_at == at(1, 11, 18).replace(year=2027)


def test_after_the_deadline_nobody_asks_for_more_time_but_hears_what_to_do(
    session: Session, cast: Cast, item: Item
) -> None:
    answer = does(session, cast.huang, extending_items.ask_until, item.id, DUE)
    assert isinstance(answer, ExtensionTooLate)
    assert answer.ways.ways == (Way.PROGRESS, Way.DONE)
    standing = does(session, cast.huang, signing.show, item.id, DUE)
    assert isinstance(standing, DecisionStanding)
    assert Way.EXTEND not in standing.line.ways.ways


def test_words_that_the_deadline_overtakes_are_given_back(
    session: Session, cast: Cast, item: Item
) -> None:
    just_before = DUE - dtm.timedelta(minutes=1)
    does(session, cast.huang, extending_items.ask_until, item.id, just_before)
    types(session, cast.huang, "1月8日", just_before)
    answer = types(session, cast.huang, "2户外出务工", DUE)
    assert isinstance(answer, ExtensionTooLate)
    assert answer.unsaid == "2户外出务工"


def test_a_request_that_the_deadline_overtook_can_still_be_granted(
    session: Session, cast: Cast, item: Item
) -> None:
    request = asks(session, cast, item)
    does(session, cast.meng, extending_items.grant, request, DUE + dtm.timedelta(days=1))
    assert deadline(session, item) == WANTED


def test_more_time_granted_only_when_the_day_has_passed_is_a_working_day(
    session: Session, cast: Cast, item: Item
) -> None:
    request = asks(session, cast, item)
    # Friday evening; the next working day is Monday.
    does(session, cast.meng, extending_items.grant, request, WANTED)
    monday = at(1, 11, 18).replace(year=2027)
    assert deadline(session, item) == monday
    assert thread(session, item.id)[-1].due_at == monday


def test_the_office_hears_of_the_newest_request_only_and_answers_that(
    session: Session, cast: Cast, item: Item
) -> None:
    first = asks(session, cast, item)
    second = asks(session, cast, item, "1月7日")
    ((_, _, text),) = heard(session, LATER)
    assert "1月7日" in text
    assert "1月8日" not in text
    standing = does(session, cast.meng, extending_items.grant, first, LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.line.ways.entry_id == second.entry_id
    assert deadline(session, item) == DUE


def test_of_two_coordinators_who_answer_at_once_the_second_sees_the_first(
    session: Session, cast: Cast, item: Item
) -> None:
    request = asks(session, cast, item)
    does(session, cast.meng, extending_items.ask_why_not, request, LATER)
    does(session, cast.meng, extending_items.grant, request, LATER)
    standing = types(session, cast.meng, "年内必须交地", LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.unsaid == "年内必须交地"
    assert deadline(session, item) == WANTED


def test_a_request_ends_when_the_unit_says_it_is_done(
    session: Session, cast: Cast, item: Item
) -> None:
    request = asks(session, cast, item)
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    types(session, cast.huang, "均已签约", LATER)
    does(session, cast.meng, closing_out.ask_send_back, item.id, LATER)
    types(session, cast.meng, "缺1户", LATER)
    does(session, cast.meng, extending_items.grant, request, LATER)
    assert deadline(session, item) == DUE


def test_only_the_office_answers_a_request(session: Session, cast: Cast, item: Item) -> None:
    request = asks(session, cast, item)
    for who in (cast.huang, cast.qin, cast.lu, cast.ou):
        assert isinstance(does(session, who, extending_items.grant, request, LATER), NotYours)


def test_a_day_pressed_when_no_day_is_asked_for_is_stale(session: Session, cast: Cast) -> None:
    day = dtm.date(2027, 1, 8)
    answer = does(session, cast.huang, extending_items.choose_day, day, LATER)
    assert isinstance(answer, StaleButton)
