"""What has been filled in of a report so far, as data that survives anything."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Self

from domain.amounts import Doubt, DoubtReason
from domain.reporting import preliminary
from domain.reporting.base import Base
from domain.reporting.preliminary import Stages
from domain.vocabulary import ProblemKind


class Step(StrEnum):
    """What is asked, and the card at the end; buttons carry a step's place in this list."""

    OPENING_YEAR = "opening_year"
    OPENING_START = "opening_start"
    INVESTED = "invested"
    PROGRESS = "progress"
    PROBLEMS = "problems"
    PROBLEM_KIND = "problem_kind"
    CARD = "card"
    EXPLANATION = "explanation"
    NEXT_STEPS = "next_steps"
    ADJUSTMENT = "adjustment"
    ADJUSTMENT_REASON = "adjustment_reason"
    WANTED_HELP = "wanted_help"
    STAGES = "stages"
    PHOTOS = "photos"

    @property
    def number(self) -> int:
        """The place of the step in this list, as buttons carry it."""
        return tuple(Step).index(self)


AMOUNT_STEPS = (Step.OPENING_YEAR, Step.OPENING_START, Step.INVESTED)
OPENINGS = AMOUNT_STEPS[:2]


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A problem as typed; what it is about is None until that is clear."""

    text: str
    kind: ProblemKind | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """A report being filled in, money in yuan. None is a question not answered yet.

    `version` grows with every change, so that a card is submitted only as it was shown. `unknown`
    are the opening balances the reporter does not know. `doubt` is an amount being asked about.
    `problems_stand` says that the problems known before still stand and there are no others.
    `adjustment` corrects the month before; `stages` None leaves the preliminary work as it was.
    `correction_reason` says why a month that was accepted already is reported once more.
    """

    step: Step
    version: int = 0
    opening_year: int | None = None
    opening_start: int | None = None
    unknown: frozenset[Step] = frozenset()
    invested: int | None = None
    progress: str | None = None
    problems: tuple[ReportedProblem, ...] | None = None
    problems_stand: bool = False
    explanation: str = ""
    next_steps: str = ""
    adjustment: int | None = None
    adjustment_reason: str = ""
    wanted_help: str = ""
    stages: Stages | None = None
    is_unchanged: bool = False
    correction_reason: str = ""
    doubt: Doubt | None = None

    def has(self, step: Step) -> bool:
        """Whether a question of the path has its answer."""
        return step in self.unknown or getattr(self, step.value) is not None

    def changed(self, **facts: Any) -> Self:
        """The same with these facts, and no doubt left; a later version."""
        return replace(self, **{"doubt": None, "version": self.version + 1, **facts})

    def stages_from(self, base: Base) -> Stages:
        """The steps of the preliminary work as they stand with what is filled in."""
        return base.stages if self.stages is None else self.stages

    def as_data(self) -> dict[str, Any]:
        """The filling as JSON can hold it."""
        return {
            "step": self.step.value,
            "version": self.version,
            "opening_year": self.opening_year,
            "opening_start": self.opening_start,
            "unknown": sorted(step.value for step in self.unknown),
            "invested": self.invested,
            "progress": self.progress,
            "problems": None if self.problems is None else [_as_pair(one) for one in self.problems],
            "problems_stand": self.problems_stand,
            "explanation": self.explanation,
            "next_steps": self.next_steps,
            "adjustment": self.adjustment,
            "adjustment_reason": self.adjustment_reason,
            "wanted_help": self.wanted_help,
            "stages": None if self.stages is None else preliminary.as_data(self.stages),
            "is_unchanged": self.is_unchanged,
            "correction_reason": self.correction_reason,
            "doubt": [self.doubt.reason.value, *self.doubt.candidates] if self.doubt else None,
        }

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Self:
        """The filling that `as_data` wrote."""
        problems, doubt, stages = data["problems"], data["doubt"], data.get("stages")
        read = {
            "step": Step(data["step"]),
            "unknown": frozenset(map(Step, data["unknown"])),
            "problems": None if problems is None else tuple(map(_of_pair, problems)),
            "stages": None if stages is None else preliminary.of_data(stages),
            "doubt": Doubt(DoubtReason(doubt[0]), tuple(doubt[1:])) if doubt else None,
        }
        return cls(**{**data, **read})


def path(base: Base) -> tuple[Step, ...]:
    """What is asked of this project, in order.

    预备 projects are asked for their preliminary work; a report without a predecessor for what was
    completed before (期初数).
    """
    if base.is_preparatory:
        return (Step.PROGRESS, Step.PROBLEMS)
    known = {Step.OPENING_YEAR: base.year_to_date, Step.OPENING_START: base.since_start}
    openings = tuple(step for step in OPENINGS if known[step] is None)
    return (*openings, Step.INVESTED, Step.PROGRESS, Step.PROBLEMS)


def addable(base: Base) -> tuple[Step, ...]:
    """What may be added behind 补充: what the questions do not ask."""
    adjustment = (Step.ADJUSTMENT,) if base.corrects else ()
    stages = (Step.STAGES,) if base.is_preparatory else ()
    return (*adjustment, *stages, Step.EXPLANATION, Step.NEXT_STEPS, Step.WANTED_HELP, Step.PHOTOS)


def awaited(filling: Filling, base: Base) -> Step:
    """The first question without its answer, or the card."""
    for step in path(base):
        if not filling.has(step):
            return step
    if any(problem.kind is None for problem in filling.problems or ()):
        return Step.PROBLEM_KIND
    if filling.is_unchanged and base.must_explain_unchanged and not filling.explanation:
        return Step.EXPLANATION
    if filling.adjustment and base.corrects and not filling.adjustment_reason:
        return Step.ADJUSTMENT_REASON
    return Step.CARD


def before(step: Step, base: Base) -> Step:
    """The question before this one (上一步); the first stays."""
    asked = path(base)
    if step is Step.PROBLEM_KIND:
        return Step.PROBLEMS
    if step not in asked:
        return asked[-1] if step is Step.CARD else Step.CARD
    return asked[max(0, asked.index(step) - 1)]


def _as_pair(problem: ReportedProblem) -> list[str | None]:
    return [problem.text, problem.kind.value if problem.kind else None]


def _of_pair(pair: list[str | None]) -> ReportedProblem:
    text, kind = pair
    return ReportedProblem(text or "", ProblemKind(kind) if kind else None)
