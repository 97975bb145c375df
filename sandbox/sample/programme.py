"""The two sample programmes, put together from the printed figures and the word lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from random import Random

from domain.vocabulary import PlanCategory, Sector
from sandbox.sample.compose import Composed, Composer
from sandbox.sample.facts import Organisation, OrganisationKind, Programme, Project
from sandbox.sample.people import office_organisations, people_of
from sandbox.sample.places import Place, place_in
from sandbox.sample.plans import Plan, read_plan
from sandbox.sample.schedule import Schedule, schedule
from sandbox.sample.slots import Slot, slots_of
from sandbox.sample.units import responsible_units
from sandbox.sample.words import table

DEFAULT_YEAR = 2026
SAMPLE_CODE_YEAR = "0000"
"""Real codes of the national platform begin with a year; this one never was."""

APPROVAL, FILING = "01", "04"
"""The code's kind of procedure: approval (审批) for public projects, filing (备案) for industry."""


@dataclass(frozen=True, slots=True)
class _Listed:
    """A project with the organisations it brings along."""

    project: Project
    organisations: tuple[Organisation, ...]


def guangxi(year: int = DEFAULT_YEAR) -> Programme:
    """Guangxi's 1,132 projects; see ``slots`` for which printed figures hold exactly."""
    return _programme("guangxi", year)


def liuzhou(year: int = DEFAULT_YEAR) -> Programme:
    """Liuzhou's 554 projects to build and 175 preparatory ones; its regions are the counties."""
    return _programme("liuzhou", year)


@cache
def _programme(key: str, year: int) -> Programme:
    plan = read_plan(key)
    listed = _listed(plan, year)
    projects = tuple(entry.project for entry in listed)
    organisations = _organisations(key, listed)
    return Programme(
        key=key,
        level=plan.level,
        year=year,
        batch=plan.batch,
        title=plan.title.format(year=year),
        stated=plan.stated(),
        projects=projects,
        organisations=organisations,
        people=people_of(key, year, organisations, projects),
    )


def _listed(plan: Plan, year: int) -> list[_Listed]:
    rng = Random(f"{plan.key}/projects")
    composer = Composer(Random(f"{plan.key}/names"))
    slots = slots_of(plan, Random(f"{plan.key}/amounts"))
    result = []
    for serial, slot in enumerate(slots, start=plan.first_serial):
        place = place_in(plan, slot.region, rng)
        composed = composer.compose(place, slot.sector, slot.total)
        result.append(_project(plan, serial, year, slot, place, composed, rng))
    return result


def _organisations(key: str, listed: Sequence[_Listed]) -> tuple[Organisation, ...]:
    """Every organisation once, in the order in which the projects name them."""
    everyone = [o for entry in listed for o in entry.organisations]
    by_name = {o.name: o for o in reversed((*office_organisations(key), *everyone))}
    return tuple(reversed(by_name.values()))


def _project(
    plan: Plan, serial: int, year: int, slot: Slot, place: Place, composed: Composed, rng: Random
) -> _Listed:
    course = schedule(slot, year, rng)
    units = responsible_units(place, composed, rng)
    project = Project(
        code=_code(place, composed, serial),
        name=composed.name,
        aliases=(composed.alias,) if composed.alias else (),
        plan_category=slot.category,
        actual_state=course.state,
        sector=composed.sector,
        region=place.region,
        place=_place_text(place, rng),
        scope=composed.scope,
        start_year=course.start_year,
        finish_year=course.finish_year,
        total_investment=slot.total,
        invested_before=course.invested_before,
        annual_planned_investment=slot.annual,
        annual_goal=_goal(slot, composed, course, rng),
        planned_start_month=course.start_month,
        planned_finish_month=course.finish_month,
        responsible_units=tuple(unit.name for unit in units),
        owner=composed.owner,
        agent=_agent(plan.key, composed, rng),
        work=composed.work,
    )
    owner = Organisation(composed.owner, OrganisationKind.OWNER, place.region)
    return _Listed(project, (*units, owner))


def _code(place: Place, composed: Composed, serial: int) -> str:
    procedure = FILING if composed.sector is Sector.INDUSTRY else APPROVAL
    return f"{SAMPLE_CODE_YEAR}-{place.code}-{composed.industry}-{procedure}-{serial:06}"


def _place_text(place: Place, rng: Random) -> str:
    if place.crosses:
        cities = dict.fromkeys(government.region for government in place.governments)
        return str(table("progress")["plain"]["between"]).join(cities)
    spot = rng.choice(place.spots) if place.spots and rng.random() < 0.5 else ""
    return place.county + spot


def _agent(key: str, composed: Composed, rng: Random) -> str | None:
    if not composed.agent or rng.random() < 0.5:
        return None
    agent: str = rng.choice(table("people")["offices"][key]["agents"])
    return agent


def _goal(slot: Slot, composed: Composed, course: Schedule, rng: Random) -> str:
    """The year's goal in words; a continuing project's milestone follows from its plan."""
    preparatory = slot.category is PlanCategory.PREPARATORY
    milestones = table("progress")["preparatory" if preparatory else composed.work]["milestones"]
    template: str = rng.choice(table("progress")["goals"][slot.category])
    month = course.start_month or course.finish_month
    return template.format(month=month, milestone=milestones[_stage(slot, course, rng)])


def _stage(slot: Slot, course: Schedule, rng: Random) -> int:
    match slot.category:
        case PlanCategory.NEW_START:
            return rng.randint(0, 1)
        case PlanCategory.CONTINUING:
            reached = (course.invested_before + (slot.annual or 0)) / slot.total
            return min(5, int(reached * 6))
        case PlanCategory.COMPLETION:
            return 5
        case PlanCategory.PREPARATORY:
            return rng.randint(0, 4)
