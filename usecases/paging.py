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
