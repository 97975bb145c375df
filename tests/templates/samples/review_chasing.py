import datetime as dtm

from domain.periods import Period
from templates.message import Message
from templates.review_chasing import (
    LateReview,
    ReviewDigest,
    ReviewRungOnTrial,
    ReviewsOverdue,
    ReviewsOverdueAbove,
    WithheldLine,
)
from templates.reviewing import WaitingLine

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
AT = dtm.datetime(2026, 11, 24, 1, 0, tzinfo=dtm.UTC)
NOVEMBER = Period(2026, 11)
LATE = LateReview(1, 1, "白露大道（一期）", NOVEMBER, AT - dtm.timedelta(days=6), 4, "黄联络员")
HOSTILE_LATE = LateReview(2**40, 2**40, HOSTILE, NOVEMBER, AT, 10**4, HOSTILE)
WAITS = WaitingLine(1, "白露大道（一期）", NOVEMBER, odd=2)
HOSTILE_WAITS = WaitingLine(2**40, HOSTILE, Period(2026, 10), odd=10**4, is_self=True)

SAMPLES: list[Message] = [
    ReviewsOverdue(AT, 2, (LATE,), 1),
    ReviewsOverdue(AT, 1, (HOSTILE_LATE,) * 10, 10**6),
    ReviewsOverdueAbove(AT, (LATE, LateReview(2, 2, "柳江新高中", NOVEMBER, AT, 1)), 2),
    ReviewsOverdueAbove(AT, (HOSTILE_LATE,) * 10, 10**6),
    ReviewRungOnTrial((WithheldLine("覃专员", 2), WithheldLine("", 1))),
    ReviewRungOnTrial((WithheldLine(HOSTILE, 10**6),)),
    ReviewDigest((WAITS, WaitingLine(2, "柳江新高中", NOVEMBER)), 2, 1, missing=5, late=2, notes=3),
    ReviewDigest((HOSTILE_WAITS,) * 8, 10**6, 10**5, 10**6, 10**6, 10**6),
    ReviewDigest((WAITS,), 1, 0),
]
