"""The sample's year of accepted reports adds up, and its problems are believable."""

from collections import Counter
from datetime import date
from itertools import groupby, pairwise

import pytest

from domain.vocabulary import ActualState, PlanCategory, ProblemKind
from sandbox.sample import guangxi, history, liuzhou, problems
from sandbox.sample.facts import MonthFact, Programme
from sandbox.sample.history import course_of

PROGRAMMES = pytest.mark.parametrize("programme", [guangxi(), liuzhou()], ids=["region", "city"])
OCTOBER = (2026, 10)


def by_code(facts: tuple[MonthFact, ...]) -> dict[str, list[MonthFact]]:
    return {code: list(months) for code, months in groupby(facts, key=lambda fact: fact.code)}


@PROGRAMMES
def test_every_project_has_its_months_up_to_the_one_asked_for(programme: Programme) -> None:
    months = by_code(history(programme, OCTOBER))
    assert len(months) == len(programme.projects)
    for project in programme.projects:
        mine = [(fact.year, fact.month) for fact in months[project.code]]
        this_year = [(2026, month) for month in range(1, 11)]
        last_year = [(2025, 11), (2025, 12)] if project.invested_before else []
        assert mine == last_year + this_year


@PROGRAMMES
def test_sums_follow_from_the_months(programme: Programme) -> None:
    months = by_code(history(programme, OCTOBER))
    for project in programme.projects:
        for earlier, later in pairwise(months[project.code]):
            new_year = later.month == 1
            assert later.year_to_date == later.invested + (0 if new_year else earlier.year_to_date)
            assert later.since_start == later.invested + earlier.since_start
        last = months[project.code][-1]
        assert last.since_start == project.invested_before + last.year_to_date
        assert all(fact.invested >= 0 for fact in months[project.code])


@PROGRAMMES
def test_no_project_completes_more_than_its_total_investment(programme: Programme) -> None:
    total = {p.code: p.total_investment for p in programme.projects}
    december = [f for f in history(programme, (2026, 12)) if f.month == 12 and f.year == 2026]
    assert len(december) == len(programme.projects)
    assert all(fact.since_start <= total[fact.code] for fact in december)


@PROGRAMMES
def test_last_years_sum_ends_in_what_was_invested_before(programme: Programme) -> None:
    before = {p.code: p.invested_before for p in programme.projects}
    december = [f for f in history(programme, OCTOBER) if (f.year, f.month) == (2025, 12)]
    assert december
    assert all(fact.since_start == before[fact.code] for fact in december)
    assert all(0 < fact.year_to_date <= fact.since_start for fact in december)


@PROGRAMMES
def test_a_month_is_the_same_whichever_month_one_asks_through(programme: Programme) -> None:
    june = {(f.code, f.year, f.month): f for f in history(programme, (2026, 6))}
    october = {(f.code, f.year, f.month): f for f in history(programme, OCTOBER)}
    shared = june.keys() & october.keys()
    assert len(shared) > len(programme.projects)
    assert all(june[key] == october[key] for key in shared)


@pytest.mark.parametrize("month", [(2024, 12), (2027, 1), (2026, 0), (2026, 13)])
def test_there_is_no_history_beyond_the_samples_two_years(month: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="no history"):
        history(liuzhou(), month)
    with pytest.raises(ValueError, match="no history"):
        problems(liuzhou(), month)


@PROGRAMMES
def test_physical_progress_never_returns_to_what_it_said_before(programme: Programme) -> None:
    for months in by_code(history(programme, (2026, 12))).values():
        said = [text for text, _ in groupby(fact.physical_progress for fact in months)]
        assert len(said) == len(set(said))
        assert not [text for text in said if "{" in text or not text]


@PROGRAMMES
def test_progress_moves_on_when_money_is_spent(programme: Programme) -> None:
    running = {
        p.code for p in programme.projects if p.actual_state is ActualState.UNDER_CONSTRUCTION
    }
    moved = [
        len({fact.physical_progress for fact in months})
        for code, months in by_code(history(programme, OCTOBER)).items()
        if code in running
    ]
    assert sorted(moved)[len(moved) // 2] >= 5


@PROGRAMMES
def test_the_actual_state_shows_in_the_months(programme: Programme) -> None:
    months = by_code(history(programme, OCTOBER))
    for project in programme.projects:
        this_year = [fact.invested for fact in months[project.code] if fact.year == 2026]
        match project.actual_state:
            case ActualState.NOT_STARTED | ActualState.OVERDUE_START:
                assert sum(this_year) == 0
            case ActualState.PREPARATORY_WORK:
                assert sum(this_year) == 0
            case ActualState.SUSPENDED:
                assert sum(this_year[-2:]) == 0
            case ActualState.COMPLETED:
                assert months[project.code][-1].physical_progress == "已竣工，办理验收及结算"
            case ActualState.UNDER_CONSTRUCTION:
                assert sum(this_year) > 0


@PROGRAMMES
def test_some_are_ahead_some_on_plan_and_some_behind(programme: Programme) -> None:
    shares = [
        sum(course_of(p).this_year) / p.annual_planned_investment
        for p in programme.projects
        if p.annual_planned_investment and p.plan_category is PlanCategory.CONTINUING
    ]
    ahead = sum(share > 1.04 for share in shares) / len(shares)
    on_plan = sum(0.94 <= share <= 1.04 for share in shares) / len(shares)
    far_behind = sum(share < 0.5 for share in shares) / len(shares)
    assert 0.08 < ahead < 0.25
    assert 0.35 < on_plan < 0.65
    assert 0.03 < far_behind < 0.2


@PROGRAMMES
def test_little_is_spent_around_the_spring_festival(programme: Programme) -> None:
    by_month: Counter[int] = Counter()
    for fact in history(programme, (2026, 12)):
        by_month[fact.month] += fact.invested
    assert min(by_month, key=lambda month: by_month[month]) == 2
    assert by_month[12] > 2 * by_month[2]


@PROGRAMMES
def test_problems_of_every_kind_are_open_and_closed_out(programme: Programme) -> None:
    known = problems(programme, OCTOBER)
    for kind in ProblemKind:
        mine = [problem for problem in known if problem.kind is kind]
        assert [problem for problem in mine if problem.closed is None]
        assert [problem for problem in mine if problem.closed is not None]
    assert {problem.code for problem in known} <= {p.code for p in programme.projects}
    assert not [p for p in known if "{" in p.text + p.request + (p.outcome or "")]


@PROGRAMMES
def test_a_problem_known_earlier_is_open_until_it_is_closed_out(programme: Programme) -> None:
    june = {(p.code, p.opened, p.text): p for p in problems(programme, (2026, 6))}
    october = {(p.code, p.opened, p.text): p for p in problems(programme, OCTOBER)}
    assert june.keys() < october.keys()
    later = [key for key, p in june.items() if p.closed is None and october[key].closed]
    assert later
    assert all(october[key].closed > date(2026, 6, 30) for key in later)  # type: ignore[operator]
    assert all(june[key].outcome is None for key in later)


@PROGRAMMES
def test_stuck_projects_have_an_open_problem(programme: Programme) -> None:
    stuck = (ActualState.SUSPENDED, ActualState.OVERDUE_START)
    last = {p.code for p in problems(programme, (2026, 12)) if p.closed is None}
    assert {p.code for p in programme.projects if p.actual_state in stuck} <= last


@PROGRAMMES
def test_the_county_concerned_answers_for_land_acquisition(programme: Programme) -> None:
    units = {p.code: p.responsible_units for p in programme.projects}
    cases = [p for p in problems(programme, OCTOBER) if p.kind is ProblemKind.LAND_ACQUISITION]
    supporting = [p for p in cases if p.unit != units[p.code][0]]
    assert supporting
    assert all(p.unit in units[p.code] for p in cases)
    others = [p for p in problems(programme, OCTOBER) if p not in cases]
    assert all(p.unit == units[p.code][0] for p in others)
