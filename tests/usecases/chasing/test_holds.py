"""The office holds chasing: nothing leaves, and afterwards it goes on from where it stood."""

import datetime as dtm
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from db.tables.audit import AuditEntry
from db.tables.chasing import Hold
from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Message as Row
from db.tables.speech import MessageState, Notice, NoticeState, Urgency
from domain.access import ScopeKind
from domain.brakes import BrakeProblem, HoldScope
from domain.vocabulary import Role
from templates.brakes import (
    AskBrakeReason,
    AskHoldUntil,
    BrakeNowhere,
    BrakeTargets,
    HoldLifted,
    HoldMade,
    HoldsInForce,
)
from templates.message import Message
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard, names_heard
from usecases import composing, dialogs
from usecases.answers import Answers
from usecases.chasing import holding, holds
from usecases.chasing.targets import Target
from usecases.chasing.tick import chase
from usecases.lookup import look_up
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.policies import apply_policy

# The report on November is due on Wednesday the 25th, 18:00.
DUE_DAY, T1, T2, T3 = at(25, 9), at(26, 9), at(27, 9), at(30, 9)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'
Kind = TypeVar("Kind", bound=Message)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    builders.a_listing(
        session,
        builders.a_project(session, "柳江新高中"),
        units=(builders.a_unit(session, "市教育局"),),
    )
    keep_periods(session, NOW)
    return cast


def only(answers: Answers, kind: type[Kind]) -> Kind:
    (answer,) = answers
    assert isinstance(answer.message, kind), answer.message
    return answer.message


def types(session: Session, who: Contact, text: str, now: dtm.datetime) -> Answers:
    return dialogs.hear(look_up)(session, asker(session, who, now), text, now)


def hold(session: Session, cast: Cast, words: str, now: dtm.datetime) -> Hold:
    """The coordinator holds until that is lifted, without a reason."""
    meng = asker(session, cast.meng, now)
    only(holding.hold(session, meng, words, now), AskHoldUntil)
    only(holding.choose_open(session, meng, None, now), AskBrakeReason)
    made = only(holding.give_no_reason(session, meng, None, now), HoldMade)
    return session.get_one(Hold, made.line.hold_id)


def lift(session: Session, cast: Cast, row: Hold, now: dtm.datetime) -> None:
    only(holding.lift(session, asker(session, cast.meng, now), row.id, now), HoldLifted)


def lives(session: Session, now: dtm.datetime) -> list[str]:
    """Who hears something now, the planner having looked after the holds, too."""
    holds.keep_holds(session, now)
    return names_heard(session, now)


def test_a_held_unit_is_not_reminded_and_the_others_are(session: Session, cast: Cast) -> None:
    only(holding.hold(session, asker(session, cast.meng), "柳州市住建局", NOW), AskHoldUntil)
    assert types(session, cast.meng, "11月30日", NOW)
    made = only(types(session, cast.meng, "防汛应急", NOW), HoldMade)
    assert made.line.on.scope is HoldScope.UNIT
    assert made.line.reason == "防汛应急"
    assert made.line.until is not None
    assert made.line.until.astimezone(at(1, 0).tzinfo).date() == dtm.date(2026, 11, 30)
    ((name, lines),) = heard(session, DUE_DAY)
    assert name == cast.wei.name
    assert "1 柳江新高中" in lines
    assert not any("白露大道" in line for line in lines)


def test_a_held_project_climbs_no_rung_and_goes_on_from_its_foot(
    session: Session, cast: Cast
) -> None:
    lives(session, DUE_DAY)
    everybody = hold(session, cast, "全部", DUE_DAY)
    for day in (T1, T2, T3):
        assert lives(session, day) == []
    lift(session, cast, everybody, at(30, 10))
    assert lives(session, at(30, 10)) == []
    first = T3.replace(month=12, day=1)
    assert {cast.wei.name, cast.huang.name} <= set(lives(session, first))
    assert cast.qin.name not in lives(session, first + dtm.timedelta(minutes=1))
    assert cast.qin.name in lives(session, first + dtm.timedelta(days=1))


def test_what_is_queued_does_not_leave_until_the_hold_is_lifted(
    session: Session, cast: Cast
) -> None:
    lives(session, DUE_DAY)
    chase(session, T1)
    everybody = hold(session, cast, "全部", T1)
    assert names_heard(session, T1) == []
    lift(session, cast, everybody, at(26, 10))
    said = names_heard(session, at(26, 10))
    assert sorted(said) == sorted([cast.wei.name, cast.huang.name, "欧联络员"])
    assert names_heard(session, at(26, 10, 5)) == []


def test_what_was_reported_meanwhile_is_not_asked_for_at_lifting(
    session: Session, cast: Cast
) -> None:
    lives(session, DUE_DAY)
    chase(session, T1)
    everybody = hold(session, cast, "全部", T1)
    for obligation in session.exec(select(Obligation)):
        obligation.state = ObligationState.SUBMITTED
        obligation_changed(session, obligation, T1)
    lift(session, cast, everybody, at(26, 10))
    assert names_heard(session, at(26, 10)) == []


def test_a_message_that_did_not_leave_at_once_is_called_back(session: Session, cast: Cast) -> None:
    chase(session, DUE_DAY)
    row = composing.compose_next(session, Urgency.ROUTINE, DUE_DAY, frozenset())
    assert row is not None
    hold(session, cast, "白露大道（一期）", DUE_DAY)
    assert session.get_one(Row, row.id).state is MessageState.SUPERSEDED
    ((name, lines),) = heard(session, DUE_DAY)
    assert name == cast.wei.name
    assert not any("白露大道" in line for line in lines)


def test_a_reminder_missed_during_the_hold_is_still_worth_saying(
    session: Session, cast: Cast
) -> None:
    everybody = hold(session, cast, "全部", NOW)
    assert lives(session, DUE_DAY) == []
    lift(session, cast, everybody, at(25, 10))
    assert lives(session, at(25, 10)) == [cast.wei.name]
    assert lives(session, at(25, 10, 5)) == []


def test_a_hold_ends_by_itself_and_the_office_hears_of_it(session: Session, cast: Cast) -> None:
    only(holding.hold(session, asker(session, cast.meng), "全部", NOW), AskHoldUntil)
    only(types(session, cast.meng, "11月24日", NOW), AskBrakeReason)
    only(types(session, cast.meng, "系统演练", NOW), HoldMade)
    assert lives(session, at(24, 9)) == []
    said = lives(session, DUE_DAY)
    assert sorted(said) == sorted([cast.meng.name, cast.wei.name])
    assert (
        only(
            holding.show_holds(session, asker(session, cast.meng), None, DUE_DAY), HoldsInForce
        ).lines
        == ()
    )


def test_of_two_holds_the_one_left_still_holds(session: Session, cast: Cast) -> None:
    everybody = hold(session, cast, "全部", NOW)
    hold(session, cast, "白露大道（一期）", NOW)
    lift(session, cast, everybody, DUE_DAY)
    ((_, lines),) = heard(session, DUE_DAY)
    assert "1 柳江新高中" in lines
    assert not any("白露大道" in line for line in lines)


def test_another_coordinator_hears_of_it_and_may_lift_it(session: Session, cast: Cast) -> None:
    second = builders.a_contact(session, "农协调员", account=1020)
    builders.an_assignment(session, second, Role.COORDINATOR, ScopeKind.ALL)
    row = hold(session, cast, "全部", DUE_DAY)
    ((name, lines),) = heard(session, DUE_DAY)
    assert name == second.name
    assert lines[0] == "<b>已暂停催报</b>"
    only(holding.lift(session, asker(session, second), row.id, DUE_DAY), HoldLifted)
    names = [said for said, _ in heard(session, at(25, 9, 1))]
    assert cast.meng.name in names
    assert second.name not in names


def test_the_stop_button_holds_everything_at_once(session: Session, cast: Cast) -> None:
    lives(session, DUE_DAY)
    chase(session, T1)
    made = only(holding.hold_everything(session, asker(session, cast.meng, T1), None, T1), HoldMade)
    assert made.line.on.scope is HoldScope.EVERYBODY
    assert lives(session, T1) == []
    states = {row.state for row in session.exec(select(Notice).where(Notice.due_at == T1))}
    assert states == {NoticeState.HELD}


def test_holding_the_same_again_replaces_the_hold(session: Session, cast: Cast) -> None:
    first = hold(session, cast, "全部", NOW)
    hold(session, cast, "全部", at(19, 9))
    assert first.lifted_at == at(19, 9)
    assert len(holds.holds_in_force(session)) == 1


def test_who_held_and_who_lifted_is_on_record(session: Session, cast: Cast) -> None:
    lift(session, cast, hold(session, cast, "全部", NOW), NOW)
    actions = [row.action for row in session.exec(select(AuditEntry)) if row.subject_kind == "hold"]
    assert actions == ["hold.made", "hold.lifted"]


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan"])
def test_only_the_office_holds(session: Session, cast: Cast, who: str) -> None:
    person = asker(session, getattr(cast, who))
    only(holding.hold(session, person, "全部", NOW), NotYours)
    only(holding.hold_everything(session, person, None, NOW), NotYours)
    only(holding.lift(session, person, 1, NOW), NotYours)
    assert holds.holds_in_force(session) == []


def test_words_that_may_mean_several_are_asked_about(session: Session, cast: Cast) -> None:
    builders.a_listing(session, builders.a_project(session, "柳江体育公园"))
    names_changed(session)
    shown = only(holding.hold(session, asker(session, cast.meng), "柳江", NOW), BrakeTargets)
    assert {one.name for one in shown.targets} == {"柳江新高中", "柳江体育公园"}
    picked = shown.targets[0]
    target = Target.of(*picked.args)
    asked = only(holding.hold_target(session, asker(session, cast.meng), target, NOW), AskHoldUntil)
    assert asked.on == picked
    only(holding.hold(session, asker(session, cast.meng), "没有这个", NOW), BrakeNowhere)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("看情况", BrakeProblem.NOT_A_DAY),
        ("11月1日", BrakeProblem.NOT_LATER),
        ("2031年1月1日", BrakeProblem.TOO_FAR),
    ],
)
def test_a_day_that_makes_no_sense_is_asked_again(
    session: Session, cast: Cast, said: str, problem: BrakeProblem
) -> None:
    holding.hold(session, asker(session, cast.meng), "全部", NOW)
    again = only(types(session, cast.meng, said, NOW), AskHoldUntil)
    assert again.problems == (problem,)


def names_changed(session: Session) -> None:
    """The index of names is made anew."""
    session.info.clear()
