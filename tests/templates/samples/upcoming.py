import datetime as dtm

from domain.periods import Period
from domain.rounds import Mark
from templates.message import Message
from templates.upcoming import OwnDate, PlannedLine, PlannedMessages, RoundDate, Upcoming
from templates.watch import Leaving

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
AT = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
NOVEMBER, DECEMBER = Period(2026, 11), Period(2026, 12)

SAMPLES: list[Message] = [
    Upcoming(
        AT,
        (
            RoundDate(AT, Mark.DUE, NOVEMBER),
            RoundDate(AT + dtm.timedelta(hours=15), Mark.RUNG, NOVEMBER, 1),
            RoundDate(AT + dtm.timedelta(days=20), Mark.OPENS, DECEMBER),
            RoundDate(AT + dtm.timedelta(days=50), Mark.SETTLED, DECEMBER, 0, is_provisional=True),
        ),
        (OwnDate(AT, "白露大道（一期）", NOVEMBER, is_returned=True),),
        2,
        3,
        AT,
        Leaving(AT + dtm.timedelta(hours=15), (("report_overdue", 3), ("unit_overdue", 2))),
        is_office=True,
        shows_messages=True,
    ),
    Upcoming(
        AT,
        tuple(RoundDate(AT, mark, NOVEMBER, 10**3, is_provisional=True) for mark in Mark) * 2,
        (OwnDate(AT + dtm.timedelta(days=1), HOSTILE, NOVEMBER, is_provisional=True),) * 5,
        10**6,
        10**6,
        AT,
        Leaving(AT, (("never named", 10**6),) * 5),
        is_office=True,
    ),
    Upcoming(AT, ()),
    PlannedMessages(
        AT,
        (
            PlannedLine(AT, "report_reminder", 12, ("韦信息员", "莫信息员")),
            PlannedLine(AT, "office_watch", 1, ("蒙协调员",)),
        ),
        13,
    ),
    PlannedMessages(AT, (PlannedLine(AT, "report_reminder", 1, (), "11月月报：您有3项待填"),), 1),
    PlannedMessages(
        AT,
        (PlannedLine(AT, "never named", 10**6, (HOSTILE,) * 5, HOSTILE, True),) * 15,
        10**6,
        10**6,
    ),
    PlannedMessages(AT, (), 0),
]
