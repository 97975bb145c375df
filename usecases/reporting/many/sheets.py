"""The table of reports, handed out filled in as far as it goes, and taken back as lines are."""

import datetime as dtm

from sqlmodel import Session

from domain.access import Action, Reach
from domain.reporting.filling import OPENINGS, path
from domain.reporting.sheets import MARK, form_in, read_rows
from templates.documents.monthly import MonthlyRow, monthly_workbook
from templates.documents.workbook import file_name
from templates.many import MonthlyTable, MonthlyTableRefused
from templates.render import wordbook
from templates.reporting import NothingOwed
from usecases import audit, dialogs
from usecases.answers import Answers, Hand, UseCase, say
from usecases.asker import Asker
from usecases.import_messages import refused
from usecases.imports import Upload
from usecases.reporting.many.rows import Row, candidates, keep_table, rows_of
from usecases.reporting.many.table import LINES, MANY, hear_lines
from usecases.rights import entitled
from usecases.workbook import UnreadableWorkbook


@entitled(Action.REPORT)
def hand_out(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """下载表格: everything owed, with last month beside it and what is filled in already."""
    rows = rows_of(session, asker, now)
    if not rows.owed:
        return say(NothingOwed(len(rows.rows)))
    keep_table(session, asker, rows.table, now)
    dialogs.stand_at(session, asker, MANY, LINES, now)
    last = max(row.matter.period for row in rows.owed)
    before = last.previous if any(_asks_openings(row) for row in rows.owed) else None
    mine = [row for row in rows.owed if row.is_mine]
    content = monthly_workbook([_row(row) for row in mine], before, asker.voice)
    months = wordbook(asker.voice.language, "names")["months"]
    name = file_name("monthly", asker.voice, month=months[last.month - 1])
    return (Hand(MonthlyTable(len(mine), rows.owed[0].matter.obligation.due_at), name, content),)


def taken_or(receive: UseCase[Upload]) -> UseCase[Upload]:
    """The use-case for a file: a table of reports fills them in, any other is `receive`d."""

    def taken(session: Session, asker: Asker, upload: Upload, now: dtm.datetime) -> Answers:
        if asker.reach(Action.REPORT) is Reach.NONE:
            return receive(session, asker, upload, now)
        imports = asker.reach(Action.IMPORT) is not Reach.NONE
        try:
            form = form_in(upload.file.workbook())
        except UnreadableWorkbook as unreadable:
            return say(refused(upload.file.name, unreadable))
        if form is None or (imports and not form.is_ours):
            if imports:
                return receive(session, asker, upload, now)
            return say(MonthlyTableRefused(upload.file.name))
        if form.lacks:
            return say(MonthlyTableRefused(upload.file.name, form.lacks))
        audit.record(session, asker, "report.table_received", now)
        rows = rows_of(session, asker, now)
        reading = read_rows(form, candidates(session, rows))
        return say(hear_lines(session, asker, rows, reading, now))

    return taken


def _asks_openings(row: Row) -> bool:
    return any(step in OPENINGS for step in path(row.matter.base))


def _row(row: Row) -> MonthlyRow:
    matter, filling = row.matter, row.filling
    kinds = {problem.kind for problem in filling.problems or ()}
    return MonthlyRow(
        mark=f"{MARK}{row.id}",
        number=row.number,
        name=matter.project.name,
        code=matter.project.code or "",
        last=matter.base.recent[0] if matter.base.recent else None,
        last_progress=matter.base.progress,
        opening_year=filling.opening_year,
        opening_start=filling.opening_start,
        invested=filling.invested,
        progress=filling.progress or "",
        problems="\n".join(problem.text for problem in filling.problems or ()),
        kind=kinds.pop() if len(kinds) == 1 else None,
        next_steps=filling.next_steps,
        explanation=filling.explanation,
    )
