"""The totals a plan states, kept with its programme as plain data."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.place import Place
from domain.stated import Figure, Measure, Scope, StatedTotal
from domain.vocabulary import PlanCategory, Sector

Kept = list[dict[str, Any]]


def as_data(totals: Iterable[StatedTotal]) -> Kept:
    """Stated totals as they are kept on a programme."""
    return [_data(total) for total in totals]


def from_data(kept: Kept) -> tuple[StatedTotal, ...]:
    """The stated totals a programme keeps."""
    return tuple(_total(data) for data in kept)


def merged(kept: Sequence[StatedTotal], stated: Sequence[StatedTotal]) -> tuple[StatedTotal, ...]:
    """What is kept after an import: its tables' totals and its text's replace those there were."""
    tables, text = _halves(stated)
    old_tables, old_text = _halves(kept)
    return (*(text or old_text), *(tables or old_tables))


def _halves(
    totals: Iterable[StatedTotal],
) -> tuple[tuple[StatedTotal, ...], tuple[StatedTotal, ...]]:
    """Those that stand in a row of a table, and those of the plan's text."""
    every = tuple(totals)
    return tuple(t for t in every if t.place), tuple(t for t in every if not t.place)


def _data(total: StatedTotal) -> dict[str, Any]:
    scope, place = total.scope, total.place
    figures = {measure.value: total.figure(measure) for measure in Measure}
    return {
        "categories": [category.value for category in scope.categories],
        "region": scope.region,
        "sector": scope.sector.value if scope.sector else None,
        "where": total.where,
        "place": [place.sheet, place.row, place.column, place.header] if place else None,
        **{name: [one.amount, one.step] if one else None for name, one in figures.items()},
    }


def _total(data: dict[str, Any]) -> StatedTotal:
    scope = Scope(
        tuple(PlanCategory(category) for category in data["categories"]),
        data["region"],
        Sector(data["sector"]) if data["sector"] else None,
    )
    place = Place(*data["place"]) if data["place"] else None
    total = StatedTotal(scope, where=data["where"], place=place)
    for measure in Measure:
        if data[measure]:
            total = total.stating(measure, Figure(*data[measure]))
    return total
