"""What is odd about a report: everything at once, with what could not be checked.

Nothing here refuses: beyond a margin the reporter is asked why. The margins are the policy's.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from statistics import median

from domain.policy import Margins
from domain.reporting.base import Base


class OddCode(StrEnum):
    """What is odd; templates word it."""

    OVER_PLAN = "over_plan"
    OVER_TOTAL = "over_total"
    JUMP_UP = "jump_up"
    JUMP_DOWN = "jump_down"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    PROGRESS_FALLING = "progress_falling"


class Skipped(StrEnum):
    """Why something was not checked."""

    NO_PLAN = "no_plan"
    NO_TOTAL = "no_total"
    NO_YEAR_TO_DATE = "no_year_to_date"
    NO_SINCE_START = "no_since_start"
    NO_HISTORY = "no_history"
    MONTHS_MISSING = "months_missing"


@dataclass(frozen=True, slots=True)
class Odd:
    """Something odd: `share` is the part above or behind, `yuan` what the figure is held against,
    `part` the works whose progress went down."""

    code: OddCode
    share: Fraction = Fraction(0)
    yuan: int = 0
    part: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is checked: the month's amount and progress, and the sums that follow; yuan."""

    invested: int | None
    progress: str
    year_to_date: int | None = None
    since_start: int | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything odd about a report, and what was not checked."""

    odd: tuple[Odd, ...] = ()
    skipped: tuple[Skipped, ...] = ()


def check(figures: Figures, base: Base, margins: Margins) -> Findings:
    """All that is odd at once; 预备 projects have no figures to check."""
    if base.is_preparatory or figures.invested is None:
        return Findings()
    found = [
        *_against_plan(figures, figures.invested, base, margins),
        *_against_total(figures, figures.invested, base),
        *_against_usual(figures.invested, base, margins),
        *_behind(figures, base, margins),
        *_falling(figures.progress, base.progress),
    ]
    odd = tuple(one for one in found if isinstance(one, Odd))
    skipped = dict.fromkeys(one for one in found if isinstance(one, Skipped))
    return Findings(odd, tuple(skipped))


def percentages(progress: str) -> dict[str, Fraction]:
    """The percentages a text gives, by the works they are of: 路基80% → {路基: 80}."""
    return {
        found["part"]: Fraction(found["number"])
        for found in _PERCENTAGE.finditer(progress.replace("％", "%"))
    }


def _against_plan(
    figures: Figures, invested: int, base: Base, margins: Margins
) -> Iterator[Odd | Skipped]:
    if base.plan is None:
        yield Skipped.NO_PLAN
        return
    if figures.year_to_date is None:
        yield Skipped.NO_YEAR_TO_DATE
    # The month alone may be above the year's plan, whatever else is not known.
    done = invested if figures.year_to_date is None else figures.year_to_date
    above = base.plan.share(done) - 1
    if above * 100 > margins.over_plan_percent:
        yield Odd(OddCode.OVER_PLAN, above, base.plan.yuan)


def _against_total(figures: Figures, invested: int, base: Base) -> Iterator[Odd | Skipped]:
    total = base.total_investment
    if not total:
        yield Skipped.NO_TOTAL
        return
    if figures.since_start is None:
        yield Skipped.NO_SINCE_START
    known = (figures.since_start, figures.year_to_date, invested)
    done = max(yuan for yuan in known if yuan is not None)
    if done > total:
        yield Odd(OddCode.OVER_TOTAL, Fraction(done, total) - 1, total)


def _against_usual(invested: int, base: Base, margins: Margins) -> Iterator[Odd | Skipped]:
    """A month ten times the usual one, or a tenth of it: 万 for 亿, or the other way round."""
    usual = median([yuan for yuan in base.recent if yuan] or [0])
    if not usual:
        yield Skipped.NO_HISTORY
    elif invested >= usual * margins.jump_factor:
        yield Odd(OddCode.JUMP_UP, Fraction(invested) / Fraction(usual), int(usual))
    elif 0 < invested * margins.jump_factor <= usual:
        yield Odd(OddCode.JUMP_DOWN, Fraction(usual) / invested, int(usual))


def _behind(figures: Figures, base: Base, margins: Margins) -> Iterator[Odd | Skipped]:
    if base.plan is None or figures.year_to_date is None:
        return
    if base.missing:
        # A sum that lacks months is no less than it says, but it may well be more.
        yield Skipped.MONTHS_MISSING
        return
    factor = base.plan.factor * Fraction(margins.time_elapsed_percent, 100)
    plan = replace(base.plan, factor=factor)
    points = plan.points_behind(figures.year_to_date, base.period.month)
    if points >= margins.far_behind_points:
        yield Odd(OddCode.FAR_BEHIND, points / 100)
    elif points >= margins.behind_points:
        yield Odd(OddCode.BEHIND, points / 100)


def _falling(now: str, before: str) -> Iterator[Odd]:
    """Works that are less far than a month ago."""
    earlier = percentages(before)
    for part, percent in percentages(now).items():
        if part in earlier and percent < earlier[part]:
            yield Odd(OddCode.PROGRESS_FALLING, (earlier[part] - percent) / 100, part=part)


_PERCENTAGE = re.compile(r"(?P<part>[^\W\d_]{1,20})\s*(?P<number>[0-9]{1,3}(?:\.[0-9]{1,4})?)\s*%")
