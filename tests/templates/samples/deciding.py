import datetime as dtm
from dataclasses import replace

from domain.chain import Gap
from domain.items.machine import ItemState
from domain.meetings.kinds import Topic
from domain.vocabulary import ProblemKind
from templates import assigning, deciding, minutes
from templates.message import Message
from tests.templates.samples.meetings import AT, HEAD, HOSTILE_HEAD
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

DUE = dtm.datetime(2026, 12, 30, 10, tzinfo=dtm.UTC)
PROJECT, TEXT = "白露大道（一期）", "完成剩余2户征收签约"
LONG = HOSTILE_NAME * 3
TOPICS = (
    deciding.TopicLine(
        1, PROJECT, Topic.PROBLEM, ProblemKind.LAND_ACQUISITION, "剩2户未签约", 12, 1
    ),
    deciding.TopicLine(2, "柳江新高中", Topic.BEHIND),
    deciding.TopicLine(2**40, HOSTILE_NAME, Topic.ITEM, ProblemKind.OTHER, LONG, 2**40, 9),
)
UNITS = (
    deciding.UnitOffered(1, "柳北区政府"),
    deciding.UnitOffered(2**40, HOSTILE_UNIT),
)
LINE = deciding.DraftedLine(
    1, 12, PROJECT, TEXT, "柳北区政府", DUE, ("市住建局",), is_default=True, article=2
)
HOSTILE_LINE = deciding.DraftedLine(
    2**40,
    2**40,
    HOSTILE_NAME,
    LONG,
    HOSTILE_UNIT,
    DUE,
    (HOSTILE_UNIT,) * 9,
    is_past=True,
    is_withdrawn=True,
    article=40,
    gap=Gap.UNLINKED,
    person=HOSTILE_NAME,
    phone="19900001111",
)
LINES = (replace(LINE, article=1), LINE, HOSTILE_LINE)
ALONE = replace(LINE, article=0, is_default=False)
GIVEN = assigning.AssignedLine(12, PROJECT, TEXT, "柳北区政府", ("市住建局",), DUE, HEAD, 2)
HOSTILE_GIVEN = assigning.AssignedLine(
    2**40, HOSTILE_NAME, LONG, HOSTILE_UNIT, (HOSTILE_UNIT,) * 9, DUE, HOSTILE_HEAD, 40
)
UNMET = replace(GIVEN, item_id=13, head=None, article=0, supporting=())
SAME_MEETING = (GIVEN, replace(GIVEN, item_id=14, article=3))
MANY = (GIVEN, UNMET, *(HOSTILE_GIVEN,) * 30)

SAMPLES: list[Message] = [
    deciding.RecordWhich(HEAD, TOPICS[:2], 0, 1, 1),
    deciding.RecordWhich(HEAD, TOPICS, 1, 3, 9, 4),
    deciding.RecordWhich(HOSTILE_HEAD, (), 0, 1, 1),
    deciding.AskDecidedProject(),
    deciding.AskDecidedProject("柳江", ((1, "柳江新高中"), (2, HOSTILE_NAME))),
    deciding.AskDecidedProject(HOSTILE_NAME),
    deciding.AskWording(PROJECT, "剩2户未签约", 12),
    deciding.AskWording(PROJECT, TEXT, is_text_only=True, problem=deciding.Offer.TOO_LONG),
    deciding.AskWording(HOSTILE_NAME, LONG, 2**40, 60, problem=deciding.Offer.NO_TEXT),
    deciding.AskDecidedUnit(PROJECT, TEXT, units=UNITS),
    deciding.AskDecidedUnit(PROJECT, TEXT, "住建", deciding.Offer.SEVERAL, UNITS),
    deciding.AskDecidedUnit(HOSTILE_NAME, LONG, HOSTILE_UNIT, deciding.Offer.UNKNOWN),
    deciding.AskSupportingUnits(PROJECT, TEXT, units=UNITS),
    deciding.AskSupportingUnits(
        HOSTILE_NAME, LONG, (HOSTILE_UNIT,) * 9, HOSTILE_UNIT, deciding.Offer.UNKNOWN, UNITS
    ),
    deciding.AskDueDay(PROJECT, TEXT, 20),
    deciding.AskDueDay(HOSTILE_NAME, LONG, 20, deciding.Offer.NOT_A_DAY),
    deciding.DecisionOdd(PROJECT, TEXT, "柳北区政府", (deciding.Odd.DAY_OFF,), DUE),
    deciding.DecisionOdd(HOSTILE_NAME, LONG, HOSTILE_UNIT, tuple(deciding.Odd), DUE),
    deciding.DecisionOdd(PROJECT, TEXT, "柳北区政府", (deciding.Odd.WITHDRAWN,)),
    deciding.DraftDecision(replace(LINE, article=0), HEAD, 20),
    deciding.DraftDecision(ALONE, None, 20, "市住建局"),
    deciding.DraftDecision(HOSTILE_LINE, HOSTILE_HEAD, 20, HOSTILE_UNIT),
    deciding.DraftOver(12, is_issued=True),
    deciding.DraftOver(2**40, is_issued=False),
    deciding.DecisionScrapped(LINE),
    deciding.DecisionScrapped(HOSTILE_LINE),
    deciding.ItemOver(12, PROJECT, ItemState.CLOSED_OUT),
    deciding.ItemOver(2**40, HOSTILE_NAME, ItemState.DROPPED, LONG),
    deciding.MeetingNotBegun(HEAD),
    deciding.MeetingNotBegun(HOSTILE_HEAD),
    minutes.DraftDecisions(HEAD, LINES[:2], 20),
    minutes.DraftDecisions(HOSTILE_HEAD, (HOSTILE_LINE,) * 20, 20),
    minutes.ConfirmMinutes(HEAD, 3, ("柳北区政府", "市住建局")),
    minutes.ConfirmMinutes(
        HOSTILE_HEAD, 40, (HOSTILE_UNIT,) * 40, (HOSTILE_LINE,) * 12, 40, 2**40, True
    ),
    minutes.ConfirmIssue(ALONE),
    minutes.ConfirmIssue(HOSTILE_LINE),
    minutes.DecisionsIssued(HEAD, LINES[:2]),
    minutes.DecisionsIssued(None, (ALONE,)),
    minutes.DecisionsIssued(HOSTILE_HEAD, (HOSTILE_LINE,) * 40, (HOSTILE_LINE,) * 3),
    minutes.DecisionsIssued(None, (), (HOSTILE_LINE,)),
    minutes.MinutesApproved(HEAD, AT, "蒙协调员"),
    minutes.MinutesApproved(HOSTILE_HEAD, AT, HOSTILE_NAME),
    minutes.NoDecisionRecorded(HEAD),
    minutes.NoDecisionRecorded(HOSTILE_HEAD),
    minutes.MinutesFile(HEAD, 3, is_approved=True),
    minutes.MinutesFile(HOSTILE_HEAD, 40, is_approved=False),
    assigning.DecisionsAssigned((GIVEN,)),
    assigning.DecisionsAssigned((UNMET,)),
    assigning.DecisionsAssigned(SAME_MEETING),
    assigning.DecisionsAssigned(MANY),
    assigning.DecisionsCopied((GIVEN,)),
    assigning.DecisionsCopied(MANY),
    assigning.DecisionsToSupport((GIVEN, UNMET)),
    assigning.DecisionsToSupport(MANY),
    assigning.DecisionsRelieved((GIVEN,)),
    assigning.DecisionsRelieved(MANY),
    assigning.DecisionsUntold((assigning.PhoneLine(GIVEN, Gap.EMPTY),)),
    assigning.DecisionsUntold(
        (assigning.PhoneLine(HOSTILE_GIVEN, Gap.UNLINKED, HOSTILE_NAME, "19900001111"),) * 30
    ),
]
