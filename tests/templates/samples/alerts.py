import datetime as dtm

from domain.chain import Gap
from domain.periods import Period
from domain.vocabulary import Role
from templates.alerts import (
    AlertEnd,
    AlertOver,
    AllClear,
    Answering,
    AskDifficulty,
    AskedFromAbove,
    DifficultiesTold,
    DifficultyLine,
    DifficultyNoted,
    EndedReport,
    Heard,
    LateForCommissioner,
    LateForFirstResponsible,
    LateForLiaison,
    LateReport,
    NobodyBelow,
    Promised,
    PromisePassed,
    WhichIsDifficult,
)
from templates.message import Message

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
NOW = dtm.datetime(2026, 11, 30, 1, 0, tzinfo=dtm.UTC)
TONIGHT = NOW.replace(hour=10)
NOVEMBER = Period(2026, 11)
CHOICES = (TONIGHT, TONIGHT + dtm.timedelta(days=1), TONIGHT + dtm.timedelta(days=2))

NAMES = ("白露大道（一期）", "柳江新高中", "柳江区体育公园（二期）")
LATE = (
    LateReport(1, 1, NAMES[0], NOVEMBER, 2, times_reminded=3, liaison_asked=True),
    LateReport(2, 2, NAMES[1], NOVEMBER, 2, promised=Promised(TONIGHT)),
    LateReport(3, 3, NAMES[2], NOVEMBER, 2, gap=Gap.UNLINKED),
    LateReport(4, 4, HOSTILE, Period(2026, 10), 10**4, times_reminded=10**4, gap=Gap.AWAY),
    LateReport(
        2**40, 2**40, HOSTILE, Period(2026, 10), 0, is_returned=True, promised=Promised(DUE, True)
    ),
)
ABOVE = (
    LateReport(1, 1, NAMES[0], NOVEMBER, 3, commissioner=Heard(DUE, DUE)),
    LateReport(2, 2, NAMES[1], NOVEMBER, 3, commissioner=Heard(DUE, DUE, Promised(DUE, True))),
    LateReport(3, 3, NAMES[2], NOVEMBER, 3, commissioner=Heard(DUE)),
    LateReport(2**40, 2**40, HOSTILE, Period(2026, 10), 3, is_returned=True),
)
ENDED = (
    EndedReport(NAMES[0], NOVEMBER, AlertEnd.SUBMITTED, NOW),
    EndedReport(NAMES[1], NOVEMBER, AlertEnd.EXTENDED, TONIGHT),
    EndedReport(NAMES[2], Period(2026, 10), AlertEnd.RETURNED, TONIGHT),
)
EVERY_END = tuple(EndedReport(HOSTILE, NOVEMBER, end) for end in AlertEnd)
OPEN = Answering(below=Role.LIAISON, choices=CHOICES, takes_difficulties=True)
ANSWERED = Answering(NOW, Promised(TONIGHT), "黄联络员", "征地剩2户未签约")
HOSTILE_ANSWERS = Answering(NOW, Promised(DUE, True), HOSTILE, HOSTILE, takes_difficulties=True)

SAMPLES: list[Message] = [
    LateForLiaison(
        "市住建局",
        NOVEMBER,
        60,
        NOW,
        LATE[:3],
        3,
        answering=Answering(
            below=Role.INFORMATION_OFFICER, choices=CHOICES, takes_difficulties=True
        ),
        waiting=5,
    ),
    LateForLiaison(
        HOSTILE, NOVEMBER, 10**6, NOW, LATE * 2, 10**6, 10**5, EVERY_END, HOSTILE_ANSWERS, 10**6
    ),
    LateForLiaison("", NOVEMBER, 2, NOW, LATE[:1], 1, 1, answering=Answering(NOW)),
    LateForLiaison("", NOVEMBER, 0, NOW, (), 0, ended=ENDED),
    LateForCommissioner(NOVEMBER, 60, NOW, LATE[:2], 2, answering=OPEN),
    LateForCommissioner(NOVEMBER, 60, NOW, LATE[:2], 2, 1, ENDED, ANSWERED),
    LateForCommissioner(NOVEMBER, 10**6, NOW, LATE * 2, 10**6, 10**5, EVERY_END, HOSTILE_ANSWERS),
    LateForCommissioner(NOVEMBER, 60, NOW, LATE[4:], 1, 1, answering=OPEN),
    LateForCommissioner(NOVEMBER, 0, NOW, (), 0, ended=ENDED),
    LateForFirstResponsible(
        NOVEMBER, 60, 59, NOW, ABOVE[:1], 1, answering=Answering(below=Role.COMMISSIONER)
    ),
    LateForFirstResponsible(
        NOVEMBER, 60, 57, NOW, ABOVE[:3], 3, 1, ENDED, Answering(NOW, handed_to="覃专员")
    ),
    LateForFirstResponsible(
        NOVEMBER, 10**6, 0, NOW, ABOVE * 3, 10**6, 10**5, EVERY_END, HOSTILE_ANSWERS
    ),
    LateForFirstResponsible(NOVEMBER, 60, 60, NOW, ABOVE[3:], 1, 1),
    LateForFirstResponsible(NOVEMBER, 0, 0, NOW, (), 0, ended=ENDED),
    AskedFromAbove(
        "陆局长",
        Role.FIRST_RESPONSIBLE,
        Role.COMMISSIONER,
        NOVEMBER,
        NOW,
        LATE[:2],
        2,
        answering=OPEN,
    ),
    AskedFromAbove(
        HOSTILE, Role.COMMISSIONER, Role.LIAISON, NOVEMBER, NOW, LATE * 2, 10**6, EVERY_END
    ),
    AskedFromAbove("黄联络员", Role.LIAISON, Role.INFORMATION_OFFICER, NOVEMBER, NOW, LATE[:1], 1),
    AskedFromAbove("覃专员", Role.COMMISSIONER, Role.LIAISON, NOVEMBER, NOW, (), 0, ENDED),
    WhichIsDifficult(LATE[:3]),
    WhichIsDifficult(LATE),
    AskDifficulty(NAMES[0]),
    AskDifficulty(HOSTILE, is_unfit=True),
    DifficultyNoted(NAMES[0], "征地剩2户未签约", tells_liaison=True),
    DifficultyNoted(HOSTILE, HOSTILE, tells_liaison=False),
    DifficultiesTold(
        (DifficultyLine(1, NAMES[0], "覃专员", Role.COMMISSIONER, "征地剩2户未签约"),)
    ),
    DifficultiesTold((DifficultyLine(2**40, HOSTILE, HOSTILE, Role.LIAISON, HOSTILE),) * 12),
    NobodyBelow(Role.LIAISON, Gap.UNLINKED),
    NobodyBelow(Role.COMMISSIONER, Gap.EMPTY),
    AlertOver(),
    PromisePassed(),
    AllClear(ENDED[:1]),
    AllClear(ENDED, still_late=2),
    AllClear(EVERY_END, more=10**6, still_late=10**6),
]
