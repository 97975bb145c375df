"""Pages of lists, from their beginning, and of threads, from their end."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from usecases.paging import page_of, page_of_thread

ENTRIES = tuple(range(1, 8))


@pytest.mark.parametrize(
    ("number", "shown"), [(0, (1,)), (1, (2, 3, 4)), (2, (5, 6, 7)), (9, (5, 6, 7)), (-1, (1,))]
)
def test_a_threads_last_page_is_full_and_its_first_has_what_is_over(
    number: int, shown: tuple[int, ...]
) -> None:
    assert page_of_thread(ENTRIES, number, 3).items == shown


def test_nothing_is_one_empty_page() -> None:
    assert page_of_thread((), 0, 3) == page_of((), 0, 3)


@given(st.lists(st.integers(), max_size=30), st.integers(min_value=1, max_value=9))
def test_turning_through_shows_everything_once_in_order(items: list[int], size: int) -> None:
    for pages in (page_of, page_of_thread):
        count = pages(items, 0, size).count
        shown = [one for number in range(count) for one in pages(items, number, size).items]
        assert shown == items
