"""What the planner says of a decision's deadline, day by day: before it, at it, and up the ladder.

Given on Wednesday, 2 December 2026, 17:00; due on Friday the 11th, 18:00, unless a test says so.
"""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.session import Database
from db.tables.items import CoordinationItem
from domain.items.machine import ItemAct
from tests import builders
from tests.builders import Cast
from tests.usecases.items.deadlines import (
    FRIDAY,
    NO_TRIAL,
    ON_TRIAL,
    T1,
    T2,
    T3,
    extends,
    happens,
    heard,
    names_heard,
    the_decision,
)
from tests.usecases.items.desk import NOW, a_decided, an_item
from tests.usecases.meetings.hall import at
from usecases.items.book import thread
from usecases.items.chasing import chase_decisions
from usecases.policies import apply_policy
from usecases.upcoming import plan

SIGNED = at(12, 3, 10)


@pytest.fixture
def cast(session: Session) -> Cast:
    """An office that is past its trial."""
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    return cast


def signed(session: Session, cast: Cast, due_at: dtm.datetime = FRIDAY) -> int:
    """The unit has signed for a decision that is due then; the item's number."""
    found = a_decided(session, cast, due_at=due_at)
    happens(session, found.id, ItemAct.SIGNED, SIGNED)
    return found.id


def acts(session: Session, item_id: int) -> list[ItemAct]:
    return [entry.act for entry in thread(session, item_id)]


def test_the_liaison_is_reminded_on_the_policys_days(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    assert heard(session, at(12, 7, 9)) == []
    ((name, text),) = heard(session, at(12, 8, 9))
    assert name == cast.huang.name
    assert text.splitlines() == [
        "议定事项：您单位有1项即将到期",
        "",
        f"事项{number} 白露大道（一期）：完成剩余2户征收签约",
        "　时限12月11日(周五)18:00",
    ]
    assert names_heard(session, at(12, 9, 9)) == []
    assert names_heard(session, at(12, 10, 9)) == [cast.huang.name]
    ((_, today),) = heard(session, at(12, 11, 9))
    assert "　时限今天12月11日(周五)18:00" in today.splitlines()


def test_several_items_are_one_message(session: Session, cast: Cast) -> None:
    signed(session, cast)
    signed(session, cast)
    ((_, text),) = heard(session, at(12, 8, 9))
    assert text.splitlines()[0] == "议定事项：您单位有2项即将到期"


def test_whoever_has_not_signed_is_asked_once_more_and_then_the_office_phones(
    session: Session, cast: Cast
) -> None:
    number = a_decided(session, cast, due_at=at(12, 30, 18)).id
    assert names_heard(session, at(12, 3, 9)) == []
    ((name, text),) = heard(session, at(12, 4, 9))
    assert (name, text.splitlines()[0]) == (cast.huang.name, "议定事项：您单位有1项未签收")
    ((name, text),) = heard(session, at(12, 7, 9))
    assert name == cast.meng.name
    assert text.splitlines()[2:] == [
        f"{number} 柳州市住建局：完成剩余2户征收签约",
        "　联络员黄联络员 19900001002：已催签收，仍未签收",
    ]
    assert names_heard(session, at(12, 8, 9), at(12, 9, 9)) == []


def test_who_signs_in_time_is_not_asked_again(session: Session, cast: Cast) -> None:
    signed(session, cast, at(12, 30, 18))
    assert names_heard(session, at(12, 4, 9), at(12, 7, 9)) == []


def test_what_is_signed_before_the_office_hears_is_not_phoned_about(
    session: Session, cast: Cast
) -> None:
    found = a_decided(session, cast, due_at=at(12, 30, 18))
    heard(session, at(12, 4, 9))
    chase_decisions(session, at(12, 7, 9))
    happens(session, found.id, ItemAct.SIGNED, at(12, 7, 9))
    assert heard(session, at(12, 7, 9)) == []


def test_a_missed_deadline_stands_in_the_thread_once(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    chase_decisions(session, FRIDAY - dtm.timedelta(seconds=1))
    assert ItemAct.DEADLINE_MISSED not in acts(session, number)
    for moment in (FRIDAY, T1, T2, T3):
        chase_decisions(session, moment)
    assert acts(session, number).count(ItemAct.DEADLINE_MISSED) == 1


def test_it_climbs_day_by_day_and_the_last_rung_waits_for_the_office(
    session: Session, cast: Cast
) -> None:
    number = signed(session, cast)
    heard(session, at(12, 11, 9))
    assert names_heard(session, FRIDAY) == []
    ((name, text),) = heard(session, T1)
    assert name == cast.huang.name
    assert text.splitlines() == [
        "议定事项：您单位有1项逾期未办结",
        "截至 12月14日(周一)09:00",
        "",
        f"事项{number} 白露大道（一期）：完成剩余2户征收签约",
        "　时限12月11日(周五)，逾期1个工作日",
    ]
    ((name, text),) = heard(session, T2)
    assert name == cast.qin.name
    assert text.splitlines()[0] == "您分管的工作有1项议定事项逾期未办结"
    assert text.splitlines()[-1].endswith("逾期2个工作日，已请联络员办理")
    ((name, text),) = heard(session, T3)
    assert name == cast.meng.name
    assert text.splitlines()[0] == "以下逾期议定事项拟提请第一责任人关注，请您定"


def test_over_new_year_the_rungs_wait_for_working_days(session: Session, cast: Cast) -> None:
    signed(session, cast, at(12, 30, 18))
    january = [at(12, 31, 9) + dtm.timedelta(days=days) for days in range(6)]
    said = [(moment.day, name) for moment in january for name in names_heard(session, moment)]
    # 1 to 3 January are days off.
    assert said == [(31, cast.huang.name), (4, cast.qin.name), (5, cast.meng.name)]


@pytest.mark.parametrize("days", [1, 2, 5])
def test_no_leader_hears_before_the_liaison_was_really_reached(
    session: Session, cast: Cast, days: int
) -> None:
    signed(session, cast)
    heard(session, T1, arrives=False)
    later = [T2 + dtm.timedelta(days=number) for number in range(days)]
    assert names_heard(session, *later) == []


def test_no_leader_hears_while_the_office_owes_an_answer_about_more_time(
    session: Session, cast: Cast
) -> None:
    number = signed(session, cast)
    happens(session, number, ItemAct.EXTENSION_ASKED, at(12, 10, 10))
    assert names_heard(session, T1) == [cast.huang.name]
    assert names_heard(session, T2, T3) == []
    happens(session, number, ItemAct.EXTENSION_REFUSED, at(12, 16, 10))
    assert names_heard(session, at(12, 17, 9)) == [cast.qin.name]


def test_the_office_phones_a_unit_whose_liaison_hears_nothing(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    cast.huang.telegram_user_id = None
    session.flush()
    ((name, text),) = heard(session, T1)
    assert name == cast.meng.name
    assert text.splitlines()[2:] == [
        f"{number} 柳州市住建局：完成剩余2户征收签约",
        "　联络员黄联络员（未开通） 19900001002：逾期1个工作日，提醒送不到",
    ]
    assert names_heard(session, T2, T3) == []


def test_an_outage_is_not_made_up_for(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    heard(session, at(12, 10, 9))
    # Away from the day before the deadline until three working days after it.
    back = at(12, 16, 10)
    assert names_heard(session, back) == [cast.huang.name]
    assert names_heard(session, at(12, 16, 15)) == []
    assert acts(session, number).count(ItemAct.DEADLINE_MISSED) == 1
    assert names_heard(session, at(12, 17, 9)) == [cast.qin.name]
    assert names_heard(session, at(12, 18, 9)) == [cast.meng.name]


def test_in_a_new_offices_first_months_only_the_office_sees_the_leaders_rungs(
    session: Session,
) -> None:
    cast = builders.the_cast(session)
    apply_policy(session, None, ON_TRIAL, NOW)
    signed(session, cast)
    assert names_heard(session, T1) == [cast.huang.name]
    ((name, text),) = heard(session, T2)
    assert (name, text.splitlines()[1]) == (cast.meng.name, "责任专员 覃专员：1项")
    ((name, text),) = heard(session, T3)
    assert (name, text.splitlines()[1]) == (cast.meng.name, "第一责任人 陆局长：1项")


def test_more_time_starts_the_ladder_anew(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    for moment in (T1, T2):
        heard(session, moment)
    extends(session, number, at(12, 18, 18), at(12, 15, 10))
    # The liaison is not reminded for a day that came before the time was given.
    assert names_heard(session, at(12, 15, 16), T3) == [cast.qin.name]
    assert names_heard(session, at(12, 17, 9)) == [cast.huang.name]
    assert names_heard(session, at(12, 18, 9)) == [cast.huang.name]
    # Stuck twice by then: the office hears that it goes a level up.
    assert names_heard(session, at(12, 21, 9)) == [cast.huang.name, cast.meng.name]
    assert names_heard(session, at(12, 22, 9)) == [cast.qin.name]


def test_what_waited_through_more_time_is_past(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    cast.huang.telegram_user_id = None
    heard(session, T1)
    extends(session, number, at(12, 18, 18), at(12, 14, 10))
    heard(session, at(12, 14, 16))
    cast.huang.telegram_user_id = 1002
    session.flush()
    # Late again since an hour, and its first rung comes on Monday.
    assert cast.huang.name not in names_heard(session, at(12, 18, 19))


@pytest.mark.parametrize("act", [ItemAct.DONE, ItemAct.DROPPED])
def test_what_is_settled_before_it_leaves_is_not_said(
    session: Session, cast: Cast, act: ItemAct
) -> None:
    number = signed(session, cast)
    heard(session, T1)
    chase_decisions(session, T2)
    happens(session, number, act, T2)
    assert cast.qin.name not in names_heard(session, T2)


def test_the_plan_of_the_days_ahead_foresees_it(session: Session, cast: Cast) -> None:
    signed(session, cast)
    heard(session, at(12, 10, 9))
    planned = plan(session, at(12, 10, 12), T2.date())
    assert [
        (line.at, line.whom) for line in planned.lines if line.occasion.startswith("decision")
    ] == [
        (at(12, 11, 9), (cast.huang.name,)),
        (T1, (cast.huang.name,)),
        (T2, (cast.qin.name,)),
    ]


def test_nothing_is_asked_for_a_withdrawn_project(session: Session, cast: Cast) -> None:
    number = signed(session, cast)
    cast.listing.withdrawn_at = at(12, 4, 10)
    session.flush()
    assert names_heard(session, at(12, 8, 9), at(12, 11, 9), FRIDAY, T1, T2, T3) == []
    assert ItemAct.DEADLINE_MISSED not in acts(session, number)
    cast.listing.withdrawn_at = None
    session.flush()
    assert names_heard(session, at(12, 17, 9)) == [cast.huang.name]


def test_a_raised_item_without_a_decision_presses_nobody(session: Session, cast: Cast) -> None:
    an_item(session, cast)
    assert names_heard(session, T1, T2) == []


def test_what_is_being_answered_at_this_moment_is_left_to_the_next_tick(
    database: Database,
) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    with database.transaction() as session:
        cast = builders.the_cast(session)
        number = signed(session, cast)
    with database.transaction() as liaison:
        liaison.exec(
            select(CoordinationItem).where(CoordinationItem.id == number).with_for_update()
        ).one()
        with database.transaction() as planner:
            planner.connection().exec_driver_sql("SET LOCAL lock_timeout = '3s'")
            assert chase_decisions(planner, T1) == 0
        happens(liaison, number, ItemAct.DONE, T1)
    with database.transaction() as session:
        assert chase_decisions(session, T1) == 0
        assert the_decision(session, number).climbed == 0
