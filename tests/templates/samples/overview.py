import datetime as dtm
from fractions import Fraction

from domain.overview import ANY, NONE, Dimension, Sums
from domain.periods import Period
from domain.vocabulary import Level, PlanCategory, Sector
from templates.message import Message
from templates.overview import (
    GroupLine,
    GroupName,
    Header,
    NothingToOverview,
    Overview,
    OverviewProjects,
    OverviewTable,
    ProjectSum,
    Slice,
    StatedFigures,
)

HOSTILE = "<b>局&\"'</b>😀" + "柳" * 180
HUGE = 10**15
BIG = 2**31
TODAY = dtm.date(2026, 11, 26)
OCTOBER = Period(2026, 10)

WHOLE = Header(2026, (), OCTOBER, TODAY, is_whole=True)
OWN = Header(
    2026,
    (GroupName(PlanCategory.NEW_START), GroupName(name=HOSTILE), GroupName(Sector.ECOLOGY)),
    Period(2026, 1),
    TODAY,
    is_whole=False,
)
EMPTY = Sums(0, 0, 0, 0, 0, Fraction(0), 0, 0)
SUMS = Sums(
    554, 4576_3800_0000, 677_3300_0000, 512_0000_0000, 500_0000_0000, Fraction(564_0000_0000), 3, 12
)
MOST = Sums(10**6, HUGE, HUGE, HUGE, HUGE, Fraction(HUGE, 3), 10**6, 10**6)
DEEP = Slice(Level.CITY, (1, BIG, NONE, BIG))

SAMPLES: list[Message] = [
    Overview(
        Slice(Level.CITY),
        WHOLE,
        SUMS,
        Dimension.CATEGORY,
        tuple(
            GroupLine(number, GroupName(one), SUMS if number < 4 else EMPTY)
            for number, one in enumerate(PlanCategory, start=1)
        ),
        1,
        0,
        1,
        (Level.REGION, Level.CITY),
        StatedFigures(annual_plan=677_3200_0000),
    ),
    Overview(Slice(Level.CITY), WHOLE, EMPTY, Dimension.CATEGORY, (), 1, 0, 1),
    Overview(
        Slice(Level.CITY),
        Header(2026, (), None, TODAY, is_whole=True),
        SUMS,
        Dimension.SECTOR,
        (GroupLine(NONE, GroupName(), SUMS),),
        1,
        0,
        1,
    ),
    Overview(
        Slice(Level.CITY, (1, ANY, NONE, BIG)),
        OWN,
        MOST,
        Dimension.REGION,
        tuple(GroupLine(BIG + number, GroupName(name=HOSTILE), MOST) for number in range(8)),
        801,
        100,
        200,
        tuple(Level),
        StatedFigures(10**6, HUGE, HUGE),
    ),
    OverviewProjects(
        Slice(Level.CITY),
        WHOLE,
        (
            ProjectSum(1, "白露大道（一期）", PlanCategory.CONTINUING, SUMS),
            ProjectSum(2, "预备项目", PlanCategory.PREPARATORY, EMPTY),
        ),
        2,
        1,
        0,
        1,
    ),
    OverviewProjects(
        DEEP,
        OWN,
        tuple(ProjectSum(2**40, HOSTILE, PlanCategory.COMPLETION, MOST) for _ in range(8)),
        10**6,
        801,
        100,
        200,
    ),
    OverviewProjects(DEEP, OWN, (), 0, 1, 0, 1),
    OverviewTable(WHOLE, Level.CITY, 554),
    OverviewTable(Header(2026, (), None, TODAY, is_whole=False), Level.REGION, 0),
    NothingToOverview(),
]
