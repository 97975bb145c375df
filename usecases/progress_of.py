"""What a project's accepted figures say, put beside its plan."""

from collections.abc import Iterable, Sequence

from db.tables.programme import Listing
from domain.periods import Period
from domain.progress import Ledger, YearPlan
from templates.status import SinceStart, YearFigures
from usecases.ledgers import Record
from usecases.listings import Listed, of_year


def year_plan(listing: Listing) -> YearPlan | None:
    """The year's plan as this listing states it; None while it is not issued (年度计划未下达).

    A monthly curve is kept as the yuan planned from January to the end of each month.
    """
    planned = listing.annual_planned_investment
    if not planned:
        return None
    return YearPlan(planned, curve=tuple(map(int, listing.monthly_curve or ())))


def year_figures(
    record: Record, listings: Iterable[Listed], until: Period | None
) -> YearFigures | None:
    """The year's accepted sum up to the newest month known, `until` or earlier where given."""
    last = newest_month(record.ledger, until)
    if last is None:
        return None
    total = record.ledger.year_to_date(last)
    months = Period(last.year, 1).until(last)
    first = next(month for month in months if month not in total.missing)
    then = record.then_known(last)
    recorded = then.year_to_date(last).yuan if then else total.yuan
    return YearFigures(
        first=first,
        last=last,
        done=total.yuan,
        plan=_plan_of_year(listings, last.year),
        missing=tuple(month for month in total.missing if month > first),
        then=recorded if recorded != total.yuan else None,
    )


def since_start(
    record: Record, counting: Sequence[Listed], until: Period | None
) -> SinceStart | None:
    """Everything invested since the start, and its part of the total investment."""
    ledger = record.ledger
    known = {figure.period for figure in ledger.months} | {one.as_at for one in ledger.openings}
    as_at = _newest(known, until)
    done = ledger.since_start(as_at) if as_at else None
    if as_at is None or done is None:
        return None
    total = counting[0].listing.total_investment if counting else None
    return SinceStart(as_at, done.yuan, YearPlan(total).share(done.yuan) if total else None)


def newest_month(ledger: Ledger, until: Period | None = None) -> Period | None:
    """The newest month of which the year's sum is known, `until` or earlier where given."""
    figures = {figure.period for figure in ledger.months}
    stated = {one.as_at for one in ledger.openings if one.year_to_date is not None}
    return _newest(figures | stated, until)


def month_as_now_known(ledger: Ledger, period: Period) -> int | None:
    """A month's own figure with what has been corrected since; None where it has no figure."""
    figure = ledger.month(period)
    if figure is None:
        return None
    return figure + sum(one.yuan for one in ledger.adjustments if one.corrects == period)


def _plan_of_year(listings: Iterable[Listed], year: int) -> YearPlan | None:
    counting = of_year(listings, year)
    if not counting or counting[0].programme.year != year:
        return None
    return year_plan(counting[0].listing)


def _newest(months: set[Period], until: Period | None) -> Period | None:
    return max((month for month in months if until is None or month <= until), default=None)
