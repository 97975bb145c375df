"""Cutting a list into the pages a phone shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """One page of a list: its items, its number from 0, and how many pages there are."""

    items: tuple[Item, ...]
    number: int
    count: int


def page_of(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """The page asked for, or the nearest there is: a list may have become shorter meanwhile."""
    count = max(1, -(-len(items) // size))
    at = min(max(number, 0), count - 1)
    return Page(tuple(items[at * size : (at + 1) * size]), at, count)


def page_of_thread(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """The same for what is read at its end: the last page is full, the first has what is over."""
    last = page_of(items, number, size)
    end = len(items) - (last.count - 1 - last.number) * size
    return Page(tuple(items[max(0, end - size) : end]), last.number, last.count)
