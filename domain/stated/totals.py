"""Totals somebody stated: in a plan's text, or in a table's subtotal rows."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from domain.place import Place
from domain.vocabulary import PlanCategory, Sector


class Measure(StrEnum):
    """What a stated total counts."""

    PROJECTS = "projects"
    TOTAL_INVESTMENT = "total_investment"
    ANNUAL_PLAN = "annual_plan"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which projects a total is about; what is left open is not limited."""

    categories: tuple[PlanCategory, ...] = ()
    region: str | None = None
    sector: Sector | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A stated number: projects, or whole yuan.

    `step` is what one more in the last printed digit is worth (153.7亿元: ten million yuan);
    the true figure may differ from the printed one by half of it.
    """

    amount: int
    step: int = 1


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What a document says about one scope; None where it says nothing.

    `where` is the sentence or the row's title, to show to whoever must judge it; `place` is the
    row of a table.
    """

    scope: Scope
    projects: Figure | None = None
    total_investment: Figure | None = None
    annual_plan: Figure | None = None
    where: str = ""
    place: Place | None = None

    def figure(self, measure: Measure) -> Figure | None:
        """The figure stated for a measure."""
        match measure:
            case Measure.PROJECTS:
                return self.projects
            case Measure.TOTAL_INVESTMENT:
                return self.total_investment
            case Measure.ANNUAL_PLAN:
                return self.annual_plan

    def stating(self, measure: Measure, figure: Figure) -> Self:
        """The same total with one measure's figure set."""
        match measure:
            case Measure.PROJECTS:
                return replace(self, projects=figure)
            case Measure.TOTAL_INVESTMENT:
                return replace(self, total_investment=figure)
            case Measure.ANNUAL_PLAN:
                return replace(self, annual_plan=figure)
