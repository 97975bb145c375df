"""Reviews that wait: the liaison's digests, and what is said when they take too long."""

import datetime as dtm
from dataclasses import dataclass

from domain.periods import Period
from templates.message import Button, Message, Rows
from templates.paging import in_rows
from templates.reviewing import WaitingLine

BUTTONS_A_ROW = 5


@dataclass(frozen=True)
class LateReview:
    """A report that has waited so many working days for its review."""

    report_id: int
    project_id: int
    name: str
    month: Period
    submitted_at: dtm.datetime
    days: int
    reviewer: str = ""


@dataclass(frozen=True)
class ReviewsOverdue(Message):
    """To the reviewer: these wait longer than the `allowed` working days; `late` counts all."""

    as_at: dtm.datetime
    allowed: int
    lines: tuple[LateReview, ...]
    late: int

    def rows(self) -> Rows:
        """Review each, or see all that waits."""
        review = tuple(
            Button("review_open", "review.show", (line.report_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return (*in_rows(review, BUTTONS_A_ROW), (Button("review_queue", "review.page", (0,)),))


@dataclass(frozen=True)
class ReviewsOverdueAbove(Message):
    """To the commissioner: these are in, and wait for the liaison's review; `late` counts all."""

    as_at: dtm.datetime
    lines: tuple[LateReview, ...]
    late: int

    def rows(self) -> Rows:
        """Each project's card."""
        cards = tuple(
            Button("ordinal", "status.card", (line.project_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(cards, BUTTONS_A_ROW)


@dataclass(frozen=True)
class WithheldLine:
    """A commissioner who would have been told of so many late reviews."""

    name: str
    reports: int


@dataclass(frozen=True)
class ReviewRungOnTrial(Message):
    """To the coordinator, in a new office's first months: who was not told of late reviews."""

    lines: tuple[WithheldLine, ...]


@dataclass(frozen=True)
class ReviewDigest(Message):
    """To the liaison, twice a day: what waits, oldest first, and what is not in yet.

    `total` wait, `clean` of them without anything odd; `missing` are not in, `late` of those past
    their time; `notes` are progress and problems to adopt.
    """

    lines: tuple[WaitingLine, ...]
    total: int
    clean: int
    missing: int = 0
    late: int = 0
    notes: int = 0

    def rows(self) -> Rows:
        """Review each, accept what is clean, see what is missing."""
        review = tuple(
            Button("review_open", "review.show", (line.report_id,), {"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        clean = (Button("review_clean", "review.clean", words={"count": self.clean}),)
        more = (Button("review_queue", "review.page", (0,)),)
        missing = (Button("overdue_list", "overdue.open"),)
        notes = (Button("notes_waiting", "update.queue", words={"count": self.notes}),)
        below = (
            *(clean if self.clean > 1 else ()),
            *(more if self.total > len(self.lines) else ()),
            *(missing if self.missing else ()),
            *(notes if self.notes else ()),
        )
        return tuple(filter(None, (*in_rows(review, BUTTONS_A_ROW), below)))
