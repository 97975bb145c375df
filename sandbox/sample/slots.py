"""One slot a project: where it stands in the plan's tables and what it costs.

Which printed figures hold exactly:

* Guangxi: projects by category and region; total investment and annual plan by category; annual
  plan by region for the fourteen cities. The regions' annual plans add to 1675.2, the categories'
  to 1675.1, the document says 1675, so one part has to give: 区直中直和跨区域 gets 191.6 instead
  of 191.7, and the grand total is 1675.1.
* Liuzhou: projects, total investment and annual plan by category, and by sector save for
  infrastructure, which takes what the categories have beyond their printed sectors (竣工: 135
  projects, the sectors add to 134; 新开工: 107.61, the sectors add to 107.33; 0.01 elsewhere). The
  grand annual total is then 677.33, the document says 677.32.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from domain.vocabulary import PlanCategory, Sector
from sandbox.sample.amounts import UNIT, fit_margins, share_out, sizes, uneven
from sandbox.sample.plans import Plan, PrintedLine

LEAST_ANNUAL = 3 * UNIT
LEAST_PREPARATORY = 20 * UNIT
LEAST_YEARS_OF_PLAN = {
    PlanCategory.NEW_START: 1.5,
    PlanCategory.CONTINUING: 1.6,
    PlanCategory.COMPLETION: 1.25,
}
"""How many times its annual plan a project costs at least."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A project's place in the plan's tables; a part the plan does not print is None."""

    category: PlanCategory
    region: str | None
    sector: Sector | None
    total: int
    annual: int | None


def slots_of(plan: Plan, rng: Random) -> list[Slot]:
    """A slot for every project of the plan, in the order of its tables."""
    balanced = {category: _balanced(plan, category) for category in PlanCategory}
    if any(line.region for line in balanced[PlanCategory.NEW_START]):
        balanced = _with_annual_plans(plan, balanced)
    return [
        slot
        for category, lines in balanced.items()
        for slot in _category_slots(plan.of_category(category), lines, rng)
    ]


def _balanced(plan: Plan, category: PlanCategory) -> list[PrintedLine]:
    """The category's printed parts, the absorbing one changed so that they add to its total."""
    whole, parts = plan.of_category(category), plan.lines(category)
    return [
        replace(
            part,
            projects=_fill(part.projects, whole.projects, [p.projects for p in parts]),
            total_investment=_fill(
                part.total_investment, whole.total_investment, [p.total_investment for p in parts]
            ),
            annual_plan=_fill(part.annual_plan, whole.annual_plan, [p.annual_plan for p in parts]),
        )
        if plan.absorbs in (part.region, part.sector)
        else part
        for part in parts
    ]


def _fill(own: int | None, whole: int | None, parts: Sequence[int | None]) -> int | None:
    """A part's own figure plus what the whole has beyond all parts; None stays None."""
    if own is None or whole is None:
        return None
    return own + whole - sum(part or 0 for part in parts)


def _with_annual_plans(
    plan: Plan, balanced: dict[PlanCategory, list[PrintedLine]]
) -> dict[PlanCategory, list[PrintedLine]]:
    """Annual plans by category and region that add to the categories' and the cities' figures."""
    planned = [category for category in balanced if category is not PlanCategory.PREPARATORY]
    of_category = [(plan.of_category(category).annual_plan or 0) // UNIT for category in planned]
    of_region = _annual_by_region(plan, sum(of_category))
    counts = [[line.projects or 0 for line in balanced[category]] for category in planned]
    seed = [
        [annual * count / sum(row) for count in row]
        for annual, row in zip(of_category, counts, strict=True)
    ]
    fitted = fit_margins(of_category, of_region, seed)
    result = dict(balanced)
    for category, row in zip(planned, fitted, strict=True):
        result[category] = [
            replace(line, annual_plan=units * UNIT)
            for line, units in zip(balanced[category], row, strict=True)
        ]
    return result


def _annual_by_region(plan: Plan, total: int) -> list[int]:
    """The regions' printed annual plans in UNITs, the absorbing one changed to give the total."""
    printed = {
        line.region: (line.annual_plan or 0) // UNIT
        for line in plan.printed
        if line.region is not None and line.category is None
    }
    printed[plan.absorbs] += total - sum(printed.values())
    return list(printed.values())


def _category_slots(whole: PrintedLine, lines: Sequence[PrintedLine], rng: Random) -> list[Slot]:
    """Totals are shared out within the parts if the plan prints them so, else over the category."""
    annuals = [_annuals(line, rng) for line in lines]
    if lines[0].total_investment is None:
        flat = [annual for part in annuals for annual in part]
        totals = _totals(whole, flat, rng)
    else:
        totals = [
            total
            for line, part in zip(lines, annuals, strict=True)
            for total in _totals(line, part, rng)
        ]
    places = [(line, annual) for line, part in zip(lines, annuals, strict=True) for annual in part]
    return [
        Slot(_category_of(line), line.region, line.sector, total, annual)
        for (line, annual), total in zip(places, totals, strict=True)
    ]


def _category_of(line: PrintedLine) -> PlanCategory:
    if line.category is None:
        raise ValueError("a slot belongs to a category")
    return line.category


def _annuals(line: PrintedLine, rng: Random) -> list[int | None]:
    count = line.projects or 0
    if line.annual_plan is None:
        return [None] * count
    shares = share_out(line.annual_plan, sizes(rng, count, 0.9), [LEAST_ANNUAL] * count)
    return list(uneven(rng, shares))


def _totals(line: PrintedLine, annuals: Sequence[int | None], rng: Random) -> list[int]:
    least = [_least_total(_category_of(line), annual) for annual in annuals]
    spread = sizes(rng, len(annuals), 0.7)
    weights = [
        size * size if annual is None else size * annual
        for size, annual in zip(spread, annuals, strict=True)
    ]
    return uneven(rng, share_out(line.total_investment or 0, weights, least))


def _least_total(category: PlanCategory, annual: int | None) -> int:
    if annual is None:
        return LEAST_PREPARATORY
    units = annual * LEAST_YEARS_OF_PLAN[category] / UNIT
    return (int(units) + 1) * UNIT
