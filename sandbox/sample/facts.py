"""The facts of a sample programme: frozen values, the same for every call.

They have no behaviour and know nothing of the database: a loader, an exporter or a test reads
them. Amounts are whole yuan, months are numbers of the programme's year.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.stated.totals import StatedTotal
from domain.vocabulary import (
    ActualState,
    Language,
    Level,
    PlanCategory,
    ProblemKind,
    Role,
    Sector,
)

Month = tuple[int, int]
"""A year and a month, as in ``(2026, 10)``."""


class OrganisationKind(StrEnum):
    """What an organisation is in the chain of responsibility."""

    GOVERNMENT = "government"
    COUNTY_GOVERNMENT = "county_government"
    ZONE = "zone"
    BUREAU = "bureau"
    DEPARTMENT = "department"
    OWNER = "owner"
    AGENT = "agent"
    OFFICE = "office"
    INSPECTORATE = "inspectorate"


@dataclass(frozen=True, slots=True)
class Organisation:
    """A unit that answers for projects, owns them, builds them for an owner, or coordinates."""

    name: str
    kind: OrganisationKind
    region: str


@dataclass(frozen=True, slots=True)
class Person:
    """An invented contact; ``scope`` empty means the projects of the own unit.

    ``left`` is the day the person left the post, ``leave`` the first and last day of a leave.
    """

    name: str
    unit: str
    position: str
    phone: str
    role: Role
    scope: tuple[str, ...] = ()
    language: Language = Language.ZH
    leave: tuple[date, date] | None = None
    left: date | None = None


@dataclass(frozen=True, slots=True)
class Project:
    """A project with its listing in the programme.

    ``actual_state`` is how things stand at the end of October of the programme's year.
    ``annual_planned_investment`` is None for a preparatory project: the plans give them none.
    ``responsible_units`` are ordered, the first leads. ``work`` says which kind of works it is,
    and so how its physical progress is worded.
    """

    code: str
    name: str
    aliases: tuple[str, ...]
    plan_category: PlanCategory
    actual_state: ActualState
    sector: Sector
    region: str
    place: str
    scope: str
    start_year: int
    finish_year: int
    total_investment: int
    invested_before: int
    annual_planned_investment: int | None
    annual_goal: str
    planned_start_month: int | None
    planned_finish_month: int | None
    responsible_units: tuple[str, ...]
    owner: str
    agent: str | None
    work: str


@dataclass(frozen=True, slots=True)
class Programme:
    """A year's programme with everybody in it; ``stated`` is what its document prints.

    Printed totals disagree with each other in places, and with the projects: Liuzhou's sectors of
    竣工 add to 134, the line above them says 135, and 135 projects there are.
    """

    key: str
    level: Level
    year: int
    batch: str
    title: str
    stated: tuple[StatedTotal, ...]
    projects: tuple[Project, ...]
    organisations: tuple[Organisation, ...]
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class MonthFact:
    """One accepted monthly report: the month's figure is the fact, the sums follow from it."""

    code: str
    year: int
    month: int
    invested: int
    year_to_date: int
    since_start: int
    physical_progress: str


@dataclass(frozen=True, slots=True)
class ProblemFact:
    """A problem of a project; ``closed`` and ``outcome`` are None while it is open."""

    code: str
    kind: ProblemKind
    text: str
    request: str
    unit: str
    opened: date
    closed: date | None
    outcome: str | None
