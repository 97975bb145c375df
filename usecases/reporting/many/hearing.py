"""Lines somebody sends: each fills in its report; what cannot be placed is kept as typed."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from domain.reporting.lines import Line, Reading, read_lines
from domain.reporting.many import apply_line
from domain.reporting.naming import NotPlaced
from domain.reporting.table import Unplaced
from usecases.asker import Asker
from usecases.reporting.many.rows import (
    Row,
    Rows,
    candidates,
    keep_filling,
    keep_table,
    locked,
    rows_of,
)

MOST_UNPLACED = 50


def reading_of(session: Session, rows: Rows, text: str) -> Reading:
    """What the lines of a text say of which of these reports."""
    return read_lines(text, candidates(session, rows)) if rows.rows else Reading((), ())


def take_lines(
    session: Session, asker: Asker, rows: Rows, reading: Reading, now: dtm.datetime
) -> Rows:
    """The reports after these lines; what was not understood before is asked no more."""
    rows = locked(session, asker, rows, [line.candidate.key for line in reading.lines])
    unplaced = [Unplaced(one.text, one.unknown.why, one.unknown.near) for one in reading.unread]
    table = rows.table
    for line in reading.lines:
        row = rows.row(line.candidate.key)
        why = _refused(row, line)
        if row is None or why is not None:
            unplaced.append(Unplaced(line.text, why or NotPlaced.NO_PROJECT, (line.candidate.key,)))
            continue
        applied = apply_line(row.filling, row.matter.base, line.said)
        keep_filling(session, asker, row, applied.filling, now)
        came = {row.id} if reading.is_table else set()
        table = replace(table.noted(row.id, applied), from_table=table.from_table | came)
    keep_table(session, asker, replace(table, unread=tuple(unplaced[:MOST_UNPLACED])), now)
    return rows_of(session, asker, now)


def _refused(row: Row | None, line: Line) -> NotPlaced | None:
    """Why a line changes nothing, though it is known what it is of."""
    if row is None or not row.is_owed:
        return NotPlaced.NOT_OPEN
    if not row.is_mine:
        return NotPlaced.HELD
    return NotPlaced.NOTHING_SAID if line.said.is_empty else None
