import datetime as dtm

import pytest
from sqlmodel import Session

from domain.vocabulary import ProblemKind
from templates.linking import HowToLink
from templates.status import ProjectProblems
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.asked import WantedPage
from usecases.problems_of import PROBLEMS_A_PAGE, show_problems


def listed(session: Session, cast: Cast, name: str = "huang", page: int = 0) -> ProjectProblems:
    who = asker(session, getattr(cast, name))
    (answer,) = show_problems(session, who, WantedPage(cast.project.id, page), NOW)
    assert isinstance(answer.message, ProjectProblems)
    return answer.message


def test_what_stands_comes_before_what_was_closed_out(session: Session) -> None:
    cast = builders.the_cast(session)
    days = [NOW - dtm.timedelta(days=days) for days in (30, 20, 10)]
    builders.a_problem(session, cast.project, ProblemKind.LAND, raised=days[0])
    builders.a_problem(session, cast.project, ProblemKind.FUNDING, raised=days[1], closed=NOW)
    builders.a_problem(session, cast.project, ProblemKind.FOREST, raised=days[2])

    message = listed(session, cast)

    kinds = [problem.kind for problem in message.problems]
    assert kinds == [ProblemKind.FOREST, ProblemKind.LAND, ProblemKind.FUNDING]
    assert (message.open_count, message.closed_count) == (2, 1)
    assert message.problems[-1].closed == dtm.date(2026, 11, 18)


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("wei", True),
        ("huang", True),
        ("qin", True),
        ("meng", True),
        ("lu", False),
        ("tan", False),
        ("ou", False),
    ],
)
def test_what_is_unreviewed_stays_with_the_chain_and_the_office(
    session: Session, name: str, sees: bool
) -> None:
    cast = builders.the_cast(session)
    builders.a_problem(session, cast.project)
    builders.a_problem(session, cast.project, ProblemKind.FUNDING, adopted=None)

    message = listed(session, cast, name)

    assert message.open_count == 1
    assert message.unreviewed_count == int(sees)
    assert any(not problem.reviewed for problem in message.problems) is sees


def test_a_long_list_is_paged(session: Session) -> None:
    cast = builders.the_cast(session)
    for number in range(PROBLEMS_A_PAGE + 2):
        builders.a_problem(session, cast.project, text=f"问题{number}")

    message = listed(session, cast, page=1)

    assert len(message.problems) == 2
    assert [button.label for button in message.rows()[-1]] == ["previous_page", "back"]


def test_an_unknown_person_hears_of_no_problems(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.a_problem(session, cast.project)
    (answer,) = show_problems(session, asker(session, None), WantedPage(cast.project.id, 0), NOW)
    assert answer.message == HowToLink()


def test_the_help_the_last_accepted_report_wants_stands_below(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.an_accepted_month(session, cast.listing, 9).wanted_help = "请市电力部门配合"
    builders.an_accepted_month(session, cast.listing, 10).wanted_help = "请加快用地预审"
    session.flush()
    assert listed(session, cast, "ou").wanted_help == "请加快用地预审"
