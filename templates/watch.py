"""Where a month's round stands, for the coordinator, and what leaves next."""

import datetime as dtm
from dataclasses import dataclass

from domain.tally import Tally
from templates.message import Button, Message, Rows
from templates.overdue import GroupTally, OpenMonth


@dataclass(frozen=True)
class Leaving:
    """What would leave at an instant: on which occasions, to how many people each."""

    at: dtm.datetime
    people: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class OfficeWatch(Message):
    """To the coordinator, twice a day around the due day.

    `groups` are the units with most outstanding; `more` others have `more_missing` between them.
    """

    at: OpenMonth
    as_at: dtm.datetime
    total: Tally
    groups: tuple[GroupTally, ...]
    more: int = 0
    more_missing: int = 0
    leaving: Leaving | None = None

    def rows(self) -> Rows:
        """Stop what leaves next; who has not reported; all of it as a file."""
        month_id = self.at.month_id
        stop = (Button("hold_all", "hold.all"),) if self.leaving else ()
        lists = (
            Button("overdue_list", "overdue.show", (month_id, 0, 0)),
            Button("overdue_sheet", "overdue.sheet", (month_id,)),
        )
        return tuple(filter(None, (stop, lists)))


@dataclass(frozen=True)
class OutstandingTable(Message):
    """The caption of the workbook of what is outstanding of a month."""

    at: OpenMonth
    as_at: dtm.datetime
    reports: int
