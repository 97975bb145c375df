import datetime as dtm

from domain.brakes import BrakeProblem
from domain.periods import Period
from templates.chasing import OwedReport
from templates.extending import (
    AskExtendUntil,
    ConfirmExtension,
    Extended,
    ExtendWhichMonth,
    NewDueTimes,
    OpenMonth,
)
from templates.message import Message
from tests.templates.samples.brakes import DAYS, EVERYBODY, HOSTILE_ON, PROJECT, UNIT
from tests.templates.samples.people import HOSTILE_UNIT

NOVEMBER, DECEMBER = Period(2026, 11), Period(2026, 12)
DUE = dtm.datetime(2026, 11, 25, 10, tzinfo=dtm.UTC)
LATER = DUE + dtm.timedelta(days=3)
OWED = OwedReport(1, "白露大道（一期）", NOVEMBER, LATER)
HOSTILE_OWED = OwedReport(2**40, HOSTILE_UNIT, DECEMBER, DUE, is_returned=True)

SAMPLES: list[Message] = [
    ExtendWhichMonth(UNIT, (OpenMonth(1, NOVEMBER, 2), OpenMonth(2, DECEMBER, 60))),
    ExtendWhichMonth(HOSTILE_ON, (OpenMonth(2**40, NOVEMBER, 1),) * 9),
    AskExtendUntil(PROJECT, NOVEMBER, 1, DUE, DAYS),
    AskExtendUntil(HOSTILE_ON, NOVEMBER, 1132, DUE, DAYS, tuple(BrakeProblem)),
    ConfirmExtension(PROJECT, NOVEMBER, 1, LATER, "防汛应急"),
    ConfirmExtension(HOSTILE_ON, NOVEMBER, 1132, LATER, HOSTILE_UNIT, instead=DAYS[2]),
    Extended(PROJECT, NOVEMBER, 1, LATER, 1),
    Extended(EVERYBODY, NOVEMBER, 1132, LATER, 0),
    NewDueTimes((OWED,), "防汛应急"),
    NewDueTimes((OWED, *(HOSTILE_OWED,) * 11), HOSTILE_UNIT, more=400),
    NewDueTimes((OWED, OWED)),
]
