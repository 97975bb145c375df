"""提交N项: what the table showed as ready becomes reports; whatever changed meanwhile does not."""

import datetime as dtm

from sqlmodel import Session

from db.tables.reporting import ReportSource
from domain.access import Action
from domain.reporting.naming import NotPlaced
from templates.many import FailedLine, ManySubmitted, SubmittedLine
from templates.reporting import DraftHeld, ReportNotOpen
from usecases import dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.reporting.filling import Desk, desk_of
from usecases.reporting.many.rows import Rows, keep_table, locked, rows_of
from usecases.reporting.many.showing import line_of
from usecases.reporting.many.table import outdated
from usecases.reporting.submitting import hand_in, source_of
from usecases.rights import entitled


@entitled(Action.REPORT)
def submit(session: Session, asker: Asker, version: int, now: dtm.datetime) -> Answers:
    """Exactly what the table of this version showed as ready; the others are said one by one."""
    rows = rows_of(session, asker, now)
    if version != rows.table.version or not rows.table.shown:
        return say(outdated(session, asker, rows, now))
    rows = locked(session, asker, rows, rows.table.shown)
    settled = [_settled(session, asker, rows, one, now) for one in rows.table.shown]
    done = tuple(one for one in settled if isinstance(one, SubmittedLine))
    failed = tuple(one for one in settled if isinstance(one, FailedLine))
    after = rows_of(session, asker, now)
    keep_table(session, asker, after.table.without(one.obligation_id for one in done), now)
    if not after.owed:
        dialogs.end(session, asker)
    return in_place(ManySubmitted(now, done, failed, len(after.owed)))


def _settled(
    session: Session, asker: Asker, rows: Rows, obligation_id: int, now: dtm.datetime
) -> SubmittedLine | FailedLine:
    """One report handed in as it was shown, or why it was not."""
    row, version = rows.row(obligation_id), rows.table.shown[obligation_id]
    if row is None or not row.is_begun:
        return _refused(session, asker, rows, obligation_id, now)
    name, filling = row.matter.project.name, row.filling
    if filling.version != version or not line_of(row, rows.table).is_ready:
        return FailedLine(row.number, name, NotPlaced.CHANGED)
    came_in_table = obligation_id in rows.table.from_table
    source = ReportSource.TABLE if came_in_table else source_of(asker)
    hand_in(session, asker, Desk(row.matter, filling), source, now)
    return SubmittedLine(obligation_id, row.number, name, filling.invested)


def _refused(
    session: Session, asker: Asker, rows: Rows, obligation_id: int, now: dtm.datetime
) -> FailedLine:
    """What stands in the way, in the words a single report would have."""
    number = rows.table.number_of(obligation_id)
    match desk_of(session, asker, obligation_id, now):
        case DraftHeld(head=head, holder=holder):
            return FailedLine(number, head.name, NotPlaced.HELD, holder)
        case ReportNotOpen(head=head, obstacle=obstacle):
            return FailedLine(number, head.name, obstacle)
        case Desk(matter=matter):
            return FailedLine(number, matter.project.name, NotPlaced.CHANGED)
    return FailedLine(number, "", NotPlaced.NOT_YOURS)
