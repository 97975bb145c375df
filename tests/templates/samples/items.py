import datetime as dtm

from domain.items.machine import ItemAct, ItemState
from domain.items.narrowing import ItemFilter
from domain.items.ways import Way
from domain.meetings.kinds import MeetingKind
from domain.vocabulary import Level, ProblemKind
from templates.item_answers import Ways
from templates.item_lists import (
    ItemCounts,
    ItemLine,
    ItemList,
    ItemRegions,
    KindCount,
    RegionItems,
)
from templates.items import (
    AskItemNumber,
    AskItemText,
    AskItemUnit,
    DecisionLines,
    EntryLine,
    ItemCard,
    ItemHead,
    ItemNotRaised,
    ItemRaised,
    ItemSettled,
    ItemUnknown,
    RaiseObstacle,
    UnitToAsk,
)
from templates.meetings import MeetingHead
from templates.message import Message

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
HUGE = 2**40
UTC = dtm.UTC
RAISED = dtm.datetime(2026, 11, 18, 2, tzinfo=UTC)
DUE = dtm.datetime(2026, 12, 30, 10, tzinfo=UTC)
HEAD = ItemHead(12, 1, "白露大道（一期）", ProblemKind.LAND_ACQUISITION, "剩2户未签约")
HOSTILE_HEAD = ItemHead(HUGE, HUGE, HOSTILE, ProblemKind.OTHER, HOSTILE * 2)
MEETING = MeetingHead(
    3, MeetingKind.COORDINATION, Level.CITY, "", dtm.datetime(2026, 12, 2, 7, tzinfo=UTC), "201"
)
UNITS = (UnitToAsk(1, "柳州市住建局"), UnitToAsk(2, "柳北区政府"))
HOSTILE_UNITS = tuple(UnitToAsk(HUGE + number, HOSTILE) for number in range(6))
DECISION = DecisionLines(
    "完成剩余2户征收签约", "柳北区政府", ("市住建局",), DUE, meeting=MEETING, article=2
)
HOSTILE_MEETING = MeetingHead(HUGE, MeetingKind.FINANCING, Level.COUNTY, HOSTILE, DUE, HOSTILE)
HOSTILE_DECISION = DecisionLines(
    HOSTILE * 3, HOSTILE, (HOSTILE,) * 9, DUE, is_overdue=True, meeting=HOSTILE_MEETING, article=99
)
THREAD = (
    EntryLine(RAISED, ItemAct.RAISED, "黄联络员", "柳州市住建局"),
    EntryLine(dtm.datetime(2026, 12, 3, 2, tzinfo=UTC), ItemAct.DECIDED, "蒙协调员", "市重大办"),
    EntryLine(dtm.datetime(2026, 12, 3, 8, tzinfo=UTC), ItemAct.SIGNED, "李联络员", "柳北区政府"),
    EntryLine(
        dtm.datetime(2026, 12, 15, 8, tzinfo=UTC),
        ItemAct.PROGRESS,
        "李联络员",
        "柳北区政府",
        "1户已签约，另1户正在协商",
    ),
)
EVERY_ACT = tuple(EntryLine(RAISED, act, HOSTILE, HOSTILE, HOSTILE, DUE) for act in ItemAct)
LINES = (
    ItemLine(HEAD, ItemState.IN_HAND, "柳北区政府", DUE, is_overdue=True),
    ItemLine(ItemHead(15, 2, "柳江新高中", ProblemKind.APPROVAL, "施工许可未办"), ItemState.RAISED),
)
HOSTILE_LINES = tuple(ItemLine(HOSTILE_HEAD, state, HOSTILE, DUE) for state in ItemState)

SAMPLES: list[Message] = [
    ItemRaised(HEAD, Level.CITY, units=UNITS),
    ItemRaised(HEAD, Level.COUNTY, "柳北区政府"),
    ItemRaised(HOSTILE_HEAD, Level.REGION, HOSTILE, HOSTILE_UNITS),
    *(ItemNotRaised("白露大道（一期）", "剩2户未签约", why) for why in RaiseObstacle),
    ItemNotRaised(HOSTILE, HOSTILE, RaiseObstacle.CLOSED),
    ItemSettled(HEAD),
    ItemSettled(HOSTILE_HEAD),
    AskItemText(HEAD),
    AskItemText(HOSTILE_HEAD, is_unfit=True),
    AskItemUnit(HEAD),
    AskItemUnit(HEAD, "外星局"),
    AskItemUnit(HOSTILE_HEAD, HOSTILE, HOSTILE_UNITS),
    ItemUnknown(12),
    ItemUnknown(10**14),
    AskItemNumber(),
    ItemCard(
        HEAD,
        Level.CITY,
        ItemState.IN_HAND,
        "柳北区政府",
        DECISION,
        THREAD,
        2,
        0,
        1,
        may_word=False,
        ways=Ways(12, (Way.PROGRESS, Way.EXTEND, Way.DONE)),
    ),
    ItemCard(
        HEAD,
        Level.CITY,
        ItemState.RAISED,
        "柳北区政府",
        None,
        THREAD[:1],
        0,
        0,
        1,
        may_word=True,
        ways=Ways(12),
    ),
    ItemCard(
        HOSTILE_HEAD,
        Level.COUNTY,
        ItemState.ASSIGNED,
        HOSTILE,
        HOSTILE_DECISION,
        EVERY_ACT,
        99,
        1,
        3,
        may_word=True,
        ways=Ways(HUGE, tuple(Way), HUGE),
        is_withdrawn=True,
    ),
    ItemList(ItemFilter.OPEN, 0, "", None, LINES, 2, 0, 1, mine=1, overdue=1),
    ItemList(ItemFilter.MINE, 0, "", None, LINES[:1], 1, 0, 1, mine=1, overdue=1),
    ItemList(ItemFilter.OVERDUE, 0, "", None, LINES[:1], 1, 0, 1, mine=1, overdue=1),
    ItemList(ItemFilter.KIND, 2, "", ProblemKind.LAND_ACQUISITION, LINES[:1], 1, 0, 1),
    ItemList(ItemFilter.REGION, 2, "柳江区", None, LINES[1:], 1, 0, 1),
    ItemList(ItemFilter.PROJECT, 1, "白露大道（一期）", None, (), 0, 0, 1),
    ItemList(ItemFilter.WORDS, HUGE, HOSTILE, None, HOSTILE_LINES, 999, 1, 99, 999, 999),
    ItemCounts(tuple(KindCount(kind, 12, 7, 2, 5) for kind in ProblemKind), dtm.date(2026, 11, 26)),
    ItemCounts((), dtm.date(2026, 11, 26)),
    ItemRegions((RegionItems(1, "柳江区", 3), RegionItems(2, HOSTILE, 999)), 1, 3),
    ItemRegions((), 0, 1),
]
