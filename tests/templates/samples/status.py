import datetime as dtm
from dataclasses import replace
from fractions import Fraction

from db.tables.reporting import ObligationState
from domain.chain import Gap, Rung
from domain.periods import Period
from domain.progress import YearPlan
from domain.vocabulary import ActualState, Level, PlanCategory, ProblemKind
from templates.message import Message
from templates.status import (
    HistoryMonth,
    ItemCount,
    LatestNote,
    ListingLine,
    PersonLine,
    ProblemCount,
    ProblemLine,
    Progress,
    ProjectHistory,
    ProjectPeople,
    ProjectProblems,
    ReportLine,
    SinceStart,
    StatusCard,
    Withdrawal,
    YearFigures,
)

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
TODAY = dtm.date(2026, 11, 26)
OCTOBER = Period(2026, 10)
HUGE = 10**15 + 1
CITY = ListingLine(Level.CITY, 2026, PlanCategory.CONTINUING, "市住建局", 500_000_000, 120_000_000)
HOSTILE_LINE = ListingLine(Level.REGION, 2019, PlanCategory.COMPLETION, HOSTILE, HUGE, HUGE)

SAMPLES: list[Message] = [
    StatusCard(
        1,
        "白露大道（一期）",
        TODAY,
        (CITY,),
        ActualState.UNDER_CONSTRUCTION,
        figures=YearFigures(Period(2026, 1), OCTOBER, 86_000_000, YearPlan(120_000_000)),
        since_start=SinceStart(OCTOBER, 306_000_000, Fraction(306, 500)),
        progress=Progress(OCTOBER, "路基72%"),
        note=LatestNote(dtm.date(2026, 11, 18), "K3段路基已贯通", reviewed=False),
        problems=(ProblemCount(ProblemKind.LAND_ACQUISITION, 1),),
        report=ReportLine(Period(2026, 11), ObligationState.SUBMITTED),
        earlier=Period(2026, 9),
    ),
    StatusCard(1, "白露大道（一期）", TODAY),
    StatusCard(1, "白露大道（一期）", TODAY, (CITY,), items=ItemCount(1)),
    StatusCard(2, "柳江新高中", TODAY, (CITY,), items=ItemCount(2, 1)),
    StatusCard(
        1,
        "预备项目",
        TODAY,
        (ListingLine(Level.CITY, 2026, PlanCategory.PREPARATORY, "", None, None),),
        ActualState.PREPARATORY_WORK,
        progress=Progress(OCTOBER, "已完成可研批复"),
    ),
    StatusCard(
        2**40,
        HOSTILE,
        TODAY,
        (HOSTILE_LINE,) * 3,
        ActualState.SUSPENDED,
        Withdrawal(TODAY, HOSTILE),
        Period(2019, 12),
        YearFigures(
            Period(2019, 1),
            Period(2019, 12),
            HUGE,
            YearPlan(1),
            tuple(Period(2019, month) for month in range(2, 12)),
            then=-HUGE,
        ),
        SinceStart(Period(2019, 12), HUGE, Fraction(HUGE)),
        Progress(Period(2019, 11), HOSTILE * 3),
        tuple(ProblemCount(kind, 10**6) for kind in ProblemKind),
        ReportLine(Period(2019, 12), ObligationState.RETURNED, TODAY),
        is_followed=True,
        earlier=Period(2019, 11),
    ),
    *(StatusCard(1, "甲", TODAY, report=ReportLine(OCTOBER, state)) for state in ObligationState),
    ProjectHistory(1, "白露大道（一期）", (), 0, 1),
    ProjectHistory(
        1,
        "白露大道（一期）",
        (
            HistoryMonth(Period(2026, 1), 9_500_000, None, "路基72%"),
            HistoryMonth(Period(2025, 12), 9_000_000, 8_800_000, ""),
            HistoryMonth(Period(2025, 11), None, None, "已完成可研批复"),
        ),
        0,
        1,
    ),
    ProjectHistory(
        2**40,
        HOSTILE,
        tuple(HistoryMonth(OCTOBER.plus(-number), HUGE, -HUGE, HOSTILE) for number in range(6)),
        1,
        3,
    ),
    ProjectPeople(1, "白露大道（一期）", ()),
    ProjectPeople(
        1,
        "白露大道（一期）",
        (
            PersonLine(Rung.MAIN_REPORTER, "韦信息员", "样例城投公司", "职员", "19900001001"),
            PersonLine(Rung.SECOND_REPORTER),
            PersonLine(Rung.REVIEWER, "黄联络员", is_away=True),
            PersonLine(Rung.REVIEWER, "代联络员", stands_in=True, gap=Gap.UNLINKED),
        ),
    ),
    ProjectPeople(
        2**40,
        HOSTILE,
        tuple(
            PersonLine(rung, HOSTILE, HOSTILE, HOSTILE, "19900001001", True, True, Gap.UNREACHABLE)
            for rung in (*Rung, *Rung)
        ),
    ),
    replace(
        ProjectProblems(1, "白露大道（一期）", 0, 0, 0, (), TODAY, 0, 1),
        wanted_help="请加快用地预审",
    ),
    ProjectProblems(1, "白露大道（一期）", 0, 0, 0, (), TODAY, 0, 1),
    ProjectProblems(
        1,
        "白露大道（一期）",
        1,
        1,
        1,
        (
            ProblemLine(
                ProblemKind.LAND_ACQUISITION, "剩2户未签约", dtm.date(2026, 9, 3), item_id=12
            ),
            ProblemLine(
                ProblemKind.UTILITIES_ACCESS, "施工便道未通", TODAY, problem_id=7, may_raise=True
            ),
            ProblemLine(ProblemKind.FUNDING, "到位慢", TODAY, reviewed=False),
            ProblemLine(
                ProblemKind.LAND,
                "指标未落实",
                dtm.date(2026, 1, 5),
                closed=TODAY,
                closing_note="已批复",
            ),
        ),
        TODAY,
        0,
        1,
    ),
    ProjectProblems(
        2**40,
        HOSTILE,
        10**6,
        10**6,
        10**6,
        tuple(
            ProblemLine(kind, HOSTILE * 10, TODAY, False, closed, HOSTILE * 10, 2**40, 2**40)
            for kind, closed in zip(list(ProblemKind)[:5], (None, TODAY) * 3, strict=False)
        ),
        TODAY,
        1,
        3,
    ),
]
