import datetime as dtm
from itertools import islice
from zoneinfo import ZoneInfo

from domain.calendar import shipped_calendar
from domain.periods import Period
from domain.policy import shipped_policy
from domain.rounds import Mark, Move, rounds_ahead
from domain.schema import Fault, FaultCode
from domain.timetable import Timetable
from templates.message import Message
from templates.rules import (
    CalendarLoaded,
    CalendarPreview,
    PolicyApplied,
    PolicyPreview,
    PolicyShown,
    RuleChange,
    RulesFaulty,
    YearUnpublished,
)

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
NOW = dtm.datetime(2026, 11, 18, 2, 0, tzinfo=dtm.UTC)
ROUNDS = tuple(
    islice(
        rounds_ahead(
            Timetable(shipped_policy("city"), shipped_calendar(), ZoneInfo("Asia/Shanghai")), NOW
        ),
        3,
    )
)
MOVES = tuple(
    Move(Period(2027, 1), mark, 3, was, becomes)
    for mark in Mark
    for was, becomes in ((NOW, NOW), (None, NOW), (NOW, None))
)

SAMPLES: list[Message] = [
    PolicyShown("city", ("Liuzhou plan of 2020",), 'extends = "city"', ROUNDS),
    PolicyShown(HOSTILE, (HOSTILE,), HOSTILE, ROUNDS, NOW),
    PolicyPreview("region", (RuleChange("reporting.day", "25", ""),), MOVES),
    PolicyPreview(HOSTILE, (RuleChange(HOSTILE, HOSTILE, HOSTILE),), ()),
    PolicyApplied("city"),
    PolicyApplied(HOSTILE),
    CalendarPreview("CN", 2027, MOVES),
    CalendarPreview("CN", 2027, ()),
    CalendarLoaded("CN", 2027),
    RulesFaulty("city", (Fault("reporting.day", FaultCode.OUT_OF_RANGE, "32", "1..31"),)),
    RulesFaulty(
        HOSTILE, tuple(Fault("reporting.day", code, HOSTILE, "1..31") for code in FaultCode)
    ),
    YearUnpublished(2027),
]
