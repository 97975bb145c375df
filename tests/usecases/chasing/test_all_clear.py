"""Whoever was alarmed hears when it is over: their alert says so, and one quiet line follows."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.chasing import Promise, PromiseState
from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, ReportingPeriod
from db.tables.speech import Delivery, Message, MessageState, Urgency
from tests import builders
from tests.builders import NOW, Cast
from tests.rounds import at, heard, names_heard
from tests.usecases.chasing.answering import (
    newest,
    obligation_of,
    presses,
    reads,
    reports,
    takes_back,
)
from usecases import composing
from usecases.chasing import answers
from usecases.chasing.all_clear import clear_alarms
from usecases.chasing.tick import chase
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.policies import apply_policy

# The report on November is due on Wednesday the 25th, 18:00.
T1, T2, T3 = at(26, 9), at(27, 9), at(30, 9)
T4 = T3.replace(month=12, day=1)
RULES = 'extends = "city"\n[ladder]\ntrial_periods = 0\nrelease = "auto"\n'
# After the day's last digest: the liaison has nothing to wait for.
EVENING = at(30, 15, 40)


@pytest.fixture
def cast(session: Session) -> Cast:
    """Two projects due in an office that is past its trial."""
    cast = builders.the_cast(session)
    apply_policy(session, None, RULES, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


def lives(session: Session, *days: dtm.datetime) -> None:
    for day in days:
        heard(session, day)


def exempts_the_other(session: Session, cast: Cast, now: dtm.datetime) -> None:
    other = select(Obligation).where(Obligation.project_id != cast.project.id)
    obligation = session.exec(other).one()
    obligation.state = ObligationState.EXEMPT
    obligation_changed(session, obligation, now)


def end(
    session: Session, cast: Cast, state: ObligationState, due: dtm.datetime, now: dtm.datetime
) -> None:
    """The office ends it some other way, or gives it more time."""
    obligation = obligation_of(session, cast.project)
    obligation.state, obligation.due_at = state, due
    obligation_changed(session, obligation, now)


def quiet_lines(session: Session, contact: Contact) -> list[Message]:
    query = select(Message).where(Message.contact_id == contact.id, Message.kind == "all_clear")
    return list(session.exec(query.order_by(col(Message.id))))


def test_everybody_who_was_told_hears_once_and_quietly(session: Session, cast: Cast) -> None:
    lives(session, T1, T2, T3)
    reports(session, cast.project, at(30, 15, 35))
    said = dict(heard(session, EVENING))
    assert set(said) == {cast.huang.name, cast.qin.name, cast.lu.name}
    assert said[cast.lu.name] == [
        "✅ 白露大道（一期）11月月报已报，待审（11月30日(周一)15:35）",
        "此前提醒的月报还有1项未办结。",
    ]
    assert all(quiet_lines(session, one)[0].silent for one in (cast.huang, cast.qin, cast.lu))
    assert names_heard(session, at(30, 16)) == []


def test_when_the_last_one_is_in_the_line_says_that_nothing_is_left(
    session: Session, cast: Cast
) -> None:
    lives(session, T1, T2)
    reports(session, cast.project, at(27, 15, 35))
    exempts_the_other(session, cast, at(27, 15, 35))
    said = dict(heard(session, at(27, 15, 40)))
    assert said[cast.qin.name] == [
        "✅ 白露大道（一期）11月月报已报，待审（11月27日(周五)15:35）",
        "✅ 柳江新高中11月月报本期免报",
        "此前提醒解除，无需处理。",
    ]


def test_the_alert_itself_says_how_it_ended(session: Session, cast: Cast) -> None:
    lives(session, T1, T2)
    reports(session, cast.project, at(27, 10))
    heard(session, at(27, 10))
    assert reads(session, cast.qin, "late_for_commissioner")[:6] == [
        "您分管的项目有1项11月月报未报",
        "截至 11月27日(周五)10:00（应报2）",
        "",
        "1 柳江新高中：迟2个工作日，已请联络员办理",
        "",
        "✅ 白露大道（一期）：11月27日(周五)10:00已报，待审",
    ]


def test_an_alert_that_is_over_offers_nothing_more(session: Session, cast: Cast) -> None:
    lives(session, T1, T2)
    reports(session, cast.project, at(27, 10))
    exempts_the_other(session, cast, at(27, 10))
    heard(session, at(27, 10))
    shown = reads(session, cast.qin, "late_for_commissioner")
    assert shown[0] == "您分管项目的11月月报：此前提醒已解除"
    assert not [line for line in shown if line.startswith("alert.")]


@pytest.mark.parametrize(
    ("state", "due", "line"),
    [
        (ObligationState.EXEMPT, at(25, 18), "✅ 白露大道（一期）11月月报本期免报"),
        (ObligationState.WITHDRAWN, at(25, 18), "✅ 白露大道（一期）11月月报已退出计划"),
        (
            ObligationState.OPEN,
            T4.replace(hour=18),
            "✅ 白露大道（一期）11月月报已延期至12月1日(周二)18:00",
        ),
    ],
)
def test_it_is_over_however_it_ended(
    session: Session, cast: Cast, state: ObligationState, due: dtm.datetime, line: str
) -> None:
    lives(session, T1, T2)
    end(session, cast, state, due, at(27, 10))
    said = dict(heard(session, at(27, 10)))
    assert said[cast.qin.name][0] == line


def test_nobody_hears_that_a_report_is_in_of_which_nobody_was_told(
    session: Session, cast: Cast
) -> None:
    reports(session, cast.project, at(25, 17))
    assert names_heard(session, at(25, 17)) == [cast.wei.name]  # the other one's last call
    assert not obligation_of(session, cast.project).alarmed


def test_closing_the_books_ends_the_alarm_for_whoever_was_told(
    session: Session, cast: Cast
) -> None:
    lives(session, T1, T2)
    session.exec(select(ReportingPeriod)).one().closed_at = at(27, 10)
    session.flush()
    said = dict(heard(session, at(27, 10)))
    assert said[cast.qin.name] == [
        "✅ 白露大道（一期）11月月报本期已封账",
        "✅ 柳江新高中11月月报本期已封账",
        "此前提醒解除，无需处理。",
    ]
    assert "✅ 柳江新高中：本期已封账" in reads(session, cast.qin, "late_for_commissioner")
    assert names_heard(session, at(27, 11)) == []


def test_who_was_not_told_is_not_told_that_it_is_over(session: Session, cast: Cast) -> None:
    lives(session, T1)
    reports(session, cast.project, at(26, 15, 35))
    assert names_heard(session, at(26, 15, 40)) == [cast.huang.name]


def test_whoever_enters_it_by_phone_is_not_told_of_their_own_act(
    session: Session, cast: Cast
) -> None:
    lives(session, T1, T2)
    reports(session, cast.project, at(27, 15, 35))
    session.exec(select(Report)).one().author_id = cast.huang.id
    session.flush()
    assert names_heard(session, at(27, 15, 40)) == [cast.qin.name]


def test_nothing_is_taken_back_before_it_has_arrived(session: Session, cast: Cast) -> None:
    chase(session, T1)
    while row := composing.compose_next(session, Urgency.URGENT, T1, frozenset()):
        row.state = MessageState.SENDING
    reports(session, cast.project, at(26, 9, 1))
    assert clear_alarms(session, at(26, 9, 1)) == 0
    newest(session, cast.huang).state = MessageState.SENT
    session.flush()
    assert clear_alarms(session, at(26, 9, 2)) == 1


def test_an_alert_that_never_arrived_is_not_taken_back(session: Session, cast: Cast) -> None:
    chase(session, T1)
    while row := composing.compose_next(session, Urgency.URGENT, T1, frozenset()):
        row.state = MessageState.FAILED
    reports(session, cast.project, at(26, 15, 35))
    assert names_heard(session, at(26, 15, 40)) == []


def test_the_liaison_hears_of_a_days_reports_with_the_next_digest(
    session: Session, cast: Cast
) -> None:
    lives(session, T1)
    reports(session, cast.project, at(26, 10))
    assert cast.huang.name not in names_heard(session, at(26, 10))
    heard(session, at(26, 15, 30))
    assert len(quiet_lines(session, cast.huang)) == 1


def test_a_displaced_account_is_shown_nothing_more(session: Session, cast: Cast) -> None:
    lives(session, T1, T2)
    cast.qin.telegram_user_id = 2003
    session.flush()
    reports(session, cast.project, at(27, 10))
    heard(session, at(27, 10))
    edits = select(Message).where(
        Message.contact_id == cast.qin.id, Message.delivery == Delivery.EDIT
    )
    assert session.exec(edits).all() == []


def test_the_ladder_of_a_report_taken_back_goes_on_where_it_was(
    session: Session, cast: Cast
) -> None:
    lives(session, T1)
    reports(session, cast.project, at(26, 10))
    heard(session, at(26, 10))
    takes_back(session, cast.project, at(26, 11))
    assert names_heard(session, at(26, 11)) == []
    ((name, lines),) = heard(session, T2)
    assert name == cast.qin.name
    assert any("白露大道" in line for line in lines)


def test_whoever_submits_and_takes_back_every_day_gains_nothing(
    session: Session, cast: Cast
) -> None:
    hears = []
    for morning in (T1, T2, T3, T4):
        hears.append(names_heard(session, morning))
        noon = morning + dtm.timedelta(hours=3)
        reports(session, cast.project, noon)
        heard(session, noon)
        takes_back(session, cast.project, noon)
    assert hears == [[cast.wei.name, cast.huang.name], [cast.qin.name], [cast.lu.name], []]


def test_what_is_late_again_is_not_said_to_be_over(session: Session, cast: Cast) -> None:
    lives(session, T1, T2)
    reports(session, cast.project, at(27, 12))
    clear_alarms(session, at(27, 12))
    takes_back(session, cast.project, at(27, 13))
    assert names_heard(session, at(27, 15, 20)) == []


def test_a_promise_nobody_waits_for_any_more_is_dropped(session: Session, cast: Cast) -> None:
    lives(session, T1)
    tonight = int(at(26, 18).timestamp())
    presses(session, cast.huang, answers.promise, tonight, T1)
    end(session, cast, ObligationState.EXEMPT, at(25, 18), at(26, 10))
    heard(session, at(26, 10))
    mine = select(Promise).where(Promise.obligation_id == obligation_of(session, cast.project).id)
    assert session.exec(mine).one().state is PromiseState.DROPPED
