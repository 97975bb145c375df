import datetime as dtm

from domain.periods import Period
from templates.message import Message
from templates.record import (
    ChasingRecord,
    Entry,
    Fate,
    Happening,
    NoSuchRecord,
    NothingRecorded,
    RecordChoice,
    RecordKind,
    RecordOf,
    RecordTable,
)

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
AT = dtm.datetime(2026, 11, 26, 1, 0, tzinfo=dtm.UTC)
NOVEMBER = Period(2026, 11)
PROJECT = RecordOf(RecordKind.PROJECT, 1, "白露大道（一期）")
MONTH = RecordOf(RecordKind.MONTH, 2, month=NOVEMBER)
HOSTILE_OF = RecordOf(RecordKind.PERSON, 2**40, HOSTILE)
ASKED = Entry(
    AT,
    Happening.ASKED,
    "韦信息员",
    "样例城投公司",
    "白露大道（一期）",
    NOVEMBER,
    occasion="report_overdue",
    fate=Fate.DELIVERED,
    delivered_at=AT,
    known_at=AT,
)
PROMISED = Entry(
    AT, Happening.PROMISED, "覃专员", "", "白露大道（一期）", NOVEMBER, until=AT, words="kept"
)
RETURNED = Entry(
    AT, Happening.RETURNED, "黄联络员", "", "柳江新高中", NOVEMBER, words="check_amount"
)


def hostile(what: Happening) -> Entry:
    return Entry(
        AT,
        what,
        HOSTILE,
        HOSTILE,
        HOSTILE,
        Period(2026, 10),
        reports=10**6,
        occasion="never named",
        fate=Fate.EXPIRED,
        until=AT,
        words=HOSTILE,
    )


SAMPLES: list[Message] = [
    ChasingRecord(PROJECT, (RETURNED, PROMISED, ASKED), 3),
    ChasingRecord(MONTH, (ASKED,), 1),
    *(ChasingRecord(HOSTILE_OF, (hostile(what),) * 8, 10**6, 1, 3) for what in Happening),
    NothingRecorded(MONTH),
    NothingRecorded(HOSTILE_OF),
    RecordTable(PROJECT, 3),
    RecordTable(HOSTILE_OF, 10**6),
    RecordChoice("柳江", (PROJECT, RecordOf(RecordKind.PROJECT, 2, "柳江新高中"))),
    RecordChoice(HOSTILE, (HOSTILE_OF,) * 6),
    NoSuchRecord("月球隧道"),
    NoSuchRecord(HOSTILE),
]
