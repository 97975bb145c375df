from dataclasses import replace
from fractions import Fraction

import pytest

from domain.periods import Period
from domain.policy import Margins, read_policy, resolve_policy
from domain.progress import YearPlan
from domain.reporting.base import Base
from domain.reporting.checks import Figures, OddCode, Skipped, check, percentages

WAN = 10_000
NOVEMBER = Period(2026, 11)
MARGINS: Margins = read_policy(resolve_policy('extends = "city"\n')).margins
BASE = Base(
    period=NOVEMBER,
    first=NOVEMBER,
    plan=YearPlan(12_000 * WAN),
    total_investment=50_000 * WAN,
    year_to_date=10_000 * WAN,
    since_start=30_000 * WAN,
    recent=(1000 * WAN, 1000 * WAN, 900 * WAN),
    progress="路基72%，桩基50%",
)


def odd(invested: int, base: Base = BASE, progress: str = "路基80%") -> list[OddCode]:
    return [one.code for one in found(invested, base, progress).odd]


def found(invested: int, base: Base, progress: str = "路基80%"):  # type: ignore[no-untyped-def]
    year = None if base.year_to_date is None else base.year_to_date + invested
    start = None if base.since_start is None else base.since_start + invested
    return check(Figures(invested, progress, year, start), base, MARGINS)


@pytest.mark.parametrize(
    ("wan", "codes"),
    [
        (1000, []),
        # Plan 1.2亿, margin 20 %: exactly 1.44亿 is plausible, one yuan more is asked about.
        (4400, []),
        (4401, [OddCode.OVER_PLAN]),
        (10_000, [OddCode.OVER_PLAN, OddCode.JUMP_UP]),
        (20_001, [OddCode.OVER_PLAN, OddCode.OVER_TOTAL, OddCode.JUMP_UP]),
        (100, [OddCode.JUMP_DOWN]),
        (101, []),
        (0, []),
    ],
)
def test_everything_odd_about_a_months_amount_is_told_at_once(
    wan: int, codes: list[OddCode]
) -> None:
    assert odd(wan * WAN) == codes


@pytest.mark.parametrize(
    ("done_wan", "codes"),
    [
        # Eleven twelfths are due: 1.1亿. Ten points are 1200万, thirty 3600万.
        (9801, []),
        (9800, [OddCode.BEHIND]),
        (7401, [OddCode.BEHIND]),
        (7400, [OddCode.FAR_BEHIND]),
    ],
)
def test_lagging_behind_time_elapsed_is_asked_about(done_wan: int, codes: list[OddCode]) -> None:
    base = replace(BASE, year_to_date=(done_wan - 1000) * WAN)
    assert odd(1000 * WAN, base) == codes


def test_progress_that_goes_down_is_asked_about() -> None:
    findings = found(1000 * WAN, BASE, "路基 70.5％，桩基50%，桥面10%")
    assert [(one.code, one.part, one.share) for one in findings.odd] == [
        (OddCode.PROGRESS_FALLING, "路基", Fraction(15, 1000))
    ]


@pytest.mark.parametrize(
    ("lacking", "skipped"),
    [
        ({"plan": None}, {Skipped.NO_PLAN}),
        ({"total_investment": None}, {Skipped.NO_TOTAL}),
        ({"year_to_date": None}, {Skipped.NO_YEAR_TO_DATE}),
        ({"since_start": None}, {Skipped.NO_SINCE_START}),
        ({"recent": (0, 0)}, {Skipped.NO_HISTORY}),
        ({"missing": (Period(2026, 10),)}, {Skipped.MONTHS_MISSING}),
        ({}, set()),
    ],
)
def test_what_lacks_its_base_is_said_to_be_skipped(
    lacking: dict[str, object], skipped: set[Skipped]
) -> None:
    base = replace(BASE, **lacking)  # type: ignore[arg-type]
    assert set(found(1000 * WAN, base).skipped) == skipped


def test_a_month_above_the_whole_plan_is_odd_whatever_else_is_unknown() -> None:
    base = replace(BASE, year_to_date=None, since_start=None, recent=())
    assert odd(60_000 * WAN, base) == [OddCode.OVER_PLAN, OddCode.OVER_TOTAL]


def test_a_sum_that_lacks_months_is_not_held_against_time_elapsed() -> None:
    base = replace(BASE, year_to_date=100 * WAN, missing=(Period(2026, 10),))
    assert odd(1000 * WAN, base) == []


def test_a_preparatory_project_has_no_figures_to_check() -> None:
    findings = check(Figures(None, "可研"), replace(BASE, is_preparatory=True), MARGINS)
    assert (findings.odd, findings.skipped) == ((), ())


def test_percentages_are_read_with_their_works() -> None:
    assert percentages("路基80%，桩基96/120根，主体 7.5 ％") == {
        "路基": Fraction(80),
        "主体": Fraction(15, 2),
    }
