import datetime as dtm
from dataclasses import replace

from domain.amounts import DoubtReason
from domain.periods import Period
from templates.correcting import (
    AskClosedAmount,
    AskClosedReason,
    AskCorrection,
    ClosedCorrection,
    ClosedCorrections,
    CorrectableMonth,
    ProposalState,
    WhichCorrection,
)
from templates.message import Message
from tests.templates.samples.reporting import HEAD, HOSTILE, HOSTILE_HEAD, HUGE

AT = dtm.datetime(2026, 11, 18, 2, tzinfo=dtm.UTC)
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
PROPOSED = ClosedCorrection(
    1,
    "白露大道（一期）",
    OCTOBER,
    NOVEMBER,
    -2_000_000,
    "一笔设备款重复计算",
    "韦信息员",
    AT,
    ProposalState.LIAISON,
    may_settle=True,
)
HOSTILE_ONE = ClosedCorrection(
    2**40, HOSTILE, OCTOBER, NOVEMBER, HUGE, HOSTILE, HOSTILE, AT, ProposalState.REFUSED
)

SAMPLES: list[Message] = [
    WhichCorrection(1, "白露大道（一期）", (CorrectableMonth(1, OCTOBER),)),
    WhichCorrection(2**40, HOSTILE, tuple(CorrectableMonth(2**40, OCTOBER) for _ in range(12))),
    WhichCorrection(1, "白露大道（一期）", ()),
    AskCorrection(HEAD, 12_000_000),
    AskCorrection(HOSTILE_HEAD, None, is_unfit=True),
    AskClosedAmount(HEAD, 12_000_000),
    AskClosedAmount(HOSTILE_HEAD, None, DoubtReason.NO_SIGN, (HUGE, -HUGE)),
    AskClosedReason(HEAD, -2_000_000),
    AskClosedReason(HOSTILE_HEAD, HUGE, is_unfit=True),
    PROPOSED,
    *(replace(PROPOSED, state=state, may_settle=False) for state in ProposalState),
    HOSTILE_ONE,
    ClosedCorrections((PROPOSED,)),
    ClosedCorrections((HOSTILE_ONE,) * 15),
]
