"""The policy as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from domain.policy.chasing import Ladder, Reminders, Review
from domain.policy.meetings import Meetings
from domain.policy.reporting import Reporting
from domain.policy.speaking import Budget, Windows
from domain.schema import Between
from domain.vocabulary import Role

Points = Annotated[int, Between(0, 100)]
InARow = Annotated[int, Between(0, 12)]


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the policy is called and where its rules come from."""

    name: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Up to where a figure is plausible; beyond it the reporter is asked why, never refused.

    `over_plan_percent`: year to date above the annual plan. `jump_factor`: a month so many times
    the usual one (万 for 亿). `behind_points` and `far_behind_points`: percentage points behind
    time elapsed, which is the plan times `time_elapsed_percent` times month/12. `unchanged`: how
    often in a row a report may state no change.
    """

    over_plan_percent: Annotated[int, Between(0, 1000)]
    jump_factor: Annotated[int, Between(2, 10_000)]
    behind_points: Points
    far_behind_points: Points
    time_elapsed_percent: Annotated[int, Between(50, 200)]
    unchanged: InARow
    unchanged_preparatory: InARow
    overdue_start_months: Annotated[int, Between(1, 12)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """All the rules an office works by."""

    about: About
    reporting: Reporting
    reminders: Reminders
    ladder: Ladder
    review: Review
    windows: Windows
    budgets: Mapping[Role, Budget]
    margins: Margins
    meetings: Meetings
