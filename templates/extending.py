"""Extending: what the office is asked before a due time moves, and who hears of the new one."""

import datetime as dtm
from dataclasses import dataclass

from domain.brakes import BrakeProblem
from domain.periods import Period
from templates.brakes import BrakeOn, day_button
from templates.chasing import OwedReport, fill_buttons
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4
_CANCEL = Button("brake_cancel", "dialog.cancel")


@dataclass(frozen=True)
class OpenMonth:
    """A month of which reports are still to come."""

    period_id: int
    month: Period
    reports: int


@dataclass(frozen=True)
class ExtendWhichMonth(Message):
    """Reports of several months are still to come there: which ones are extended?"""

    on: BrakeOn
    months: tuple[OpenMonth, ...]

    def rows(self) -> Rows:
        """A button for each month."""
        buttons = tuple(
            Button(
                "as_at_month",
                "extend.month",
                (*self.on.args, one.period_id),
                {"period": one.month},
            )
            for one in self.months
        )
        return (*in_rows(buttons, BUTTONS_A_ROW), (_CANCEL,))


@dataclass(frozen=True)
class AskExtendUntil(Message):
    """Until when? `due_at` is when the first of the `reports` is due at present."""

    on: BrakeOn
    month: Period
    reports: int
    due_at: dtm.datetime
    days: tuple[dtm.date, ...]
    problems: tuple[BrakeProblem, ...] = ()

    def rows(self) -> Rows:
        """Some likely days, or the way out."""
        return (tuple(day_button("extend.until", day) for day in self.days), (_CANCEL,))


@dataclass(frozen=True)
class ConfirmExtension(Message):
    """What would move, before it does; `instead` is the working day after a day off."""

    on: BrakeOn
    month: Period
    reports: int
    due_at: dtm.datetime
    reason: str
    instead: dtm.date | None = None

    def rows(self) -> Rows:
        """Do it, take the working day, or leave it."""
        label = "extend_day_off" if self.instead else "extend_yes"
        moved = ((day_button("extend.instead", self.instead),),) if self.instead else ()
        return (*moved, (Button(label, "extend.yes"), _CANCEL))


@dataclass(frozen=True)
class Extended(Message):
    """The due time has moved; so many reports, and so many people hear of it."""

    on: BrakeOn
    month: Period
    reports: int
    due_at: dtm.datetime
    people: int


@dataclass(frozen=True)
class NewDueTimes(Message):
    """To who owes them: reports that are due later, or at another time, than was said.

    The heading speaks of the first line's due time; a line that differs says so. Without a reason
    the dates moved with the office's rules or the calendar.
    """

    lines: tuple[OwedReport, ...]
    reason: str = ""
    more: int = 0

    def rows(self) -> Rows:
        """Fill one in."""
        return fill_buttons(self.lines, self.more)
