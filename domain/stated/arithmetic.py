"""Whether stated totals agree with each other, and with the rows of the tables.

Nothing is corrected: official documents contain sums that do not add up, and only the office can
say which number is wrong (domain note: Liuzhou 2020 states 135 where its sectors add to 134).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Protocol

from domain.place import Place
from domain.stated.totals import Figure, Measure, Scope, StatedTotal
from domain.vocabulary import PlanCategory, Sector


class Comparison(StrEnum):
    """What a stated total was compared with."""

    CATEGORIES = "categories"
    REGIONS = "regions"
    SECTORS = "sectors"
    ROWS = "rows"
    STATED_AGAIN = "stated_again"


class Severity(StrEnum):
    """Whether rounding of the printed figures can explain a mismatch."""

    ROUNDING = "rounding"
    CONTRADICTION = "contradiction"


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A stated total and what was found instead; projects, or whole yuan."""

    scope: Scope
    measure: Measure
    compared_with: Comparison
    stated: int
    found: int
    severity: Severity
    where: str = ""
    place: Place | None = None


class Listed(Protocol):
    """A project as it stands in a programme, as far as totals go; money in whole yuan."""

    @property
    def plan_category(self) -> PlanCategory: ...
    @property
    def sector(self) -> Sector | None: ...
    @property
    def region(self) -> str | None: ...
    @property
    def total_investment(self) -> int | None: ...
    @property
    def annual_planned_investment(self) -> int | None: ...


def mismatches_within(stated: Iterable[StatedTotal]) -> tuple[Mismatch, ...]:
    """Where a document contradicts itself: parts and whole, or the same thing said twice.

    A whole is compared only with parts that are all stated. Only the preparatory category may
    state no annual plan: it has none.
    """
    all_stated = tuple(stated)
    totals = _by_scope(all_stated)
    return (
        *_said_differently(all_stated, totals),
        *(
            mismatch
            for whole in totals.values()
            for comparison, parts in _partitions(whole.scope, totals)
            for measure in Measure
            for mismatch in _parts_against_whole(whole, parts, measure, comparison)
        ),
    )


def mismatches(stated: Iterable[StatedTotal], rows: Sequence[Listed]) -> tuple[Mismatch, ...]:
    """Where the rows do not add up to the stated totals, as exactly as those are printed.

    A total by region or by sector is passed over when no row names one.
    """
    totals = _by_scope(stated)
    steps = {measure: _finest_step(totals.values(), measure) for measure in Measure}
    return tuple(
        mismatch
        for total in totals.values()
        if _can_be_compared(total.scope, rows)
        for measure in Measure
        for mismatch in _rows_against_total(total, rows, measure, steps[measure])
    )


def _by_scope(stated: Iterable[StatedTotal]) -> dict[Scope, StatedTotal]:
    totals: dict[Scope, StatedTotal] = {}
    for total in stated:
        first = totals.get(total.scope, total)
        totals[total.scope] = replace(
            first,
            projects=first.projects or total.projects,
            total_investment=first.total_investment or total.total_investment,
            annual_plan=first.annual_plan or total.annual_plan,
        )
    return totals


def _said_differently(
    stated: Iterable[StatedTotal], totals: dict[Scope, StatedTotal]
) -> Iterator[Mismatch]:
    for again in stated:
        for measure in Measure:
            first, second = totals[again.scope].figure(measure), again.figure(measure)
            if first and second and first.amount != second.amount:
                step = max(first.step, second.step)
                apart = abs(first.amount - second.amount)
                yield Mismatch(
                    again.scope,
                    measure,
                    Comparison.STATED_AGAIN,
                    first.amount,
                    second.amount,
                    _severity(measure, apart, step),
                    again.where,
                    again.place,
                )


def _partitions(
    scope: Scope, totals: dict[Scope, StatedTotal]
) -> Iterator[tuple[Comparison, list[StatedTotal]]]:
    """The ways in which a whole is divided into parts that are stated too."""
    categories = scope.categories or tuple(PlanCategory)
    by_category = [totals.get(replace(scope, categories=(each,))) for each in categories]
    if len(categories) > 1 and all(by_category):
        yield Comparison.CATEGORIES, [part for part in by_category if part]
    if scope.region or scope.sector:
        return
    same = [total for total in totals.values() if total.scope.categories == scope.categories]
    if regions := [total for total in same if total.scope.region]:
        yield Comparison.REGIONS, regions
    if sectors := [total for total in same if total.scope.sector]:
        yield Comparison.SECTORS, sectors


def _parts_against_whole(
    whole: StatedTotal, parts: list[StatedTotal], measure: Measure, comparison: Comparison
) -> Iterator[Mismatch]:
    stated = whole.figure(measure)
    figures = [part.figure(measure) for part in parts if not _states_none(part, measure)]
    known = [figure for figure in figures if figure]
    if stated is None or not known or len(known) < len(figures):
        return
    found = sum(figure.amount for figure in known)
    # Each printed figure may be off by half of its last digit.
    may_differ = (len(known) + 1) * min(figure.step for figure in [stated, *known]) // 2
    if found != stated.amount:
        severity = _severity(measure, abs(found - stated.amount), may_differ)
        yield Mismatch(
            whole.scope,
            measure,
            comparison,
            stated.amount,
            found,
            severity,
            whole.where,
            whole.place,
        )


def _states_none(part: StatedTotal, measure: Measure) -> bool:
    is_preparatory = part.scope.categories == (PlanCategory.PREPARATORY,)
    return is_preparatory and measure is Measure.ANNUAL_PLAN and part.annual_plan is None


def _severity(measure: Measure, apart: int, may_differ: int) -> Severity:
    if measure is not Measure.PROJECTS and apart <= may_differ:
        return Severity.ROUNDING
    return Severity.CONTRADICTION


def _finest_step(totals: Iterable[StatedTotal], measure: Measure) -> int:
    figures = [total.figure(measure) for total in totals]
    return min((figure.step for figure in figures if figure), default=1)


def _can_be_compared(scope: Scope, rows: Sequence[Listed]) -> bool:
    names_region = scope.region is None or any(row.region for row in rows)
    names_sector = scope.sector is None or any(row.sector for row in rows)
    return names_region and names_sector


def _rows_against_total(
    total: StatedTotal, rows: Sequence[Listed], measure: Measure, step: int
) -> Iterator[Mismatch]:
    stated: Figure | None = total.figure(measure)
    if stated is None:
        return
    found = sum(_amount(row, measure) for row in rows if _is_in(row, total.scope))
    apart = abs(found - stated.amount)
    if apart > step // 2:
        yield Mismatch(
            total.scope,
            measure,
            Comparison.ROWS,
            stated.amount,
            found,
            _severity(measure, apart, step),
            total.where,
            total.place,
        )


def _is_in(row: Listed, scope: Scope) -> bool:
    return (
        (not scope.categories or row.plan_category in scope.categories)
        and (scope.region is None or row.region == scope.region)
        and (scope.sector is None or row.sector is scope.sector)
    )


def _amount(row: Listed, measure: Measure) -> int:
    match measure:
        case Measure.PROJECTS:
            return 1
        case Measure.TOTAL_INVESTMENT:
            return row.total_investment or 0
        case Measure.ANNUAL_PLAN:
            return row.annual_planned_investment or 0
