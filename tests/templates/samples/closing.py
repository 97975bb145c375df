import datetime as dtm

from domain.periods import Period
from templates.closing import (
    BooksClosed,
    BooksList,
    CloseBooks,
    OpenBooks,
    Standings,
    UnfinishedReport,
)
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

NOVEMBER = Period(2026, 11)
AT = dtm.datetime(2026, 12, 10, 1, tzinfo=dtm.UTC)
FULL, SOME = Standings(60, 60, 0, 0), Standings(1132, 1100, 20, 12)
MISSING = UnfinishedReport("白露大道（一期）", "市住建局")
HOSTILE_LINE = UnfinishedReport(HOSTILE_UNIT, HOSTILE_UNIT, is_waiting=True)

SAMPLES: list[Message] = [
    BooksList(()),
    BooksList((OpenBooks(1, NOVEMBER, FULL),)),
    BooksList((OpenBooks(2**40, NOVEMBER, SOME),) * 12),
    CloseBooks(1, NOVEMBER, FULL, (), 0, 2**32 - 1),
    CloseBooks(1, NOVEMBER, SOME, (MISSING,), 0, 1),
    CloseBooks(2**40, NOVEMBER, SOME, (HOSTILE_LINE,) * 12, 400, 2**32 - 1, is_stale=True),
    BooksClosed(NOVEMBER, AT, "蒙协调员", FULL),
    BooksClosed(NOVEMBER, AT, HOSTILE_NAME, SOME),
]
