"""What was found in a table besides its sound rows, and whether it may be taken over."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self, TypeAlias

from domain.importing.conflicts import Conflict, ConflictCode
from domain.tables import Doubt, DoubtCode, Problem, ProblemCode

Trouble: TypeAlias = Problem | Conflict

OF_THE_FILE = frozenset(
    {
        ProblemCode.NO_TABLE,
        ProblemCode.COLUMN_TWICE,
        ProblemCode.COLUMN_MISSING,
        ConflictCode.NO_COORDINATOR_LEFT,
    }
)
"""Troubles of the whole file: no row of it can be told to be sound."""

NEAR = frozenset({DoubtCode.UNIT_NEAR, DoubtCode.REGION_NEAR, DoubtCode.NAME_NEAR})
"""Doubts that are asked about: an unknown name may be a known one misspelt."""


class Obstacle(StrEnum):
    """Why a table is not taken over as it stands."""

    BAD_FILE = "bad_file"
    BAD_ROWS = "bad_rows"
    NEAR_NAMES = "near_names"


@dataclass(frozen=True, slots=True)
class Leniency:
    """What somebody has decided to let pass."""

    accepts_new_names: bool = False
    skips_bad_rows: bool = False


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything wrong, doubtful or new in a table."""

    troubles: tuple[Trouble, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    new_units: tuple[str, ...] = ()
    new_regions: tuple[str, ...] = ()

    @property
    def bad_rows(self) -> int:
        """How many rows are left out where bad ones are skipped."""
        return len({(one.place.sheet, one.place.row) for one in self.troubles})

    @property
    def near(self) -> tuple[Doubt, ...]:
        """The doubts somebody must decide, each name once."""
        return tuple(once_each_name(doubt for doubt in self.doubts if doubt.code in NEAR))

    @property
    def remarks(self) -> tuple[Doubt, ...]:
        """The doubts that are only told."""
        return tuple(doubt for doubt in self.doubts if doubt.code not in NEAR)

    @property
    def facts(self) -> tuple[object, ...]:
        """What follows from the table and the records alone, whatever was let pass."""
        return self.troubles, self.remarks, self.new_units, self.new_regions

    def letting_pass(self, names: frozenset[str]) -> Self:
        """The findings without doubts about names that somebody has said are new."""
        kept = (one for one in self.doubts if not (one.code in NEAR and _raw(one) in names))
        return replace(self, doubts=tuple(kept))

    def obstacles(self, leniency: Leniency) -> tuple[Obstacle, ...]:
        """What still stands in the way; nothing when the table may be taken over."""
        return tuple(self._obstacles(leniency))

    def _obstacles(self, leniency: Leniency) -> Iterator[Obstacle]:
        if any(trouble.code in OF_THE_FILE for trouble in self.troubles):
            yield Obstacle.BAD_FILE
        elif self.troubles and not leniency.skips_bad_rows:
            yield Obstacle.BAD_ROWS
        if self.near and not leniency.accepts_new_names:
            yield Obstacle.NEAR_NAMES


def once_each_name(doubts: Iterable[Doubt]) -> Iterator[Doubt]:
    """The first doubt about each name."""
    told = set()
    for doubt in doubts:
        key = doubt.code, _raw(doubt)
        if key not in told:
            told.add(key)
            yield doubt


def _raw(doubt: Doubt) -> str | int | None:
    return doubt.parameters.get("raw")
