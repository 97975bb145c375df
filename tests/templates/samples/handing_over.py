import datetime as dtm
from dataclasses import replace

from domain.periods import Period
from templates.chasing import OwedReport
from templates.handing_over import (
    Answered,
    AskSuccessor,
    Handed,
    HandOverAnswered,
    HandOverAsked,
    HandOverCase,
    HandOverConfirmed,
    HandOverRefused,
    HandOversToConfirm,
    HandOverWhich,
    NothingToHandOver,
    OwnProject,
    SuccessorProblem,
    TakenOver,
)
from templates.message import Message
from templates.people import PersonLine
from tests.templates.samples.people import HOSTILE, HOSTILE_NAME, HOSTILE_UNIT

DUE = dtm.datetime(2026, 11, 25, 10, tzinfo=dtm.UTC)
ONE = Handed(("白露大道（一期）",), 1)
SOME = Handed(("白露大道（一期）", "柳江新高中"), 2)
HOSTILE_HANDED = Handed((HOSTILE_UNIT,) * 8, 400)
CASE = HandOverCase(1, SOME, "韦信息员", "样例城投公司", "莫信息员", "样例城投公司", True, True)
UNLINKED = replace(CASE, is_linked=False)
NAMED = HandOverCase(2, ONE, "韦信息员", "", "小莫")
UNKNOWN = HandOverCase(3, ONE, "韦信息员", "")
HOSTILE_CASE = HandOverCase(
    2**40, HOSTILE_HANDED, HOSTILE_NAME, HOSTILE_UNIT, HOSTILE_NAME, HOSTILE_UNIT, True
)
OWED = OwedReport(1, "白露大道（一期）", Period(2026, 11), DUE)

SAMPLES: list[Message] = [
    HandOverWhich((OwnProject(1, "白露大道（一期）"), OwnProject(2, "柳江新高中"))),
    HandOverWhich((OwnProject(2**40, HOSTILE_UNIT),) * 12, more=388),
    NothingToHandOver(),
    AskSuccessor(ONE),
    AskSuccessor(SOME, people=(PersonLine(1, "莫某"),), problem=SuccessorProblem.SEVERAL_PEOPLE),
    AskSuccessor(ONE, said="小莫", problem=SuccessorProblem.NOBODY_CALLED_SO),
    *(
        AskSuccessor(HOSTILE_HANDED, HOSTILE_NAME, (HOSTILE,) * 6, HOSTILE_NAME, problem)
        for problem in SuccessorProblem
    ),
    HandOverAsked(ONE, "莫信息员", ("黄联络员",)),
    HandOverAsked(HOSTILE_HANDED, "", (HOSTILE_NAME,) * 9),
    HandOverAsked(SOME, ""),
    HandOversToConfirm((CASE,)),
    HandOversToConfirm((UNLINKED,)),
    HandOversToConfirm((NAMED,)),
    HandOversToConfirm((UNKNOWN,)),
    HandOversToConfirm((CASE, NAMED, UNKNOWN, HOSTILE_CASE)),
    HandOverConfirmed(CASE),
    HandOverConfirmed(HOSTILE_CASE),
    HandOverRefused(CASE),
    HandOverRefused(HOSTILE_CASE),
    HandOverAnswered((Answered(SOME, "黄联络员", "莫信息员", is_confirmed=True),)),
    HandOverAnswered(
        (
            Answered(ONE, "黄联络员", "", is_confirmed=False, phone="19900001002"),
            Answered(HOSTILE_HANDED, "", HOSTILE_NAME, is_confirmed=False),
        )
    ),
    TakenOver(ONE, "韦信息员", (OWED,)),
    TakenOver(HOSTILE_HANDED, HOSTILE_NAME, (replace(OWED, name=HOSTILE_UNIT),) * 12),
    TakenOver(SOME, "", ()),
]
