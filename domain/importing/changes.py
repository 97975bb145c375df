"""What a table says against what is kept: which facts change, from what to what."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from domain.periods import Period
from domain.spellings import folded

Fact: TypeAlias = str | int | Period | StrEnum | tuple[str, ...] | None
Facts: TypeAlias = Mapping[StrEnum, Fact]


class Outcome(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    LISTED = "listed"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_ALONE = "left_alone"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is not as it was; `at` is the month it counts up to, for a balance."""

    field: StrEnum
    old: Fact
    new: Fact
    at: Period | None = None


def changes_between(old: Facts, new: Facts) -> Iterator[Change]:
    """Each fact the table states otherwise; a blank cell states nothing and changes nothing."""
    for field, said in new.items():
        kept = old.get(field)
        if said not in (None, "", ()) and not is_same(kept, said):
            yield Change(field, kept, said)


def is_same(kept: Fact, said: Fact) -> bool:
    """Whether two facts are one; width, spaces, dashes and capitals make no other name."""
    match kept, said:
        case StrEnum(), _:
            return kept is said
        case str(), str():
            return folded(kept) == folded(said)
        case tuple(), tuple():
            return [folded(each) for each in kept] == [folded(each) for each in said]
    return kept == said
