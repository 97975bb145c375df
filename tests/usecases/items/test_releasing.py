"""The office lets a late decision out to a first-responsible person, or does not."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.chasing import ReleaseVerdict
from db.tables.items import ItemRelease
from domain.items.machine import ItemAct
from templates.office import StaleButton
from tests import builders
from tests.builders import Cast, asker
from tests.usecases.chasing.answering import newest, presses, reads
from tests.usecases.items.deadlines import (
    AUTO,
    FRIDAY,
    NO_TRIAL,
    T1,
    T2,
    T3,
    happens,
    heard,
    names_heard,
    the_decision,
)
from tests.usecases.items.desk import NOW, a_decided
from tests.usecases.meetings.hall import at
from usecases.items import releasing
from usecases.items.all_clear import clear_decision_alarms
from usecases.items.refreshing import know
from usecases.policies import apply_policy

# 09:30 on the day of the third rung; the next working morning.
ASKED, NEXT = at(12, 16, 9, 30), at(12, 17, 9)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    return cast


def climbed(session: Session, cast: Cast) -> int:
    """A decision nobody did anything about until the office is asked; the item's number."""
    found = a_decided(session, cast, due_at=FRIDAY)
    for moment in (T1, T2, T3):
        heard(session, moment)
    return found.id


def test_everything_is_sent_and_the_leader_hears_the_office_speak(
    session: Session, cast: Cast
) -> None:
    heard(session, T1)
    number = a_decided(session, cast, due_at=FRIDAY).id
    heard(session, T1)
    heard(session, T2)
    presses(session, cast.qin, know, None, at(12, 15, 10))
    heard(session, T3)
    lines = presses(session, cast.meng, releasing.send_all, None, ASKED)
    assert lines[-1] == "　已发送给陆局长"
    ((name, text),) = heard(session, ASKED)
    assert name == cast.lu.name
    assert text.splitlines() == [
        "【重大办】提请关注",
        "协调会议定、由贵单位负责的以下1项尚未办结：",
        "",
        f"事项{number} 白露大道（一期）：完成剩余2户征收签约",
        "　时限12月11日(周五)。责任专员12月15日(周二)已知悉。",
        "截至 12月16日(周三)09:30",
    ]
    assert names_heard(session, NEXT, at(12, 18, 9)) == []


def test_what_is_not_released_is_asked_anew_every_working_morning(
    session: Session, cast: Cast
) -> None:
    climbed(session, cast)
    assert names_heard(session, at(12, 16, 15)) == []
    assert names_heard(session, NEXT) == [cast.meng.name]
    assert names_heard(session, at(12, 18, 9)) == [cast.meng.name]


def test_one_by_one_some_are_sent_and_some_put_off_for_the_day(
    session: Session, cast: Cast
) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    number = climbed(session, cast)
    first, second = session.exec(select(ItemRelease)).all(), the_decision(session, number)
    assert first == []
    lines = presses(session, cast.meng, releasing.show_each, None, ASKED)
    assert lines[0].startswith("1/2 · 议定事项")
    other = the_decision(session, number - 1)
    lines = presses(session, cast.meng, releasing.send, other.id, ASKED)
    assert lines[0].startswith("2/2 · 议定事项")
    lines = presses(session, cast.meng, releasing.put_off, second.id, ASKED)
    assert "　已暂缓；还未办结的话，下个工作日再请您定" in lines
    verdicts = {row.decision_id: row.verdict for row in session.exec(select(ItemRelease))}
    assert verdicts == {other.id: ReleaseVerdict.SENT, second.id: ReleaseVerdict.HELD_BACK}
    ((name, text),) = heard(session, ASKED)
    assert (name, "以下1项" in text) == (cast.lu.name, True)
    ((name, text),) = heard(session, NEXT)
    assert (name, f"事项{number} 白露大道" in text) == (cast.meng.name, True)


def test_what_was_done_meanwhile_is_not_sent(session: Session, cast: Cast) -> None:
    number = climbed(session, cast)
    happens(session, number, ItemAct.DONE, ASKED)
    lines = presses(session, cast.meng, releasing.send_all, None, ASKED)
    assert lines[-1] == f"✅ 议定事项{number} 白露大道（一期）：已报办结，待销号"
    assert cast.lu.name not in names_heard(session, ASKED)


def test_what_was_decided_already_says_so_when_it_is_pressed_again(
    session: Session, cast: Cast
) -> None:
    decision = the_decision(session, climbed(session, cast))
    presses(session, cast.meng, releasing.send, decision.id, ASKED)
    lines = presses(session, cast.meng, releasing.put_off, decision.id, ASKED)
    assert "　已发送给陆局长" in lines
    assert session.exec(select(ItemRelease)).one().verdict is ReleaseVerdict.SENT


def test_what_was_put_off_waits_for_the_next_list(session: Session, cast: Cast) -> None:
    decision = the_decision(session, climbed(session, cast))
    presses(session, cast.meng, releasing.put_off, decision.id, ASKED)
    presses(session, cast.meng, releasing.send, decision.id, ASKED)
    assert session.exec(select(ItemRelease)).one().verdict is ReleaseVerdict.HELD_BACK


def test_an_unreachable_leader_is_shown_and_not_waited_for(session: Session, cast: Cast) -> None:
    cast.lu.telegram_user_id = None
    session.flush()
    climbed(session, cast)
    assert "　第一责任人陆局长未开通，送不到" in reads(session, cast.meng)


def test_the_list_can_be_asked_for_again(session: Session, cast: Cast) -> None:
    climbed(session, cast)
    presses(session, cast.meng, releasing.open_list, None, ASKED)
    lines = presses(session, cast.meng, releasing.send_all, None, ASKED, "decision_release_asked")
    assert lines[-1] == "　已发送给陆局长"


def test_with_nothing_to_let_out_the_old_button_says_so(session: Session, cast: Cast) -> None:
    number = climbed(session, cast)
    happens(session, number, ItemAct.DONE, ASKED)
    (answer,) = releasing.open_list(session, asker(session, cast.meng, ASKED), None, ASKED)
    assert isinstance(answer.message, StaleButton)


def test_an_office_that_wants_no_list_has_leaders_told_at_once(session: Session) -> None:
    cast = builders.the_cast(session)
    apply_policy(session, None, AUTO, NOW)
    a_decided(session, cast, due_at=FRIDAY)
    assert names_heard(session, T1, T2, T3) == [cast.huang.name, cast.qin.name, cast.lu.name]


def test_an_office_that_never_tells_leaders_asks_nobody(session: Session) -> None:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL + 'release = "off"\n', NOW)
    a_decided(session, cast, due_at=FRIDAY)
    assert names_heard(session, T1, T2, T3, NEXT) == [cast.huang.name, cast.qin.name]


def test_whoever_takes_note_sees_it_on_the_alert(session: Session, cast: Cast) -> None:
    a_decided(session, cast, due_at=FRIDAY)
    heard(session, T1)
    heard(session, T2)
    lines = presses(session, cast.qin, know, None, T2 + dtm.timedelta(minutes=5))
    assert lines[-1] == "您今天09:05已知悉"
    assert reads(session, cast.qin)[-1] == "item.show"
    assert newest(session, cast.qin).acknowledged_at == T2 + dtm.timedelta(minutes=5)


def test_taking_note_of_what_is_over_is_answered_kindly(session: Session, cast: Cast) -> None:
    found = a_decided(session, cast, due_at=FRIDAY)
    heard(session, T1)
    heard(session, T2)
    happens(session, found.id, ItemAct.DONE, T2)
    lines = presses(session, cast.qin, know, None, T2)
    assert lines[0] == "您分管的议定事项：此前提醒已解除"
    clear_decision_alarms(session, T2)
    assert newest(session, cast.qin).acknowledged_at is None


def test_where_nobody_could_be_told_the_office_hears_so_once(session: Session, cast: Cast) -> None:
    cast.lu.telegram_user_id = None
    climbed(session, cast)
    assert names_heard(session, NEXT, at(12, 18, 9)) == []


def test_once_somebody_can_be_told_the_office_is_asked(session: Session, cast: Cast) -> None:
    account, cast.lu.telegram_user_id = cast.lu.telegram_user_id, None
    climbed(session, cast)
    cast.lu.telegram_user_id = account
    assert names_heard(session, NEXT) == [cast.meng.name]
    lines = presses(session, cast.meng, releasing.send_all, None, NEXT)
    assert lines[-1] == "　已发送给陆局长"
