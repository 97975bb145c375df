import datetime as dtm
from dataclasses import replace

from domain.brakes import BrakeProblem
from domain.items.machine import ItemAct, ItemState
from domain.items.ways import Way
from templates import item_answer_notices as notices
from templates import item_answers as answers
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

DUE = dtm.datetime(2026, 12, 30, 10, tzinfo=dtm.UTC)
AT = dtm.datetime(2026, 12, 3, 1, 12, tzinfo=dtm.UTC)
HEAD = answers.DecisionHead(12, "白露大道（一期）", "完成剩余2户征收签约", "柳北区政府", DUE)
BARE = answers.DecisionHead(13, "柳江新高中", "协调施工许可")
HOSTILE_HEAD = answers.DecisionHead(2**40, HOSTILE_NAME, HOSTILE_NAME * 5, HOSTILE_UNIT, DUE, True)
SIGNED = answers.Happened(ItemAct.SIGNED, AT, "黄联络员", "柳北区政府")
REFUSED = answers.Happened(
    ItemAct.REFUSED, AT, "黄联络员", "柳北区政府", "属市自然资源局职责，请改派"
)
ASKED = answers.Happened(
    ItemAct.EXTENSION_ASKED, AT, "黄联络员", "柳北区政府", "2户外出务工，元旦后返乡", DUE
)
DONE = answers.Happened(ItemAct.DONE, AT, "黄联络员", "柳北区政府", "2户均已签约", evidence=3)
MISSED = answers.Happened(ItemAct.DEADLINE_MISSED, AT, due_at=DUE)
GRANTED = answers.Happened(ItemAct.EXTENDED, AT, "蒙协调员", "市重大办", due_at=DUE)
SENT_BACK = answers.Happened(ItemAct.SENT_BACK, AT, "蒙协调员", "市重大办", "请补签约协议照片", DUE)
INSISTED = answers.Happened(ItemAct.DECIDED, AT, "蒙协调员", "市重大办", "三定方案第5条")
CLOSED = answers.Happened(ItemAct.CLOSED_OUT, AT, "蒙协调员", "市重大办")
DROPPED = answers.Happened(ItemAct.DROPPED, AT, "蒙协调员", "市重大办", "项目已退出")
HOSTILE = answers.Happened(
    ItemAct.PROGRESS, AT, HOSTILE_NAME, HOSTILE_UNIT, HOSTILE_NAME * 5, DUE, 9
)


def line(state: ItemState, happened: answers.Happened, *ways: Way) -> answers.DecisionLine:
    return answers.DecisionLine(HEAD, state, happened, answers.Ways(12, ways, 7))


HOSTILE_LINE = answers.DecisionLine(
    HOSTILE_HEAD, ItemState.IN_HAND, HOSTILE, answers.Ways(2**40, tuple(Way), 2**40)
)
IN_HAND = line(ItemState.IN_HAND, SIGNED, Way.PROGRESS, Way.DONE, Way.EXTEND)
BACK = line(ItemState.REFUSED, REFUSED, Way.RECORD, Way.INSIST, Way.DROP)
WAITS = line(ItemState.IN_HAND, ASKED, Way.EXTEND_YES, Way.EXTEND_NO)
IS_DONE = line(ItemState.DONE, DONE, Way.CONFIRM, Way.SEND_BACK)
MORE_TIME = line(ItemState.IN_HAND, GRANTED, Way.PROGRESS, Way.DONE, Way.EXTEND)
GO_ON = line(ItemState.IN_HAND, SENT_BACK, Way.PROGRESS, Way.DONE, Way.EXTEND)
STAYS = line(ItemState.ASSIGNED, INSISTED, Way.SIGN, Way.REFUSE)
OVER = line(ItemState.CLOSED_OUT, CLOSED)
LET_GO = line(ItemState.DROPPED, DROPPED)
NEVER_DECIDED = answers.DecisionLine(BARE, ItemState.RAISED, None, answers.Ways(13))
ASK = answers.AskDecisionWords(HEAD, Way.REFUSE, 200)

SAMPLES: list[Message] = [
    answers.DecisionStanding(IN_HAND),
    answers.DecisionStanding(line(ItemState.IN_HAND, MISSED, Way.PROGRESS, Way.DONE)),
    answers.DecisionStanding(NEVER_DECIDED),
    answers.DecisionStanding(GO_ON, unsaid="已签约", is_unheard=True),
    answers.DecisionStanding(HOSTILE_LINE, unsaid=HOSTILE_NAME * 5, is_unheard=True),
    answers.DecisionsSigned((IN_HAND,), 1),
    answers.DecisionsSigned((IN_HAND, NEVER_DECIDED, *(HOSTILE_LINE,) * 12), 0),
    ASK,
    replace(ASK, way=Way.PROGRESS, evidence=2),
    replace(ASK, way=Way.DONE, needs_evidence=True),
    replace(ASK, way=Way.EXTEND, wanted=DUE),
    replace(ASK, way=Way.EXTEND, wanted=DUE, instead=dtm.date(2027, 1, 4)),
    replace(ASK, way=Way.EXTEND_NO),
    replace(ASK, way=Way.SEND_BACK),
    replace(ASK, way=Way.INSIST, is_too_long=True),
    replace(ASK, way=Way.DROP, head=HOSTILE_HEAD),
    answers.AskExtensionDay(HEAD, (dtm.date(2027, 1, 7), dtm.date(2027, 1, 14))),
    answers.AskExtensionDay(HOSTILE_HEAD, (dtm.date(2027, 1, 7),), BrakeProblem.NOT_LATER),
    answers.ExtensionTooLate(HEAD, answers.Ways(12, (Way.PROGRESS, Way.DONE))),
    answers.ExtensionTooLate(HOSTILE_HEAD, answers.Ways(12, (Way.PROGRESS,)), HOSTILE_NAME * 5),
    answers.AskEvidence(HEAD),
    answers.AskEvidence(HOSTILE_HEAD),
    answers.EvidenceKept(HEAD, 1),
    answers.EvidenceKept(HOSTILE_HEAD, 9, is_noted=True, is_full=True),
    answers.EntryKept(HEAD, DONE),
    answers.EntryKept(HOSTILE_HEAD, HOSTILE),
    answers.EvidencePiece(HEAD, DONE, 1, 3),
    answers.EvidencePiece(HOSTILE_HEAD, HOSTILE, 9, 9),
    answers.NoEvidence(HEAD),
    answers.NoEvidence(HOSTILE_HEAD),
    *(
        message((one, *more))
        for message, one in (
            (notices.DecisionsRefused, BACK),
            (notices.ExtensionsAsked, WAITS),
            (notices.DecisionsDone, IS_DONE),
            (notices.ExtensionsAnswered, MORE_TIME),
            (notices.ExtensionsGranted, MORE_TIME),
            (notices.DecisionsSentBack, GO_ON),
            (notices.DecisionsInsisted, STAYS),
            (notices.DecisionsClosedOut, OVER),
            (notices.DecisionsDropped, LET_GO),
        )
        for more in ((), (HOSTILE_LINE,) * 12)
    ),
]
