"""`[reminders]`, `[ladder]`, `[review]`: who is asked when, before and after something is due."""

import datetime as dtm
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated

from domain.schema import Between, Fault, FaultCode
from domain.vocabulary import Role

WorkingDays = Annotated[int, Between(1, 20)]
WorkingDaysOrNone = Annotated[int, Between(0, 20)]


class Release(StrEnum):
    """Whether what is meant for a first-responsible person waits for the coordinator's word."""

    ASK = "ask"
    AUTO = "auto"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeWatch:
    """From how many working days before the due day until how many after it the office is told
    twice a day where the round stands."""

    before: WorkingDaysOrNone
    after: WorkingDaysOrNone


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminders:
    """Who owes a report is reminded so many working days before (0: on the due day), with a last
    call on the due day itself."""

    working_days_before: tuple[WorkingDaysOrNone, ...]
    time: dtm.time
    last_call: dtm.time
    office_watch: OfficeWatch

    def faults(self) -> Iterator[Fault]:
        """Reminders go from early to late and never twice a day."""
        if any(later >= earlier for earlier, later in pairwise(self.working_days_before)):
            path, days = "working_days_before", self.working_days_before
            yield Fault(path, FaultCode.CONFLICT, ", ".join(map(str, days)), "3, 1, 0")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """So many working days after the due day these roles hear that something is still missing."""

    working_days: WorkingDays
    time: dtm.time
    tells: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A promise is for this time of day, on one of so many working days from today on."""

    working_days: WorkingDays
    time: dtm.time


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How lateness climbs.

    Nobody above the liaison is told unless a request was delivered below so many working days
    before (`after_delivery`). In a new office's first `trial_periods` those rungs are only shown
    to the coordinator.
    """

    release: Release
    trial_periods: Annotated[int, Between(0, 24)]
    after_delivery: WorkingDays
    promise: Promise
    rungs: tuple[Rung, ...]

    def faults(self) -> Iterator[Fault]:
        """Rungs climb day by day."""
        yield from rungs_in_order(self.rungs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A report is reviewed within so many working days, then the reviewer is chased like a
    reporter. `return_working_days` is the least time a returned report has."""

    working_days: WorkingDays
    return_working_days: WorkingDays
    undo_minutes: Annotated[int, Between(0, 24 * 60)]
    rungs: tuple[Rung, ...]

    def faults(self) -> Iterator[Fault]:
        """Rungs climb day by day."""
        yield from rungs_in_order(self.rungs)


def rungs_in_order(rungs: tuple[Rung, ...]) -> Iterator[Fault]:
    """A fault for each rung that does not come on a later day than the one below it."""
    for number, (lower, higher) in enumerate(pairwise(rungs), start=1):
        if higher.working_days <= lower.working_days:
            path = f"rungs[{number}].working_days"
            yield Fault(path, FaultCode.CONFLICT, str(higher.working_days), "")
