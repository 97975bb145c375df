import datetime as dtm
from dataclasses import replace
from fractions import Fraction

from domain.amounts import DoubtReason
from domain.periods import Period
from domain.reporting.checks import Odd, OddCode
from domain.reporting.filling import OPENINGS, ReportedProblem, Step
from domain.reporting.many import Note, Open
from domain.reporting.naming import NotPlaced
from domain.reporting.sheets import SheetColumn
from domain.vocabulary import ProblemKind
from templates.many import (
    FailedLine,
    FilledLine,
    ManyDrop,
    ManyDropped,
    ManyKept,
    ManyStart,
    ManySubmitted,
    ManyTable,
    MonthlyTable,
    MonthlyTableRefused,
    NumberedReport,
    SubmittedLine,
    UnplacedLine,
)
from templates.message import Message
from usecases.reporting.matters import Obstacle

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
NOVEMBER, JANUARY = Period(2026, 11), Period(2026, 1)
DUE = dtm.datetime(2026, 11, 25, 10, tzinfo=dtm.UTC)
HUGE = 10**15 + 1
NUMBERED = NumberedReport(1, "白露大道（一期）", NOVEMBER)
HOSTILE_NUMBERED = NumberedReport(10**6, HOSTILE, JANUARY, True, HOSTILE)
READY = FilledLine(1, 1, "白露大道（一期）", NOVEMBER, 12_000_000, "路基80%", ())
OPEN = replace(
    READY,
    number=2,
    name="柳江新高中",
    invested=None,
    problems=None,
    doubt=DoubtReason.NO_UNIT,
    doubted=Step.INVESTED,
    candidates=(35_000_000, 3500),
    missing=(Step.PROBLEMS,),
)
WORST = FilledLine(
    2**40,
    10**6,
    HOSTILE,
    JANUARY,
    HUGE,
    HOSTILE * 2,
    tuple(ReportedProblem(HOSTILE, kind) for kind in (*ProblemKind, None)),
    openings=tuple((step, HUGE) for step in OPENINGS),
    is_preparatory=True,
    is_unchanged=True,
    missing=tuple(Step),
    doubt=DoubtReason.SEVERAL,
    doubted=Step.OPENING_YEAR,
    candidates=(HUGE, HUGE + 1, HUGE + 2),
    odd=tuple(Odd(code, Fraction(12, 10), HUGE, HOSTILE) for code in OddCode),
    notes=tuple(Note(what, HOSTILE) for what in Open),
)
WORST_READY = replace(
    WORST, missing=(), doubt=None, candidates=(), notes=(), explanation=HOSTILE, odd=WORST.odd
)
DONE = SubmittedLine(1, 1, "白露大道（一期）", 12_000_000)

SAMPLES: list[Message] = [
    ManyStart((NOVEMBER, NOVEMBER), DUE, (NUMBERED,) * 3, 3),
    ManyStart((JANUARY, NOVEMBER), DUE, (HOSTILE_NUMBERED,) * 30, 90, 60, 7, True, JANUARY),
    ManyTable(
        1, (READY,), (OPEN,), (UnplacedLine("柳江 300万", NotPlaced.SEVERAL_PROJECTS, (2, 3)),)
    ),
    ManyTable(2, (READY, replace(READY, odd=WORST.odd[:2], explanation="雨季"))),
    ManyTable(3, (), (), (UnplacedLine("你好 3万", NotPlaced.NO_PROJECT),), left=12),
    ManyTable(
        10**9,
        (WORST_READY,) * 15,
        (WORST,) * 6,
        tuple(UnplacedLine(HOSTILE, why, (10**6,) * 5) for why in NotPlaced)[:6],
        10**6,
        10**6,
        8,
        True,
    ),
    ManyTable(4, (), (), tuple(UnplacedLine(HOSTILE, why) for why in NotPlaced)),
    ManySubmitted(DUE, (DONE,)),
    ManySubmitted(DUE, (), (FailedLine(1, "柳江新高中", NotPlaced.CHANGED),), 3),
    ManySubmitted(
        DUE,
        (SubmittedLine(2**40, 10**6, HOSTILE, HUGE),) * 15,
        tuple(FailedLine(10**6, HOSTILE, why, HOSTILE) for why in (*NotPlaced, *Obstacle)),
        10**6,
    ),
    ManyKept(3, DUE),
    ManyDrop(1, 12),
    ManyDropped(12),
    MonthlyTable(12, DUE),
    MonthlyTableRefused("11月.xlsx"),
    MonthlyTableRefused(HOSTILE, (SheetColumn.NAME, SheetColumn.INVESTED, SheetColumn.PROBLEMS)),
]
