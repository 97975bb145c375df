"""What is known of the table somebody fills in, beside the drafts of its reports; plain data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from domain.reporting.filling import Filling
from domain.reporting.many import Applied, Note, Open
from domain.reporting.naming import NotPlaced


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A line as typed that is of no report for certain; `near` are those that may be meant."""

    text: str
    why: NotPlaced
    near: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A person's table.

    `numbers` are the reports in the order in which they are numbered; `notes` what is left open of
    each, with the version of the filling it is of; `unread` the lines that could not be placed;
    `from_table` the reports that came in a table; `shown` the versions that were ready to be
    submitted when the list was shown for the `version`th time.
    """

    numbers: tuple[int, ...] = ()
    notes: Mapping[int, tuple[int, tuple[Note, ...]]] = field(default_factory=dict)
    unread: tuple[Unplaced, ...] = ()
    from_table: frozenset[int] = frozenset()
    shown: Mapping[int, int] = field(default_factory=dict)
    version: int = 0

    def numbered(self, ids: Iterable[int]) -> Self:
        """With numbers for these reports too; a number once given stays."""
        return replace(self, numbers=tuple(dict.fromkeys((*self.numbers, *ids))))

    def number_of(self, obligation_id: int) -> int:
        """The number of a report in the list, from 1."""
        return self.numbers.index(obligation_id) + 1

    def notes_of(self, obligation_id: int, filling: Filling) -> tuple[Note, ...]:
        """What is left open of a report, unless it was changed since."""
        version, notes = self.notes.get(obligation_id, (0, ()))
        return notes if version == filling.version else ()

    def noted(self, obligation_id: int, applied: Applied) -> Self:
        """With what a line has left open of its report."""
        entry = {obligation_id: (applied.filling.version, applied.notes)}
        return replace(self, notes={**self.notes, **entry})

    def without(self, ids: Iterable[int]) -> Self:
        """Without what is known of these reports, and with nothing shown; the numbers stay."""
        gone = set(ids)
        kept = {key: entry for key, entry in self.notes.items() if key not in gone}
        return replace(self, notes=kept, from_table=self.from_table - gone, shown={})

    def as_data(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return {
            "numbers": list(self.numbers),
            "notes": [
                [key, version, [[note.what.value, note.text] for note in notes]]
                for key, (version, notes) in self.notes.items()
            ],
            "unread": [[one.text, one.why.value, list(one.near)] for one in self.unread],
            "from_table": sorted(self.from_table),
            "shown": [list(pair) for pair in self.shown.items()],
            "version": self.version,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Self:
        """What `as_data` wrote."""
        if not data:
            return cls()
        notes = {
            key: (version, tuple(Note(Open(what), text) for what, text in notes))
            for key, version, notes in data["notes"]
        }
        return cls(
            tuple(data["numbers"]),
            notes,
            tuple(
                Unplaced(text, NotPlaced(why), tuple(near)) for text, why, near in data["unread"]
            ),
            frozenset(data["from_table"]),
            dict(data["shown"]),
            data["version"],
        )
