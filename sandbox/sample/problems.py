"""The problems of the sample programme's projects, open and closed out."""

import calendar
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from domain.vocabulary import ActualState, PlanCategory, ProblemKind
from sandbox.sample.facts import Month, OrganisationKind, ProblemFact, Programme, Project
from sandbox.sample.history import SEASON, course_of, month_index
from sandbox.sample.words import table

KIND_WEIGHTS = {
    ProblemKind.LAND: 15,
    ProblemKind.FOREST: 8,
    ProblemKind.LAND_ACQUISITION: 30,
    ProblemKind.FUNDING: 17,
    ProblemKind.APPROVAL: 15,
    ProblemKind.UTILITIES_ACCESS: 8,
    ProblemKind.OTHER: 7,
}
STUCK = (ActualState.SUSPENDED, ActualState.OVERDUE_START)
BEHIND = 0.75
"""A project with less than this share of its plan for January to October is behind."""


def problems(programme: Programme, through: Month) -> tuple[ProblemFact, ...]:
    """The problems known by the end of ``through``; what was closed out later is open then.

    Raises ValueError for a month outside the programme's year and the year before.
    """
    month_index(programme, through)
    last_day = date(*through, calendar.monthrange(*through)[1])
    counties = {
        organisation.name
        for organisation in programme.organisations
        if organisation.kind in (OrganisationKind.COUNTY_GOVERNMENT, OrganisationKind.ZONE)
    }
    return tuple(
        _as_known(problem, last_day)
        for project in programme.projects
        for problem in _of_project(project, programme.year, counties)
        if problem.opened <= last_day
    )


def _as_known(problem: ProblemFact, day: date) -> ProblemFact:
    if problem.closed is None or problem.closed <= day:
        return problem
    return replace(problem, closed=None, outcome=None)


def _of_project(project: Project, year: int, counties: set[str]) -> Iterator[ProblemFact]:
    rng = Random(f"{project.code}/problems")
    for number in range(2 if project.actual_state in STUCK else 1):
        if rng.random() < _chance(project):
            lasts = project.actual_state in STUCK and number == 0
            yield _problem(project, year, counties, lasts, rng)


def _chance(project: Project) -> float:
    if project.actual_state in STUCK:
        return 1.0
    if project.plan_category is PlanCategory.PREPARATORY:
        return 0.3
    return 0.7 if _is_behind(project) else 0.12


def _is_behind(project: Project) -> bool:
    plan = (project.annual_planned_investment or 0) * sum(SEASON[:10])
    started = (project.planned_start_month or 1) == 1
    return started and sum(course_of(project).this_year[:10]) < plan * BEHIND


def _problem(
    project: Project, year: int, counties: set[str], lasts: bool, rng: Random
) -> ProblemFact:
    kind = rng.choices(list(KIND_WEIGHTS), list(KIND_WEIGHTS.values()))[0]
    words = rng.choice(table("problems")[kind])
    blanks = {"place": project.place, "few": rng.randint(2, 9), "some": rng.randint(11, 80)}
    opened = date(year - 1, 12, 1) + timedelta(days=rng.randrange(330))
    solved = not lasts and rng.random() < 0.6
    return ProblemFact(
        code=project.code,
        kind=kind,
        text=words["text"].format(**blanks),
        request=words["request"],
        unit=_answering(project, kind, counties),
        opened=opened,
        closed=opened + timedelta(days=rng.randint(15, 150)) if solved else None,
        outcome=words["outcome"] if solved else None,
    )


def _answering(project: Project, kind: ProblemKind, counties: set[str]) -> str:
    """Who answers: the county concerned for land acquisition, else the lead unit."""
    units = project.responsible_units
    if kind is not ProblemKind.LAND_ACQUISITION:
        return units[0]
    return next((unit for unit in units if unit in counties), units[0])
