"""A unit says that it is done; the office closes out, sends back, or lets go."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.programme import Listing
from db.tables.reporting import Problem
from domain.items.machine import ItemAct, ItemState
from domain.items.ways import Way
from templates.item_answers import DecisionStanding, EntryKept
from templates.refusals import NotYours
from tests import builders
from tests.builders import Cast, the_cast
from tests.usecases.items.desk import DUE, a_decided, again, an_item, heard, kinds_heard
from tests.usecases.meetings.hall import at, does, types
from usecases import dialogs
from usecases.answers import UseCase
from usecases.items import closing_out, signing, telling_progress
from usecases.items.book import Item, thread

LATER = at(12, 10, 9)


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def done(session: Session, cast: Cast, item: Item, words: str = "2户均已签约") -> Item:
    """Huang has said that it is done."""
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    assert isinstance(types(session, cast.huang, words, LATER), EntryKept)
    return again(session, item.id)


def ended(session: Session, cast: Cast) -> None:
    """Huang leaves the question, so that what waits for them can be said."""
    does(session, cast.huang, dialogs.cancel, None, LATER)


def deadline(session: Session, item: Item) -> dtm.datetime:
    decided = again(session, item.id).decided
    assert decided
    return decided.row.due_at


def test_progress_stands_in_the_thread_and_disturbs_nobody(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, telling_progress.ask_progress, item.id, LATER)
    kept = types(session, cast.huang, "已签1户", LATER)
    assert isinstance(kept, EntryKept)
    assert (kept.happened.act, kept.happened.text) == (ItemAct.PROGRESS, "已签1户")
    entry = thread(session, item.id)[-1]
    assert (entry.act, entry.text, entry.by_id) == (ItemAct.PROGRESS, "已签1户", cast.huang.id)
    assert kinds_heard(session, LATER) == []


def test_who_tells_of_progress_has_signed_with_that(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, telling_progress.ask_progress, item.id, LATER)
    types(session, cast.huang, "已签1户", LATER)
    assert again(session, item.id).row.state is ItemState.IN_HAND


def test_the_office_hears_of_all_that_is_done_in_one_message(session: Session, cast: Cast) -> None:
    for words in ("2户均已签约", "已交地"):
        done(session, cast, a_decided(session, cast), words)
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("蒙协调员", "decisions_done")
    assert "2户均已签约" in text
    assert "已交地" in text


def test_closing_out_ends_the_item_and_the_problem_it_came_from(
    session: Session, cast: Cast
) -> None:
    problem = builders.a_problem(session, cast.project)
    item = done(session, cast, a_decided(session, cast, problem_id=problem.id))
    ended(session, cast)
    standing = does(session, cast.meng, closing_out.confirm, item.id, LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.line.state is ItemState.CLOSED_OUT
    assert standing.line.ways.ways == ()
    assert again(session, item.id).row.closed_at == LATER
    assert session.get_one(Problem, problem.id).closed_at == LATER
    assert kinds_heard(session, LATER) == [("黄联络员", "decisions_closed_out")]


def test_who_closes_out_second_sees_that_it_is_closed_out(session: Session, cast: Cast) -> None:
    item = done(session, cast, a_decided(session, cast))
    does(session, cast.meng, closing_out.confirm, item.id, LATER)
    standing = does(session, cast.meng, closing_out.ask_send_back, item.id, LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.line.state is ItemState.CLOSED_OUT


def test_words_for_sending_back_are_given_back_when_it_was_closed_out_meanwhile(
    session: Session, cast: Cast
) -> None:
    item = done(session, cast, a_decided(session, cast))
    does(session, cast.meng, closing_out.ask_send_back, item.id, LATER)
    does(session, cast.meng, closing_out.confirm, item.id, LATER)
    standing = types(session, cast.meng, "缺1户", LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.unsaid == "缺1户"
    assert again(session, item.id).row.state is ItemState.CLOSED_OUT


def test_the_liaison_hears_at_once_what_is_missing_and_the_deadline_stays(
    session: Session, cast: Cast
) -> None:
    item = done(session, cast, a_decided(session, cast))
    does(session, cast.meng, closing_out.ask_send_back, item.id, LATER)
    types(session, cast.meng, "缺1户的协议", LATER)
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("黄联络员", "decisions_sent_back")
    assert "缺1户的协议" in text
    assert deadline(session, item) == DUE
    assert thread(session, item.id)[-1].due_at is None
    assert again(session, item.id).row.state is ItemState.IN_HAND


def test_what_is_sent_back_after_its_deadline_has_a_working_day_and_the_thread_says_so(
    session: Session, cast: Cast
) -> None:
    item = done(session, cast, a_decided(session, cast))
    decided = again(session, item.id).decided
    assert decided
    decided.row.climbed = 1
    # Thursday 31 December; New Year's Day is off, and so is the weekend.
    late = at(12, 31, 10)
    does(session, cast.meng, closing_out.ask_send_back, item.id, late)
    types(session, cast.meng, "缺1户的协议", late)
    monday = dtm.datetime(2027, 1, 4, 10, tzinfo=dtm.UTC)
    assert deadline(session, item) == monday
    assert thread(session, item.id)[-1].due_at == monday
    assert decided.row.climbed == 0


def test_a_notice_that_it_is_done_falls_away_once_it_was_sent_back(
    session: Session, cast: Cast
) -> None:
    item = done(session, cast, a_decided(session, cast))
    does(session, cast.meng, closing_out.ask_send_back, item.id, LATER)
    types(session, cast.meng, "缺1户的协议", LATER)
    assert kinds_heard(session, LATER) == [("黄联络员", "decisions_sent_back")]


@pytest.mark.parametrize(
    "press", [closing_out.confirm, closing_out.ask_send_back, closing_out.ask_drop]
)
@pytest.mark.parametrize("who", ["huang", "qin", "ou", "tan"])
def test_only_the_office_ends_an_item(
    session: Session, cast: Cast, who: str, press: UseCase[int]
) -> None:
    item = done(session, cast, a_decided(session, cast))
    assert isinstance(does(session, getattr(cast, who), press, item.id, LATER), NotYours)
    assert again(session, item.id).row.state is ItemState.DONE


def test_the_unit_hears_that_it_is_relieved_and_why(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.meng, closing_out.ask_drop, item.id, LATER)
    types(session, cast.meng, "已由自治区统筹", LATER)
    ((name, kind, text),) = heard(session, LATER)
    assert (name, kind) == ("黄联络员", "decisions_dropped")
    assert "已由自治区统筹" in text
    assert again(session, item.id).row.state is ItemState.DROPPED


def test_who_raised_what_nobody_decided_on_hears_that_it_was_dropped(
    session: Session, cast: Cast
) -> None:
    item = an_item(session, cast)
    does(session, cast.meng, closing_out.ask_drop, item.id, LATER)
    types(session, cast.meng, "已自行解决", LATER)
    assert kinds_heard(session, LATER) == [("黄联络员", "decisions_dropped")]


def test_what_was_dropped_cannot_be_worked_on_any_more(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    does(session, cast.meng, closing_out.ask_drop, item.id, LATER)
    types(session, cast.meng, "已由自治区统筹", LATER)
    standing = types(session, cast.huang, "2户均已签约", LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.line.state is ItemState.DROPPED
    assert standing.unsaid == "2户均已签约"


def test_an_item_of_a_withdrawn_project_says_so_and_can_be_dropped(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    session.get_one(Listing, cast.listing.id).withdrawn_at = LATER
    standing = does(session, cast.meng, signing.show, item.id, LATER)
    assert isinstance(standing, DecisionStanding)
    assert standing.line.head.is_withdrawn
    assert Way.DROP in standing.line.ways.ways
