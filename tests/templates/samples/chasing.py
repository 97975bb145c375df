import datetime as dtm

from domain.chain import Gap
from domain.periods import Period
from domain.policy import Basis
from domain.vocabulary import Role
from templates.chasing import (
    LateForCommissioner,
    LateForLiaison,
    LateReport,
    LateReports,
    OwedReport,
    ReportReminder,
    RungOnTrial,
    TrialLine,
)
from templates.message import Message

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
NOVEMBER = Period(2026, 11)


def owed(number: int, name: str = HOSTILE) -> OwedReport:
    return OwedReport(2**40 + number, name, Period(2026, 10), DUE + dtm.timedelta(days=1), True)


NAMES = ("白露大道（一期）", "柳江新高中", "柳江区体育公园（二期）")
LATE = (
    LateReport(1, 1, NAMES[0], NOVEMBER, 2, times_reminded=3, liaison_asked=True),
    LateReport(2, 2, NAMES[2], NOVEMBER, 2, gap=Gap.UNLINKED),
    LateReport(2**40, 2**40, HOSTILE, Period(2026, 10), 10**4, 10**4, gap=Gap.AWAY),
    LateReport(2**40, 2**40, HOSTILE, Period(2026, 10), 0),
)

SAMPLES: list[Message] = [
    ReportReminder(
        (NOVEMBER,),
        DUE,
        Basis.EXPECTED_TO_MONTH_END,
        tuple(OwedReport(number, name, NOVEMBER, DUE) for number, name in enumerate(NAMES, 1)),
    ),
    ReportReminder(
        (Period(2027, 1), Period(2027, 2)),
        DUE,
        Basis.MONTH_END_ACTUAL,
        tuple(owed(number) for number in range(12)),
        more=10**6,
        is_due_today=True,
        is_provisional=True,
    ),
    ReportReminder((NOVEMBER,), DUE, Basis.MONTH_END_ACTUAL, (owed(1),)),
    LateReports((NOVEMBER,), DUE, (OwedReport(1, NAMES[0], NOVEMBER, DUE),)),
    LateReports(
        (Period(2027, 1), Period(2027, 2)), DUE, tuple(owed(number) for number in range(12)), 10**6
    ),
    LateForLiaison("市住建局", NOVEMBER, 60, DUE, LATE[:2], 2),
    LateForLiaison(HOSTILE, NOVEMBER, 10**6, DUE, LATE * 3, 10**6),
    LateForLiaison("", NOVEMBER, 2, DUE, LATE[:1], 1),
    LateForCommissioner(NOVEMBER, 60, DUE, LATE[:2], 2),
    LateForCommissioner(NOVEMBER, 10**6, DUE, LATE * 3, 10**6),
    RungOnTrial((TrialLine(Role.COMMISSIONER, "覃专员", 2),)),
    RungOnTrial(
        (TrialLine(Role.FIRST_RESPONSIBLE, HOSTILE, 10**6), TrialLine(Role.COMMISSIONER, "", 1))
    ),
]
