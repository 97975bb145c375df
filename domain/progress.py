"""How far a project is: sums of its monthly figures, and those against its plan.

The month's completed investment is the fact. Cumulatives are never stored: they are summed from
accepted months, dated opening balances and adjustments, so any earlier state can be told again.
Money is whole yuan; shares are exact fractions, turned into percentages only to be shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Protocol, TypeVar

from domain.periods import Period

MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class MonthFigure:
    """Investment completed in a month, as accepted at `known_at`; a later one replaces it.

    A figure for merged months (1—2月, a quarter) stands at the last of them and names the first.
    """

    period: Period
    yuan: int
    known_at: datetime
    covers_from: Period | None = None

    @property
    def covers(self) -> tuple[Period, ...]:
        return (self.covers_from or self.period).until(self.period)


@dataclass(frozen=True, slots=True)
class OpeningBalance:
    """What had been completed by the end of `as_at` (期初数): in that year, since the start."""

    as_at: Period
    known_at: datetime
    year_to_date: int | None = None
    since_start: int | None = None


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A correction of a closed month: it enters the sums from `counts_from` on, never before.

    It belongs to the year to date only when the month it corrects lies in the same year.
    """

    counts_from: Period
    corrects: Period
    yuan: int
    known_at: datetime


@dataclass(frozen=True, slots=True)
class Cumulative:
    """A sum in yuan, and the months within it of which no figure is known."""

    yuan: int
    missing: tuple[Period, ...] = ()

    @property
    def is_complete(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Ledger:
    """A project's dated figures. All questions are answered as they stand in this ledger."""

    months: tuple[MonthFigure, ...] = ()
    openings: tuple[OpeningBalance, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()

    def known_by(self, instant: datetime) -> "Ledger":
        """The ledger as it was recorded then (当时所知), for questions about the past."""
        return Ledger(
            _known_by(self.months, instant),
            _known_by(self.openings, instant),
            _known_by(self.adjustments, instant),
        )

    def month(self, period: Period) -> int | None:
        """The month's own figure in yuan, or None when there is none."""
        figure = self._figures().get(period)
        return figure.yuan if figure else None

    def year_to_date(self, period: Period) -> Cumulative:
        """What was completed from January, or from the year's opening balance, to `period`."""
        stated = [
            (opening, opening.year_to_date)
            for opening in self.openings
            if opening.as_at.year == period.year
        ]
        base, as_at = _latest(stated, period) or (0, Period(period.year, 1).previous)
        adjustments = (one for one in self.adjustments if one.corrects.year == period.year)
        return self._sum(base, as_at.next.until(period), adjustments)

    def since_start(self, period: Period) -> Cumulative | None:
        """What was completed since construction started, or None without an opening balance."""
        found = _latest([(opening, opening.since_start) for opening in self.openings], period)
        if found is None:
            return None
        base, as_at = found
        return self._sum(base, as_at.next.until(period), self.adjustments)

    def _figures(self) -> dict[Period, MonthFigure]:
        """The last word on each month; what merged months cover was not reported beside them."""
        latest = {figure.period: figure for figure in sorted(self.months, key=_known_at)}
        covered = {month for figure in latest.values() for month in figure.covers[:-1]}
        return {period: figure for period, figure in latest.items() if period not in covered}

    def _sum(
        self, base: int, periods: tuple[Period, ...], adjustments: Iterable[Adjustment]
    ) -> Cumulative:
        figures = [figure for at, figure in self._figures().items() if at in periods]
        covered = {period for figure in figures for period in figure.covers}
        corrections = sum(one.yuan for one in adjustments if one.counts_from in periods)
        return Cumulative(
            base + sum(figure.yuan for figure in figures) + corrections,
            tuple(period for period in periods if period not in covered),
        )


@dataclass(frozen=True, slots=True)
class YearPlan:
    """A year's planned investment and when it falls due (序时进度).

    Evenly over twelve months times `factor` (some offices ask 120 %), unless there is a `curve`:
    the yuan planned from January to the end of each month.
    """

    yuan: int
    factor: Fraction = Fraction(1)
    curve: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.yuan <= 0:
            raise ValueError("a plan of nothing has no progress")
        if self.curve and len(self.curve) != MONTHS_A_YEAR:
            raise ValueError("a curve has a figure for each of twelve months")

    def due_yuan(self, month: int) -> Fraction:
        """What should be completed by the end of the month (1 to 12)."""
        planned = (
            self.curve[month - 1] if self.curve else Fraction(self.yuan * month, MONTHS_A_YEAR)
        )
        return planned * self.factor

    def due_share(self, month: int) -> Fraction:
        """The part of the year's plan that should be completed by the end of the month."""
        return self.due_yuan(month) / self.yuan

    def share(self, done: int) -> Fraction:
        """The part of the year's plan that `done` yuan are (占年计划)."""
        return Fraction(done, self.yuan)

    def points_behind(self, done: int, month: int) -> Fraction:
        """Percentage points behind time elapsed (欠序时); negative when ahead."""
        return (self.due_share(month) - self.share(done)) * 100

    def share_behind(self, done: int, month: int) -> Fraction:
        """The part of what is due by now that is lacking: another measure than points."""
        due = self.due_yuan(month)
        return (due - done) / due if due else Fraction(0)


def tenths(number: Fraction) -> Decimal:
    """A number as shown: one decimal place, halves away from zero."""
    magnitude = (abs(number) * 20 + 1) // 2
    return Decimal(magnitude if number >= 0 else -magnitude).scaleb(-1)


def percent(share: Fraction) -> Decimal:
    """A share as a percentage with one decimal place: 43/60 is 71.7."""
    return tenths(share * 100)


class _Dated(Protocol):
    @property
    def known_at(self) -> datetime: ...


_Fact = TypeVar("_Fact", bound=_Dated)


def _known_at(fact: _Dated) -> datetime:
    return fact.known_at


def _known_by(facts: tuple[_Fact, ...], instant: datetime) -> tuple[_Fact, ...]:
    return tuple(fact for fact in facts if fact.known_at <= instant)


def _latest(
    stated: list[tuple[OpeningBalance, int | None]], period: Period
) -> tuple[int, Period] | None:
    """The stated balance nearest to the period, the last word on it, with its month."""
    usable = [
        (opening.as_at, opening.known_at, yuan)
        for opening, yuan in stated
        if yuan is not None and opening.as_at <= period
    ]
    if not usable:
        return None
    as_at, _, yuan = max(usable)
    return yuan, as_at
