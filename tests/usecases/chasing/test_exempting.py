"""免报: no report is asked of a project for some months, and then it is asked again."""

import datetime as dtm
from typing import TypeVar

import pytest
from sqlmodel import Session, col, select

from db.tables.chasing import Exemption
from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, Report
from domain.brakes import BrakeProblem
from domain.periods import Period
from templates.brakes import AskBrakeReason, BrakeNowhere
from templates.exempting import (
    AskExemptUntil,
    ConfirmExemption,
    ExemptionLifted,
    ExemptionMade,
    ExemptionsInForce,
)
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reporting import ReportNotOpen
from templates.reviewing import ReviewReturned
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard, names_heard
from tests.usecases.chasing import answering
from tests.usecases.reporting.conversing import Talk
from usecases import dialogs
from usecases.answers import Answers
from usecases.asker import Asker
from usecases.chasing import exempting
from usecases.lookup import look_up
from usecases.periods import keep_periods
from usecases.reporting import reviewing
from usecases.reporting.reviewing import Reason

DUE_DAY = at(25, 9)
NEXT_MONTH = at(17, 10).replace(month=12)
Kind = TypeVar("Kind", bound=Message)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


def only(answers: Answers, kind: type[Kind]) -> Kind:
    (answer,) = answers
    assert isinstance(answer.message, kind), answer.message
    return answer.message


def types(session: Session, who: Contact, text: str, now: dtm.datetime) -> Answers:
    return dialogs.hear(look_up)(session, asker(session, who, now), text, now)


def exempt(session: Session, cast: Cast, until: str, now: dtm.datetime = NOW) -> ExemptionMade:
    meng = asker(session, cast.meng, now)
    only(exempting.exempt(session, meng, "白露大道（一期）", now), AskExemptUntil)
    only(types(session, cast.meng, until, now), AskBrakeReason)
    only(types(session, cast.meng, "停建", now), ConfirmExemption)
    return only(exempting.confirm(session, meng, None, now), ExemptionMade)


def states(session: Session, project: Project) -> list[ObligationState]:
    query = select(Obligation).where(Obligation.project_id == project.id)
    return [one.state for one in session.exec(query.order_by(col(Obligation.id)))]


def test_nobody_is_asked_for_an_exempt_report(session: Session, cast: Cast) -> None:
    exempt(session, cast, "11月")
    assert states(session, cast.project) == [ObligationState.EXEMPT]
    ((_, lines),) = heard(session, DUE_DAY)
    assert not any("白露大道" in line for line in lines)
    owed = session.exec(select(Obligation).where(Obligation.project_id == cast.project.id)).one()
    assert isinstance(Talk(session, cast.wei, owed).fills(), ReportNotOpen)


def test_who_was_reminded_hears_once_that_it_is_not_needed(session: Session, cast: Cast) -> None:
    heard(session, at(20, 9))
    made = exempt(session, cast, "11月", at(20, 10))
    assert made.people == 1
    ((name, lines),) = heard(session, at(20, 10))
    assert name == cast.wei.name
    assert lines == ["<b>以下月报免报，不用填了</b>", "1 白露大道（一期）（11月）"]
    assert names_heard(session, at(20, 11)) == []


def test_who_was_not_reminded_hears_nothing(session: Session, cast: Cast) -> None:
    assert exempt(session, cast, "11月").people == 0
    assert names_heard(session, at(19, 10)) == []


def test_later_months_open_exempt_up_to_the_end(session: Session, cast: Cast) -> None:
    exempt(session, cast, "12月")
    keep_periods(session, NEXT_MONTH)
    assert states(session, cast.project) == [ObligationState.EXEMPT] * 2
    keep_periods(session, NEXT_MONTH.replace(year=2027, month=1))
    assert states(session, cast.project)[2:] == [ObligationState.OPEN]


def test_lifted_it_is_owed_again_with_time_to_report(session: Session, cast: Cast) -> None:
    made = exempt(session, cast, "2027年3月")
    late = at(26, 10)
    lifted = only(
        exempting.lift(session, asker(session, cast.meng, late), made.line.exemption_id, late),
        ExemptionLifted,
    )
    assert lifted.again == 1
    owed = session.exec(select(Obligation).where(Obligation.project_id == cast.project.id)).one()
    assert owed.state is ObligationState.OPEN
    assert owed.due_at > late
    keep_periods(session, NEXT_MONTH)
    assert states(session, cast.project)[1:] == [ObligationState.OPEN]


def test_what_is_reported_already_stays_reported(session: Session, cast: Cast) -> None:
    owed = session.exec(select(Obligation).where(Obligation.project_id == cast.project.id)).one()
    owed.state = ObligationState.SUBMITTED
    meng = asker(session, cast.meng)
    asked = only(exempting.exempt(session, meng, "白露大道（一期）", NOW), AskExemptUntil)
    assert asked.first == Period(2026, 12)
    only(exempting.choose_month(session, meng, Period(2026, 12), NOW), AskBrakeReason)
    only(types(session, cast.meng, "停建", NOW), ConfirmExemption)
    only(exempting.confirm(session, meng, None, NOW), ExemptionMade)
    assert states(session, cast.project) == [ObligationState.SUBMITTED]


def begins_exempting(session: Session, cast: Cast) -> Asker:
    """The office is asked to confirm that no report is asked of the project for November."""
    meng = asker(session, cast.meng)
    only(exempting.exempt(session, meng, "白露大道（一期）", NOW), AskExemptUntil)
    only(types(session, cast.meng, "11月", NOW), AskBrakeReason)
    only(types(session, cast.meng, "停建", NOW), ConfirmExemption)
    return meng


def test_what_is_returned_after_it_was_exempted_is_not_asked_for_again(
    session: Session, cast: Cast
) -> None:
    meng = begins_exempting(session, cast)
    answering.reports(session, cast.project, NOW)
    only(exempting.confirm(session, meng, None, NOW), ExemptionMade)
    assert states(session, cast.project) == [ObligationState.SUBMITTED]
    report_id = session.exec(select(Report.id)).one()
    huang = asker(session, cast.huang)
    only(reviewing.give_reason(session, huang, Reason(report_id, 0), NOW), ReviewReturned)
    assert states(session, cast.project) == [ObligationState.EXEMPT]
    assert not any("白露大道" in line for _, said in heard(session, DUE_DAY) for line in said)
    lifted = exempting.lift(session, meng, session.exec(select(Exemption.id)).one(), DUE_DAY)
    assert only(lifted, ExemptionLifted).again == 1
    assert states(session, cast.project) == [ObligationState.RETURNED]


def test_a_project_listed_again_while_it_is_exempt_owes_nothing(
    session: Session, cast: Cast
) -> None:
    meng = begins_exempting(session, cast)
    cast.listing.withdrawn_at = NOW
    keep_periods(session, NOW)
    only(exempting.confirm(session, meng, None, NOW), ExemptionMade)
    cast.listing.withdrawn_at = None
    keep_periods(session, NOW)
    assert states(session, cast.project) == [ObligationState.EXEMPT]


def test_every_exemption_is_listed_with_its_reason(session: Session, cast: Cast) -> None:
    exempt(session, cast, "2027年3月")
    listed = only(exempting.exempt(session, asker(session, cast.meng), "", NOW), ExemptionsInForce)
    (line,) = listed.lines
    assert (line.first, line.last) == (Period(2026, 11), Period(2027, 3))
    assert (line.by, line.reason) == (cast.meng.name, "停建")


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("2026年9月", BrakeProblem.NOT_LATER),
        ("过完年", BrakeProblem.NOT_A_MONTH),
        ("2031年1月", BrakeProblem.TOO_FAR),
    ],
)
def test_a_month_that_makes_no_sense_is_asked_again(
    session: Session, cast: Cast, said: str, problem: BrakeProblem
) -> None:
    exempting.exempt(session, asker(session, cast.meng), "白露大道（一期）", NOW)
    again = only(types(session, cast.meng, said, NOW), AskExemptUntil)
    assert again.problems == (problem,)


def test_nothing_is_exempt_before_it_is_confirmed(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    exempting.exempt(session, meng, "白露大道（一期）", NOW)
    only(exempting.confirm(session, meng, None, NOW), StaleButton)
    assert session.exec(select(Exemption)).all() == []


def test_a_unit_is_never_exempt_as_a_whole(session: Session, cast: Cast) -> None:
    meng = asker(session, cast.meng)
    only(exempting.exempt(session, meng, "柳州市住建局", NOW), BrakeNowhere)


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan"])
def test_only_the_office_exempts(session: Session, cast: Cast, who: str) -> None:
    person = asker(session, getattr(cast, who))
    only(exempting.exempt(session, person, "白露大道（一期）", NOW), NotYours)
    only(exempting.confirm(session, person, None, NOW), NotYours)
    only(exempting.lift(session, person, 1, NOW), NotYours)
