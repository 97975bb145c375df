"""About a year of accepted monthly reports, the same whichever month one asks through."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from domain.vocabulary import ActualState, PlanCategory
from sandbox.sample.amounts import apportion
from sandbox.sample.facts import Month, MonthFact, Programme, Project
from sandbox.sample.schedule import STATE_MONTH
from sandbox.sample.words import table

MONTHS_SHOWN = 12
WAN = 10_000
"""Yuan in one 万元, the unit reports are made in."""

SEASON = (0.05, 0.03, 0.07, 0.08, 0.09, 0.09, 0.08, 0.08, 0.10, 0.10, 0.11, 0.12)
"""How a year's investment falls on its months: little around the Spring Festival, much late."""

PACES = ((1.05, 1.25), (0.95, 1.03), (0.55, 0.85), (0.15, 0.45))
"""Ahead of plan, on plan, behind, far behind: shares of the annual plan done by December."""

PACE_WEIGHTS = (15, 50, 28, 7)
STALL_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class Course:
    """A project's investment in yuan, month by month, last year's twelve and this year's."""

    last_year: tuple[int, ...]
    this_year: tuple[int, ...]
    stops_after: int

    def since_start(self, project: Project, index: int) -> int:
        """Investment since the start by the end of month ``index``, 0 to 23."""
        if index < 12:
            return project.invested_before - sum(self.last_year[index + 1 :])
        return project.invested_before + sum(self.this_year[: index - 11])


def history(programme: Programme, through: Month) -> tuple[MonthFact, ...]:
    """The accepted months of every project, at most twelve, the last one being ``through``.

    Raises ValueError for a month outside the programme's year and the year before. Projects new
    to the programme have no months of the year before.
    """
    last = month_index(programme, through)
    return tuple(
        fact
        for project in programme.projects
        for fact in _months(
            project, programme.year, range(max(0, last - MONTHS_SHOWN + 1), last + 1)
        )
    )


def month_index(programme: Programme, month: Month) -> int:
    """The month's place in the sample's two years, 0 being January of the year before."""
    year, number = month
    index = (year - programme.year + 1) * 12 + number - 1
    if not (1 <= number <= 12 and 0 <= index < 24):
        raise ValueError(f"the sample has no history for {year}-{number:02}")
    return index


def course_of(project: Project) -> Course:
    """How the project's investment went, and will go until December."""
    rng = Random(f"{project.code}/history")
    last_year, this_year = _last_year(project, rng), _this_year(project, rng)
    active = [month for month, invested in enumerate(this_year, start=1) if invested]
    return Course(last_year, this_year, max(active, default=0))


def _months(project: Project, year: int, window: range) -> Iterator[MonthFact]:
    course = course_of(project)
    first = 0 if sum(course.last_year) else 12
    for index in window:
        if index < first:
            continue
        this_year = index >= 12
        months = course.this_year if this_year else course.last_year
        number = index % 12 + 1
        yield MonthFact(
            code=project.code,
            year=year if this_year else year - 1,
            month=number,
            invested=months[number - 1],
            year_to_date=sum(months[:number]),
            since_start=course.since_start(project, index),
            physical_progress=_progress(project, course, index),
        )


def _last_year(project: Project, rng: Random) -> tuple[int, ...]:
    if project.invested_before == 0 or project.annual_planned_investment is None:
        return (0,) * 12
    usual = int(project.annual_planned_investment * rng.uniform(0.7, 1.3))
    return _spread(min(project.invested_before, usual), range(1, 13), rng)


def _this_year(project: Project, rng: Random) -> tuple[int, ...]:
    annual = project.annual_planned_investment
    if annual is None or project.actual_state is ActualState.OVERDUE_START:
        return (0,) * 12
    months = _active_months(project, rng)
    low, high = rng.choices(PACES, PACE_WEIGHTS)[0]
    if project.actual_state is ActualState.COMPLETED:
        low, high = 0.95, 1.05
    if project.actual_state is ActualState.SUSPENDED:
        low, high = 0.02, 0.3
    most = project.total_investment - project.invested_before
    return _spread(min(most, int(annual * rng.uniform(low, high))), months, rng)


def _active_months(project: Project, rng: Random) -> range:
    """The months of the year with work on the site, as the actual state has it."""
    if project.actual_state is ActualState.SUSPENDED:
        return range(1, rng.randint(2, STATE_MONTH - 3) + 1)
    if project.actual_state is ActualState.COMPLETED:
        return range(1, (project.planned_finish_month or 12) + 1)
    if project.plan_category is PlanCategory.NEW_START:
        start = project.planned_start_month or 1
        late = rng.choice((0, 0, 0, 1, 2))
        begun = project.actual_state is ActualState.UNDER_CONSTRUCTION
        return range(min(start + late, STATE_MONTH) if begun else start, 13)
    if rng.random() < STALL_CHANCE:
        return range(1, rng.randint(4, 9))
    return range(1, 13)


def _spread(amount: int, months: range, rng: Random) -> tuple[int, ...]:
    weights = [
        SEASON[month - 1] * rng.uniform(0.6, 1.4) if month in months else 0.0
        for month in range(1, 13)
    ]
    return tuple(part * WAN for part in apportion(amount // WAN, weights))


def _progress(project: Project, course: Course, index: int) -> str:
    """Physical progress in words; it never goes back, for investment since the start does not."""
    plain = table("progress")["plain"]
    if project.plan_category is PlanCategory.PREPARATORY:
        return _preparatory_progress(project, index)
    since_start = course.since_start(project, index)
    if since_start == 0:
        return str(plain["not_started"])
    over = index >= 12 and index - 11 >= course.stops_after
    if over and project.actual_state is ActualState.COMPLETED:
        return str(plain["completed"])
    stage = _stage(project, since_start / project.total_investment)
    if over and project.actual_state is ActualState.SUSPENDED and index - 11 > course.stops_after:
        return str(plain["suspended"]).format(stage=stage)
    return stage


def _stage(project: Project, share: float) -> str:
    stages: Sequence[str] = table("progress")[project.work]["stages"]
    number, part = divmod(min(share, 0.999) * len(stages), 1)
    pieces = 60 + int(project.code[-2:]) * 2
    percent = max(1, int(part * 100))
    return stages[int(number)].format(p=percent, done=max(1, int(part * pieces)), all=pieces)


def _preparatory_progress(project: Project, index: int) -> str:
    """One preliminary step after the other, every two to four months."""
    rng = Random(f"{project.code}/preparatory")
    steps: Sequence[str] = table("progress")["preparatory"]["stages"]
    first, every = rng.randint(0, 4), rng.randint(2, 4)
    return steps[min(len(steps) - 1, first + max(0, index - 12) // every)]
