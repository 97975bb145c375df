"""What comes next: dates, and the messages that would leave if nobody did anything."""

import datetime as dtm
from dataclasses import dataclass

from domain.periods import Period
from domain.rounds import Mark
from templates.message import Button, Message, Rows
from templates.watch import Leaving


@dataclass(frozen=True)
class RoundDate:
    """A date of a month's round; `working_days` tells reminders and rungs apart."""

    at: dtm.datetime
    mark: Mark
    month: Period
    working_days: int = 0
    is_provisional: bool = False


@dataclass(frozen=True)
class OwnDate:
    """A report the asker owes, and when."""

    at: dtm.datetime
    name: str
    month: Period
    is_returned: bool = False
    is_provisional: bool = False


@dataclass(frozen=True)
class Upcoming(Message):
    """The asker's own next dates; to the office, also what leaves next.

    `owed` are the soonest of `owes` reports; `reviews` wait, the first to be done by `review_by`.
    """

    as_at: dtm.datetime
    dates: tuple[RoundDate, ...]
    owed: tuple[OwnDate, ...] = ()
    owes: int = 0
    reviews: int = 0
    review_by: dtm.datetime | None = None
    leaving: Leaving | None = None
    is_office: bool = False
    shows_messages: bool = False

    def rows(self) -> Rows:
        """The messages of the next days and one button to stop them, for the office."""
        messages = (Button("upcoming_messages", "upcoming.messages"),) * self.shows_messages
        stop = (Button("hold_all", "hold.all"),) if self.is_office and self.leaving else ()
        return tuple(filter(None, ((*messages, *stop),)))


@dataclass(frozen=True)
class PlannedMessages(Message):
    """What would leave until a day if nobody did anything; `more` lines are not shown."""

    until: dtm.datetime
    lines: tuple["PlannedLine", ...]
    messages: int
    more: int = 0


@dataclass(frozen=True)
class PlannedLine:
    """So many people would hear on an occasion then; `begins` is how one person's message does."""

    at: dtm.datetime
    occasion: str
    people: int
    whom: tuple[str, ...] = ()
    begins: str = ""
    is_provisional: bool = False
