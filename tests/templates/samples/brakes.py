import datetime as dtm

from domain.brakes import Brake, BrakeProblem, HoldScope
from domain.periods import Period
from templates.brakes import (
    AskBrakeReason,
    AskHoldUntil,
    BrakeNowhere,
    BrakeOn,
    BrakeTargets,
    HeldLine,
    HoldLifted,
    HoldMade,
    HoldsChanged,
    HoldsInForce,
    HowToBrake,
    NothingToBrake,
)
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

TODAY = dtm.date(2026, 11, 25)
DAYS = (TODAY, dtm.date(2026, 11, 27), dtm.date(2026, 12, 1))
SINCE = dtm.datetime(2026, 11, 25, 1, 30, tzinfo=dtm.UTC)
EVERYBODY = BrakeOn(HoldScope.EVERYBODY)
UNIT = BrakeOn(HoldScope.UNIT, 1, "市住建局")
PROJECT = BrakeOn(HoldScope.PROJECT, 2, "白露大道（一期）")
HOSTILE_ON = BrakeOn(HoldScope.PROJECT, 2**40, HOSTILE_UNIT)
ALL_PROBLEMS = tuple(BrakeProblem)
HELD = HeldLine(1, UNIT, SINCE, "蒙协调员", SINCE + dtm.timedelta(days=3), "防汛应急")
OPEN = HeldLine(2, EVERYBODY, SINCE, "蒙协调员")
HOSTILE_HELD = HeldLine(2**40, HOSTILE_ON, SINCE, HOSTILE_NAME, None, HOSTILE_UNIT)

SAMPLES: list[Message] = [
    BrakeTargets(Brake.HOLD, "柳江", (UNIT, PROJECT)),
    BrakeTargets(Brake.EXEMPT, HOSTILE_UNIT, (HOSTILE_ON,) * 8),
    BrakeNowhere("没有的项目"),
    BrakeNowhere(HOSTILE_UNIT),
    NothingToBrake(Brake.EXTEND, PROJECT),
    NothingToBrake(Brake.EXEMPT, HOSTILE_ON),
    *(HowToBrake(brake) for brake in Brake),
    HoldsInForce(()),
    HoldsInForce((HELD,)),
    HoldsInForce((OPEN, HELD, *(HOSTILE_HELD,) * 8)),
    AskHoldUntil(UNIT, 12, TODAY, DAYS),
    AskHoldUntil(HOSTILE_ON, 0, TODAY, DAYS, ALL_PROBLEMS),
    AskBrakeReason(Brake.HOLD, EVERYBODY),
    AskBrakeReason(Brake.EXTEND, PROJECT, day=TODAY),
    AskBrakeReason(Brake.EXEMPT, HOSTILE_ON, month=Period(2027, 3), problems=ALL_PROBLEMS),
    HoldMade(HELD),
    HoldMade(HOSTILE_HELD, was_held=True),
    HoldLifted(HELD, "蒙协调员"),
    HoldLifted(HOSTILE_HELD),
    HoldsChanged(made=(HELD,)),
    HoldsChanged(made=(HOSTILE_HELD,) * 8, lifted=(HoldLifted(HOSTILE_HELD, HOSTILE_NAME),) * 8),
    HoldsChanged(lifted=(HoldLifted(OPEN),)),
]
