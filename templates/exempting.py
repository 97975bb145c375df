"""免报: until which month no report is asked of a project, why, and who hears of it."""

from dataclasses import dataclass

from domain.brakes import BrakeProblem
from domain.periods import Period
from templates.brakes import BrakeOn
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4
_CANCEL = Button("brake_cancel", "dialog.cancel")


@dataclass(frozen=True)
class ExemptLine:
    """A project that reports nothing from one month to another, both included."""

    exemption_id: int
    name: str
    first: Period
    last: Period
    by: str
    reason: str


@dataclass(frozen=True)
class ExemptionsInForce(Message):
    """Every exemption that is not lifted, each with the way to lift it."""

    lines: tuple[ExemptLine, ...]

    def rows(self) -> Rows:
        """Lift one."""
        buttons = tuple(
            Button("exempt_lift_number", "exempt.lift", (one.exemption_id,), {"number": number})
            for number, one in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class AskExemptUntil(Message):
    """Until which month, the first one included?"""

    on: BrakeOn
    first: Period
    months: tuple[Period, ...]
    problems: tuple[BrakeProblem, ...] = ()

    def rows(self) -> Rows:
        """Some likely months, or the way out."""
        months = tuple(
            Button("exempt_until", "exempt.until", (one.year, one.month), {"period": one})
            for one in self.months
        )
        return (*in_rows(months, 2), (_CANCEL,))


@dataclass(frozen=True)
class ConfirmExemption(Message):
    """What would not be asked for, before it is so; `open` reports are owed at present."""

    on: BrakeOn
    first: Period
    last: Period
    open: int
    reason: str

    def rows(self) -> Rows:
        """Do it, or leave it."""
        return ((Button("exempt_yes", "exempt.yes"), _CANCEL),)


@dataclass(frozen=True)
class ExemptionMade(Message):
    """No report is asked of the project until then."""

    line: ExemptLine
    people: int = 0

    def rows(self) -> Rows:
        """Lift it."""
        return ((Button("exempt_lift", "exempt.lift", (self.line.exemption_id,)),),)


@dataclass(frozen=True)
class ExemptionLifted(Message):
    """The project reports again; `again` reports of open months are owed anew."""

    line: ExemptLine
    again: int = 0


@dataclass(frozen=True)
class ExemptReport:
    """A report that somebody was reminded of and that is not asked for any more."""

    name: str
    month: Period


@dataclass(frozen=True)
class ReportsExempt(Message):
    """To who was reminded: these reports are not asked for."""

    lines: tuple[ExemptReport, ...]
    more: int = 0
