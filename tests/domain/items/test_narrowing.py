"""The words that ask for some of the items, and the numbers that name one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items.narrowing import ItemFilter, filter_called, kind_called
from domain.items.numbers import item_number
from domain.vocabulary import ProblemKind


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("逾期", ItemFilter.OVERDUE),
        (" Overdue ", ItemFilter.OVERDUE),
        ("我的", ItemFilter.MINE),
        ("全部", ItemFilter.OPEN),
        ("用地", None),
        ("逾期开工", None),
    ],
)
def test_a_filter_is_asked_for_by_its_whole_name(said: str, what: ItemFilter | None) -> None:
    assert filter_called(said) is what


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("用地", ProblemKind.LAND),
        ("拆迁", ProblemKind.LAND_ACQUISITION),
        ("Funding", ProblemKind.FUNDING),
        ("用地中心项目", None),
        ("", None),
    ],
)
def test_a_kind_is_asked_for_by_its_whole_name(said: str, kind: ProblemKind | None) -> None:
    assert kind_called(said) is kind


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", 12),
        ("事项12", 12),
        ("议定事项 12。", 12),
        ("#12", 12),
        ("１２", 12),
        ("12 13", None),
        ("事项", None),
        ("1" * 16, None),
    ],
)
def test_an_item_is_named_by_the_only_number(said: str, number: int | None) -> None:
    assert item_number(said) == number


@given(st.integers(0, 10**15 - 1), st.text(st.characters(exclude_categories=["N"]), max_size=9))
def test_whatever_words_stand_around_it_the_number_is_read(number: int, words: str) -> None:
    assert item_number(f"{words}{number}{words}") == number
