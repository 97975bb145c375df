"""/upcoming and the plan: what is shown ahead is what really happens."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod, ReportSource
from db.tables.speech import Message as Sent
from db.tables.speech import Notice
from domain.periods import Period
from domain.policy import Basis
from domain.rounds import Mark
from scheduler.planner import DUTIES as PLANNED
from templates.upcoming import PlannedMessages, Upcoming
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard
from usecases import upcoming as ahead
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.policies import apply_policy
from usecases.upcoming import plan, show_messages, upcoming

NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'
NOVEMBER = Period(2026, 11)
SILENT = {"let go of what is not kept", "seal the audit trail", "keep groups posted"}
"""The planner's duties that make no person hear anything."""


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


def asks(session: Session, contact: Contact, now: dtm.datetime = NOW) -> Upcoming:
    (answer,) = upcoming(session, asker(session, contact, now), None, now)
    assert isinstance(answer.message, Upcoming)
    return answer.message


def test_everything_the_planner_may_say_is_in_the_plan() -> None:
    speaking = [duty.work for duty in PLANNED if duty.name not in SILENT]
    assert speaking == list(ahead.DUTIES)


@pytest.mark.usefixtures("cast")
def test_what_is_planned_is_what_is_said(session: Session) -> None:
    planned = plan(session, NOW, at(30, 0).date())
    said = []
    for instant in sorted({line.at for line in planned.lines}):
        for duty in ahead.DUTIES:
            duty(session, instant)
        said += [(instant, name) for name, _ in heard(session, instant)]
    assert sorted(said) == sorted((line.at, name) for line in planned.lines for name in line.whom)
    assert {name for _, name in said} == {"韦信息员", "黄联络员", "覃专员", "蒙协调员"}


@pytest.mark.usefixtures("cast")
def test_planning_leaves_no_trace(session: Session) -> None:
    before = [(row.id, row.next_act_at, row.climbed) for row in session.exec(select(Obligation))]
    months = len(session.exec(select(ReportingPeriod)).all())
    assert plan(session, NOW, dtm.date(2027, 1, 15)).messages > 0
    assert session.exec(select(Notice)).all() == []
    assert session.exec(select(Sent)).all() == []
    assert len(session.exec(select(ReportingPeriod)).all()) == months
    after = [(row.id, row.next_act_at, row.climbed) for row in session.exec(select(Obligation))]
    assert after == before


def test_a_persons_plan_holds_only_their_own_messages_and_how_each_begins(
    session: Session, cast: Cast
) -> None:
    planned = plan(session, NOW, at(26, 0).date(), cast.wei.id)
    assert [(line.at, line.begins) for line in planned.lines] == [
        (at(20, 9), "11月月报：您有2项待填"),
        (at(24, 9), "11月月报：您有2项待填"),
        (at(25, 9), "11月月报：您有2项待填"),
        (at(25, 15, 30), "11月月报最后提醒：您有2项还没报"),
        (at(26, 9), "11月月报已过期，您还有2项未报"),
    ]


def test_the_next_months_messages_are_foreseen_with_its_opening(
    session: Session, cast: Cast
) -> None:
    december = plan(session, NOW, dtm.date(2026, 12, 31), cast.wei.id)
    assert "12月月报：您有2项待填" in {line.begins for line in december.lines}


def test_a_reporter_sees_their_own_dates(session: Session, cast: Cast) -> None:
    shown = asks(session, cast.wei)
    assert [(date.at, date.mark) for date in shown.dates if date.month == NOVEMBER][:5] == [
        (at(20, 9), Mark.REMINDER),
        (at(24, 9), Mark.REMINDER),
        (at(25, 9), Mark.REMINDER),
        (at(25, 15, 30), Mark.LAST_CALL),
        (at(25, 18), Mark.DUE),
    ]
    assert [one.name for one in shown.owed] == ["柳江新高中", "白露大道（一期）"]
    assert not shown.is_office


def test_leaders_see_when_it_is_due_and_when_they_would_hear(session: Session, cast: Cast) -> None:
    november = [date for date in asks(session, cast.qin).dates if date.month == NOVEMBER]
    assert [(date.mark, date.working_days) for date in november] == [
        (Mark.DUE, 0),
        (Mark.RUNG, 2),
    ]


def test_the_office_sees_every_date_and_what_leaves_next(session: Session, cast: Cast) -> None:
    shown = asks(session, cast.meng)
    rungs = [date for date in shown.dates if date.month == NOVEMBER and date.mark is Mark.RUNG]
    assert [date.working_days for date in rungs] == [1, 2, 3]
    assert shown.leaving
    assert shown.leaving.people == (("report_reminder", 1),)


def test_a_date_that_may_still_move_says_so(session: Session, cast: Cast) -> None:
    december = [date for date in asks(session, cast.wei).dates if date.month == Period(2026, 12)]
    later = asks(session, cast.meng, dtm.datetime(2027, 1, 5, 2, 0, tzinfo=dtm.UTC))
    assert not any(date.is_provisional for date in december if date.at.year == 2026)
    assert any(date.is_provisional for date in later.dates)


def test_a_reviewer_sees_by_when_to_review(session: Session, cast: Cast) -> None:
    row = session.exec(select(Obligation)).first()
    assert row
    row.state = ObligationState.SUBMITTED
    session.add(
        Report(
            obligation_id=row.id,
            revision=1,
            author_id=cast.wei.id,
            source=ReportSource.CHAT,
            basis=Basis.EXPECTED_TO_MONTH_END,
            submitted_at=NOW,
        )
    )
    session.flush()
    obligation_changed(session, row, NOW)
    shown = asks(session, cast.huang)
    assert (shown.reviews, shown.review_by) == (1, at(20, 18))


def test_the_messages_of_the_next_days_are_for_the_office_only(
    session: Session, cast: Cast
) -> None:
    (answer,) = show_messages(session, asker(session, cast.meng), None, NOW)
    assert isinstance(answer.message, PlannedMessages)
    assert answer.message.messages
    (answer,) = show_messages(session, asker(session, cast.huang), None, NOW)
    assert isinstance(answer.message, Upcoming)


def test_a_large_office_is_rehearsed_only_from_the_command_line(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asks(session, cast.meng).shows_messages
    monkeypatch.setattr(ahead, "MOST_REHEARSED", 1)
    assert not asks(session, cast.meng).shows_messages
    (answer,) = show_messages(session, asker(session, cast.meng), None, NOW)
    assert isinstance(answer.message, Upcoming)
