"""The table as it is shown: what was read of each report, and what of it is open."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from domain.amounts import DoubtReason
from domain.reporting.filling import OPENINGS, Filling, Step, awaited, path
from domain.reporting.machine import candidates
from domain.reporting.table import Table, Unplaced
from templates.many import FilledLine, ManyTable, UnplacedLine
from usecases.asker import Asker
from usecases.reporting.cards import figures_of, findings_of
from usecases.reporting.many.rows import Row, Rows, keep_table

# What a phone can still be read on; the others follow when these are submitted.
READY_SHOWN = 15
OPEN_SHOWN = 6
UNPLACED_SHOWN = 6
NEAR_SHOWN = 5


def shown(session: Session, asker: Asker, rows: Rows, now: dtm.datetime) -> ManyTable:
    """The table to confirm. What it shows is remembered: only that can be submitted from it."""
    lines = [line_of(row, rows.table) for row in rows.begun]
    ready = tuple(line for line in lines if line.is_ready)[:READY_SHOWN]
    unready = tuple(line for line in lines if not line.is_ready)[:OPEN_SHOWN]
    versions = {row.id: row.filling.version for row in rows.begun}
    table = replace(
        rows.table,
        shown={line.obligation_id: versions[line.obligation_id] for line in ready},
        version=rows.table.version + 1,
    )
    keep_table(session, asker, table, now)
    return ManyTable(
        version=table.version,
        ready=ready,
        open=unready,
        unplaced=tuple(_unplaced(one, table) for one in table.unread[:UNPLACED_SHOWN]),
        left=len(rows.owed) - len(lines),
        others=len(lines) - len(ready) - len(unready),
        in_wan=sum(line.doubt is DoubtReason.NO_UNIT for line in lines),
    )


def line_of(row: Row, table: Table) -> FilledLine:
    """A report of the table as it was read."""
    matter, filling = row.matter, row.filling
    figures = figures_of(matter, filling)
    return FilledLine(
        obligation_id=row.id,
        number=row.number,
        name=matter.project.name,
        month=matter.period,
        invested=filling.invested,
        progress=filling.progress or "",
        problems=filling.problems,
        problems_stand=filling.problems_stand,
        openings=_openings(row, filling),
        explanation=filling.explanation,
        is_preparatory=matter.base.is_preparatory,
        is_unchanged=filling.is_unchanged,
        missing=_missing(row, filling),
        doubt=filling.doubt.reason if filling.doubt else None,
        doubted=filling.step if filling.doubt else None,
        candidates=candidates(filling),
        odd=findings_of(matter, figures).odd,
        notes=table.notes_of(row.id, filling),
    )


def _openings(row: Row, filling: Filling) -> tuple[tuple[Step, int], ...]:
    """The opening balances stated, where they are asked for."""
    stated = {
        Step.OPENING_YEAR: filling.opening_year,
        Step.OPENING_START: filling.opening_start,
    }
    asked = path(row.matter.base)
    return tuple(
        (step, yuan) for step in OPENINGS if step in asked and (yuan := stated[step]) is not None
    )


def _missing(row: Row, filling: Filling) -> tuple[Step, ...]:
    """Every question without its answer, apart from the one whose amount is in doubt."""
    base = row.matter.base
    unanswered = [step for step in path(base) if not filling.has(step)]
    after = awaited(filling, base)
    more = [after] if after not in (Step.CARD, *unanswered) else []
    in_doubt = filling.step if filling.doubt else None
    return tuple(step for step in (*unanswered, *more) if step is not in_doubt)


def _unplaced(one: Unplaced, table: Table) -> UnplacedLine:
    near = [table.number_of(key) for key in one.near if key in table.numbers]
    return UnplacedLine(one.text, one.why, tuple(near[:NEAR_SHOWN]))
