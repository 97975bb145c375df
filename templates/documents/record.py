"""The workbook of the record of chasing."""

import datetime as dtm
from collections.abc import Sequence
from decimal import Decimal
from zoneinfo import ZoneInfo

from templates.documents.workbook import table
from templates.record import Entry
from templates.render import Voice, name_of, wordbook


def record_workbook(entries: Sequence[Entry], voice: Voice) -> bytes:
    """A row for each thing that happened, in the given order."""
    words = wordbook(voice.language, "documents")["record"]
    names = wordbook(voice.language, "names")
    known = {**names["return_reason"], **names["promise_state"]}
    zone = ZoneInfo(voice.zone)
    cells = [
        (
            _moment(entry.at, zone),
            name_of(entry.what, voice.language),
            entry.person,
            entry.unit,
            entry.project,
            str(entry.month or ""),
            Decimal(entry.reports),
            names["occasion"].get(entry.occasion, entry.occasion),
            name_of(entry.fate, voice.language) if entry.fate else "",
            _moment(entry.delivered_at, zone),
            _moment(entry.known_at, zone),
            _moment(entry.until, zone),
            known.get(entry.words, entry.words),
        )
        for entry in entries
    ]
    return table(words["title"], words["header"], cells)


def _moment(at: dtm.datetime | None, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}" if at else ""
