"""An adopted problem becomes a coordination item with one tap."""

import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.audit import AuditEntry
from db.tables.items import CoordinationItem
from db.tables.people import Contact
from db.tables.reporting import Problem, ProjectChange, ProjectChangeKind
from domain.access import ScopeKind
from domain.items.machine import ItemAct, ItemState
from domain.reporting.filling import Step
from domain.vocabulary import Level, ProblemKind, Role
from templates.items import (
    AskItemText,
    AskItemUnit,
    ItemCard,
    ItemNotRaised,
    ItemRaised,
    ItemSettled,
    ItemUnknown,
    RaiseObstacle,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reviewing import ReviewAccepted
from templates.status import ProjectProblems
from templates.updating import UpdateSaved, UpdateSettled
from tests import builders
from tests.builders import LONG_AGO, Cast, asker, the_cast
from tests.usecases.items.desk import a_decided, again
from tests.usecases.meetings.hall import NOW, does, only, types
from tests.usecases.reporting.conversing import Talk, reports_of
from usecases.asked import Wanted, WantedPage
from usecases.following import follow
from usecases.items import raising, reading
from usecases.items.book import note, thread
from usecases.items.raising import AskedOf, close_problem_of, raise_item
from usecases.problems_of import show_problems
from usecases.reporting import reviewing
from usecases.reporting.reviewing import Reason
from usecases.updating import adopting, dialog
from usecases.updating.adopting import Pointed

OFFICE_AND_LIAISON = ["huang", "meng"]


def raised(session: Session, cast: Cast) -> CoordinationItem:
    """Huang has raised the project's one problem."""
    problem = builders.a_problem(session, cast.project)
    does(session, cast.huang, raise_item, problem.id, NOW)
    return session.exec(select(CoordinationItem)).one()


def on_the_page(session: Session, who: Contact, cast: Cast) -> list[str]:
    """The actions the project's page of problems offers this person."""
    page = does(session, who, show_problems, WantedPage(cast.project.id, 0), NOW)
    assert isinstance(page, ProjectProblems)
    return actions(page)


def actions(message: Message) -> list[str]:
    return [getattr(key, "data", "") for row in message.rows() for key in row]


@pytest.mark.parametrize("who", OFFICE_AND_LIAISON)
def test_the_liaison_or_the_office_raises_an_adopted_problem_from_its_page(
    session: Session, who: str
) -> None:
    cast = the_cast(session)
    person = getattr(cast, who)
    problem = builders.a_problem(session, cast.project, ProblemKind.LAND, "指标未落实")
    assert f"item.raise:{problem.id}" in on_the_page(session, person, cast)

    answer = does(session, person, raise_item, problem.id, NOW)

    row = session.exec(select(CoordinationItem)).one()
    assert (row.project_id, row.problem_id, row.kind, row.text) == (
        cast.project.id,
        problem.id,
        ProblemKind.LAND,
        "指标未落实",
    )
    assert (row.state, row.raised_by_id) == (ItemState.RAISED, person.id)
    assert [(entry.act, entry.by_id) for entry in thread(session, row.id)] == [
        (ItemAct.RAISED, person.id)
    ]
    assert isinstance(answer, ItemRaised)
    assert (answer.head.item_id, answer.head.text, answer.asked_of) == (row.id, "指标未落实", "")
    assert [unit.name for unit in answer.units] == ["柳州市住建局"]
    assert "item.raised" in session.exec(select(AuditEntry.action)).all()
    offered = on_the_page(session, person, cast)
    assert f"item.show:{row.id}" in offered
    assert f"item.raise:{problem.id}" not in offered


@pytest.mark.parametrize("who", ["wei", "qin", "lu", "tan", "ou"])
def test_nobody_else_raises_one(session: Session, who: str) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project)
    person = getattr(cast, who)

    assert f"item.raise:{problem.id}" not in on_the_page(session, person, cast)
    assert does(session, person, raise_item, problem.id, NOW) == NotYours()
    assert session.exec(select(CoordinationItem)).all() == []


def test_a_stranger_or_a_forged_number_raises_nothing(session: Session) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project)

    answers = raise_item(session, asker(session, None), problem.id, NOW)

    assert only(answers) == HowToLink()
    assert does(session, cast.huang, raise_item, 10**6, NOW) == StaleButton()


def test_a_problem_is_raised_once_and_answers_with_its_item(session: Session) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    assert row.problem_id

    answer = does(session, cast.meng, raise_item, row.problem_id, NOW)

    assert isinstance(answer, ItemCard)
    assert answer.head.item_id == row.id
    assert session.exec(select(CoordinationItem)).all() == [row]


def test_a_problem_whose_item_was_dropped_may_be_raised_anew(session: Session) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    assert row.problem_id
    note(session, again(session, row.id), ItemAct.DROPPED, NOW)

    assert isinstance(does(session, cast.huang, raise_item, row.problem_id, NOW), ItemRaised)
    assert len(session.exec(select(CoordinationItem)).all()) == 2


def test_what_nobody_adopted_or_what_is_over_cannot_be_raised(session: Session) -> None:
    cast = the_cast(session)
    unread = builders.a_problem(session, cast.project, adopted=None)
    over = builders.a_problem(session, cast.project, closed=NOW)

    told = [does(session, cast.huang, raise_item, one.id, NOW) for one in (unread, over)]

    assert [one.why for one in told if isinstance(one, ItemNotRaised)] == [
        RaiseObstacle.NOT_ADOPTED,
        RaiseObstacle.CLOSED,
    ]


def test_a_withdrawn_project_asks_nothing_of_a_meeting(session: Session) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project)
    cast.listing.withdrawn_at = NOW
    session.flush()

    answer = does(session, cast.huang, raise_item, problem.id, NOW)

    assert isinstance(answer, ItemNotRaised)
    assert answer.why is RaiseObstacle.WITHDRAWN
    assert f"item.raise:{problem.id}" not in on_the_page(session, cast.huang, cast)


@pytest.mark.parametrize(
    ("others", "level"),
    [
        ((), Level.CITY),
        ((Level.REGION,), Level.CITY),
        ((Level.REGION, Level.COUNTY), Level.COUNTY),
    ],
)
def test_it_is_raised_at_the_lowest_level_that_lists_the_project(
    session: Session, others: tuple[Level, ...], level: Level
) -> None:
    cast = the_cast(session)
    for other in others:
        programme = builders.a_programme(session, level=other)
        builders.a_listing(session, cast.project, programme=programme)

    assert raised(session, cast).level is level


def test_a_listing_that_ended_or_is_of_last_year_does_not_lower_the_level(
    session: Session,
) -> None:
    cast = the_cast(session)
    former = builders.a_programme(session, 2025, Level.COUNTY)
    builders.a_listing(session, cast.project, programme=former)
    county = builders.a_programme(session, level=Level.COUNTY)
    left = builders.a_listing(session, cast.project, programme=county)
    left.withdrawn_at = LONG_AGO
    session.flush()

    assert raised(session, cast).level is Level.CITY


def test_a_unit_is_asked_by_button_or_by_name(session: Session) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    lead = builders.a_unit(session)

    pressed = does(session, cast.huang, raising.choose_unit, AskedOf(row.id, lead.id), NOW)
    assert isinstance(pressed, ItemRaised)
    assert (pressed.asked_of, pressed.units) == ("柳州市住建局", ())
    asked = does(session, cast.huang, raising.ask_unit, row.id, NOW)
    assert isinstance(asked, AskItemUnit)
    unknown = types(session, cast.huang, "外星局", NOW)
    assert isinstance(unknown, AskItemUnit)
    assert (unknown.said, unknown.near) == ("外星局", ())
    several = types(session, cast.huang, "市", NOW)
    assert isinstance(several, AskItemUnit)
    assert "市教育局" in [unit.name for unit in several.near]
    named = types(session, cast.huang, "教育局", NOW)

    assert isinstance(named, ItemRaised)
    assert named.asked_of == "市教育局"
    assert row.asked_of_id == builders.a_unit(session, "市教育局").id


def test_the_unit_that_is_asked_reads_the_item(session: Session) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    assert does(session, cast.ou, reading.show, row.id, NOW) == ItemUnknown(row.id)
    education = builders.a_unit(session, "市教育局")

    does(session, cast.huang, raising.choose_unit, AskedOf(row.id, education.id), NOW)

    shown = does(session, cast.ou, reading.show, row.id, NOW)
    assert isinstance(shown, ItemCard)
    assert shown.asked_of == "市教育局"


@pytest.mark.parametrize("who", OFFICE_AND_LIAISON)
def test_its_raiser_and_the_office_put_it_better(session: Session, who: str) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    person = getattr(cast, who)

    assert isinstance(does(session, person, raising.ask_text, row.id, NOW), AskItemText)
    unfit = types(session, person, "长" * 501, NOW)
    assert isinstance(unfit, AskItemText)
    assert unfit.is_unfit
    better = types(session, person, "请市征收办协调剩余2户签约", NOW)

    assert isinstance(better, ItemRaised)
    assert better.head.text == row.text == "请市征收办协调剩余2户签约"
    assert thread(session, row.id)[0].text == "剩2户未签约"


def test_another_liaison_of_the_project_does_not_rewrite_what_was_raised(
    session: Session,
) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    colleague = builders.a_contact(session, "农联络员", account=1011)
    lead = builders.a_unit(session)
    builders.an_assignment(session, colleague, Role.LIAISON, ScopeKind.ORGANISATION, lead.id)

    assert does(session, colleague, raising.ask_text, row.id, NOW) == NotYours()
    assert does(session, cast.wei, raising.ask_unit, row.id, NOW) == NotYours()
    assert does(session, cast.ou, raising.ask_text, row.id, NOW) == ItemUnknown(row.id)


def test_what_was_decided_meanwhile_keeps_its_words(session: Session) -> None:
    cast = the_cast(session)
    decided = a_decided(session, cast)

    assert isinstance(does(session, cast.huang, raising.ask_text, decided.id, NOW), ItemSettled)
    lead = builders.a_unit(session)
    chosen = AskedOf(decided.id, lead.id)
    assert isinstance(does(session, cast.meng, raising.choose_unit, chosen, NOW), ItemSettled)


def test_words_that_come_after_the_decision_change_nothing(session: Session) -> None:
    cast = the_cast(session)
    row = raised(session, cast)
    does(session, cast.huang, raising.ask_text, row.id, NOW)
    note(session, again(session, row.id), ItemAct.DROPPED, NOW)

    assert isinstance(types(session, cast.huang, "换个说法", NOW), ItemSettled)
    assert row.text == "剩2户未签约"


def test_a_problem_just_adopted_is_raised_from_there(session: Session) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project, adopted=None)

    settled = does(session, cast.huang, adopting.adopt, Pointed(1, problem.id), NOW)

    assert isinstance(settled, UpdateSettled)
    assert f"item.raise:{problem.id}" in actions(settled)
    dropped = builders.a_problem(session, cast.project, adopted=None)
    refused = does(session, cast.huang, adopting.dismiss, Pointed(1, dropped.id), NOW)
    assert not any(action.startswith("item.raise") for action in actions(refused))


def test_a_problem_the_liaison_tells_is_raised_from_there_and_an_officers_is_not(
    session: Session,
) -> None:
    cast = the_cast(session)

    own, told = (_tells_a_problem(session, cast, person) for person in (cast.huang, cast.wei))

    assert any(action.startswith("item.raise") for action in actions(own))
    assert not any(action.startswith("item.raise") for action in actions(told))


def _tells_a_problem(session: Session, cast: Cast, who: Contact) -> Message:
    does(session, who, dialog.choose, cast.project.id, NOW)
    types(session, who, "用地指标未落实", NOW)
    saved = does(session, who, dialog.is_problem, 0, NOW)
    assert isinstance(saved, UpdateSaved)
    return saved


def test_a_problem_of_an_accepted_report_is_raised_from_there_and_survives_its_undoing(
    session: Session,
) -> None:
    cast = the_cast(session)
    for month in range(1, 11):
        builders.an_accepted_month(session, cast.listing, month, 10_000_000, progress="路基72%")
    talk = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 11))
    talk.reports("3.06亿", "1200万", "路基80%", "征地剩2户")
    (report,) = reports_of(session, talk.obligation)
    accepted = does(session, cast.huang, reviewing.accept, report.id, NOW)
    assert isinstance(accepted, ReviewAccepted)
    ((problem_id, _),) = accepted.problems
    assert f"item.raise:{problem_id}" in actions(accepted)
    does(session, cast.huang, raise_item, problem_id, NOW)

    does(session, cast.huang, reviewing.undo, report.id, NOW)
    does(session, cast.huang, reviewing.give_reason, Reason(report.id, 0), NOW)
    talk.edits(Step.PROBLEMS)
    talk.submits(talk.types("征地剩1户"))

    row = session.exec(select(CoordinationItem)).one()
    assert session.get_one(Problem, row.problem_id).adopted_at is not None
    assert len(reports_of(session, talk.obligation)) == 2


def test_closing_an_item_out_may_close_its_problem_and_followers_hear(session: Session) -> None:
    cast = the_cast(session)
    problem = builders.a_problem(session, cast.project)
    decided = a_decided(session, cast, problem_id=problem.id)
    does(session, cast.qin, follow, Wanted(cast.project.id), NOW)

    close_problem_of(session, decided, NOW)
    close_problem_of(session, decided, NOW + dtm.timedelta(days=1))

    assert problem.closed_at == NOW
    changes = session.exec(select(ProjectChange.what)).all()
    assert changes == [ProjectChangeKind.PROBLEM_CLOSED]


def test_an_item_without_a_problem_closes_none(session: Session) -> None:
    cast = the_cast(session)
    close_problem_of(session, a_decided(session, cast), NOW)
    assert session.exec(select(ProjectChange.what)).all() == []
