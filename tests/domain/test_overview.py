from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.overview import (
    ANY,
    EVERYTHING,
    NONE,
    Dimension,
    Fact,
    Keys,
    grouped,
    is_fixed,
    most_behind_first,
    narrowed,
    sums,
    told_through,
)
from domain.periods import Period
from domain.progress import YearPlan
from domain.vocabulary import PlanCategory

SEPTEMBER, OCTOBER, NOVEMBER = (Period(2026, month) for month in (9, 10, 11))
CATEGORIES = tuple(PlanCategory)


def a_fact(
    project_id: int = 1,
    keys: Keys = (2, 1, 1, 1),
    *,
    plan: int | None = 120,
    done: int = 0,
    known: Period | None = OCTOBER,
    total: int | None = 500,
) -> Fact:
    return Fact(
        project_id,
        CATEGORIES[keys[0] - 1],
        keys,
        total,
        YearPlan(plan) if plan else None,
        done,
        known,
    )


facts = st.lists(
    st.builds(
        a_fact,
        project_id=st.integers(1, 10**6),
        keys=st.tuples(
            st.integers(1, 4), st.sampled_from([NONE, 1, 2]), st.integers(1, 4), st.integers(1, 9)
        ),
        plan=st.none() | st.integers(1, 10**12),
        done=st.integers(0, 10**12),
        known=st.none() | st.sampled_from([SEPTEMBER, OCTOBER, NOVEMBER]),
        total=st.none() | st.integers(0, 10**13),
    ),
    max_size=30,
)


@given(facts, st.sampled_from(Dimension))
def test_the_groups_of_any_dimension_add_up_to_the_whole(
    given_facts: list[Fact], dimension: Dimension
) -> None:
    whole = sums(given_facts, OCTOBER)
    parts = [sums(group, OCTOBER) for _, group in grouped(given_facts, dimension)]
    for figure in ("projects", "total_investment", "annual_plan", "done", "due_yuan", "missing"):
        assert sum(getattr(part, figure) for part in parts) == getattr(whole, figure)


@given(facts, st.sampled_from(Dimension))
def test_narrowing_to_a_group_leaves_exactly_its_projects(
    given_facts: list[Fact], dimension: Dimension
) -> None:
    for key, group in grouped(given_facts, dimension):
        keys = narrowed(EVERYTHING, dimension, key)
        assert [fact for fact in given_facts if fact.is_within(keys)] == group
        assert is_fixed(keys, dimension)


def test_the_percentage_compares_only_what_has_a_plan() -> None:
    result = sums([a_fact(plan=120, done=86), a_fact(plan=None, done=50)], OCTOBER)
    assert (result.done, result.share) == (136, Fraction(86, 120))
    assert result.due == Fraction(10, 12)
    assert result.behind == Fraction(10, 12) - Fraction(86, 120)


def test_without_any_plan_there_is_no_percentage() -> None:
    result = sums([a_fact(plan=None, done=50)], OCTOBER)
    assert (result.share, result.due) == (None, Fraction(0))


def test_a_preparatory_project_lacks_neither_a_plan_nor_figures() -> None:
    preparatory = a_fact(keys=(4, 1, 1, 1), plan=None, known=None)
    unplanned = a_fact(keys=(1, 1, 1, 1), plan=None, known=None)
    result = sums([preparatory, unplanned], OCTOBER)
    assert (result.projects, result.unplanned, result.missing) == (2, 1, 1)


@pytest.mark.parametrize(
    ("known", "through"),
    [
        ([], None),
        ([None, None], None),
        ([OCTOBER], OCTOBER),
        ([OCTOBER, OCTOBER, OCTOBER, NOVEMBER], OCTOBER),
        ([OCTOBER, NOVEMBER], NOVEMBER),
        ([SEPTEMBER, OCTOBER, NOVEMBER], OCTOBER),
        ([None, None, None, SEPTEMBER], SEPTEMBER),
    ],
)
def test_a_few_reports_accepted_early_do_not_make_the_others_late(
    known: list[Period | None], through: Period | None
) -> None:
    assert told_through(known) == through


def test_a_project_whose_month_is_not_in_is_counted_as_missing() -> None:
    group = [a_fact(known=SEPTEMBER), a_fact(known=OCTOBER), a_fact(known=None)]
    assert sums(group, OCTOBER).missing == 2


def test_a_closed_set_keeps_its_order_and_names_go_by_size() -> None:
    group = [a_fact(keys=(category, region, 1, 1)) for category, region in
             ((3, 7), (1, 7), (1, 5), (2, NONE), (2, NONE), (2, NONE))]  # fmt: skip
    assert [key for key, _ in grouped(group, Dimension.CATEGORY)] == [1, 2, 3]
    assert [key for key, _ in grouped(group, Dimension.REGION)] == [7, 5, NONE]


def test_the_furthest_behind_come_first_and_those_without_a_plan_last() -> None:
    ahead, behind, none = a_fact(1, done=120), a_fact(2, done=10), a_fact(3, plan=None)
    assert most_behind_first([none, ahead, behind], OCTOBER) == [behind, ahead, none]


def test_a_key_that_leaves_everything_leaves_everything() -> None:
    assert a_fact().is_within((ANY, ANY, ANY, ANY))
    assert not a_fact().is_within((ANY, 2, ANY, ANY))
