import datetime as dtm
from dataclasses import replace
from fractions import Fraction

from domain.amounts import DoubtReason
from domain.periods import Period
from domain.progress import YearPlan
from domain.reporting.checks import Findings, Odd, OddCode, Skipped
from domain.reporting.filling import ReportedProblem, Step
from domain.reporting.preliminary import PreliminaryStep, Stage, StageState
from domain.reporting.reasons import ReturnReason
from domain.reporting.turns import AnswerProblem, Choice
from domain.vocabulary import ProblemKind
from templates.message import Message
from templates.reporting import (
    Correction,
    DraftDropped,
    DraftHeld,
    DraftKept,
    DraftTaken,
    DropDraft,
    NothingOwed,
    OwedLine,
    OwedReports,
    ReportCard,
    ReportFields,
    ReportFigures,
    ReportHead,
    ReportNotOpen,
    ReportQuestion,
    ReportSubmitted,
    ReturnNote,
    Sums,
)
from usecases.reporting.matters import Obstacle

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
NOVEMBER, JANUARY = Period(2026, 11), Period(2026, 1)
HUGE = 10**15 + 1
DUE = dtm.datetime(2026, 11, 25, 10, tzinfo=dtm.UTC)
HEAD = ReportHead(1, 1, "白露大道（一期）", NOVEMBER, NOVEMBER, DUE)
HOSTILE_HEAD = ReportHead(2**40, 2**40, HOSTILE, Period(2026, 2), JANUARY, DUE, True)
EVERYTHING_ODD = Findings(
    tuple(Odd(code, Fraction(12, 10), HUGE, HOSTILE) for code in OddCode), tuple(Skipped)
)
FIGURES = ReportFigures(
    12_000_000,
    "路基80%，桩基96/120根",
    (ReportedProblem("剩2户", ProblemKind.LAND_ACQUISITION),),
    False,
    "",
    "",
    False,
    Sums(98_000_000, YearPlan(120_000_000), 318_000_000, 500_000_000),
)
ADDED = replace(
    FIGURES,
    correction=Correction(Period(2026, 10), -2_000_000, "多报了一笔设备款"),
    wanted_help="请市自然资源局加快用地预审",
    photos=2,
    sums=replace(FIGURES.sums, year_adjusted=-2_000_000, start_adjusted=-2_000_000),
)
# What the questions offer on an ordinary day.
OFFERED = {
    Step.OPENING_YEAR: frozenset({Choice.ZERO, Choice.UNKNOWN}),
    Step.OPENING_START: frozenset({Choice.UNKNOWN}),
    Step.INVESTED: frozenset({Choice.ZERO, Choice.UNCHANGED}),
    Step.PROGRESS: frozenset({Choice.SAME}),
    Step.PROBLEMS: frozenset({Choice.NONE, Choice.SAME}),
    Step.PROBLEM_KIND: frozenset({Choice.KIND}),
    Step.ADJUSTMENT: frozenset({Choice.ZERO}),
    Step.WANTED_HELP: frozenset({Choice.NONE}),
    Step.STAGES: frozenset({Choice.STAGE, Choice.KEEP}),
    Step.PHOTOS: frozenset({Choice.KEEP}),
}
OVER_PLAN = Odd(EVERYTHING_ODD.odd[0].code, Fraction(12, 10), 120_000_000)
STAGES = (
    Stage(PreliminaryStep.PROPOSAL, StageState.DONE),
    Stage(PreliminaryStep.FEASIBILITY, StageState.DONE, "8月已批复"),
    Stage(PreliminaryStep.ENVIRONMENT, StageState.UNDER_WAY, "办理中"),
)
HOSTILE_STAGES = tuple(Stage(one, StageState.UNDER_WAY, HOSTILE[:40]) for one in PreliminaryStep)
UNKNOWN = ReportFigures(0, "同前", (), True, "", "", True, Sums(None, None, None, None))
PREPARATORY = ReportFigures(
    None, "可研已批复", (), False, "", "", False, UNKNOWN.sums, stages=STAGES
)
HOSTILE_FIGURES = ReportFigures(
    HUGE,
    HOSTILE * 3,
    tuple(ReportedProblem(HOSTILE * 2, kind) for kind in (*ProblemKind, None)),
    False,
    HOSTILE * 2,
    HOSTILE * 2,
    False,
    Sums(HUGE, YearPlan(1), HUGE, 1, tuple(Period(2026, month) for month in range(1, 11))),
    Correction(JANUARY, -HUGE, HOSTILE),
    HOSTILE * 2,
    HOSTILE_STAGES,
    9,
)
NOTE = ReturnNote(None, "桩基数量与上月对不上，请核实。")
READY = ReturnNote(ReturnReason.EXPLAIN, "")
WORST_NOTE = ReturnNote(None, HOSTILE * 3)
LINE = OwedLine(1, "白露大道（一期）", NOVEMBER, DUE)
HOSTILE_LINE = OwedLine(2**40, HOSTILE, JANUARY, DUE, False, True, True, HOSTILE)

SAMPLES: list[Message] = [
    OwedReports((LINE, replace(LINE, name="柳江新高中", has_draft=True)), 2, 0, 1, 0, 1),
    OwedReports((LINE, HOSTILE_LINE) * 5, 10**6, 10**6, 10**6, 1, 3),
    OwedReports((HOSTILE_LINE,), 0, 1, 0, 0, 1),
    NothingOwed(0),
    NothingOwed(2),
    *(
        ReportQuestion(
            HEAD,
            step,
            number,
            4,
            OFFERED.get(step, frozenset()),
            heard=12_000_000,
            before=86_000_000,
            last="路基72%",
            now="路基75%" if step is Step.PROGRESS else None,
            odd=(OVER_PLAN,),
            problem="村民阻工",
            corrects=Period(2026, 10),
            stages=STAGES,
            photos=2,
        )
        for number, step in enumerate(Step)
        if step is not Step.CARD
    ),
    *(
        ReportQuestion(HEAD, Step.INVESTED, 1, 3, doubt=reason, candidates=(35_000_000, 3500))
        for reason in DoubtReason
    ),
    *(
        ReportQuestion(
            HOSTILE_HEAD,
            step,
            1,
            5,
            frozenset(Choice),
            HUGE,
            DoubtReason.UNCLEAR,
            (HUGE, HUGE + 1, HUGE + 2),
            tuple(AnswerProblem),
            HUGE,
            HOSTILE_FIGURES.sums.missing,
            HOSTILE * 3,
            HUGE if step is Step.INVESTED else HOSTILE * 3,
            EVERYTHING_ODD.odd,
            HOSTILE * 3,
            WORST_NOTE,
            True,
            JANUARY,
            HOSTILE_STAGES,
            9,
        )
        for step in Step
        if step is not Step.CARD
    ),
    ReportCard(HEAD, 4, FIGURES, Findings((Odd(OddCode.BEHIND, Fraction(1, 10)),)), NOTE),
    ReportCard(HEAD, 4, ADDED),
    ReportCard(HEAD, 4, UNKNOWN, Findings((), tuple(Skipped)), READY),
    ReportCard(replace(HEAD, is_preparatory=True), 4, PREPARATORY),
    ReportCard(HOSTILE_HEAD, 10**6, HOSTILE_FIGURES, EVERYTHING_ODD, WORST_NOTE, True),
    ReportFields(HEAD, (Step.INVESTED, Step.PROGRESS, Step.PROBLEMS)),
    ReportFields(HOSTILE_HEAD, tuple(Step)),
    ReportSubmitted(HEAD, DUE, FIGURES),
    ReportSubmitted(HOSTILE_HEAD, DUE, HOSTILE_FIGURES, 10**6, 2**40),
    *(kind(head) for kind in (DraftKept, DraftDropped) for head in (HEAD, HOSTILE_HEAD)),
    DropDraft(HEAD, 3),
    DropDraft(HOSTILE_HEAD, 10**6),
    DraftHeld(HEAD, "黄联络员", DUE),
    DraftHeld(HOSTILE_HEAD, HOSTILE, DUE),
    DraftTaken(HEAD, "黄联络员"),
    DraftTaken(HOSTILE_HEAD, HOSTILE),
    *(ReportNotOpen(HEAD, obstacle, FIGURES, True) for obstacle in Obstacle),
    ReportNotOpen(HEAD, Obstacle.CLOSED),
    ReportNotOpen(HOSTILE_HEAD, Obstacle.WITHDRAWN, HOSTILE_FIGURES),
]
