"""知悉, promises, handing on, difficulties: what each answer to an alert does, and does not."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.chasing import Acknowledgement, Promise, PromiseState
from db.tables.people import Leave
from db.tables.reporting import Problem
from db.tables.speech import Delivery, Message
from domain.vocabulary import ProblemKind
from templates.alerts import AlertOver
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import at, heard, names_heard
from tests.usecases.chasing.answering import newest, obligation_of, presses, reads, reports
from usecases import dialogs, outbox
from usecases.chasing import answers, difficulties, reopening
from usecases.lookup import look_up
from usecases.periods import keep_periods
from usecases.policies import apply_policy

# The report on November is due on Wednesday the 25th, 18:00.
SAYS = dialogs.hear(look_up)
T1, T2, T3 = at(26, 9), at(27, 9), at(30, 9)
DECEMBER_1 = dtm.datetime(2026, 12, 1, 9, 0, tzinfo=T1.tzinfo)
RULES = """extends = "city"
[ladder]
trial_periods = 0
release = "auto"
[[ladder.rungs]]
working_days = 1
time = "09:00"
tells = ["information_officer", "liaison"]
[[ladder.rungs]]
working_days = 2
time = "09:00"
tells = ["liaison", "commissioner"]
[[ladder.rungs]]
working_days = 3
time = "09:00"
tells = ["first_responsible"]
"""


@pytest.fixture
def cast(session: Session) -> Cast:
    """Two late projects; the liaison is told again with the commissioner."""
    cast = builders.the_cast(session)
    apply_policy(session, None, RULES, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    heard(session, T1)
    return cast


def tonight(now: dtm.datetime) -> int:
    return int(now.replace(hour=18, minute=0).timestamp())


def test_whoever_knows_is_told_no_more_and_everybody_else_is(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.know, None, T1)
    assert names_heard(session, T2) == [cast.qin.name]
    assert len(session.exec(select(Acknowledgement)).all()) == 2


def test_whoever_did_not_answer_is_told_again(session: Session, cast: Cast) -> None:
    assert sorted(names_heard(session, T2)) == sorted([cast.huang.name, cast.qin.name])


def test_the_alert_shows_that_it_is_known(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.know, None, T1)
    shown = reads(session, cast.huang)
    assert "您今天09:00已知悉" in shown
    assert "alert.know" not in shown
    assert "alert.promise" in shown


def test_knowing_twice_is_knowing_once(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.know, None, T1)
    presses(session, cast.huang, answers.know, None, at(26, 10))
    assert len(session.exec(select(Acknowledgement)).all()) == 2
    assert newest(session, cast.huang).acknowledged_at == T1


def test_a_promise_holds_the_next_rung_until_it_is_broken(session: Session, cast: Cast) -> None:
    friday = int(at(27, 18).timestamp())
    presses(session, cast.huang, answers.promise, friday, T1)
    assert names_heard(session, T2) == []
    assert names_heard(session, at(27, 18, 30)) == []
    said = dict(heard(session, T3))
    assert set(said) == {cast.qin.name}
    assert any("答复11月27日(周五)18:00前，未报" in line for line in said[cast.qin.name])
    promises = session.exec(select(Promise)).all()
    assert [one.state for one in promises] == [PromiseState.BROKEN] * 2


def test_after_a_broken_promise_the_ladder_goes_on_day_by_day(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.promise, int(at(27, 18).timestamp()), T1)
    assert names_heard(session, T3) == [cast.qin.name]
    assert names_heard(session, DECEMBER_1) == [cast.lu.name]


def test_a_promise_for_today_holds_nothing_longer_than_the_morning(
    session: Session, cast: Cast
) -> None:
    presses(session, cast.huang, answers.promise, tonight(T1), T1)
    assert names_heard(session, T2) == [cast.qin.name]


def test_a_promise_is_kept_by_a_report_that_comes_in_time(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.promise, tonight(T1), T1)
    reports(session, cast.project, at(26, 17))
    heard(session, at(26, 17))
    kept = select(Promise).where(Promise.obligation_id == obligation_of(session, cast.project).id)
    assert session.exec(kept).one().state is PromiseState.KEPT


def test_a_report_after_the_promised_time_does_not_keep_it(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.promise, tonight(T1), T1)
    reports(session, cast.project, at(26, 19))
    heard(session, at(26, 19))
    broken = select(Promise).where(Promise.obligation_id == obligation_of(session, cast.project).id)
    assert session.exec(broken).one().state is PromiseState.BROKEN


def test_a_rung_takes_one_promise_and_the_next_rung_another(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.promise, tonight(T1), T1)
    presses(session, cast.huang, answers.promise, int(at(27, 18).timestamp()), T1)
    assert {one.promised_for for one in session.exec(select(Promise))} == {at(26, 18)}
    heard(session, T2)
    assert "alert.promise" in reads(session, cast.qin)
    presses(session, cast.qin, answers.promise, int(at(30, 18).timestamp()), T2)
    assert names_heard(session, T3) == []
    assert names_heard(session, DECEMBER_1) == [cast.lu.name]


def test_the_alert_offers_no_second_promise(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.promise, tonight(T1), T1)
    shown = reads(session, cast.huang)
    assert "您答复：今天18:00前报送" in shown
    assert "alert.promise" not in shown


@pytest.mark.parametrize("until", [at(25, 18), at(28, 18), DECEMBER_1.replace(hour=18), at(26, 17)])
def test_no_other_time_than_those_offered_can_be_promised(
    session: Session, cast: Cast, until: dtm.datetime
) -> None:
    said = presses(session, cast.huang, answers.promise, int(until.timestamp()), T1)
    assert said[-1].startswith("这个时间现在不能选了")
    assert session.exec(select(Promise)).all() == []


def test_the_first_responsible_person_is_told_what_the_commissioner_answered(
    session: Session, cast: Cast
) -> None:
    heard(session, T2)
    presses(session, cast.qin, answers.know, None, T2)
    said = dict(heard(session, T3))
    assert said[cast.lu.name] == [
        "<b>【重大办】提请关注</b>",
        "贵单位牵头项目11月月报应报2、已报0，以下2项未报：",
        "",
        "1 白露大道（一期）",
        "责任专员11月27日(周五)已知悉。",
        "2 柳江新高中",
        "责任专员11月27日(周五)已知悉。",
        "截至 11月30日(周一)09:00",
    ]


def test_the_first_responsible_person_is_offered_no_promise(session: Session, cast: Cast) -> None:
    for day in (T2, T3):
        heard(session, day)
    shown = reads(session, cast.lu)
    actions = [line for line in shown if "." in line]
    assert actions == ["alert.know", "alert.ask", "status.card", "status.card"]
    assert presses(session, cast.lu, answers.promise, tonight(T3), T3)
    assert session.exec(select(Promise)).all() == []


def test_whom_a_leader_asks_hears_at_once_who_asks(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.know, None, T1)
    heard(session, T2)
    presses(session, cast.qin, answers.hand_on, None, at(27, 9, 30))
    ((name, lines),) = heard(session, at(27, 9, 31))
    assert name == cast.huang.name
    assert lines[0] == "<b>责任专员覃专员请您办理：2项月报</b>"
    assert "已转请黄联络员办理" in reads(session, cast.qin)


def test_handing_on_twice_asks_once(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.know, None, T1)
    heard(session, T2)
    presses(session, cast.qin, answers.hand_on, None, at(27, 9, 30))
    presses(session, cast.qin, answers.hand_on, None, at(27, 9, 30))
    assert names_heard(session, at(27, 9, 31)) == [cast.huang.name]
    assert names_heard(session, at(27, 9, 32)) == []


def test_the_liaison_asks_the_reporter(session: Session, cast: Cast) -> None:
    presses(session, cast.huang, answers.hand_on, None, at(26, 10))
    ((name, lines),) = heard(session, at(26, 10))
    assert name == cast.wei.name
    assert lines[0] == "<b>联络员黄联络员请您补报：2项月报</b>"


def test_nobody_below_to_be_reached_is_said_and_nothing_sent(session: Session, cast: Cast) -> None:
    cast.wei.telegram_user_id = None
    session.flush()
    said = presses(session, cast.huang, answers.hand_on, None, T1)
    assert said == ["信息员未开通，现在转达不到，没有发送。请电话联系，或发“查询”看项目联系人。"]
    assert names_heard(session, at(26, 9, 5)) == []


def test_what_was_handed_on_can_be_answered_too(session: Session, cast: Cast) -> None:
    heard(session, T2)
    presses(session, cast.qin, answers.hand_on, None, T2)
    heard(session, at(27, 9, 5))
    presses(session, cast.huang, answers.promise, tonight(T2), at(27, 9, 6), "asked_from_above")
    assert {one.contact_id for one in session.exec(select(Promise))} == {cast.huang.id}


def test_a_difficulty_becomes_an_unreviewed_problem_that_liaison_and_office_hear(
    session: Session, cast: Cast
) -> None:
    heard(session, T2)
    said = presses(session, cast.qin, difficulties.ask_difficulty, None, T2)
    assert said == ["哪一项有困难？", "", "1 白露大道（一期）", "2 柳江新高中"]
    obligation = obligation_of(session, cast.project)
    presses(session, cast.qin, difficulties.ask_about, obligation.id, T2)
    said = presses(session, cast.qin, SAYS, "征地剩2户未签约", T2)
    assert said[0] == "已记下：白露大道（一期）"
    problem = session.exec(select(Problem)).one()
    assert (problem.kind, problem.adopted_at) == (ProblemKind.LAND_ACQUISITION, None)
    told = dict(heard(session, at(27, 9, 5)))
    assert set(told) == {cast.huang.name, cast.meng.name}
    assert "责任专员覃专员：征地剩2户未签约" in told[cast.meng.name]
    assert "您反映的困难：征地剩2户未签约" in reads(session, cast.qin, "late_for_commissioner")


@pytest.mark.parametrize("words", ["无", "柳" * 501])
def test_a_difficulty_that_says_nothing_is_asked_again(
    session: Session, cast: Cast, words: str
) -> None:
    obligation = obligation_of(session, cast.project)
    presses(session, cast.huang, difficulties.ask_about, obligation.id, T1)
    said = presses(session, cast.huang, SAYS, words, T1)
    assert said[0].startswith("请用一两句话说明")
    assert session.exec(select(Problem)).all() == []


def test_an_answer_after_the_report_came_in_says_that_it_is_over(
    session: Session, cast: Cast
) -> None:
    reports(session, cast.project, at(26, 10))
    presses(session, cast.huang, answers.know, None, at(26, 10))
    known = session.exec(select(Acknowledgement)).all()
    assert {one.obligation_id for one in known}.isdisjoint(
        {obligation_of(session, cast.project).id}
    )
    shown = reads(session, cast.huang)
    assert "✅ 白露大道（一期）：11月26日(周四)10:00已报，待审" in shown


def test_an_alert_that_is_somebody_elses_answers_nothing(session: Session, cast: Cast) -> None:
    alert = newest(session, cast.huang)
    stranger = builders.asker(session, cast.ou, T1).on(alert)
    answers.know(session, stranger, None, T1)
    assert session.exec(select(Acknowledgement)).all() == []


def test_a_deputy_answers_for_whom_they_stand_in(session: Session, cast: Cast) -> None:
    session.add(
        Leave(
            contact_id=cast.qin.id,
            first_day=dtm.date(2026, 11, 27),
            last_day=dtm.date(2026, 11, 27),
            deputy_id=cast.ou.id,
            entered_by_id=cast.qin.id,
            entered_at=T1,
        )
    )
    session.flush()
    assert cast.ou.name in names_heard(session, T2)
    presses(session, cast.ou, answers.know, None, T2)
    assert {one.contact_id for one in session.exec(select(Acknowledgement))} == {cast.ou.id}


def test_an_alert_asked_for_again_is_answered_like_the_one_that_was_told(
    session: Session, cast: Cast
) -> None:
    asker = builders.asker(session, cast.huang, at(26, 10))
    shown = reopening.open_alerts(session, asker, None, at(26, 10))
    outbox.queue_answers(session, asker, shown, None, at(26, 10))
    told, again = session.exec(
        select(Message).where(Message.kind == "late_for_liaison").order_by(col(Message.id))
    ).all()
    answers.know(session, asker.on(again), None, at(26, 10))
    assert len(session.exec(select(Acknowledgement)).all()) == 2
    edits = session.exec(select(Message.target_id).where(Message.delivery == Delivery.EDIT)).all()
    assert told.id in edits
    assert names_heard(session, T2) == [cast.qin.name]


def test_nothing_to_answer_is_said(session: Session, cast: Cast) -> None:
    for contact in (cast.qin, cast.wei, cast.ou):
        asker = builders.asker(session, contact, T1)
        (answer,) = reopening.open_alerts(session, asker, None, T1)
        assert answer.message == AlertOver()
