"""The figures the two plans print, as lines of stated totals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from domain.vocabulary import Level, PlanCategory, Sector
from sandbox.sample.facts import StatedTotal
from sandbox.sample.words import table

YI = 100_000_000
"""Yuan in one 亿元, the unit the plans print."""


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
    stated: tuple[StatedTotal, ...]

    def lines(self, category: PlanCategory) -> tuple[StatedTotal, ...]:
        """The printed parts of a category, by region or by sector, in the document's order."""
        return tuple(
            line
            for line in self.stated
            if line.category is category and (line.region or line.sector)
        )

    def of_category(self, category: PlanCategory) -> StatedTotal:
        """The category's own printed total."""
        return next(
            line
            for line in self.stated
            if line.category is category and line.region is None and line.sector is None
        )


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
        stated=tuple(_stated(source)),
    )


def _stated(source: Mapping[str, Any]) -> Iterator[StatedTotal]:
    yield _line(source["total"])
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
) -> StatedTotal:
    return StatedTotal(
        category=category,
        region=region,
        sector=sector,
        projects=figures.get("projects"),
        total_investment=_yuan(figures.get("total_investment")),
        annual_plan=_yuan(figures.get("annual_plan")),
    )


def _yuan(yi: Decimal | int | None) -> int | None:
    return None if yi is None else int(yi * YI)
