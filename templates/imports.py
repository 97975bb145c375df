"""A table somebody sent: what it would change, what is wrong with it, what became of it."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from domain.importing.changes import Outcome
from domain.importing.contacts import ContactVerdict
from domain.importing.findings import Obstacle, Trouble
from domain.importing.projects import ProjectVerdict
from domain.stated import Mismatch
from domain.tables import Doubt
from domain.vocabulary import Level
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 3
REFUSING = frozenset({Obstacle.BAD_FILE, Obstacle.BAD_ROWS})
TAKEN_OVER = (Outcome.NEW, Outcome.LISTED, Outcome.CHANGED, Outcome.RETURNED)
CHANGES_SHOWN = 3
"""How many changes of one project a preview tells; the templates cut there."""

Item = TypeVar("Item")
Verdict = TypeVar("Verdict", ProjectVerdict, ContactVerdict)


@dataclass(frozen=True, slots=True)
class First(Generic[Item]):
    """The first few of many, and how many more there are."""

    shown: tuple[Item, ...] = ()
    more: int = 0

    @classmethod
    def of(cls, items: Sequence[Item], longest: int | None) -> "First[Item]":
        """The first `longest` of them; all where that is None."""
        shown = tuple(items[:longest])
        return cls(shown, len(items) - len(shown))

    @property
    def total(self) -> int:
        """How many there are altogether."""
        return len(self.shown) + self.more


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a table, and what must be asked about it."""

    troubles: First[Trouble]
    near: First[Doubt]
    remarks: First[Doubt]
    obstacles: tuple[Obstacle, ...] = ()
    bad_rows: int = 0

    @property
    def keeps_bad_rows_out(self) -> bool:
        """Whether the sound rows would be taken over without the others."""
        return not REFUSING & set(self.obstacles)

    @property
    def is_cut(self) -> bool:
        """Whether not everything wrong is shown."""
        return bool(self.troubles.more or self.near.more or self.remarks.more)

    def keys(self, preview_id: int, changes_something: bool) -> Rows:
        """What the office may do: take the table over, leave bad rows out, let new names pass.

        Of a table that changes nothing there is nothing to drop either.
        """
        drop = Button("import_drop", "import.drop", (preview_id,))
        if Obstacle.BAD_FILE in self.obstacles:
            return ((drop,),)
        if Obstacle.BAD_ROWS in self.obstacles:
            skip = Button("import_skip", "import.skip", (preview_id,), {"count": self.bad_rows})
            return ((skip,), (drop,)) if changes_something else ((drop,),)
        if self.obstacles:
            return ((Button("import_accept", "import.accept", (preview_id,)),), (drop,))
        confirm = Button("import_confirm", "import.confirm", (preview_id,))
        return ((confirm, drop),) if changes_something else ()


@dataclass(frozen=True)
class NewNames:
    """Organisations and regions that would be new to the office."""

    units: First[str]
    regions: First[str]

    @property
    def is_cut(self) -> bool:
        """Whether not all of them are shown."""
        return bool(self.units.more or self.regions.more)


@dataclass(frozen=True)
class ProgrammePreview(Message):
    """A table of projects, read and compared; nothing is changed yet."""

    preview_id: int
    file_name: str
    title: str
    level: Level
    year: int
    batch: str
    is_known: bool
    counts: Mapping[Outcome, int]
    changed: First[ProjectVerdict]
    new: First[ProjectVerdict]
    names: NewNames
    mismatches: First[Mismatch]
    roundings: int
    wrong: Wrong
    is_again: bool = False

    @property
    def is_cut(self) -> bool:
        """Whether something is left to be read in the workbook."""
        return (
            _is_cut(self.changed, self.new)
            or self.names.is_cut
            or self.wrong.is_cut
            or bool(self.mismatches.more)
        )

    def rows(self) -> Rows:
        """Take it over or drop it."""
        return self.wrong.keys(self.preview_id, _changes_something(self.counts))


@dataclass(frozen=True)
class ContactsPreview(Message):
    """A table of contacts, read and compared; nothing is changed yet."""

    preview_id: int
    file_name: str
    counts: Mapping[Outcome, int]
    changed: First[ContactVerdict]
    new: First[ContactVerdict]
    names: NewNames
    wrong: Wrong
    is_again: bool = False
    left: First[ContactVerdict] = First()

    @property
    def is_cut(self) -> bool:
        """Whether something is left to be read in the workbook."""
        people = _is_cut(self.changed, self.new) or bool(self.left.more)
        return people or self.names.is_cut or self.wrong.is_cut

    def rows(self) -> Rows:
        """Have those who left come back, take it over, or drop it."""
        keys = self.wrong.keys(self.preview_id, _changes_something(self.counts))
        if not self.left.total:
            return keys
        words = {"count": self.left.total}
        return ((Button("import_return", "import.return", (self.preview_id,), words),), *keys)


Preview = ProgrammePreview | ContactsPreview


@dataclass(frozen=True)
class BatchChoice:
    """A stored batch of the year to which a table may belong."""

    programme_id: int
    batch: str


@dataclass(frozen=True)
class WhichProgramme(Message):
    """No title says which programme the table is of: the level, the year, or the batch."""

    preview_id: int
    file_name: str
    level: Level | None
    year: int | None
    this_year: int
    batches: tuple[BatchChoice, ...] = ()

    def rows(self) -> Rows:
        """A button for each possible programme."""
        if self.batches:
            buttons = tuple(
                Button(
                    "import_batch",
                    "import.into",
                    (self.preview_id, one.programme_id),
                    {"batch": one.batch},
                )
                for one in self.batches
            )
        else:
            buttons = tuple(
                self._button(level, year) for year in self._years for level in self._levels
            )
        drop = Button("import_drop", "import.drop", (self.preview_id,))
        return (*in_rows(buttons, BUTTONS_A_ROW), (drop,))

    @property
    def _levels(self) -> tuple[Level, ...]:
        return (self.level,) if self.level else tuple(Level)

    @property
    def _years(self) -> tuple[int, ...]:
        return (self.year,) if self.year else (self.this_year, self.this_year + 1)

    def _button(self, level: Level, year: int) -> Button:
        args = (self.preview_id, tuple(Level).index(level), year)
        return Button("import_programme", "import.programme", args, {"level": level, "year": year})


@dataclass(frozen=True)
class ImportDetails(Message):
    """The caption of the workbook in which everything stands that a preview only begins."""

    file_name: str


@dataclass(frozen=True)
class ImportDone(Message):
    """The table was taken over."""

    file_name: str
    counts: Mapping[Outcome, int]
    skipped: int = 0


@dataclass(frozen=True)
class ImportRehearsed(Message):
    """Only tried out: nothing was changed."""

    file_name: str


@dataclass(frozen=True)
class ImportDropped(Message):
    """The table was dropped; nothing was changed."""

    file_name: str


@dataclass(frozen=True)
class ImportSettled(Message):
    """A second press: what became of the table before, and when."""

    file_name: str
    was_confirmed: bool
    at: dtm.datetime


@dataclass(frozen=True)
class FileRefused(Message):
    """A file that is not read at all, and why."""

    file_name: str
    reason: StrEnum
    looks_like: StrEnum | None
    parameters: Mapping[str, str | int]


@dataclass(frozen=True)
class TableNotRecognised(Message):
    """A workbook with neither a table of projects nor one of contacts; what headers are needed."""

    file_name: str


def _changes_something(counts: Mapping[Outcome, int]) -> bool:
    return any(counts[one] for one in TAKEN_OVER)


def _is_cut(changed: First[Verdict], new: First[Verdict]) -> bool:
    overlong = any(len(verdict.changes) > CHANGES_SHOWN for verdict in changed.shown)
    return bool(changed.more or new.more or overlong)
