"""Reminders of reports to come, and what is said when they are late."""

import datetime as dtm
from dataclasses import dataclass

from domain.periods import Period
from domain.policy import Basis
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4


@dataclass(frozen=True)
class OwedReport:
    """A report somebody owes."""

    obligation_id: int
    name: str
    month: Period
    due_at: dtm.datetime
    is_returned: bool = False


def fill_buttons(lines: tuple[OwedReport, ...]) -> Rows:
    """Fill in one of them, or several at once."""
    one_by_one = tuple(
        Button("fill_number", "report.fill", (line.obligation_id,), {"number": number})
        for number, line in enumerate(lines, start=1)
    )
    if len(lines) == 1:
        return ((Button("fill_in", "report.fill", (lines[0].obligation_id,)),),)
    return (*in_rows(one_by_one, BUTTONS_A_ROW), (Button("fill_many", "report.many"),))


@dataclass(frozen=True)
class ReportReminder(Message):
    """To a reporter, before the due time: what they still owe.

    The heading speaks of the first line's months and due time; a line that differs says so.
    """

    covered: tuple[Period, ...]
    due_at: dtm.datetime
    basis: Basis
    lines: tuple[OwedReport, ...]
    more: int = 0
    is_due_today: bool = False
    is_provisional: bool = False

    def rows(self) -> Rows:
        """Fill in, one by one or several at once."""
        return fill_buttons(self.lines)
