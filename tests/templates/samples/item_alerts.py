import datetime as dtm

from domain.chain import Gap
from domain.vocabulary import Level, Role
from templates.alerts import Heard
from templates.chasing import TrialLine
from templates.item_alerts import (
    DecisionEnd,
    DecisionReleaseAsked,
    DecisionReleaseItem,
    DecisionReleaseLine,
    DecisionReminder,
    DecisionRungOnTrial,
    DecisionsCleared,
    DecisionsToPhone,
    DueDecision,
    EndedDecision,
    ItemsMovedUp,
    LateDecisionsForCommissioner,
    LateDecisionsForFirstResponsible,
    LateDecisionsForLiaison,
    MovedLine,
    PhoneLine,
    UnsignedDecisions,
)
from templates.message import Message
from templates.release import ReleaseStand

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
DUE = dtm.datetime(2026, 12, 30, 10, 0, tzinfo=dtm.UTC)
NOW = dtm.datetime(2027, 1, 5, 1, 0, tzinfo=dtm.UTC)
NAMES = ("白露大道（一期）", "柳江新高中")
UNIT, PERSON = "柳北区政府", "陆局长"

SOON = (
    DueDecision(12, NAMES[0], "完成剩余2户征收签约", UNIT, DUE),
    DueDecision(15, NAMES[1], "核发施工许可", UNIT, DUE, is_unsigned=True),
)
LATE = (
    DueDecision(12, NAMES[0], "完成剩余2户征收签约", UNIT, DUE, 2),
    DueDecision(15, NAMES[1], "核发施工许可", UNIT, DUE, 2, is_unsigned=True),
)
KNOWN = DueDecision(12, NAMES[0], "完成剩余2户征收签约", UNIT, DUE, 3, commissioner=Heard(DUE, DUE))
TOLD = DueDecision(15, NAMES[1], "核发施工许可", UNIT, DUE, 3, commissioner=Heard(DUE))
HOSTILE_LINE = DueDecision(
    2**40, HOSTILE, HOSTILE, HOSTILE, DUE, 10**4, is_unsigned=True, commissioner=Heard(NOW, NOW)
)
EVERY_END = tuple(EndedDecision(2**40, HOSTILE, end, DUE) for end in DecisionEnd)
ENDED = (EndedDecision(12, NAMES[0], DecisionEnd.DONE),)
EXTENDED = (EndedDecision(15, NAMES[1], DecisionEnd.EXTENDED, NOW),)
WAITING = DecisionReleaseLine(7, KNOWN, ReleaseStand.WAITING, PERSON)
UNREACHABLE = DecisionReleaseLine(8, TOLD, ReleaseStand.UNREACHABLE, PERSON, Gap.UNLINKED)
EVERY_STAND = tuple(
    DecisionReleaseLine(2**40, HOSTILE_LINE, stand, HOSTILE, None, NOW) for stand in ReleaseStand
)

SAMPLES: list[Message] = [
    DecisionReminder(SOON[:1], DUE),
    DecisionReminder(SOON, DUE - dtm.timedelta(days=1)),
    DecisionReminder((HOSTILE_LINE,) * 8, NOW, 10**6),
    UnsignedDecisions(SOON[1:]),
    UnsignedDecisions(SOON),
    UnsignedDecisions((HOSTILE_LINE,) * 8, 10**6),
    LateDecisionsForLiaison(LATE[:1], 1, NOW),
    LateDecisionsForLiaison(LATE, 2, NOW, ENDED),
    LateDecisionsForLiaison((), 0, NOW, (*ENDED, *EXTENDED)),
    LateDecisionsForLiaison((HOSTILE_LINE,) * 8, 10**6, NOW, EVERY_END),
    LateDecisionsForCommissioner(LATE[:1], 1, NOW),
    LateDecisionsForCommissioner(LATE, 2, NOW, ENDED, NOW),
    LateDecisionsForCommissioner((), 0, NOW, ENDED, NOW),
    LateDecisionsForCommissioner((HOSTILE_LINE,) * 8, 10**6, NOW, EVERY_END, NOW),
    LateDecisionsForFirstResponsible((KNOWN,), 1, NOW),
    LateDecisionsForFirstResponsible((KNOWN, TOLD), 2, NOW, EXTENDED, NOW),
    LateDecisionsForFirstResponsible((), 0, NOW, ENDED),
    LateDecisionsForFirstResponsible((HOSTILE_LINE,) * 8, 10**6, NOW, EVERY_END, NOW),
    DecisionsToPhone((PhoneLine(12, "完成剩余2户征收签约", UNIT, "黄联络员", "13900000000"),)),
    DecisionsToPhone(
        (
            PhoneLine(12, "完成剩余2户征收签约", UNIT, "黄联络员", "", 1, Gap.UNLINKED),
            PhoneLine(15, "核发施工许可", UNIT, "", "", 1, Gap.EMPTY),
        )
    ),
    DecisionsToPhone((PhoneLine(2**40, HOSTILE, HOSTILE, HOSTILE, "1" * 20, 9),) * 8, 10**6),
    DecisionRungOnTrial((TrialLine(Role.COMMISSIONER, "覃专员", 2),)),
    DecisionRungOnTrial((TrialLine(Role.FIRST_RESPONSIBLE, "", 1),)),
    DecisionRungOnTrial((TrialLine(Role.FIRST_RESPONSIBLE, HOSTILE, 10**6),) * 8),
    DecisionReleaseAsked(NOW, (WAITING,)),
    DecisionReleaseAsked(NOW, (WAITING, UNREACHABLE), ENDED),
    DecisionReleaseAsked(NOW, EVERY_STAND * 4, EVERY_END),
    DecisionReleaseItem(NOW, WAITING, 1, 2),
    DecisionReleaseItem(NOW, EVERY_STAND[0], 10**3, 10**3),
    DecisionsCleared(ENDED),
    DecisionsCleared((*ENDED, *EXTENDED), still_late=1),
    DecisionsCleared(EVERY_END, 10**6, 10**6),
    ItemsMovedUp((MovedLine(12, NAMES[0], "征地拆迁：剩2户未签约", Level.CITY),)),
    ItemsMovedUp((MovedLine(12, NAMES[0], "征地拆迁：剩2户未签约", None),)),
    ItemsMovedUp((MovedLine(2**40, HOSTILE, HOSTILE, Level.REGION),) * 8, 10**6),
]
