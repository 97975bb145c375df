import datetime as dtm

from domain.periods import Period
from domain.tally import Tally
from templates.message import Message
from templates.overdue import GroupTally, OpenMonth
from templates.watch import Leaving, OfficeWatch, OutstandingTable

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
NOW = dtm.datetime(2026, 11, 25, 8, 0, tzinfo=dtm.UTC)
NOVEMBER = OpenMonth(2, Period(2026, 11), DUE)
TALLY = Tally(expected=60, reported=52, on_time=50, waiting=12, returned=1, missing=8, unreached=2)
UNIT = GroupTally(1, "市住建局", Tally(20, 15, 15, 3, 1, 5, 1))
LEAVING = Leaving(DUE + dtm.timedelta(hours=15), (("report_overdue", 3), ("unit_overdue", 2)))

SAMPLES: list[Message] = [
    OfficeWatch(NOVEMBER, NOW, TALLY, (UNIT,), 4, 6, LEAVING),
    OfficeWatch(
        NOVEMBER,
        DUE,
        Tally(*[10**6] * 7),
        (GroupTally(2**40, HOSTILE, Tally(*[10**6] * 7)), GroupTally(0, "", Tally(1, 0))) * 3,
        10**6,
        10**6,
        Leaving(DUE, (("an occasion nobody named", 10**6),) * 4),
    ),
    OfficeWatch(NOVEMBER, NOW, Tally(2, 2, 2, 2), ()),
    OutstandingTable(NOVEMBER, NOW, 8),
]
