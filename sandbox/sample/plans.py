"""The figures the two plans print, as lines of stated totals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.stated.totals import Figure, Scope, StatedTotal
from domain.vocabulary import Level, PlanCategory, Sector
from sandbox.sample.words import table

YI = 100_000_000
"""Yuan in one 亿元, the unit the plans print."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """One line of the plan: projects and yuan of a part, None where it prints no figure.

    The line of a part of a category names its region or its sector, the line of a region across
    the categories has no category.
    """

    category: PlanCategory | None
    region: str | None
    sector: Sector | None
    projects: int | None
    total_investment: int | None
    annual_plan: int | None

    def stated_for(self, categories: tuple[PlanCategory, ...]) -> StatedTotal:
        """The line as a stated total about those categories, none meaning all."""
        return StatedTotal(
            Scope(categories, self.region, self.sector),
            None if self.projects is None else Figure(self.projects),
            _figure(self.total_investment),
            _figure(self.annual_plan),
        )


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan document: its headings, its words for the categories, its printed totals."""

    key: str
    level: Level
    batch: str
    title: str
    note: str
    labels: Mapping[PlanCategory, str]
    absorbs: str
    first_serial: int
    total: PrintedLine
    total_of: tuple[PlanCategory, ...]
    printed: tuple[PrintedLine, ...]

    def lines(self, category: PlanCategory) -> tuple[PrintedLine, ...]:
        """The printed parts of a category, by region or by sector, in the document's order."""
        return tuple(
            line
            for line in self.printed
            if line.category is category and (line.region or line.sector)
        )

    def of_category(self, category: PlanCategory) -> PrintedLine:
        """The category's own printed total."""
        return next(
            line
            for line in self.printed
            if line.category is category and line.region is None and line.sector is None
        )

    def stated(self) -> tuple[StatedTotal, ...]:
        """Every total the document prints, the grand total first."""
        parts = (
            line.stated_for((line.category,) if line.category else ()) for line in self.printed
        )
        return (self.total.stated_for(self.total_of), *parts)


def read_plan(key: str) -> Plan:
    """The plan of that key in ``data/plans.toml``: ``guangxi`` or ``liuzhou``."""
    source = table("plans")[key]
    return Plan(
        key=key,
        level=Level(source["level"]),
        batch=source["batch"],
        title=source["title"],
        note=source["file_note"],
        labels={PlanCategory(name): label for name, label in source["labels"].items()},
        absorbs=source["absorbs"],
        first_serial=source["first_serial"],
        total=_line(source["total"]),
        total_of=tuple(PlanCategory(name) for name in source["total_of"]),
        printed=tuple(_printed(source)),
    )


def _printed(source: Mapping[str, Any]) -> Iterator[PrintedLine]:
    for name, figures in source["categories"].items():
        yield _line(figures, category=PlanCategory(name))
    for region, figures in source.get("regions", {}).items():
        for category in PlanCategory:
            yield _line({"projects": figures[category]}, category=category, region=region)
        yield _line({"annual_plan": figures["annual_plan"]}, region=region)
    for name, sectors in source.get("sectors", {}).items():
        for sector, figures in sectors.items():
            yield _line(figures, category=PlanCategory(name), sector=Sector(sector))


def _line(
    figures: Mapping[str, Any],
    category: PlanCategory | None = None,
    region: str | None = None,
    sector: Sector | None = None,
) -> PrintedLine:
    return PrintedLine(
        category=category,
        region=region,
        sector=sector,
        projects=figures.get("projects"),
        total_investment=_yuan(figures.get("total_investment")),
        annual_plan=_yuan(figures.get("annual_plan")),
    )


def _yuan(yi: Decimal | int | None) -> int | None:
    return None if yi is None else int(yi * YI)


def _figure(yuan: int | None) -> Figure | None:
    """An amount with the worth of its last printed digit: 153.7亿元 is exact to 0.1亿元."""
    if yuan is None:
        return None
    return Figure(yuan, max(10**k for k in range(9) if yuan % 10**k == 0))
