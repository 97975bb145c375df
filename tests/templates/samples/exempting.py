from domain.brakes import BrakeProblem
from domain.periods import Period
from templates.exempting import (
    AskExemptUntil,
    ConfirmExemption,
    ExemptionLifted,
    ExemptionMade,
    ExemptionsInForce,
    ExemptLine,
    ExemptReport,
    ReportsExempt,
)
from templates.message import Message
from tests.templates.samples.brakes import HOSTILE_ON, PROJECT
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

FIRST, LAST = Period(2026, 11), Period(2027, 3)
LINE = ExemptLine(1, "白露大道（一期）", FIRST, LAST, "蒙协调员", "停建")
HOSTILE_LINE = ExemptLine(2**40, HOSTILE_UNIT, FIRST, FIRST, HOSTILE_NAME, HOSTILE_UNIT)

SAMPLES: list[Message] = [
    ExemptionsInForce(()),
    ExemptionsInForce((LINE,)),
    ExemptionsInForce((HOSTILE_LINE,) * 12),
    AskExemptUntil(PROJECT, FIRST, (FIRST, FIRST.next, FIRST.plus(2), LAST)),
    AskExemptUntil(HOSTILE_ON, FIRST, (FIRST,), tuple(BrakeProblem)),
    ConfirmExemption(PROJECT, FIRST, LAST, 1, "停建"),
    ConfirmExemption(HOSTILE_ON, FIRST, FIRST, 0, HOSTILE_UNIT),
    ExemptionMade(LINE, 2),
    ExemptionMade(HOSTILE_LINE),
    ExemptionLifted(LINE, 1),
    ExemptionLifted(HOSTILE_LINE),
    ReportsExempt((ExemptReport("白露大道（一期）", FIRST),)),
    ReportsExempt((ExemptReport(HOSTILE_UNIT, LAST),) * 12, more=400),
]
