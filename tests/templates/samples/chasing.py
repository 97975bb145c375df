import datetime as dtm

from domain.periods import Period
from domain.policy import Basis
from domain.vocabulary import Role
from templates.chasing import (
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
        is_last_call=True,
        overdue=10**6,
    ),
    ReportReminder((NOVEMBER,), DUE, Basis.MONTH_END_ACTUAL, (owed(1),)),
    LateReports((NOVEMBER,), DUE, (OwedReport(1, NAMES[0], NOVEMBER, DUE),)),
    LateReports(
        (Period(2027, 1), Period(2027, 2)), DUE, tuple(owed(number) for number in range(12)), 10**6
    ),
    RungOnTrial((TrialLine(Role.COMMISSIONER, "覃专员", 2),)),
    RungOnTrial(
        (TrialLine(Role.FIRST_RESPONSIBLE, HOSTILE, 10**6), TrialLine(Role.COMMISSIONER, "", 1))
    ),
]
