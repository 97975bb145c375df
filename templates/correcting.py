"""Correcting a month that was accepted, before its books are closed and after."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.amounts import DoubtReason
from domain.periods import Period
from templates.message import Button, Message, Rows
from templates.paging import in_rows
from templates.reporting import ReportHead


@dataclass(frozen=True)
class CorrectableMonth:
    """An accepted month; `is_closed` once its books are."""

    obligation_id: int
    period: Period
    is_closed: bool = False


@dataclass(frozen=True)
class WhichCorrection(Message):
    """Which accepted month is to be corrected?"""

    project_id: int
    name: str
    months: tuple[CorrectableMonth, ...]

    def rows(self) -> Rows:
        """The months, and the way back."""
        months = tuple(
            Button(
                "correct_month", "correct.ask", (one.obligation_id,), words={"period": one.period}
            )
            for one in self.months
        )
        return (*in_rows(months, 4), (Button("back", "status.turn", (self.project_id,)),))


@dataclass(frozen=True)
class AskCorrection(Message):
    """Why is the accepted month to be corrected? `is_unfit` where that was too long."""

    head: ReportHead
    invested: int | None
    is_unfit: bool = False


@dataclass(frozen=True)
class AskClosedAmount(Message):
    """The books are closed: by how much is the month to be corrected?"""

    head: ReportHead
    invested: int | None
    doubt: DoubtReason | None = None
    candidates: tuple[int, ...] = ()

    def rows(self) -> Rows:
        """Readings of a doubtful amount."""
        readings = tuple(
            Button("report_amount", "correct.amount", (yuan,), words={"yuan": yuan})
            for yuan in self.candidates
        )
        return in_rows(readings, 2)


@dataclass(frozen=True)
class AskClosedReason(Message):
    """Why is the closed month to be corrected by this much?"""

    head: ReportHead
    amount: int
    is_unfit: bool = False


class ProposalState(StrEnum):
    """Who still has to agree."""

    LIAISON = "liaison"
    OFFICE = "office"
    AGREED = "agreed"
    REFUSED = "refused"


@dataclass(frozen=True)
class ClosedCorrection(Message):
    """A correction of a closed month and who still has to agree; `counts_in` is its month.

    `may_settle` is for whoever's turn it is.
    """

    proposal_id: int
    name: str
    corrects: Period
    counts_in: Period
    amount: int
    reason: str
    by: str
    at: dtm.datetime
    state: ProposalState
    may_settle: bool = False

    def rows(self) -> Rows:
        """Agree, or refuse."""
        here = (self.proposal_id,)
        agree = Button("correct_agree", "correct.agree", here)
        refuse = Button("correct_refuse", "correct.refuse", here)
        return ((agree, refuse),) if self.may_settle else ()


@dataclass(frozen=True)
class ClosedCorrections(Message):
    """To whoever's turn it is: corrections of closed months that wait."""

    lines: tuple[ClosedCorrection, ...]

    def rows(self) -> Rows:
        """Each of them."""
        shown = tuple(
            Button("ordinal", "correct.show", (one.proposal_id,), words={"number": number})
            for number, one in enumerate(self.lines, start=1)
        )
        return in_rows(shown, 5)
