"""Who has not reported: by unit or region, the reports themselves, and nudging their reporters."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.chain import Gap
from domain.periods import Period
from domain.tally import Tally
from templates.chasing import OwedReport, fill_buttons
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 4


class Grouping(StrEnum):
    """What the reports of a month are grouped by."""

    UNIT = "unit"
    REGION = "region"

    @property
    def number(self) -> int:
        """How a button names it."""
        return tuple(Grouping).index(self)

    @property
    def other(self) -> "Grouping":
        """The other one."""
        return Grouping.REGION if self is Grouping.UNIT else Grouping.UNIT


@dataclass(frozen=True)
class OpenMonth:
    """A month that is reported; `month_id` names it on buttons."""

    month_id: int
    month: Period
    due_at: dtm.datetime


@dataclass(frozen=True)
class GroupTally:
    """A unit or region and how its reports stand; id 0 and no name where none is given."""

    group_id: int
    name: str
    tally: Tally


@dataclass(frozen=True)
class OverdueGroups(Message):
    """The month in all, and the groups with something outstanding, a page of them."""

    at: OpenMonth
    as_at: dtm.datetime
    total: Tally
    grouping: Grouping
    groups: tuple[GroupTally, ...]
    others: tuple[OpenMonth, ...] = ()
    page: int = 0
    pages: int = 1
    first: int = 1

    def rows(self) -> Rows:
        """Open a group, turn the page, group otherwise, another month."""
        here = (self.at.month_id, self.grouping.number)
        opens = tuple(
            Button("ordinal", "overdue.list", (*here, group.group_id, 0), words={"number": number})
            for number, group in enumerate(self.groups, start=self.first)
        )
        turn = pager("overdue.show", self.page, self.pages, here)
        toggle = Button(
            f"by_{self.grouping.other}", "overdue.show", (here[0], self.grouping.other.number, 0)
        )
        return tuple(
            filter(
                None,
                (*in_rows(opens, BUTTONS_A_ROW), (*turn, toggle), _months(self.others)),
            )
        )


@dataclass(frozen=True)
class OutstandingLine:
    """A report that is still to come; `gap` says why its reporters cannot be told."""

    project_id: int
    name: str
    due_at: dtm.datetime
    days_late: int = 0
    is_returned: bool = False
    gap: Gap | None = None


@dataclass(frozen=True)
class OverdueReports(Message):
    """What of a group is outstanding, a page of it; `nudges` of them the asker may nudge about."""

    at: OpenMonth
    as_at: dtm.datetime
    grouping: Grouping
    group: GroupTally
    lines: tuple[OutstandingLine, ...]
    nudges: int = 0
    has_others: bool = False
    page: int = 0
    pages: int = 1
    first: int = 1

    def rows(self) -> Rows:
        """Each project's card, the nudge, the pages, and back."""
        here = (self.at.month_id, self.grouping.number, self.group.group_id)
        cards = tuple(
            Button("ordinal", "status.card", (line.project_id,), {"number": number})
            for number, line in enumerate(self.lines, start=self.first)
        )
        nudge = (
            (Button("nudge", "overdue.nudge", here, {"count": self.nudges}),) if self.nudges else ()
        )
        turn = pager("overdue.list", self.page, self.pages, here)
        back = Button("back", "overdue.show", (*here[:2], 0))
        below = (*turn, back) if self.has_others else turn
        return tuple(filter(None, (*in_rows(cards, BUTTONS_A_ROW), nudge, below)))


@dataclass(frozen=True)
class AllReported(Message):
    """Nothing of the month is outstanding within the asker's reach."""

    at: OpenMonth
    total: Tally
    others: tuple[OpenMonth, ...] = ()

    def rows(self) -> Rows:
        """Another month."""
        return tuple(filter(None, (_months(self.others),)))


@dataclass(frozen=True)
class NoMonthOpen(Message):
    """No month is open, or the asker has nothing in it."""


@dataclass(frozen=True)
class NudgedPerson:
    """Somebody who is nudged about so many reports."""

    name: str
    reports: int


@dataclass(frozen=True)
class NotNudged:
    """A report nobody could be nudged about; `gap` is None while chasing is stopped for it."""

    name: str
    gap: Gap | None


@dataclass(frozen=True)
class NudgeSent(Message):
    """Who will be nudged, and when; what was nudged about today already; and who cannot be."""

    people: tuple[NudgedPerson, ...]
    leaves_at: dtm.datetime | None
    already: int
    cannot: tuple[NotNudged, ...]
    more: int = 0
    cannot_more: int = 0


@dataclass(frozen=True)
class ReportNudge(Message):
    """To a reporter: somebody of the office or the unit asks for these; `late` are past due."""

    asked_by: str
    unit: str
    lines: tuple[OwedReport, ...]
    late: int
    more: int = 0

    def rows(self) -> Rows:
        """Fill one in."""
        return fill_buttons(self.lines)


def _months(others: tuple[OpenMonth, ...]) -> tuple[Button, ...]:
    return tuple(
        Button("as_at_month", "overdue.show", (one.month_id, 0, 0), {"period": one.month})
        for one in others
    )
