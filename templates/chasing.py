"""Reminders of reports to come, and what is said when they are late."""

import datetime as dtm
from dataclasses import dataclass

from domain.periods import Period
from domain.policy import Basis
from domain.vocabulary import Role
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4
_NOT_MINE = (Button("not_mine", "handover.begin"),)


@dataclass(frozen=True)
class OwedReport:
    """A report somebody owes."""

    obligation_id: int
    name: str
    month: Period
    due_at: dtm.datetime
    is_returned: bool = False


def fill_buttons(lines: tuple[OwedReport, ...], more: int = 0) -> Rows:
    """Fill in one of them, or all at once."""
    if len(lines) == 1:
        return ((Button("fill_in", "report.fill", (lines[0].obligation_id,)),),)
    buttons = tuple(
        Button("fill_number", "report.fill", (line.obligation_id,), {"number": number})
        for number, line in enumerate(lines, start=1)
    )
    many = Button("report_many", "report.many", words={"count": len(lines) + more})
    return (*in_rows(buttons, BUTTONS_A_ROW), (many,))


@dataclass(frozen=True)
class ReportReminder(Message):
    """To a reporter, before the due time: what they still owe.

    The heading speaks of the first line's months and due time; a line that differs says so.
    `overdue` reports of theirs were due before and are still owed.
    """

    covered: tuple[Period, ...]
    due_at: dtm.datetime
    basis: Basis
    lines: tuple[OwedReport, ...]
    more: int = 0
    is_due_today: bool = False
    is_provisional: bool = False
    is_last_call: bool = False
    overdue: int = 0

    def rows(self) -> Rows:
        """Fill one in, or say that they are not one's own to report."""
        return (*fill_buttons(self.lines, self.more), _NOT_MINE)


@dataclass(frozen=True)
class LateReports(Message):
    """To a reporter, after the due time: what they have not reported yet."""

    covered: tuple[Period, ...]
    due_at: dtm.datetime
    lines: tuple[OwedReport, ...]
    more: int = 0

    def rows(self) -> Rows:
        """Fill one in, or say that they are not one's own to report."""
        return (*fill_buttons(self.lines, self.more), _NOT_MINE)


@dataclass(frozen=True)
class TrialLine:
    """Somebody who would have been told of so many late reports."""

    role: Role
    name: str
    reports: int


@dataclass(frozen=True)
class RungOnTrial(Message):
    """To the coordinator, in a new office's first months: who above the liaison was not told."""

    lines: tuple[TrialLine, ...]
