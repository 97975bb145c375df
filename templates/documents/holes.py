"""The workbook of the holes in the chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.chain import Gap, Rung
from templates.documents.workbook import table
from templates.render import Voice, name_of, wordbook


@dataclass(frozen=True)
class HoleRow:
    """One rung on which nobody can be told; `phone` is empty for those who may not see it."""

    unit: str
    project: str
    rung: Rung
    gap: Gap
    person: str = ""
    phone: str = ""


def holes_workbook(rows: Sequence[HoleRow], voice: Voice) -> bytes:
    """A row for each hole, in the given order."""
    words = wordbook(voice.language, "documents")["holes"]
    cells = [
        (
            row.unit,
            row.project,
            name_of(row.rung, voice.language),
            name_of(row.gap, voice.language),
            row.person,
            row.phone,
        )
        for row in rows
    ]
    return table(words["title"], words["header"], cells)
