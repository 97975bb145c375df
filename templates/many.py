"""Several reports filled in at once: how, the table to confirm, what became of it."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.amounts import DoubtReason
from domain.periods import Period
from domain.reporting.checks import Odd
from domain.reporting.filling import ReportedProblem, Step
from domain.reporting.many import Note
from domain.reporting.naming import NotPlaced
from domain.reporting.sheets import SheetColumn
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 5


@dataclass(frozen=True)
class NumberedReport:
    """A report by its number in the list; `holder` is whoever else has begun it."""

    number: int
    name: str
    month: Period
    is_begun: bool = False
    holder: str = ""


@dataclass(frozen=True)
class ManyStart(Message):
    """How to fill in several at once, with their numbers; `more` are not shown.

    `example` is the number of the project in the example, `before` the month up to whose end some
    are asked what was completed before it.
    """

    covered: tuple[Period, ...]
    due: dtm.datetime
    lines: tuple[NumberedReport, ...]
    owed: int
    more: int = 0
    example: int = 1
    is_preparatory: bool = False
    before: Period | None = None

    def rows(self) -> Rows:
        """The table to fill in instead, or nothing."""
        return ((Button("many_table", "many.table"), Button("leave_dialog", "dialog.cancel")),)


@dataclass(frozen=True)
class FilledLine:
    """A report of the table, as it was read.

    `missing` are the questions without an answer, `doubt` why its amount is asked about, `odd` what
    needs a reason, `notes` what else is left open.
    """

    obligation_id: int
    number: int
    name: str
    month: Period
    invested: int | None
    progress: str
    problems: tuple[ReportedProblem, ...] | None
    problems_stand: bool = False
    openings: tuple[tuple[Step, int], ...] = ()
    explanation: str = ""
    is_preparatory: bool = False
    is_unchanged: bool = False
    missing: tuple[Step, ...] = ()
    doubt: DoubtReason | None = None
    doubted: Step | None = None
    candidates: tuple[int, ...] = ()
    odd: tuple[Odd, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def is_ready(self) -> bool:
        """Whether nothing of it is open."""
        needs_reason = self.odd and not self.explanation
        return not (self.missing or self.doubt or self.notes or needs_reason)


@dataclass(frozen=True)
class UnplacedLine:
    """A line nothing can be done with, as typed; `near` are numbers that may be meant."""

    text: str
    why: NotPlaced
    near: tuple[int, ...] = ()


@dataclass(frozen=True)
class ManyTable(Message):
    """What was read, to be confirmed: `ready` go with one press, `open` have to be mended first.

    `left` counts those of which nothing is filled in, `others` the filled-in ones not shown.
    `version` says which showing the buttons are of; `in_wan` counts amounts without a unit.
    """

    version: int
    ready: tuple[FilledLine, ...] = ()
    open: tuple[FilledLine, ...] = ()
    unplaced: tuple[UnplacedLine, ...] = ()
    left: int = 0
    others: int = 0
    in_wan: int = 0
    is_stale: bool = False

    def rows(self) -> Rows:
        """Submit what is ready, mend what is open, keep or drop it all."""
        here = (self.version,)
        submit = Button("many_submit", "many.submit", here, words={"count": len(self.ready)})
        in_wan = Button("many_in_wan", "many.in_wan", here)
        fill = tuple(
            Button("report_fill", "report.fill", (line.obligation_id,), {"number": line.number})
            for line in self.open
        )
        keep = (Button("many_later", "many.later"),)
        drop = (Button("many_drop", "many.drop", here),) if self.ready or self.open else ()
        first = ((submit,) if self.ready else (), (in_wan,) if self.in_wan > 1 else ())
        return tuple(filter(None, (*first, *in_rows(fill, BUTTONS_A_ROW), (*keep, *drop))))


@dataclass(frozen=True)
class SubmittedLine:
    """A report that was submitted."""

    obligation_id: int
    number: int
    name: str
    invested: int | None


@dataclass(frozen=True)
class FailedLine:
    """A report that was not submitted, and why; `holder` is whoever else has it."""

    number: int
    name: str
    why: StrEnum
    holder: str = ""


@dataclass(frozen=True)
class ManySubmitted(Message):
    """What was submitted together and what could not be; `left` are still owed."""

    at: dtm.datetime
    done: tuple[SubmittedLine, ...]
    failed: tuple[FailedLine, ...] = ()
    left: int = 0

    def rows(self) -> Rows:
        """Take one back, go on with the others."""
        back = tuple(
            Button(
                "many_withdraw", "report.withdraw", (line.obligation_id,), {"number": line.number}
            )
            for line in self.done
        )
        on = ((Button("go_on", "report.many"),),) if self.left else ()
        return (*on, *in_rows(back, BUTTONS_A_ROW))


@dataclass(frozen=True)
class ManyKept(Message):
    """What is filled in is kept: of so many reports."""

    begun: int
    due: dtm.datetime

    def rows(self) -> Rows:
        """Go on with it."""
        return ((Button("go_on", "report.many"),),)


@dataclass(frozen=True)
class ManyDrop(Message):
    """Really drop what is filled in of so many reports?"""

    version: int
    begun: int

    def rows(self) -> Rows:
        """Yes, or back to the table."""
        yes = Button("report_drop_yes", "many.dropped", (self.version,))
        return ((yes, Button("report_drop_no", "report.many")),)


@dataclass(frozen=True)
class ManyDropped(Message):
    """What was filled in is gone; the reports are still owed."""

    dropped: int

    def rows(self) -> Rows:
        """Begin anew."""
        return ((Button("report_anew", "report.many"),),)


@dataclass(frozen=True)
class MonthlyTable(Message):
    """The caption of the table of so many reports, to be filled in and sent back."""

    owed: int
    due: dtm.datetime


@dataclass(frozen=True)
class MonthlyTableRefused(Message):
    """A file that came cannot be used: the columns it lacks; none if it is another file."""

    file_name: str
    lacks: tuple[SheetColumn, ...] = ()

    def rows(self) -> Rows:
        """A new table."""
        return ((Button("many_table", "many.table"),),)
