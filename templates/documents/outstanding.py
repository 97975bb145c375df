"""The workbook of what is outstanding of a month."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from domain.chain import Gap
from templates.documents.workbook import table
from templates.render import Voice, name_of, wordbook


@dataclass(frozen=True)
class OutstandingRow:
    """A report still to come, with its main reporter; `gap` says why they cannot be told."""

    unit: str
    region: str
    project: str
    due_at: dtm.datetime
    days_late: int
    is_returned: bool
    reporter: str = ""
    phone: str = ""
    gap: Gap | None = None


def outstanding_workbook(rows: Sequence[OutstandingRow], voice: Voice) -> bytes:
    """A row for each report, in the given order."""
    words = wordbook(voice.language, "documents")["outstanding"]
    zone = ZoneInfo(voice.zone)
    cells = [
        (
            row.unit,
            row.region,
            row.project,
            words["returned" if row.is_returned else "missing"],
            f"{row.due_at.astimezone(zone):%Y-%m-%d %H:%M}",
            Decimal(row.days_late),
            row.reporter,
            row.phone,
            name_of(row.gap, voice.language) if row.gap else "",
        )
        for row in rows
    ]
    return table(words["title"], words["header"], cells)
