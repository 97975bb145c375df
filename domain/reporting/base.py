"""What the office knows of a project before its month is reported."""

from dataclasses import dataclass

from domain.periods import Period
from domain.progress import YearPlan
from domain.reporting.preliminary import Stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """The ground on which a report stands; money in yuan, as at the end of the month before.

    `first` is the first month the report covers (1—2月 may be one report). `year_to_date` and
    `since_start` are None where nothing is known to compute them from; `missing` are earlier
    months of the year without an accepted figure. `recent` are the latest accepted months, newest
    first. `progress` and `explanation` are those of the report before; `unchanged_before` is how
    many reports in a row have stated no change, of at most `unchanged_limit`. `corrects` is the
    month before where it has an accepted figure; `stages` the preliminary work known so far.
    """

    period: Period
    first: Period
    is_preparatory: bool = False
    is_under_construction: bool = True
    plan: YearPlan | None = None
    total_investment: int | None = None
    year_to_date: int | None = None
    since_start: int | None = None
    missing: tuple[Period, ...] = ()
    recent: tuple[int, ...] = ()
    progress: str = ""
    explanation: str = ""
    open_problems: int = 0
    unchanged_before: int = 0
    unchanged_limit: int = 1
    corrects: Period | None = None
    stages: Stages = ()

    @property
    def may_be_unchanged(self) -> bool:
        """Whether 整项无变化 may be stated: there is something to be like, and not too often."""
        return bool(self.progress) and self.unchanged_before < self.unchanged_limit

    @property
    def must_explain_unchanged(self) -> bool:
        """Whether standing still needs a reason."""
        return self.is_under_construction and not self.is_preparatory

    @property
    def corrects_this_year(self) -> bool:
        """Whether a correction of the month before belongs to this year's sum."""
        return self.corrects is not None and self.corrects.year == self.period.year

    def is_below_nothing(self, adjustment: int) -> bool:
        """Whether a correction would leave a sum of less than nothing."""
        sums = (self.since_start, self.year_to_date if self.corrects_this_year else None)
        return any(known + adjustment < 0 for known in sums if known is not None)
