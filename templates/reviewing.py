"""Reviewing reports: what waits, the card with last month beside this, the verdicts."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.periods import Period
from domain.reporting.checks import Findings
from domain.reporting.reasons import ReturnReason
from domain.vocabulary import ProblemKind
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager
from templates.reporting import ReportFigures, ReportHead, ReturnNote

BUTTONS_A_ROW = 5
PROBLEMS_RAISED = 4


@dataclass(frozen=True)
class WaitingLine:
    """A report that waits for its review. `is_self` says that the asker filed it."""

    report_id: int
    name: str
    period: Period
    odd: int = 0
    is_self: bool = False


@dataclass(frozen=True)
class ReviewQueue(Message):
    """What waits for the asker's review, soonest due first; `clean` of them show nothing odd.

    `updates` is how much was told between two reports and waits to be adopted.
    """

    lines: tuple[WaitingLine, ...]
    total: int
    clean: int
    page: int
    pages: int
    updates: int = 0

    def rows(self) -> Rows:
        """A button to review each, all that are clean at once, what else waits, the pages."""
        review = tuple(
            Button("review_open", "review.show", (line.report_id,), words={"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        clean = (
            (Button("review_clean", "review.clean", words={"count": self.clean}),)
            if self.clean > 1
            else ()
        )
        pages = pager("review.page", self.page, self.pages, ())
        updates = _updates(self.updates)
        return tuple(filter(None, (*in_rows(review, BUTTONS_A_ROW), clean, updates, pages)))


@dataclass(frozen=True)
class NothingToReview(Message):
    """No report waits for the asker's review; `updates` other things wait to be adopted."""

    updates: int = 0

    def rows(self) -> Rows:
        """What waits to be adopted."""
        return tuple(filter(None, (_updates(self.updates),)))


def _updates(count: int) -> tuple[Button, ...]:
    """The way to progress and problems told between two reports."""
    return (Button("update_queue", "update.queue", words={"count": count}),) if count else ()


@dataclass(frozen=True)
class LastMonth:
    """The accepted month before, in yuan."""

    period: Period
    invested: int | None
    progress: str
    first: Period | None = None

    @property
    def begins(self) -> Period:
        """The first month it covers."""
        return self.first or self.period


@dataclass(frozen=True)
class ReviewCard(Message):
    """A submitted report beside the month before.

    `position` of `waiting` is its place in the asker's queue; `is_self` says that the asker filed
    it themselves, so that accepting it is on record as 自审. `told_by` is who said by phone what
    the author entered, and when.
    """

    report_id: int
    head: ReportHead
    author: str
    unit: str
    at: dtm.datetime
    figures: ReportFigures
    findings: Findings
    last: LastMonth | None = None
    position: int = 1
    waiting: int = 1
    revision: int = 1
    by_phone: bool = False
    is_self: bool = False
    note: ReturnNote | None = None
    told_by: str = ""
    accepted_before: int | None = None

    def rows(self) -> Rows:
        """The two verdicts and the next one."""
        here = (self.report_id,)
        accept = "review_accept_own" if self.is_self else "review_accept"
        following = (Button("review_next", "review.next", here),) if self.waiting > 1 else ()
        return (
            (
                Button(accept, "review.accept", here),
                Button("review_return", "review.return", here),
                *following,
            ),
            (*self._photos(), Button("report_project", "status.card", (self.head.project_id,))),
        )

    def _photos(self) -> tuple[Button, ...]:
        count = self.figures.photos
        show = Button("photos_show", "review.photos", (self.report_id,), words={"count": count})
        return (show,) if count else ()


@dataclass(frozen=True)
class AskReturnReason(Message):
    """Why is it returned? A ready reason or words; `is_unfit` where those were too long."""

    report_id: int
    head: ReportHead
    is_unfit: bool = False

    def rows(self) -> Rows:
        """The ready reasons, and the way back."""
        ready = tuple(
            Button(
                "review_reason", "review.reason", (self.report_id, number), words={"reason": reason}
            )
            for number, reason in enumerate(ReturnReason)
        )
        return (*in_rows(ready, 2), (Button("back", "review.card", (self.report_id,)),))


@dataclass(frozen=True)
class ReviewAccepted(Message):
    """The report is accepted; that can be undone until `undo_until`. `left` others wait.

    `problems` came with it, and may be raised for coordination now.
    """

    report_id: int
    head: ReportHead
    figures: ReportFigures
    undo_until: dtm.datetime
    left: int = 0
    is_self: bool = False
    problems: tuple[tuple[int, ProblemKind], ...] = ()

    def rows(self) -> Rows:
        """Undo, and the next one; raise a problem."""
        here = (self.report_id,)
        following = (Button("review_next", "review.next", here),) if self.left else ()
        raising = tuple(
            Button("item_raise_kind", "item.raise", (problem_id,), {"kind": kind})
            for problem_id, kind in self.problems[:PROBLEMS_RAISED]
        )
        return ((Button("review_undo", "review.undo", here), *following), *in_rows(raising, 2))


@dataclass(frozen=True)
class ReviewReturned(Message):
    """The report went back; `due` is the time it has, `left` others wait."""

    report_id: int
    head: ReportHead
    author: str
    note: ReturnNote
    due: dtm.datetime
    left: int = 0

    def rows(self) -> Rows:
        """The next one."""
        if not self.left:
            return ()
        return ((Button("review_next", "review.next", (self.report_id,)),),)


@dataclass(frozen=True)
class ReviewSettled(Message):
    """A review that cannot be done any more: `standing` says how the report stands."""

    head: ReportHead
    standing: StrEnum

    def rows(self) -> Rows:
        """What else waits."""
        return ((Button("review_queue", "review.page", (0,)),),)


@dataclass(frozen=True)
class CleanReports(Message):
    """All reports with nothing odd about them, to be accepted in one press; `digest` binds the
    press to exactly these."""

    lines: tuple["CleanLine", ...]
    digest: int
    is_stale: bool = False

    def rows(self) -> Rows:
        """Accept them all, where there are any, or back to the queue."""
        words = {"count": len(self.lines)}
        accept = Button("review_clean_yes", "review.clean_yes", (self.digest,), words=words)
        back = Button("back", "review.page", (0,))
        return ((accept, back),) if self.lines else ((back,),)


@dataclass(frozen=True)
class CleanLine:
    """One of them: its month's amount in yuan, and its progress."""

    name: str
    period: Period
    invested: int | None
    progress: str


@dataclass(frozen=True)
class CleanAccepted(Message):
    """So many were accepted; each can be undone until then."""

    accepted: tuple[tuple[int, str], ...]
    undo_until: dtm.datetime
    left: int

    def rows(self) -> Rows:
        """Undo one of them, or what else waits."""
        undo = tuple(
            Button("review_undo_one", "review.undo", (report_id,), words={"number": number})
            for number, (report_id, _) in enumerate(self.accepted, start=1)
        )
        queue = (Button("review_queue", "review.page", (0,)),) if self.left else ()
        return tuple(filter(None, (*in_rows(undo, BUTTONS_A_ROW), queue)))


@dataclass(frozen=True)
class ReturnedReport:
    """A report to be changed; `phone` of the reviewer where the reporter may have it."""

    head: ReportHead
    note: ReturnNote
    reviewer: str
    phone: str = ""


@dataclass(frozen=True)
class ReportsReturned(Message):
    """To the reporter: please change these."""

    reports: tuple[ReturnedReport, ...]

    def rows(self) -> Rows:
        """Go and change each."""
        several = len(self.reports) > 1
        mend = tuple(
            Button(
                "report_fill" if several else "report_mend",
                "report.fill",
                (one.head.obligation_id,),
                words={"number": number},
            )
            for number, one in enumerate(self.reports, start=1)
        )
        return in_rows(mend, BUTTONS_A_ROW)


@dataclass(frozen=True)
class AcceptedLine:
    """A report that was accepted."""

    name: str
    period: Period


@dataclass(frozen=True)
class ReportsAccepted(Message):
    """To the reporter, quietly: these reports were accepted."""

    reports: tuple[AcceptedLine, ...]


@dataclass(frozen=True)
class ReportResubmitted(Message):
    """To the reviewer: what was returned is in again."""

    reports: tuple[WaitingLine, ...]

    def rows(self) -> Rows:
        """A button to review each."""
        review = tuple(
            Button("review_open", "review.show", (line.report_id,), words={"number": number})
            for number, line in enumerate(self.reports, start=1)
        )
        return in_rows(review, BUTTONS_A_ROW)
