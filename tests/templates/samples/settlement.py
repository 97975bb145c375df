import datetime as dtm

from templates.message import Message
from templates.settlement import SettlementReminder, ToSettle

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
UNTIL = dtm.datetime(2027, 1, 11, 10, tzinfo=dtm.UTC)

SAMPLES: list[Message] = [
    SettlementReminder(2026, UNTIL, (ToSettle(1, "白露大道（一期）"), ToSettle(2, "柳江新高中"))),
    SettlementReminder(2026, UNTIL, tuple(ToSettle(2**40, HOSTILE) for _ in range(10)), 10**6),
]
