"""The conversation in which many are filled in: begun, heard, kept, dropped."""

import datetime as dtm
from dataclasses import replace

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.speech import Dialog
from domain.access import Action
from domain.amounts import DoubtReason
from domain.dialogs import Position
from domain.reporting import machine
from domain.reporting.figures import find_amount
from domain.reporting.filling import OPENINGS, path
from domain.reporting.lines import Reading
from domain.reporting.turns import Choice, Control
from templates.many import (
    ManyDrop,
    ManyDropped,
    ManyKept,
    ManyStart,
    ManyTable,
    NumberedReport,
)
from templates.reporting import NothingOwed
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.lookup import look_up
from usecases.reporting.many.hearing import reading_of, take_lines
from usecases.reporting.many.rows import (
    Row,
    Rows,
    forget_table,
    keep_filling,
    keep_table,
    locked,
    rows_of,
)
from usecases.reporting.many.showing import shown
from usecases.rights import entitled

LISTED = 30
LINES = Position("lines")


@entitled(Action.REPORT)
def begin(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """一次填多项: what is filled in so far, or how to begin; lines are heard from now on."""
    rows = rows_of(session, asker, now)
    if not rows.owed:
        return say(NothingOwed(len(rows.rows)))
    keep_table(session, asker, rows.table, now)
    dialogs.stand_at(session, asker, MANY, LINES, now)
    return say(shown(session, asker, rows, now) if rows.begun else _start(session, rows))


@entitled(Action.REPORT)
def later(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """先存着: everything is kept and offered again."""
    rows = rows_of(session, asker, now)
    dialogs.end(session, asker)
    if not rows.owed:
        return say(NothingOwed(len(rows.rows)))
    return say(ManyKept(len(rows.begun), rows.owed[0].matter.obligation.due_at))


@entitled(Action.REPORT)
def drop(session: Session, asker: Asker, version: int, now: dtm.datetime) -> Answers:
    """作废: really?"""
    rows = rows_of(session, asker, now)
    if version != rows.table.version or not rows.begun:
        return say(outdated(session, asker, rows, now))
    return in_place(ManyDrop(version, len(rows.begun)))


@entitled(Action.REPORT)
def dropped(session: Session, asker: Asker, version: int, now: dtm.datetime) -> Answers:
    """What is filled in is dropped; the reports are still owed."""
    rows = rows_of(session, asker, now)
    if version != rows.table.version or not rows.begun:
        return say(outdated(session, asker, rows, now))
    begun = rows.begun
    for row in begun:
        session.delete(row.draft)
        audit.record(session, asker, "report.draft_dropped", now, ("obligation", row.id))
    forget_table(session, asker)
    dialogs.end(session, asker)
    return in_place(ManyDropped(len(begun)))


@entitled(Action.REPORT)
def in_wan(session: Session, asker: Asker, version: int, now: dtm.datetime) -> Answers:
    """没写单位的都按万元: each amount without a unit is in 万元, as the table had them."""
    rows = rows_of(session, asker, now)
    if version != rows.table.version:
        return say(outdated(session, asker, rows, now))
    rows = locked(session, asker, rows, [row.id for row in rows.begun])
    for row in rows.begun:
        _read_in_wan(session, asker, row, now)
    return in_place(shown(session, asker, rows_of(session, asker, now), now))


def outdated(session: Session, asker: Asker, rows: Rows, now: dtm.datetime) -> ManyTable:
    """A button of an earlier table changes nothing: it is shown as it is now."""
    return replace(shown(session, asker, rows, now), is_stale=True)


def hear_lines(
    session: Session, asker: Asker, rows: Rows, reading: Reading, now: dtm.datetime
) -> ManyTable:
    """Take the lines and show the table; the next lines are heard too."""
    dialogs.stand_at(session, asker, MANY, LINES, now)
    return shown(session, asker, take_lines(session, asker, rows, reading, now), now)


def is_lookup(text: str, reading: Reading) -> bool:
    """Whether a text reports nothing: a name alone, or words that speak of no amount."""
    if "\n" in text.strip() or any(not line.said.is_empty for line in reading.lines):
        return False
    return not any(find_amount(one.text, 0).amount for one in reading.unread)


def _start(session: Session, rows: Rows) -> ManyStart:
    owed = rows.owed
    example = next((row for row in owed if not row.matter.base.is_preparatory), owed[0])
    last = max(row.matter.period for row in owed)
    first = min(row.matter.base.first for row in owed if row.matter.period == last)
    opening = any(step in OPENINGS for row in owed for step in path(row.matter.base))
    return ManyStart(
        covered=(first, last),
        due=owed[0].matter.obligation.due_at,
        lines=tuple(_numbered(session, row) for row in owed[:LISTED]),
        owed=len(owed),
        more=len(owed[LISTED:]),
        example=example.number,
        is_preparatory=example.matter.base.is_preparatory,
        before=first.previous if opening else None,
    )


def _numbered(session: Session, row: Row) -> NumberedReport:
    holder = (
        ""
        if row.draft is None or row.is_mine
        else session.get_one(Contact, row.draft.holder_id).name
    )
    return NumberedReport(
        row.number, row.matter.project.name, row.matter.period, row.is_begun, holder
    )


def _read_in_wan(session: Session, asker: Asker, row: Row, now: dtm.datetime) -> None:
    filling = row.filling
    if filling.doubt is None or filling.doubt.reason is not DoubtReason.NO_UNIT:
        return
    reading = filling.doubt.candidates[0]
    turn = machine.choose(filling, row.matter.base, Choice.AMOUNT, reading)
    if turn is not None and not turn.problems:
        keep_filling(session, asker, row, turn.filling, now)


class _Conversation:
    """Free text while many are filled in."""

    kind = "many"

    def heard(
        self, session: Session, asker: Asker, _row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """Lines fill in; a name alone is still looked up."""
        if machine.control_of(text) is Control.LATER:
            return later(session, asker, None, now)
        rows = rows_of(session, asker, now)
        reading = reading_of(session, rows, text)
        if is_lookup(text, reading):
            return look_up(session, asker, text, now)
        return say(hear_lines(session, asker, rows, reading, now))

    def asked_again(
        self, session: Session, asker: Asker, _row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The table as it stands, or how to begin."""
        return begin(session, asker, None, now)


MANY = dialogs.register_flow(_Conversation())
