import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.audit import AuditEntry
from db.tables.people import Assignment, Contact, Leave
from db.tables.speech import Dialog, MessageState, Notice, NoticeState, Urgency
from domain.chain import Rung
from domain.leave import FIRST, LAST, LeaveProblem
from templates.leave import (
    AskLeaveDeputy,
    AskLeaveFirst,
    AskLeaveLast,
    LeaveCancelled,
    LeaveDays,
    LeaveRecorded,
    NotTheirLeave,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.people import NobodyFound, PeopleFound, Purpose
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases import composing, dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.chain import current_chains
from usecases.leave import cancel_leave, leaves_ahead
from usecases.leave_dialog import Chosen, choose_day, choose_deputy, leave, leave_of

TODAY = dtm.date(2026, 11, 18)
FROM, TO = dtm.date(2026, 11, 25), dtm.date(2026, 11, 27)
MINUTE = dtm.timedelta(minutes=1)


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


def nothing_open(_session: Session, _asker: Asker, _text: str, _now: dtm.datetime) -> Answers:
    return say(StaleButton())


def types(session: Session, who: Asker, text: str, now: dtm.datetime = NOW) -> Message:
    return only(dialogs.hear(nothing_open)(session, who, text, now))


def leaves(session: Session) -> list[Leave]:
    return list(session.exec(select(Leave).order_by(col(Leave.id))))


def recorded(session: Session, cast: Cast, days: str = "11月25日至27日") -> Leave:
    """Huang goes on leave; Qin stands in."""
    huang = asker(session, cast.huang)
    leave(session, huang, days, NOW)
    types(session, huang, "覃专员")
    return leaves(session)[-1]


def test_leave_is_registered_in_three_answers_with_an_echo_each(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)

    assert only(leave(session, huang, "", NOW)) == AskLeaveFirst("", TODAY)
    assert types(session, huang, "11月25日") == AskLeaveLast("", FROM)
    asked = types(session, huang, "27日")
    assert isinstance(asked, AskLeaveDeputy)
    assert (asked.first, asked.last, asked.problems) == (FROM, TO, ())
    assert {line.name for line in asked.people} == {"覃专员", "陆局长"}
    done = types(session, huang, "覃专员")

    (row,) = leaves(session)
    assert done == LeaveRecorded("", LeaveDays(row.id, FROM, TO, "覃专员"), deputy_linked=True)
    assert (row.contact_id, row.first_day, row.last_day) == (cast.huang.id, FROM, TO)
    assert (row.deputy_id, row.entered_by_id) == (cast.qin.id, cast.huang.id)
    assert session.exec(select(Dialog)).all() == []
    assert session.exec(select(AuditEntry.action)).all() == ["leave.recorded"]


def test_an_equal_is_offered_before_a_superior(session: Session) -> None:
    cast = builders.the_cast(session)
    equal = builders.a_contact(session, "农联络")
    equal.organisation_id = cast.huang.organisation_id
    session.flush()

    asked = only(leave(session, asker(session, cast.huang), "11月25日至27日", NOW))

    assert isinstance(asked, AskLeaveDeputy)
    assert [line.name for line in asked.people] == ["农联络", "覃专员", "陆局长"]


def test_the_days_may_follow_the_command(session: Session) -> None:
    cast = builders.the_cast(session)

    message = only(leave(session, asker(session, cast.huang), "11月25日至27日", NOW))

    assert isinstance(message, AskLeaveDeputy)
    assert (message.first, message.last) == (FROM, TO)


def test_everything_can_be_pressed(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)
    leave(session, huang, "", NOW)

    choose_day(session, huang, Chosen(FIRST, TODAY), NOW)
    choose_day(session, huang, Chosen(LAST, TODAY), NOW)
    done = only(choose_deputy(session, huang, cast.lu.id, NOW))

    assert isinstance(done, LeaveRecorded)
    (row,) = leaves(session)
    assert (row.first_day, row.last_day, row.deputy_id) == (TODAY, TODAY, cast.lu.id)


@pytest.mark.parametrize("pressed", [True, False])
def test_nobody_need_stand_in(session: Session, pressed: bool) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)
    leave(session, huang, "明天", NOW)
    types(session, huang, "当天")

    done = (
        only(choose_deputy(session, huang, None, NOW)) if pressed else types(session, huang, "无")
    )

    assert isinstance(done, LeaveRecorded)
    assert leaves(session)[0].deputy_id is None


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("查无此人", LeaveProblem.NO_SUCH_PERSON),
        ("联络员", LeaveProblem.OWN_DEPUTY),
        ("黄联络员", LeaveProblem.OWN_DEPUTY),
        ("专员 局长", LeaveProblem.NO_SUCH_PERSON),
        ("柳州市", LeaveProblem.SEVERAL_PEOPLE),
    ],
)
def test_a_deputy_who_is_not_one_clear_person_is_asked_for_again(
    session: Session, said: str, problem: LeaveProblem
) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)
    leave(session, huang, "11月25日至27日", NOW)

    again = types(session, huang, said)

    assert isinstance(again, AskLeaveDeputy)
    assert again.problems == (problem,)
    assert leaves(session) == []
    assert isinstance(types(session, huang, "覃专员"), LeaveRecorded)


def test_a_deputy_who_is_not_linked_is_taken_with_a_warning(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.qin.telegram_user_id = None
    session.flush()
    huang = asker(session, cast.huang)
    leave(session, huang, "11月25日至27日", NOW)

    done = types(session, huang, "覃专员")

    assert isinstance(done, LeaveRecorded)
    assert not done.deputy_linked


def test_a_button_of_another_question_or_of_no_conversation_is_stale(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)

    assert only(choose_day(session, huang, Chosen(FIRST, TODAY), NOW)) == StaleButton()
    leave(session, huang, "", NOW)
    assert only(choose_day(session, huang, Chosen(LAST, TODAY), NOW)) == StaleButton()
    assert only(choose_deputy(session, huang, cast.qin.id, NOW)) == StaleButton()
    types(session, huang, "11月25日至27日")
    assert only(choose_day(session, huang, Chosen(FIRST, TODAY), NOW)) == StaleButton()
    assert only(choose_deputy(session, huang, cast.huang.id, NOW)) == StaleButton()
    cast.qin.left_at = NOW
    session.flush()
    assert only(choose_deputy(session, huang, cast.qin.id, NOW)) == StaleButton()
    assert leaves(session) == []


def test_a_press_wakes_a_sleeping_conversation(session: Session) -> None:
    cast = builders.the_cast(session)
    huang = asker(session, cast.huang)
    leave(session, huang, "", NOW)

    later = only(choose_day(session, huang, Chosen(FIRST, FROM), NOW + 60 * MINUTE))

    assert later == AskLeaveLast("", FROM)


def test_a_stranger_registers_nothing(session: Session) -> None:
    builders.the_cast(session)
    stranger = asker(session, None)

    assert only(leave(session, stranger, "", NOW)) == HowToLink()
    assert only(leave_of(session, stranger, 1, NOW)) == HowToLink()
    assert only(cancel_leave(session, stranger, 1, NOW)) == HowToLink()
    assert only(choose_day(session, stranger, Chosen(FIRST, TODAY), NOW)) == StaleButton()
    assert only(choose_deputy(session, stranger, None, NOW)) == StaleButton()


@pytest.mark.parametrize(
    ("who", "whom", "allowed"),
    [
        ("meng", "wei", True),
        ("meng", "ou", True),
        ("huang", "wei", True),
        ("huang", "qin", True),
        ("huang", "ou", False),
        ("ou", "wei", False),
        ("qin", "huang", False),
        ("wei", "huang", False),
        ("tan", "huang", False),
        ("lu", "lu", True),
    ],
)
def test_leave_of_others_is_for_their_liaison_and_the_office(
    session: Session, who: str, whom: str, allowed: bool
) -> None:
    cast = builders.the_cast(session)
    person: Contact = getattr(cast, whom)

    message = only(leave_of(session, asker(session, getattr(cast, who)), person.id, NOW))

    expected = AskLeaveFirst("" if who == whom else person.name, TODAY)
    assert message == (expected if allowed else NotTheirLeave(person.name))


def test_the_office_names_the_person_after_the_command(session: Session) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)

    assert only(leave(session, meng, "黄联络员", NOW)) == AskLeaveFirst("黄联络员", TODAY)
    assert only(leave(session, meng, "查无此人", NOW)) == NobodyFound("查无此人")
    several = only(leave(session, meng, "联络员", NOW))
    assert isinstance(several, PeopleFound)
    assert several.purpose is Purpose.LEAVE


def test_who_may_not_register_for_others_learns_no_names(session: Session) -> None:
    cast = builders.the_cast(session)

    assert only(leave(session, asker(session, cast.wei), "联络员", NOW)) == NotYours()


def test_a_right_that_was_lost_meanwhile_ends_the_conversation(session: Session) -> None:
    cast = builders.the_cast(session)
    leave(session, asker(session, cast.meng), "黄联络员", NOW)
    types(session, asker(session, cast.meng), "11月25日至27日")
    for row in session.exec(select(Assignment)):
        if row.contact_id == cast.meng.id:
            row.until = NOW
    session.flush()

    message = types(session, asker(session, cast.meng), "无")

    assert message == NotTheirLeave("黄联络员")
    assert leaves(session) == []


def told(session: Session, now: dtm.datetime = NOW) -> list[tuple[int | None, str]]:
    found = []
    while row := composing.compose_next(session, Urgency.ROUTINE, now, frozenset()):
        found.append((row.contact_id, row.kind))
        # The next one waits until this one has left.
        row.state = MessageState.SENT
    return found


def test_the_deputy_is_told_and_released_when_the_leave_is_taken_back(session: Session) -> None:
    cast = builders.the_cast(session)
    row = recorded(session, cast)

    assert told(session) == [(cast.qin.id, "deputy_named")]
    answer = only(cancel_leave(session, asker(session, cast.huang), row.id, NOW + MINUTE))
    assert answer == LeaveCancelled("", FROM, TO)
    assert told(session, NOW + MINUTE) == [(cast.qin.id, "deputy_released")]


def test_a_leave_taken_back_before_anybody_heard_is_never_mentioned(session: Session) -> None:
    cast = builders.the_cast(session)
    row = recorded(session, cast)

    cancel_leave(session, asker(session, cast.huang), row.id, NOW)

    assert told(session) == []
    assert session.exec(select(Notice.state)).all() == [NoticeState.WITHDRAWN]


def test_a_leave_that_is_over_is_not_told_late(session: Session) -> None:
    cast = builders.the_cast(session)
    recorded(session, cast)

    assert told(session, NOW + dtm.timedelta(days=30)) == []


def test_who_did_not_register_it_themselves_is_told_and_can_take_it_back(
    session: Session,
) -> None:
    cast = builders.the_cast(session)
    meng = asker(session, cast.meng)
    leave(session, meng, "黄联络员", NOW)
    types(session, meng, "11月25日至27日")
    types(session, meng, "无")
    (row,) = leaves(session)

    assert told(session) == [(cast.huang.id, "leave_entered")]
    cancel_leave(session, asker(session, cast.huang), row.id, NOW)
    assert row.cancelled_at == NOW


@pytest.mark.parametrize("who", ["wei", "ou", "tan"])
def test_another_s_leave_stays_whatever_button_is_pressed(session: Session, who: str) -> None:
    cast = builders.the_cast(session)
    row = recorded(session, cast)

    message = only(cancel_leave(session, asker(session, getattr(cast, who)), row.id, NOW))

    assert message == NotTheirLeave("黄联络员")
    assert row.cancelled_at is None


def test_taking_back_twice_is_harmless(session: Session) -> None:
    cast = builders.the_cast(session)
    row = recorded(session, cast)
    huang = asker(session, cast.huang)

    first = cancel_leave(session, huang, row.id, NOW)
    again = cancel_leave(session, huang, row.id, NOW + MINUTE)

    assert only(first) == only(again)
    assert row.cancelled_at == NOW


def test_on_the_days_of_the_leave_the_deputy_acts(session: Session) -> None:
    cast = builders.the_cast(session)
    recorded(session, cast, "今天到后天")

    (found,) = current_chains(session, NOW)

    seat = found.chain.seat(Rung.REVIEWER)
    assert seat is not None
    assert seat.acting_id == cast.qin.id


def test_only_leave_that_is_not_over_or_taken_back_lies_ahead(session: Session) -> None:
    cast = builders.the_cast(session)
    row = recorded(session, cast)

    assert leaves_ahead(session, cast.huang.id, NOW) == [row]
    assert leaves_ahead(session, cast.huang.id, NOW + dtm.timedelta(days=10)) == []
    cancel_leave(session, asker(session, cast.huang), row.id, NOW)
    assert leaves_ahead(session, cast.huang.id, NOW) == []
