"""The office gives more time: the due time moves, the ladder with it, and one notice says so."""

import datetime as dtm
from typing import TypeVar

import pytest
from sqlmodel import Session, select

from db.tables.chasing import Extension
from db.tables.people import Contact, Unreachable
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState
from domain.brakes import BrakeProblem
from domain.periods import Period
from templates.brakes import AskBrakeReason, BrakeNowhere, HowToBrake, NothingToBrake
from templates.extending import AskExtendUntil, ConfirmExtension, Extended, ExtendWhichMonth
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import OFFICE, at, heard, names_heard
from usecases import dialogs
from usecases.answers import Answers
from usecases.chasing import extending
from usecases.chasing.tick import chase
from usecases.lookup import look_up
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.policies import apply_policy
from usecases.rules import Published, calendar_moves, load_published

# The report on November is due on Wednesday the 25th, 18:00.
DUE_DAY, T1, T2 = at(25, 9), at(26, 9), at(27, 9)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'
Kind = TypeVar("Kind", bound=Message)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


def only(answers: Answers, kind: type[Kind]) -> Kind:
    (answer,) = answers
    assert isinstance(answer.message, kind), answer.message
    return answer.message


def types(session: Session, who: Contact, text: str, now: dtm.datetime) -> Answers:
    return dialogs.hear(look_up)(session, asker(session, who, now), text, now)


def extend(session: Session, cast: Cast, words: str, day: str, now: dtm.datetime) -> Extended:
    only(extending.extend(session, asker(session, cast.meng, now), words, now), AskExtendUntil)
    only(types(session, cast.meng, day, now), AskBrakeReason)
    only(types(session, cast.meng, "防汛应急", now), ConfirmExtension)
    return only(extending.confirm(session, asker(session, cast.meng, now), None, now), Extended)


def due_of(session: Session, project: Project) -> dtm.datetime:
    query = select(Obligation.due_at).where(Obligation.project_id == project.id)
    return session.exec(query).one().astimezone(OFFICE)


def test_a_project_gets_more_time_and_its_reporter_hears_once(session: Session, cast: Cast) -> None:
    heard(session, DUE_DAY)
    done = extend(session, cast, "白露大道（一期）", "11月30日", at(25, 10))
    assert (done.reports, done.people) == (1, 1)
    assert due_of(session, cast.project) == at(30, 18)
    ((name, lines),) = heard(session, at(25, 10))
    assert name == cast.wei.name
    assert lines == [
        "<b>11月月报延期：您有1项</b>",
        "新的截止 11月30日(周一)18:00",
        "原因 防汛应急",
        "",
        "1 白露大道（一期）",
    ]
    assert names_heard(session, at(25, 10, 5)) == []


def test_the_ladder_climbs_from_the_new_due_time(session: Session, cast: Cast) -> None:
    heard(session, DUE_DAY)
    extend(session, cast, "全部", "11月27日", at(25, 10))
    heard(session, at(25, 10))
    assert cast.huang.name not in names_heard(session, T1)
    assert names_heard(session, T2) == [cast.wei.name]
    assert cast.huang.name in names_heard(session, at(30, 9))


def test_extended_after_it_was_late_the_ladder_starts_at_its_foot(
    session: Session, cast: Cast
) -> None:
    for day in (DUE_DAY, T1):
        heard(session, day)
    extend(session, cast, "全部", "11月30日", at(26, 10))
    heard(session, at(26, 10))
    heard(session, at(30, 9))
    said = names_heard(session, at(1, 9).replace(month=12))
    assert cast.huang.name in said
    assert cast.qin.name not in said


def test_what_a_leader_was_not_told_before_an_extension_is_not_told_after_it(
    session: Session, cast: Cast
) -> None:
    for day in (DUE_DAY, T1):
        heard(session, day)
    chase(session, T2)
    cast.qin.unreachable = Unreachable.BLOCKED
    extend(session, cast, "全部", "11月30日", at(27, 10))
    heard(session, at(27, 10))
    heard(session, at(30, 9))
    cast.qin.unreachable = None
    assert cast.qin.name not in names_heard(session, at(1, 9).replace(month=12))
    assert cast.qin.name in names_heard(session, at(2, 9).replace(month=12))


def test_everybody_of_a_month_hears_in_one_message(session: Session, cast: Cast) -> None:
    heard(session, DUE_DAY)
    done = extend(session, cast, "全部", "11月30日", at(25, 10))
    assert (done.reports, done.people) == (2, 1)
    ((_, lines),) = heard(session, at(25, 10))
    assert lines[0] == "<b>11月月报延期：您有2项</b>"


def test_two_extensions_before_the_notice_leaves_are_told_as_one(
    session: Session, cast: Cast
) -> None:
    extend(session, cast, "白露大道（一期）", "11月26日", at(24, 20))
    extend(session, cast, "白露大道（一期）", "11月30日", at(24, 20))
    said = [lines for _, lines in heard(session, DUE_DAY) if "延期" in lines[0]]
    assert [lines[1] for lines in said] == ["新的截止 11月30日(周一)18:00"]


def test_a_day_off_is_asked_about(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    extending.extend(session, meng, "白露大道（一期）", NOW)
    only(types(session, cast.meng, "11月28日", NOW), AskBrakeReason)
    card = only(types(session, cast.meng, "防汛应急", NOW), ConfirmExtension)
    assert card.instead == dtm.date(2026, 11, 30)
    moved = only(extending.take_working_day(session, meng, card.instead, NOW), ConfirmExtension)
    assert moved.instead is None
    only(extending.confirm(session, meng, None, NOW), Extended)
    assert due_of(session, cast.project) == at(30, 18)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("11月25日", BrakeProblem.NOT_LATER),
        ("昨天", BrakeProblem.NOT_LATER),
        ("再看", BrakeProblem.NOT_A_DAY),
        ("2030年1月1日", BrakeProblem.TOO_FAR),
    ],
)
def test_a_day_that_gives_no_more_time_is_refused(
    session: Session, cast: Cast, said: str, problem: BrakeProblem
) -> None:
    extending.extend(session, asker(session, cast.meng), "白露大道（一期）", NOW)
    again = only(types(session, cast.meng, said, NOW), AskExtendUntil)
    assert again.problems == (problem,)
    assert due_of(session, cast.project) == at(25, 18)


def test_after_the_due_time_today_counts_only_while_its_hour_is_ahead(
    session: Session, cast: Cast
) -> None:
    for hour, kind in ((19, AskExtendUntil), (10, AskBrakeReason)):
        now = at(26, hour)
        extending.extend(session, asker(session, cast.meng, now), "白露大道（一期）", now)
        only(types(session, cast.meng, "今天", now), kind)


def test_nothing_moves_before_it_is_confirmed(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    extending.extend(session, meng, "全部", NOW)
    only(extending.confirm(session, meng, None, NOW), StaleButton)
    types(session, cast.meng, "11月30日", NOW)
    types(session, cast.meng, "防汛应急", NOW)
    assert due_of(session, cast.project) == at(25, 18)
    dialogs.cancel(session, meng, None, NOW)
    only(extending.confirm(session, meng, None, NOW), StaleButton)
    assert session.exec(select(Extension)).all() == []


def test_the_record_says_from_when_to_when_why_and_by_whom(session: Session, cast: Cast) -> None:
    extend(session, cast, "白露大道（一期）", "11月30日", NOW)
    (row,) = session.exec(select(Extension))
    assert (row.due_before, row.due_after) == (at(25, 18), at(30, 18))
    assert (row.reason, row.extended_by_id) == ("防汛应急", cast.meng.id)


def test_what_is_reported_already_is_not_extended(session: Session, cast: Cast) -> None:
    for obligation in session.exec(select(Obligation)):
        obligation.state = ObligationState.SUBMITTED
        obligation_changed(session, obligation, NOW)
    only(
        extending.extend(session, asker(session, cast.meng), "白露大道（一期）", NOW),
        NothingToBrake,
    )


@pytest.mark.parametrize("at_confirmation", [False, True])
def test_what_all_came_in_during_the_conversation_ends_it(
    session: Session, cast: Cast, at_confirmation: bool
) -> None:
    only(extending.extend(session, asker(session, cast.meng), "全部", NOW), AskExtendUntil)
    only(types(session, cast.meng, "11月30日", NOW), AskBrakeReason)
    if at_confirmation:
        only(types(session, cast.meng, "防汛应急", NOW), ConfirmExtension)
    for obligation in session.exec(select(Obligation)):
        obligation.state = ObligationState.SUBMITTED
        obligation_changed(session, obligation, NOW)
    meng = asker(session, cast.meng)
    last = (
        extending.confirm(session, meng, None, NOW)
        if at_confirmation
        else types(session, cast.meng, "防汛应急", NOW)
    )
    only(last, NothingToBrake)
    assert dialogs.open_dialog(session, meng) is None


def test_what_is_listed_after_an_extension_for_everybody_is_due_with_the_others(
    session: Session, cast: Cast
) -> None:
    extend(session, cast, "全部", "11月30日", NOW)
    later = builders.a_project(session, "沙塘污水厂")
    builders.a_listing(session, later)
    keep_periods(session, NOW)
    assert due_of(session, later) == due_of(session, cast.project) == at(30, 18)


def test_more_time_for_everybody_stays_as_granted_when_a_year_is_published(
    session: Session, cast: Cast
) -> None:
    extend(session, cast, "全部", "11月30日", NOW)
    day_off = {"published": True, "off": ["2026-11-25"], "makeup_work": []}
    published = Published("CN", 2026, day_off)
    moves = calendar_moves(session, published, NOW)
    assert Period(2026, 11) not in [one.period for one in moves]
    load_published(session, published, NOW)
    assert due_of(session, cast.project) == at(30, 18)


def test_of_several_months_it_is_asked_which(session: Session, cast: Cast) -> None:
    builders.an_obligation(session, cast.listing, 10)
    meng = asker(session, cast.meng)
    asked = only(extending.extend(session, meng, "白露大道（一期）", NOW), ExtendWhichMonth)
    assert [one.month.month for one in asked.months] == [10, 11]


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan"])
def test_only_the_office_extends(session: Session, cast: Cast, who: str) -> None:
    person = asker(session, getattr(cast, who))
    only(extending.extend(session, person, "全部", NOW), NotYours)
    only(extending.confirm(session, person, None, NOW), NotYours)


def test_it_says_how_to_ask(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    only(extending.extend(session, meng, "", NOW), HowToBrake)
    only(extending.extend(session, meng, "没有这个项目", NOW), BrakeNowhere)
