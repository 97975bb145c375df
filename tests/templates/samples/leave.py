import datetime as dtm

from domain.leave import LeaveProblem
from templates.leave import (
    AskLeaveDeputy,
    AskLeaveFirst,
    AskLeaveLast,
    DeputyNamed,
    DeputyReleased,
    EnteredLeave,
    LeaveCancelled,
    LeaveDays,
    LeaveEntered,
    LeaveRecorded,
    NotTheirLeave,
    StandIn,
)
from templates.message import Message
from templates.people import PersonLine
from tests.templates.samples.people import HOSTILE, HOSTILE_NAME, HOSTILE_UNIT

TODAY = dtm.date(2026, 11, 18)
FIRST, LAST = dtm.date(2026, 11, 25), dtm.date(2026, 11, 27)
ALL_PROBLEMS = tuple(LeaveProblem)
DAYS = LeaveDays(1, FIRST, LAST, "黄某")
HOSTILE_DAYS = LeaveDays(2**40, FIRST, LAST, HOSTILE_NAME)
STAND_IN = StandIn("韦某", "样例城投公司", FIRST, LAST)
HOSTILE_STAND_IN = StandIn(HOSTILE_NAME, HOSTILE_UNIT, FIRST, LAST)

SAMPLES: list[Message] = [
    AskLeaveFirst("", TODAY),
    AskLeaveFirst(HOSTILE_NAME, TODAY, ALL_PROBLEMS),
    AskLeaveLast("", FIRST),
    AskLeaveLast(HOSTILE_NAME, FIRST, ALL_PROBLEMS),
    AskLeaveDeputy("", FIRST, LAST, (PersonLine(1, "黄某"), PersonLine(2, "覃某"))),
    AskLeaveDeputy(HOSTILE_NAME, FIRST, LAST, (HOSTILE,) * 4, ALL_PROBLEMS),
    LeaveRecorded("", DAYS, deputy_linked=True),
    LeaveRecorded("韦某", LeaveDays(1, FIRST, FIRST), deputy_linked=True),
    LeaveRecorded(HOSTILE_NAME, HOSTILE_DAYS, deputy_linked=False),
    LeaveCancelled("", FIRST, LAST),
    LeaveCancelled(HOSTILE_NAME, FIRST, LAST),
    NotTheirLeave("韦某"),
    NotTheirLeave(HOSTILE_NAME),
    DeputyNamed((STAND_IN,)),
    DeputyNamed((HOSTILE_STAND_IN,) * 20),
    DeputyReleased((STAND_IN,)),
    DeputyReleased((STAND_IN, HOSTILE_STAND_IN)),
    LeaveEntered((EnteredLeave("蒙某", DAYS),)),
    LeaveEntered((EnteredLeave(HOSTILE_NAME, HOSTILE_DAYS),) * 3),
]
