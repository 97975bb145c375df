"""封账: what is missing of a month before its books are closed, and that they are."""

import datetime as dtm
from dataclasses import dataclass

from domain.periods import Period
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 3


@dataclass(frozen=True)
class Standings:
    """How a month stands: reports expected, accepted, waiting for review, and not reported."""

    expected: int
    accepted: int
    waiting: int
    missing: int


@dataclass(frozen=True)
class OpenBooks:
    """A month whose books can be closed."""

    period_id: int
    month: Period
    standings: Standings


@dataclass(frozen=True)
class BooksList(Message):
    """The months past their due time whose books are still open."""

    books: tuple[OpenBooks, ...]

    def rows(self) -> Rows:
        """Look at one before closing it."""
        buttons = tuple(
            Button("books_month", "close.show", (one.period_id,), {"period": one.month})
            for one in self.books
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class UnfinishedReport:
    """A report that is missing, or that nobody has reviewed."""

    name: str
    unit: str
    is_waiting: bool = False


@dataclass(frozen=True)
class CloseBooks(Message):
    """What is missing and what waits, before the books are closed; `digest` binds the press."""

    period_id: int
    month: Period
    standings: Standings
    lines: tuple[UnfinishedReport, ...]
    more: int
    digest: int
    is_stale: bool = False

    def rows(self) -> Rows:
        """Close them, or leave them open."""
        close = Button("books_close", "close.yes", (self.period_id, self.digest))
        return ((close,), (Button("books_leave", "close.list"),))


@dataclass(frozen=True)
class BooksClosed(Message):
    """The month's books are closed: who did it, when, and how the month stood."""

    month: Period
    at: dtm.datetime
    by: str
    standings: Standings
