import datetime as dtm

from domain.chain import Gap
from domain.periods import Period
from templates.alerts import AlertEnd, EndedReport, Heard, Promised
from templates.message import Message
from templates.release import (
    ReleaseAsked,
    ReleaseItem,
    ReleaseLine,
    ReleaseOver,
    ReleaseStand,
)

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
NOW = dtm.datetime(2026, 11, 30, 1, 0, tzinfo=dtm.UTC)
BEFORE = NOW - dtm.timedelta(days=3)
NOVEMBER = Period(2026, 11)
NAME, PERSON, UNIT = "白露大道（一期）", "陆局长", "柳州市住建局"
HEARD = Heard(BEFORE, BEFORE, Promised(NOW + dtm.timedelta(hours=9)))
WAITING = ReleaseLine(
    1, NAME, NOVEMBER, 3, ReleaseStand.WAITING, PERSON, UNIT, commissioner=Heard(BEFORE, BEFORE)
)
UNREACHABLE = ReleaseLine(
    2, "柳江新高中", NOVEMBER, 3, ReleaseStand.UNREACHABLE, PERSON, UNIT, Gap.UNLINKED
)
SENT = ReleaseLine(3, NAME, NOVEMBER, 3, ReleaseStand.SENT, PERSON, UNIT, arrives_at=NOW)
EVERY_STAND = tuple(
    ReleaseLine(2**40, HOSTILE, NOVEMBER, 10**4, stand, HOSTILE, HOSTILE, None, HEARD, NOW)
    for stand in ReleaseStand
)
ENDED = EndedReport(NAME, NOVEMBER, AlertEnd.SUBMITTED, NOW)

SAMPLES: list[Message] = [
    ReleaseAsked(NOW, (WAITING,)),
    ReleaseAsked(NOW, (WAITING, UNREACHABLE, SENT), (ENDED,)),
    ReleaseAsked(NOW, EVERY_STAND * 4, (ENDED,) * 3),
    ReleaseAsked(NOW, (ReleaseLine(1, NAME, NOVEMBER, 3, ReleaseStand.UNREACHABLE),)),
    ReleaseItem(NOW, WAITING, 1, 2),
    ReleaseItem(NOW, EVERY_STAND[0], 10**3, 10**3),
    ReleaseOver(NAME, ENDED),
    *(ReleaseOver(HOSTILE, stand=stand) for stand in (None, *ReleaseStand)),
]
