from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period
from domain.progress import (
    Adjustment,
    Cumulative,
    Ledger,
    MonthFigure,
    OpeningBalance,
    YearPlan,
    percent,
    tenths,
)

SPRING = datetime(2026, 3, 1, tzinfo=UTC)
LATER = SPRING + timedelta(days=30)
WAN = 10_000
YUAN = st.integers(0, 10**11)


def p(text: str) -> Period:
    return Period.parse(text)


def figure(period: str, wan: int, known_at: datetime = SPRING) -> MonthFigure:
    return MonthFigure(p(period), wan * WAN, known_at)


# What offices published of their programmes, recomputed: the share of the plan, the month it was
# reached by, the factor their plan was multiplied with, and the points ahead they stated.
@pytest.mark.parametrize(
    ("done", "month", "factor", "ahead"),
    [
        ("97.2", 10, "1", "13.8"),
        ("74", 8, "1", "7.33"),
        ("63.9", 7, "1", "5.6"),
        ("54.4", 5, "6/5", "4.4"),
        ("82.2", 8, "6/5", "2.2"),
    ],
)
def test_published_statements_are_reproduced(
    done: str, month: int, factor: str, ahead: str
) -> None:
    plan = YearPlan(10**9, Fraction(factor))
    points = -plan.points_behind(int(Fraction(done) * 10**7), month)

    assert abs(points - Fraction(ahead)) < Fraction(1, 10)


def test_the_status_card_of_the_models_is_reproduced() -> None:
    plan = YearPlan(12_000 * WAN)

    assert percent(plan.share(8_600 * WAN)) == Decimal("71.7")
    assert percent(plan.due_share(10)) == Decimal("83.3")
    assert tenths(plan.points_behind(8_600 * WAN, 10)) == Decimal("11.7")


def test_points_and_share_behind_are_two_measures() -> None:
    plan = YearPlan(1200)

    assert plan.points_behind(300, 6) == 25
    assert plan.share_behind(300, 6) == Fraction(1, 2)


def test_a_monthly_curve_replaces_even_months() -> None:
    curve = (0, 0, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000)
    plan = YearPlan(1000, curve=curve)

    assert plan.due_share(2) == 0
    assert plan.share_behind(0, 2) == 0
    assert plan.points_behind(100, 4) == 10


@pytest.mark.parametrize(("yuan", "curve"), [(0, ()), (-1, ()), (5, (1, 2, 3))])
def test_a_plan_without_sense_is_refused(yuan: int, curve: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"plan|curve"):
        YearPlan(yuan, curve=curve)


@given(YUAN.filter(bool), YUAN, st.integers(1, 12))
def test_behind_by_points_exactly_when_behind_by_share(plan: int, done: int, month: int) -> None:
    year = YearPlan(plan)

    assert (year.points_behind(done, month) > 0) == (year.share_behind(done, month) > 0)


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0.05", "0.1"), ("0.04", "0.0"), ("-0.05", "-0.1"), ("12.25", "12.3"), ("100", "100.0")],
)
def test_halves_are_rounded_away_from_zero(number: str, shown: str) -> None:
    assert str(tenths(Fraction(number))) == shown


@given(st.fractions(-(10**15), 10**15))
def test_what_is_shown_is_within_half_a_tenth(number: Fraction) -> None:
    assert abs(Fraction(tenths(number)) - number) <= Fraction(1, 20)


def test_the_year_to_date_is_the_sum_of_its_months() -> None:
    ledger = Ledger((figure("2025-12", 900), figure("2026-01", 100), figure("2026-02", 250)))

    assert ledger.month(p("2026-02")) == 250 * WAN
    assert ledger.month(p("2026-03")) is None
    assert ledger.year_to_date(p("2026-01")) == Cumulative(100 * WAN)
    assert ledger.year_to_date(p("2026-02")) == Cumulative(350 * WAN)


def test_a_sum_names_the_months_it_lacks() -> None:
    ledger = Ledger((figure("2026-01", 100), figure("2026-03", 50)))
    total = ledger.year_to_date(p("2026-04"))

    assert total == Cumulative(150 * WAN, (p("2026-02"), p("2026-04")))
    assert not total.is_complete


def test_a_figure_for_merged_months_leaves_no_gap() -> None:
    merged = MonthFigure(p("2026-02"), 300 * WAN, SPRING, covers_from=p("2026-01"))

    assert Ledger((merged,)).year_to_date(p("2026-02")) == Cumulative(300 * WAN)


def test_the_year_continues_from_its_opening_balance() -> None:
    opening = OpeningBalance(p("2026-08"), SPRING, year_to_date=7_000 * WAN)
    ledger = Ledger((figure("2026-08", 999), figure("2026-09", 600)), (opening,))

    assert ledger.year_to_date(p("2026-08")) == Cumulative(7_000 * WAN)
    assert ledger.year_to_date(p("2026-09")) == Cumulative(7_600 * WAN)


def test_last_years_opening_balance_does_not_count_in_this_year() -> None:
    opening = OpeningBalance(p("2025-12"), SPRING, year_to_date=5_000, since_start=90_000)
    ledger = Ledger((figure("2026-01", 1),), (opening,))

    assert ledger.year_to_date(p("2026-01")) == Cumulative(1 * WAN)
    assert ledger.since_start(p("2026-01")) == Cumulative(90_000 + WAN)


def test_since_the_start_is_unknown_without_an_opening_balance() -> None:
    ledger = Ledger((figure("2026-01", 1),), (OpeningBalance(p("2026-01"), SPRING, 5),))

    assert ledger.since_start(p("2026-01")) is None


def test_an_opening_balance_says_nothing_of_the_months_before_it() -> None:
    ledger = Ledger(openings=(OpeningBalance(p("2026-08"), SPRING, since_start=5),))

    assert ledger.since_start(p("2026-07")) is None


def test_the_last_word_on_an_opening_balance_counts() -> None:
    first = OpeningBalance(p("2025-12"), LATER, since_start=500)
    mistaken = OpeningBalance(p("2025-12"), SPRING, since_start=900)

    assert Ledger(openings=(first, mistaken)).since_start(p("2025-12")) == Cumulative(500)


def test_a_correction_replaces_the_month_from_when_it_was_known() -> None:
    ledger = Ledger((figure("2026-01", 100, LATER), figure("2026-01", 10, SPRING)))

    assert ledger.year_to_date(p("2026-01")) == Cumulative(100 * WAN)
    assert ledger.known_by(SPRING).year_to_date(p("2026-01")) == Cumulative(10 * WAN)
    assert ledger.known_by(SPRING - timedelta(seconds=1)).month(p("2026-01")) is None


def test_an_adjustment_leaves_closed_months_as_they_were() -> None:
    adjustment = Adjustment(p("2026-03"), p("2026-01"), -40, LATER)
    opening = OpeningBalance(p("2025-12"), SPRING, since_start=0)
    months = tuple(MonthFigure(p(f"2026-0{n}"), 100, SPRING) for n in (1, 2, 3))
    ledger = Ledger(months, (opening,), (adjustment,))

    assert ledger.year_to_date(p("2026-02")) == Cumulative(200)
    assert ledger.year_to_date(p("2026-03")) == Cumulative(260)
    assert ledger.since_start(p("2026-03")) == Cumulative(260)
    assert ledger.known_by(SPRING).year_to_date(p("2026-03")) == Cumulative(300)


def test_an_adjustment_of_last_year_does_not_touch_this_years_sum() -> None:
    adjustment = Adjustment(p("2026-01"), p("2025-11"), 7, SPRING)
    opening = OpeningBalance(p("2025-12"), SPRING, since_start=1_000)
    ledger = Ledger((MonthFigure(p("2026-01"), 100, SPRING),), (opening,), (adjustment,))

    assert ledger.year_to_date(p("2026-01")) == Cumulative(100)
    assert ledger.since_start(p("2026-01")) == Cumulative(1_107)


@given(st.lists(st.integers(0, 10**10), min_size=12, max_size=12), YUAN, st.integers(1, 12))
def test_the_total_since_the_start_is_the_opening_and_the_year(
    months: list[int], opening: int, month: int
) -> None:
    ledger = Ledger(
        tuple(MonthFigure(Period(2026, n + 1), yuan, SPRING) for n, yuan in enumerate(months)),
        (OpeningBalance(p("2025-12"), SPRING, since_start=opening),),
    )
    period = Period(2026, month)
    since_start = ledger.since_start(period)

    assert since_start is not None
    assert since_start.yuan == opening + ledger.year_to_date(period).yuan
    assert ledger.year_to_date(period).yuan == sum(months[:month])
