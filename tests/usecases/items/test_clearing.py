"""Whoever was alarmed about a decision hears when it is over; and the office's holds."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.chasing import Hold
from db.tables.items import DecisionState
from db.tables.people import Contact
from db.tables.speech import Delivery, Message, Notice
from domain.brakes import HoldScope
from domain.items.machine import ItemAct
from tests import builders
from tests.builders import Cast, asker
from tests.usecases.chasing.answering import reads
from tests.usecases.items.deadlines import (
    AUTO,
    FRIDAY,
    T1,
    T2,
    T3,
    extends,
    happens,
    heard,
    names_heard,
    the_decision,
)
from tests.usecases.items.desk import NOW, a_decided
from tests.usecases.meetings.hall import at
from usecases.chasing.holds import hold, lift
from usecases.items.all_clear import clear_decision_alarms
from usecases.items.chasing import chase_decisions
from usecases.policies import apply_policy

LATER = at(12, 16, 10)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, AUTO, NOW)
    return cast


def climbed(session: Session, cast: Cast, *moments: dtm.datetime) -> int:
    """A decision nobody did anything about by then; the item's number."""
    found = a_decided(session, cast, due_at=FRIDAY)
    for moment in moments or (T1, T2, T3):
        heard(session, moment)
    return found.id


def test_those_above_hear_once_and_quietly_and_every_alert_says_so(
    session: Session, cast: Cast
) -> None:
    number = climbed(session, cast)
    happens(session, number, ItemAct.DONE, LATER)
    ending = f"✅ 议定事项{number} 白露大道（一期）：已报办结，待销号"
    said = dict(heard(session, LATER))
    assert said == dict.fromkeys(
        (cast.qin.name, cast.lu.name), f"{ending}\n此前提醒解除，无需处理。"
    )
    silent = select(Message.silent).where(
        Message.kind == "decisions_cleared", Message.delivery == Delivery.SEND
    )
    assert session.exec(silent).all() == [True, True]
    assert names_heard(session, LATER, at(12, 17, 9)) == []
    assert clear_decision_alarms(session, LATER) == 0
    for person, kind in (
        (cast.huang, "late_decisions_for_liaison"),
        (cast.qin, "late_decisions_for_commissioner"),
        (cast.lu, "late_decisions_for_first_responsible"),
    ):
        assert ending in reads(session, person, kind)


def test_more_time_is_an_all_clear(session: Session, cast: Cast) -> None:
    number = climbed(session, cast, T1, T2)
    extends(session, number, at(12, 18, 18), at(12, 15, 10))
    said = dict(heard(session, at(12, 15, 16)))
    assert said[cast.qin.name].startswith(
        f"✅ 议定事项{number} 白露大道（一期）：已延期至12月18日(周五)18:00"
    )
    assert cast.lu.name not in said


def replaced(session: Session, number: int) -> None:
    the_decision(session, number).state = DecisionState.REPLACED


def dropped(session: Session, number: int) -> None:
    happens(session, number, ItemAct.DROPPED, LATER)


def refused(session: Session, number: int) -> None:
    happens(session, number, ItemAct.REFUSED, LATER)


def closed_out(session: Session, number: int) -> None:
    happens(session, number, ItemAct.DONE, LATER)
    happens(session, number, ItemAct.CLOSED_OUT, LATER)


@pytest.mark.parametrize(
    ("end", "words"),
    [
        (replaced, "已另行议定"),
        (dropped, "不再督办"),
        (refused, "单位提出不属职责，已退回重大办"),
        (closed_out, "已销号"),
    ],
)
def test_whatever_ends_it_is_said(session: Session, cast: Cast, end: object, words: str) -> None:
    number = climbed(session, cast)
    assert callable(end)
    end(session, number)
    session.flush()
    text = dict(heard(session, LATER))[cast.qin.name]
    assert text.splitlines()[0] == f"✅ 议定事项{number} 白露大道（一期）：{words}"


def test_a_withdrawn_project_is_an_all_clear(session: Session, cast: Cast) -> None:
    climbed(session, cast)
    cast.listing.withdrawn_at = LATER
    session.flush()
    assert "项目已退出计划" in dict(heard(session, LATER))[cast.qin.name]


def test_what_else_is_late_is_said_with_it(session: Session, cast: Cast) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    number = climbed(session, cast)
    happens(session, number, ItemAct.DONE, LATER)
    text = dict(heard(session, LATER))[cast.qin.name]
    assert text.splitlines()[-1] == "此前提醒的议定事项还有1项未办结。"


def test_nobody_hears_of_an_end_who_was_not_alarmed(session: Session, cast: Cast) -> None:
    number = climbed(session, cast, T1)
    happens(session, number, ItemAct.DONE, T1)
    assert names_heard(session, at(12, 14, 10)) == []


def test_what_is_done_and_late_again_meanwhile_is_not_called_over(
    session: Session, cast: Cast
) -> None:
    number = climbed(session, cast)
    happens(session, number, ItemAct.DONE, LATER)
    happens(session, number, ItemAct.SENT_BACK, LATER)
    assert names_heard(session, LATER) == []


HELD = at(12, 14, 8)


def holding(session: Session, cast: Cast, scope: HoldScope, office: Contact) -> Hold:
    row = Hold(
        scope=scope,
        organisation_id=builders.a_unit(session).id if scope is HoldScope.UNIT else None,
        project_id=cast.project.id if scope is HoldScope.PROJECT else None,
        since=HELD,
        held_by_id=office.id,
    )
    hold(session, asker(session, office, HELD), row, HELD)
    return row


@pytest.mark.parametrize("scope", list(HoldScope))
def test_a_hold_keeps_everything_back_and_chasing_goes_on_after_it(
    session: Session, cast: Cast, scope: HoldScope
) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    row = holding(session, cast, scope, cast.meng)
    assert names_heard(session, T1, T2, T3) == []
    lift(session, asker(session, cast.meng, LATER), row, LATER)
    assert names_heard(session, at(12, 17, 9)) == [cast.huang.name]
    assert names_heard(session, at(12, 18, 9)) == [cast.qin.name]


def test_what_was_queued_waits_while_it_is_held(session: Session, cast: Cast) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    chase_decisions(session, T1)
    row = holding(session, cast, HoldScope.EVERYBODY, cast.meng)
    assert names_heard(session, T1) == []
    lift(session, asker(session, cast.meng, LATER), row, at(12, 14, 10))
    assert names_heard(session, at(12, 14, 10)) == [cast.huang.name]


def test_a_reminder_missed_while_held_is_still_said(session: Session, cast: Cast) -> None:
    found = a_decided(session, cast, due_at=FRIDAY)
    happens(session, found.id, ItemAct.SIGNED, at(12, 3, 10))
    row = holding(session, cast, HoldScope.EVERYBODY, cast.meng)
    assert names_heard(session, at(12, 8, 9)) == []
    lift(session, asker(session, cast.meng, LATER), row, at(12, 8, 10))
    assert names_heard(session, at(12, 8, 10)) == [cast.huang.name]


def test_a_hold_on_another_project_changes_nothing(session: Session, cast: Cast) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    other = builders.a_project(session, "柳江新高中")
    row = Hold(scope=HoldScope.PROJECT, project_id=other.id, since=HELD, held_by_id=cast.meng.id)
    hold(session, asker(session, cast.meng, HELD), row, HELD)
    assert names_heard(session, T1) == [cast.huang.name]
    told = select(Notice.occasion).where(col(Notice.subject_kind) == "decision")
    assert session.exec(told).all() == ["decision_overdue"]
