"""Stuck twice, an item goes to the next higher level's meetings (分层解决)."""

import pytest
from sqlmodel import Session

from domain.items.deadline import is_stuck
from domain.items.machine import ItemAct
from domain.vocabulary import Level
from tests import builders
from tests.builders import Cast
from tests.usecases.items.deadlines import FRIDAY, NO_TRIAL, T1, extends, happens, heard
from tests.usecases.items.desk import NOW, a_decided, again
from tests.usecases.meetings.hall import at
from usecases.items.book import thread
from usecases.items.chasing import chase_decisions
from usecases.policies import apply_policy

AGAIN = at(12, 18, 18)
MISSED, MOVED = ItemAct.DEADLINE_MISSED, ItemAct.MOVED_UP


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    return cast


def missed_twice(session: Session, cast: Cast, level: Level) -> int:
    """The unit let two deadlines pass; the item's number."""
    found = a_decided(session, cast, due_at=FRIDAY)
    found.row.level = level
    happens(session, found.id, ItemAct.SIGNED, at(12, 3, 10))
    chase_decisions(session, FRIDAY)
    assert MOVED not in acts(session, found.id)
    extends(session, found.id, AGAIN, T1)
    heard(session, T1)
    chase_decisions(session, AGAIN)
    return found.id


def acts(session: Session, number: int) -> list[ItemAct]:
    return [entry.act for entry in thread(session, number)]


@pytest.mark.parametrize(
    ("level", "above", "words"),
    [
        (Level.COUNTY, Level.CITY, "　列入市级协调会议程"),
        (Level.CITY, Level.REGION, "　列入自治区级协调会议程"),
        (Level.REGION, Level.REGION, "　已在自治区级，留在议程上重点协调"),
    ],
)
def test_it_stands_on_the_next_levels_agenda_and_the_office_hears(
    session: Session, cast: Cast, level: Level, above: Level, words: str
) -> None:
    number = missed_twice(session, cast, level)
    assert again(session, number).row.level is above
    assert acts(session, number)[-2:] == [MISSED, MOVED]
    text = dict(heard(session, at(12, 21, 9)))[cast.meng.name]
    assert text.splitlines() == [
        "两次逾期，提请上级协调：1项",
        f"事项{number} 白露大道（一期）：剩2户未签约",
        words,
    ]


def test_it_moves_once_however_often_the_planner_looks(session: Session, cast: Cast) -> None:
    number = missed_twice(session, cast, Level.COUNTY)
    for moment in (at(12, 21, 9), at(12, 22, 9)):
        chase_decisions(session, moment)
    assert acts(session, number).count(MOVED) == 1
    assert again(session, number).row.level is Level.CITY


def test_what_is_closed_by_then_is_not_told(session: Session, cast: Cast) -> None:
    number = missed_twice(session, cast, Level.COUNTY)
    happens(session, number, ItemAct.DROPPED, AGAIN)
    assert cast.meng.name not in dict(heard(session, at(12, 21, 9)))


@pytest.mark.parametrize(
    ("thread_of", "stuck"),
    [
        ([], False),
        ([MISSED], False),
        ([MISSED, ItemAct.EXTENDED, MISSED], True),
        ([MISSED, MISSED, MOVED], False),
        ([MISSED, MISSED, MOVED, MISSED], False),
        ([MISSED, MISSED, MOVED, MISSED, MISSED], True),
    ],
)
def test_deadlines_missed_are_counted_from_the_last_move(
    thread_of: list[ItemAct], stuck: bool
) -> None:
    assert is_stuck(thread_of) is stuck
