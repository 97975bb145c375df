"""A sample office small enough for a test: the first projects of a sample, with their people."""

from collections.abc import Iterable
from dataclasses import replace

from domain.vocabulary import PlanCategory, Role
from sandbox.sample.facts import Programme, Project

EACH = 6


def shrunk(programme: Programme, also: Iterable[str] = ()) -> Programme:
    """Six projects of each category, those named in `also`, and everybody who answers for them."""
    named = set(also)
    chosen = [
        project
        for category in PlanCategory
        for project in [one for one in programme.projects if one.plan_category is category][:EACH]
    ]
    kept = (*chosen, *(one for one in programme.projects if one.name in named))
    units = {unit for project in kept for unit in _units(project)}
    office = (Role.COORDINATOR, Role.INSPECTOR)
    return replace(
        programme,
        projects=tuple(dict.fromkeys(kept)),
        organisations=tuple(one for one in programme.organisations if one.name in units),
        people=tuple(
            replace(person, scope=()) if person.role not in office else person
            for person in programme.people
            if person.unit in units or person.role in office
        ),
    )


def _units(project: Project) -> tuple[str, ...]:
    return (*project.responsible_units, project.owner)
