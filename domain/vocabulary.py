"""The field's closed sets, one word for one thing in code, database, messages and docs."""

from enum import StrEnum


class Language(StrEnum):
    """The languages the product speaks; every message exists in each."""

    ZH = "zh"
    EN = "en"


class PlanCategory(StrEnum):
    """What the plan lists a project as; kept apart from its actual state."""

    NEW_START = "new_start"
    CONTINUING = "continuing"
    COMPLETION = "completion"
    PREPARATORY = "preparatory"


class ActualState(StrEnum):
    """What a project really is at the moment, whatever the plan calls it."""

    PREPARATORY_WORK = "preparatory_work"
    NOT_STARTED = "not_started"
    OVERDUE_START = "overdue_start"
    UNDER_CONSTRUCTION = "under_construction"
    SUSPENDED = "suspended"
    COMPLETED = "completed"


class Sector(StrEnum):
    """The four sectors by which the plans give their totals."""

    INFRASTRUCTURE = "infrastructure"
    INDUSTRY = "industry"
    LIVELIHOOD = "livelihood"
    ECOLOGY = "ecology"


class Level(StrEnum):
    """The level of government that coordinates a programme."""

    REGION = "region"
    CITY = "city"
    COUNTY = "county"


class Role(StrEnum):
    """What a contact does in the chain of responsibility, or for the office."""

    INFORMATION_OFFICER = "information_officer"
    LIAISON = "liaison"
    COMMISSIONER = "commissioner"
    FIRST_RESPONSIBLE = "first_responsible"
    COORDINATOR = "coordinator"
    INSPECTOR = "inspector"


class ProblemKind(StrEnum):
    """What a project's problem is about, as coordination meetings sort them."""

    LAND = "land"
    FOREST = "forest"
    LAND_ACQUISITION = "land_acquisition"
    FUNDING = "funding"
    APPROVAL = "approval"
    UTILITIES_ACCESS = "utilities_access"
    OTHER = "other"
