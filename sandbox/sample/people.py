"""The invented people of a programme: a chain for every unit, an officer for every owner."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from random import Random

from domain.vocabulary import Language, Role
from sandbox.sample.facts import Organisation, OrganisationKind, Person, Project
from sandbox.sample.words import table

CHAIN = (Role.FIRST_RESPONSIBLE, Role.COMMISSIONER, Role.LIAISON, Role.INFORMATION_OFFICER)
MANY_PROJECTS = 12
"""From here on an owner has two information officers, each with half of the projects."""

NO_COMMISSIONER_EVERY = 11
NO_LIAISON_EVERY = 23
NO_OFFICER_EVERY = 29
ON_LEAVE_EVERY = 61
LEFT_EVERY = 149
ENGLISH_EVERY = 97


def people_of(
    key: str, year: int, organisations: Sequence[Organisation], projects: Sequence[Project]
) -> tuple[Person, ...]:
    """Everybody of the programme, with holes: posts without anybody, people on leave or gone."""
    rng = Random(f"{key}/people")
    posts = [
        *_office_posts(key),
        *(post for unit in _units(organisations) for post in _chain(*unit)),
        *_owner_posts(organisations, projects),
    ]
    first = table("people")["first_phone"][key]
    block = table("people")["phone_block"]
    return tuple(
        _with_absence(replace(post, name=_name(rng), phone=f"{block}{first + i:04}"), i, year)
        for i, post in enumerate(posts)
    )


def office_organisations(key: str) -> tuple[Organisation, ...]:
    """The coordination office, the inspectorate, and the agents who build for owners (代建)."""
    names = table("people")["offices"][key]
    return (
        Organisation(names["office"], OrganisationKind.OFFICE, ""),
        Organisation(names["inspectorate"], OrganisationKind.INSPECTORATE, ""),
        *(Organisation(name, OrganisationKind.AGENT, "") for name in names["agents"]),
    )


def _post(unit: str, position: str, role: Role, scope: tuple[str, ...] = ()) -> Person:
    return Person(name="", unit=unit, position=position, phone="", role=role, scope=scope)


def _office_posts(key: str) -> Iterator[Person]:
    names, positions = table("people")["offices"][key], table("people")["positions"]
    everything = (table("people")["everything"],)
    for position in positions[OrganisationKind.OFFICE]["coordinator"]:
        yield _post(names["office"], position, Role.COORDINATOR, everything)
    inspector = positions[OrganisationKind.INSPECTORATE]["inspector"]
    yield _post(names["inspectorate"], inspector, Role.INSPECTOR, everything)


def _units(organisations: Sequence[Organisation]) -> Iterator[tuple[int, Organisation]]:
    outside = {
        OrganisationKind.OWNER,
        OrganisationKind.AGENT,
        OrganisationKind.OFFICE,
        OrganisationKind.INSPECTORATE,
    }
    return enumerate((o for o in organisations if o.kind not in outside), start=1)


def _chain(number: int, unit: Organisation) -> Iterator[Person]:
    positions = table("people")["positions"][unit.kind]
    for role in CHAIN:
        if role is Role.COMMISSIONER and number % NO_COMMISSIONER_EVERY == 0:
            continue
        if role is Role.LIAISON and number % NO_LIAISON_EVERY == 0:
            continue
        yield _post(unit.name, positions[role].format(head=_head(unit.name)), role)


def _head(unit: str) -> str:
    title: str = next(t for end, t in table("people")["heads"].items() if unit.endswith(end))
    return title


def _owner_posts(
    organisations: Sequence[Organisation], projects: Sequence[Project]
) -> Iterator[Person]:
    position = table("people")["positions"][OrganisationKind.OWNER]["information_officer"]
    owners = [o.name for o in organisations if o.kind is OrganisationKind.OWNER]
    owned = Counter(project.owner for project in projects)
    for number, owner in enumerate(owners, start=1):
        if number % NO_OFFICER_EVERY == 0:
            continue
        for scope in _shares(owner, projects) if owned[owner] >= MANY_PROJECTS else [()]:
            yield _post(owner, position, Role.INFORMATION_OFFICER, scope)


def _shares(owner: str, projects: Sequence[Project]) -> list[tuple[str, ...]]:
    """Two halves of an owner's projects, one given by names and one by codes, as offices do."""
    own = [project for project in projects if project.owner == owner]
    half = len(own) // 2
    return [tuple(p.name for p in own[:half]), tuple(p.code for p in own[half:])]


def _name(rng: Random) -> str:
    words = table("people")
    surname, given = rng.choice(words["surnames"]), rng.choice(words["given"])
    return f"{surname}{given}{words['mark']}"


def _with_absence(person: Person, number: int, year: int) -> Person:
    if person.role in (Role.COORDINATOR, Role.INSPECTOR):
        return person
    if number % LEFT_EVERY == 0:
        return replace(person, left=date(year, 9, 1 + number % 28))
    if number % ON_LEAVE_EVERY == 0:
        month = 10 + number % 2
        return replace(person, leave=(date(year, month, 12), date(year, month, 23)))
    if number % ENGLISH_EVERY == 0:
        return replace(person, language=Language.EN)
    return person
