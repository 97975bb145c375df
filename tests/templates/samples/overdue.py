import datetime as dtm

from domain.chain import Gap
from domain.periods import Period
from domain.tally import Tally
from templates.chasing import OwedReport
from templates.message import Message
from templates.overdue import (
    AllReported,
    Grouping,
    GroupTally,
    NoMonthOpen,
    NotNudged,
    NudgedPerson,
    NudgeSent,
    OpenMonth,
    OutstandingLine,
    OverdueGroups,
    OverdueReports,
    ReportNudge,
)

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
NOW = dtm.datetime(2026, 11, 27, 1, 0, tzinfo=dtm.UTC)
NOVEMBER = OpenMonth(2, Period(2026, 11), DUE)
OCTOBER = OpenMonth(2**40, Period(2026, 10), DUE)
TALLY = Tally(expected=60, reported=52, on_time=50, waiting=12, returned=1, missing=8, unreached=2)
HUGE = Tally(*[10**6] * 7)
UNIT = GroupTally(1, "市住建局", Tally(20, 15, 15, 3, 1, 5, 1))
HOSTILE_UNIT = GroupTally(2**40, HOSTILE, HUGE)
NAMELESS = GroupTally(0, "", Tally(2, 0, 0, 0, 0, 2))
LINE = OutstandingLine(1, "白露大道（一期）", DUE, 2, gap=Gap.UNLINKED)
HOSTILE_LINE = OutstandingLine(2**40, HOSTILE, DUE, 10**4, is_returned=True, gap=Gap.AWAY)

SAMPLES: list[Message] = [
    OverdueGroups(NOVEMBER, NOW, TALLY, Grouping.UNIT, (UNIT, NAMELESS), (OCTOBER,)),
    OverdueGroups(NOVEMBER, DUE, HUGE, Grouping.REGION, (HOSTILE_UNIT, NAMELESS) * 4, (), 1, 3, 9),
    OverdueReports(
        NOVEMBER,
        NOW,
        Grouping.UNIT,
        UNIT,
        (LINE, OutstandingLine(2, "柳江新高中", NOW + dtm.timedelta(days=3))),
        nudges=5,
        has_others=True,
    ),
    OverdueReports(
        OCTOBER, NOW, Grouping.REGION, HOSTILE_UNIT, (HOSTILE_LINE,) * 8, 10**6, True, 1, 3, 9
    ),
    OverdueReports(NOVEMBER, NOW, Grouping.REGION, NAMELESS, (LINE,)),
    AllReported(NOVEMBER, Tally(60, 60, 58, 12), (OCTOBER,)),
    AllReported(NOVEMBER, HUGE),
    NoMonthOpen(),
    NudgeSent((NudgedPerson("韦信息员", 3),), None, 1, (NotNudged("柳江新高中", Gap.UNLINKED),)),
    NudgeSent((), NOW, 10**6, (NotNudged(HOSTILE, None), NotNudged(HOSTILE, Gap.LEFT)) * 5),
    NudgeSent((NudgedPerson(HOSTILE, 10**6),) * 10, NOW, 0, (), 10**6, 10**6),
    ReportNudge(
        "黄联络员", "市住建局", (OwedReport(1, "白露大道（一期）", Period(2026, 11), DUE),), 1
    ),
    ReportNudge(
        HOSTILE,
        HOSTILE,
        (OwedReport(2**40, HOSTILE, Period(2026, 10), DUE, is_returned=True),) * 12,
        10**6,
        10**6,
    ),
    ReportNudge("", "", (OwedReport(1, "柳江新高中", Period(2026, 11), DUE),), 0),
]
