"""Filling in a month's report: what is owed, the questions, the card, what stands in the way."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.amounts import DoubtReason
from domain.periods import Period
from domain.progress import YearPlan
from domain.reporting.checks import Findings, Odd
from domain.reporting.filling import ReportedProblem, Step
from domain.reporting.preliminary import PreliminaryStep, Stages, state_of
from domain.reporting.turns import AnswerProblem, Choice
from domain.vocabulary import ProblemKind
from templates.message import Button, Message, Rows
from templates.paging import in_rows, pager

BUTTONS_A_ROW = 5
NOTHING_FOUND = Findings()


@dataclass(frozen=True)
class OwedLine:
    """A report that is owed. `holder` is whoever else has begun it; `is_own` that it is theirs to
    report, not only theirs to fill in for others."""

    obligation_id: int
    name: str
    period: Period
    due: dtm.datetime
    is_own: bool = True
    is_returned: bool = False
    has_draft: bool = False
    holder: str = ""


@dataclass(frozen=True)
class OwedReports(Message):
    """What somebody owes, soonest first, then what they may fill in for others; a page of it.

    `own` and `others` count both in all; `waiting` is what they have sent already.
    """

    lines: tuple[OwedLine, ...]
    own: int
    others: int
    waiting: int
    page: int
    pages: int

    def rows(self) -> Rows:
        """A button to fill in each, one for all of them, and the pages."""
        fill = tuple(
            Button("report_fill", "report.fill", (line.obligation_id,), words={"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return (*in_rows(fill, BUTTONS_A_ROW), *filter(None, (self._many(), self._pages())))

    def _many(self) -> tuple[Button, ...]:
        count = self.own or self.others
        return (Button("report_many", "report.many", words={"count": count}),) * (count > 1)

    def _pages(self) -> tuple[Button, ...]:
        return pager("report.owed", self.page, self.pages, ())


@dataclass(frozen=True)
class NothingOwed(Message):
    """There is nothing to fill in; `waiting` reports are under review."""

    waiting: int


@dataclass(frozen=True)
class ReportHead:
    """Which report it is; `first` is the first of the months it covers."""

    obligation_id: int
    project_id: int
    name: str
    period: Period
    first: Period
    due: dtm.datetime
    is_preparatory: bool = False


@dataclass(frozen=True)
class ReturnNote:
    """What the reviewer asked for: a ready reason, or words."""

    ready: StrEnum | None
    words: str


@dataclass(frozen=True)
class ReportQuestion(Message):
    """One question of the dialog.

    `heard` is the amount just read; `doubt` why an amount is asked about, with `candidates` in
    yuan; `before` the accepted sum of the year and `missing` what it lacks; `last` what the
    report before said; `now` the answer given so far. `odd` is what has to be explained, `problem`
    the one whose kind is asked, `is_stale` that an old button was pressed. `corrects` is the month
    a correction is for, `stages` the preliminary work as it stands, `photos` how many there are.
    """

    head: ReportHead
    step: Step
    number: int
    total: int
    offered: frozenset[Choice] = frozenset()
    heard: int | None = None
    doubt: DoubtReason | None = None
    candidates: tuple[int, ...] = ()
    problems: tuple[AnswerProblem, ...] = ()
    before: int | None = None
    missing: tuple[Period, ...] = ()
    last: str = ""
    now: int | str | None = None
    odd: tuple[Odd, ...] = ()
    problem: str = ""
    note: ReturnNote | None = None
    is_stale: bool = False
    corrects: Period | None = None
    stages: Stages = ()
    photos: int = 0

    def rows(self) -> Rows:
        """Readings of a doubtful amount, ready answers, then 上一步 and 先存着."""
        readings = tuple(
            self._choice("report_amount", Choice.AMOUNT, yuan, yuan=yuan)
            for yuan in self.candidates
        )
        kinds = tuple(
            self._choice("report_kind", Choice.KIND, number, kind=kind)
            for number, kind in enumerate(ProblemKind)
            if Choice.KIND in self.offered
        )
        stages = tuple(self._stages()) if Choice.STAGE in self.offered else ()
        controls = (
            *(() if self.number <= 1 else (self._button("report_back", "report.back"),)),
            self._button("report_later", "report.later"),
        )
        some = self.step is Step.PHOTOS and self.photos
        drop = (self._button("photos_drop", "report.photos_drop"),) if some else ()
        ready = (*drop, *self._ready())
        return tuple(
            filter(
                None,
                (
                    *in_rows(readings, 2),
                    *in_rows(kinds, 3),
                    *in_rows(stages, 2),
                    *in_rows(ready, 3),
                    controls,
                ),
            )
        )

    def _ready(self) -> list[Button]:
        simple = [Choice.ZERO, Choice.UNKNOWN, Choice.UNCHANGED, Choice.NONE, Choice.SAME]
        return [
            self._choice(f"report_{choice}", choice, step=self.step)
            for choice in (*simple, Choice.KEEP)
            if choice in self.offered
        ]

    def _stages(self) -> list[Button]:
        return [
            self._choice(
                "report_stage", Choice.STAGE, number, stage=step, state=state_of(self.stages, step)
            )
            for number, step in enumerate(PreliminaryStep)
        ]

    def _choice(self, label: str, choice: Choice, *value: int, **words: object) -> Button:
        args = (self.head.obligation_id, self.step.number, *value)
        return Button(label, f"report.{choice}", args, words=words)

    def _button(self, label: str, action: str) -> Button:
        return Button(label, action, (self.head.obligation_id, self.step.number))


@dataclass(frozen=True)
class Sums:
    """The cumulative figures with the month's own included, in yuan; None where not known.

    `year_adjusted` and `start_adjusted` are the part of a correction of the month before in them.
    """

    year_to_date: int | None
    plan: YearPlan | None
    since_start: int | None
    total_investment: int | None
    missing: tuple[Period, ...] = ()
    year_adjusted: int = 0
    start_adjusted: int = 0

    @property
    def year_share(self) -> Fraction | None:
        """The part of the annual plan (占年计划)."""
        known = self.plan and self.year_to_date is not None
        return self.plan.share(self.year_to_date or 0) if known and self.plan else None

    @property
    def total_share(self) -> Fraction | None:
        """The part of the total investment (占总投资)."""
        if not self.total_investment or self.since_start is None:
            return None
        return Fraction(self.since_start, self.total_investment)


@dataclass(frozen=True)
class Correction:
    """A correction of the month before (调整上月数), in yuan, with its reason."""

    period: Period
    yuan: int
    reason: str


@dataclass(frozen=True)
class ReportFigures:
    """What a report says; `problems_stand` that the problems known before still stand.

    A correction has its reason; it `is_settlement` (年终核定) while December may be settled.

    Without progress, or with None for problems, the question has not been answered yet.
    """

    invested: int | None
    progress: str
    problems: tuple[ReportedProblem, ...] | None
    problems_stand: bool
    explanation: str
    next_steps: str
    is_unchanged: bool
    sums: Sums
    correction: Correction | None = None
    wanted_help: str = ""
    stages: Stages = ()
    photos: int = 0
    correction_reason: str = ""
    is_settlement: bool = False


@dataclass(frozen=True)
class ReportCard(Message):
    """The whole report before it is submitted; its buttons are good for this version only."""

    head: ReportHead
    version: int
    figures: ReportFigures
    findings: Findings = NOTHING_FOUND
    note: ReturnNote | None = None
    is_stale: bool = False

    @property
    def must_explain(self) -> bool:
        """Whether something odd has no reason yet."""
        return bool(self.findings.odd) and not self.figures.explanation

    def rows(self) -> Rows:
        """Reason, changes, then submitting, keeping and dropping."""
        here = (self.head.obligation_id,)
        explain = (Button("report_explain", "report.edit", (*here, Step.EXPLANATION.number)),)
        return (
            (
                *(explain if self.must_explain else ()),
                Button("report_change", "report.fields", here),
                Button("report_add", "report.more", here),
            ),
            (
                Button("report_submit", "report.submit", (*here, self.version)),
                Button("report_later", "report.later", (*here, Step.CARD.number)),
                Button("report_drop", "report.drop", (*here, self.version)),
            ),
        )


@dataclass(frozen=True)
class ReportFields(Message):
    """Which answer is to be changed or added?"""

    head: ReportHead
    steps: tuple[Step, ...]

    def rows(self) -> Rows:
        """Each of them, and the way back to the card."""
        here = self.head.obligation_id
        fields = tuple(
            Button(
                "report_field",
                "report.edit",
                (here, step.number),
                words={"step": step, "is_preparatory": self.head.is_preparatory},
            )
            for step in self.steps
        )
        return (*in_rows(fields, 2), (Button("back", "report.card", (here,)),))


@dataclass(frozen=True)
class ReportSubmitted(Message):
    """The report is with its reviewer; `left` others are still owed, the soonest is `next_id`."""

    head: ReportHead
    at: dtm.datetime
    figures: ReportFigures
    left: int = 0
    next_id: int | None = None

    def rows(self) -> Rows:
        """Take it back, or go on with the next."""
        withdraw = Button("report_withdraw", "report.withdraw", (self.head.obligation_id,))
        if self.next_id is None:
            return ((withdraw,),)
        return ((withdraw, Button("report_next", "report.fill", (self.next_id,))),)


@dataclass(frozen=True)
class DraftKept(Message):
    """What was filled in is kept, and by when it is due."""

    head: ReportHead

    def rows(self) -> Rows:
        """Go on with it."""
        return ((Button("go_on", "report.fill", (self.head.obligation_id,)),),)


@dataclass(frozen=True)
class DropDraft(Message):
    """Really drop what was filled in?"""

    head: ReportHead
    version: int

    def rows(self) -> Rows:
        """Yes, or back to the card."""
        here = self.head.obligation_id
        return (
            (
                Button("report_drop_yes", "report.dropped", (here, self.version)),
                Button("report_drop_no", "report.card", (here,)),
            ),
        )


@dataclass(frozen=True)
class DraftDropped(Message):
    """What was filled in is gone; the report is still owed."""

    head: ReportHead

    def rows(self) -> Rows:
        """Begin anew."""
        return ((Button("report_anew", "report.fill", (self.head.obligation_id,)),),)


@dataclass(frozen=True)
class DraftHeld(Message):
    """Somebody else has begun this report."""

    head: ReportHead
    holder: str
    touched: dtm.datetime

    def rows(self) -> Rows:
        """Take it over, with what is filled in."""
        return ((Button("report_take", "report.take", (self.head.obligation_id,)),),)


@dataclass(frozen=True)
class DraftTaken(Message):
    """To whoever had begun a report: somebody else goes on with it."""

    head: ReportHead
    by: str


@dataclass(frozen=True)
class ReportNotOpen(Message):
    """Nothing can be filled in: `obstacle` says why. `kept` is what of a draft stays on record."""

    head: ReportHead
    obstacle: StrEnum
    kept: ReportFigures | None = None
    may_withdraw: bool = False
    may_correct: bool = False

    def rows(self) -> Rows:
        """Take a submission back while that is possible, or correct it; the project's card."""
        if self.may_withdraw:
            here = (self.head.obligation_id,)
            return ((Button("report_withdraw", "report.withdraw", here),),)
        correct = Button("report_correct", "correct.ask", (self.head.obligation_id,))
        project = Button("report_project", "status.card", (self.head.project_id,))
        return ((correct, project),) if self.may_correct else ((project,),)
