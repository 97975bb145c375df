import datetime as dtm

from domain.periods import Period
from domain.reporting.checks import Findings
from templates.message import Message
from templates.reviewing import (
    AcceptedLine,
    AskReturnReason,
    CleanAccepted,
    CleanLine,
    CleanReports,
    LastMonth,
    NothingToReview,
    ReportResubmitted,
    ReportsAccepted,
    ReportsReturned,
    ReturnedReport,
    ReviewAccepted,
    ReviewCard,
    ReviewQueue,
    ReviewReturned,
    ReviewSettled,
    WaitingLine,
)
from tests.templates.samples.reporting import (
    EVERYTHING_ODD,
    FIGURES,
    HEAD,
    HOSTILE,
    HOSTILE_FIGURES,
    HOSTILE_HEAD,
    HUGE,
    NOTE,
    NOVEMBER,
    PREPARATORY,
    READY,
    UNKNOWN,
    WORST_NOTE,
)
from usecases.reporting.reviewing import Standing

AT = dtm.datetime(2026, 11, 24, 8, 20, tzinfo=dtm.UTC)
LINE = WaitingLine(1, "白露大道（一期）", NOVEMBER)
HOSTILE_LINE = WaitingLine(2**40, HOSTILE, NOVEMBER, 10**6, True)

SAMPLES: list[Message] = [
    ReviewQueue((LINE,), 1, 0, 0, 1),
    ReviewQueue((LINE, HOSTILE_LINE) * 5, 10**6, 10**6, 1, 3),
    NothingToReview(),
    ReviewCard(
        1,
        HEAD,
        "韦信息员",
        "样例城投公司",
        AT,
        FIGURES,
        Findings(EVERYTHING_ODD.odd[:1]),
        LastMonth(Period(2026, 10), 9_500_000, "路基72%"),
        waiting=7,
    ),
    ReviewCard(1, HEAD, "", "", AT, UNKNOWN, Findings(), by_phone=True, told_by=HOSTILE, is_self=True, note=READY),
    ReviewCard(1, HEAD, "韦信息员", "", AT, PREPARATORY, Findings()),
    ReviewCard(
        2**40,
        HOSTILE_HEAD,
        HOSTILE,
        HOSTILE,
        AT,
        HOSTILE_FIGURES,
        EVERYTHING_ODD,
        LastMonth(NOVEMBER, HUGE, HOSTILE * 3),
        10**6,
        10**6,
        10**6,
        True,
        True,
        WORST_NOTE,
    ),
    AskReturnReason(1, HEAD),
    AskReturnReason(2**40, HOSTILE_HEAD, is_unfit=True),
    ReviewAccepted(1, HEAD, FIGURES, AT),
    ReviewAccepted(2**40, HOSTILE_HEAD, HOSTILE_FIGURES, AT, 10**6, True),
    ReviewReturned(1, HEAD, "韦信息员", READY, AT),
    ReviewReturned(2**40, HOSTILE_HEAD, HOSTILE, WORST_NOTE, AT, 10**6),
    *(ReviewSettled(HEAD, standing) for standing in Standing),
    ReviewSettled(HOSTILE_HEAD, Standing.CLOSED),
    CleanReports((CleanLine("白露大道（一期）", NOVEMBER, 12_000_000, "路基80%"),) * 2, 1),
    CleanReports((CleanLine(HOSTILE, NOVEMBER, HUGE, HOSTILE),) * 60, 2**32 - 1, True),
    CleanReports((), 0, True),
    CleanAccepted(((1, "白露大道（一期）"), (2, "柳江新高中")), AT, 0),
    CleanAccepted(((2**40, HOSTILE),) * 60, AT, 10**6),
    ReportsReturned((ReturnedReport(HEAD, NOTE, "黄联络员", "19900001002"),)),
    ReportsReturned((ReturnedReport(HOSTILE_HEAD, WORST_NOTE, HOSTILE, "1" * 20),) * 5),
    ReportsAccepted((AcceptedLine("白露大道（一期）", NOVEMBER),)),
    ReportsAccepted((AcceptedLine(HOSTILE, NOVEMBER),) * 60),
    ReportResubmitted((LINE,)),
    ReportResubmitted((HOSTILE_LINE,) * 5),
]
