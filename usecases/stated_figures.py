"""What a programme's own document states, put beside what its listings add up to."""

from collections.abc import Sequence

from sqlmodel import Session

from db.tables.people import Region
from domain.overview import ANY, Dimension, Sums
from domain.stated import Measure, Scope, StatedTotal
from domain.vocabulary import PlanCategory
from templates.overview import DIMENSIONS, Slice, StatedFigures
from usecases.importing.totals import from_data
from usecases.overview_facts import CATEGORIES, SECTORS, ProgrammeOfYear


def stated_otherwise(
    session: Session, told: ProgrammeOfYear, slice_: Slice, found: Sums
) -> StatedFigures | None:
    """The document's figures for a slice where they differ by more than their rounding.

    None where there is nothing to compare: the asker sees only a part, several batches are added
    up together, or the document says nothing of such a slice.
    """
    keys = dict(zip(DIMENSIONS, slice_.keys, strict=True))
    if not told.is_whole or len(told.programmes) != 1 or keys[Dimension.UNIT] != ANY:
        return None
    scopes = _scopes(session, keys)
    totals = [one for one in from_data(told.programmes[0].stated) if one.scope in scopes]
    stated = StatedFigures(
        projects=_otherwise(totals, Measure.PROJECTS, found.projects),
        total_investment=_otherwise(totals, Measure.TOTAL_INVESTMENT, found.total_investment),
        annual_plan=_otherwise(totals, Measure.ANNUAL_PLAN, found.annual_plan),
    )
    return stated if stated != StatedFigures() else None


def _scopes(session: Session, keys: dict[Dimension, int]) -> tuple[Scope, ...]:
    """How a document may name the slice: all categories are spelled out, or not limited."""
    category, region_id, sector = (
        keys[one] for one in (Dimension.CATEGORY, Dimension.REGION, Dimension.SECTOR)
    )
    if min(category, region_id, sector) < ANY:
        return ()
    region = session.get(Region, region_id) if region_id else None
    categories = (CATEGORIES[category - 1],) if category else tuple(PlanCategory)
    ways = (categories,) if category else (categories, ())
    return tuple(
        Scope(way, region.name if region else None, SECTORS[sector - 1] if sector else None)
        for way in ways
    )


def _otherwise(totals: Sequence[StatedTotal], measure: Measure, found: int) -> int | None:
    """The first figure stated for a measure, if rounding cannot explain how it differs."""
    figure = next((figure for one in totals if (figure := one.figure(measure))), None)
    if figure is None or abs(found - figure.amount) * 2 <= figure.step:
        return None
    return figure.amount
