"""Reminders of reports to come, and what is said when they are late."""

import datetime as dtm
from dataclasses import dataclass

from domain.chain import Gap
from domain.periods import Period
from domain.policy import Basis
from domain.vocabulary import Role
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
    """Fill in one of them."""
    if len(lines) == 1:
        return ((Button("fill_in", "report.fill", (lines[0].obligation_id,)),),)
    buttons = tuple(
        Button("fill_number", "report.fill", (line.obligation_id,), {"number": number})
        for number, line in enumerate(lines, start=1)
    )
    return in_rows(buttons, BUTTONS_A_ROW)


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
        """Fill one in."""
        return fill_buttons(self.lines)


@dataclass(frozen=True)
class LateReports(Message):
    """To a reporter, after the due time: what they have not reported yet."""

    covered: tuple[Period, ...]
    due_at: dtm.datetime
    lines: tuple[OwedReport, ...]
    more: int = 0

    def rows(self) -> Rows:
        """Fill one in."""
        return fill_buttons(self.lines)


@dataclass(frozen=True)
class LateReport:
    """A late report as those above the reporter see it: what was done about it, nothing more."""

    obligation_id: int
    project_id: int
    name: str
    month: Period
    days_late: int
    times_reminded: int = 0
    liaison_asked: bool = False
    gap: Gap | None = None


@dataclass(frozen=True)
class LateForLiaison(Message):
    """To the liaison: what of their unit's reports is late; `late` counts those not shown too."""

    unit: str
    month: Period
    expected: int
    as_at: dtm.datetime
    lines: tuple[LateReport, ...]
    late: int

    def rows(self) -> Rows:
        """Fill one in oneself."""
        buttons = tuple(
            Button("fill_number", "report.fill", (line.obligation_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class LateForCommissioner(Message):
    """To the commissioner: what is late of the projects they answer for."""

    month: Period
    expected: int
    as_at: dtm.datetime
    lines: tuple[LateReport, ...]
    late: int

    def rows(self) -> Rows:
        """Each project's card."""
        buttons = tuple(
            Button("ordinal", "status.card", (line.project_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


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
