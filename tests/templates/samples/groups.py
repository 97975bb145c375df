import datetime as dtm

from domain.meetings.kinds import MeetingKind
from domain.periods import Period
from domain.tally import Tally
from domain.vocabulary import Level, Role
from templates.groups import (
    AskInPrivate,
    BindLevels,
    BindPreview,
    BindRegions,
    ConfirmUnbind,
    GroupBound,
    GroupCounts,
    GroupGreeting,
    GroupLine,
    GroupMeeting,
    GroupMeetingChanged,
    GroupMeetingOff,
    GroupScope,
    GroupsLost,
    GroupUnbound,
    Mention,
    UnitCount,
    WorkGroups,
)
from templates.meetings import MeetingHead
from templates.message import Message
from templates.overdue import OpenMonth

HOSTILE = "<b>群&\"'</b>😀" + "柳" * 180
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
MORNING = dtm.datetime(2026, 11, 26, 1, 0, tzinfo=dtm.UTC)
MEETING = dtm.datetime(2026, 12, 2, 7, 0, tzinfo=dtm.UTC)
NOVEMBER = OpenMonth(2, Period(2026, 11), DUE)

CITY, COUNTY = GroupScope(Level.CITY), GroupScope(Level.COUNTY, "柳江区")
UNBOUND = GroupLine(1, "重大项目工作群")
BOUND = GroupLine(1, "重大项目工作群", CITY)
HOSTILE_GROUP = GroupLine(2**40, HOSTILE, GroupScope(Level.COUNTY, HOSTILE))
HEAD = MeetingHead(7, MeetingKind.COORDINATION, Level.CITY, "", MEETING, "市行政中心201会议室")
HOSTILE_HEAD = MeetingHead(2**40, MeetingKind.CEREMONY, Level.COUNTY, HOSTILE, MEETING, HOSTILE)
CALLED = (Mention(1001, Role.INFORMATION_OFFICER), Mention(1002, Role.LIAISON))

SAMPLES: list[Message] = [
    GroupGreeting(),
    AskInPrivate("liaison_test_bot"),
    WorkGroups(()),
    WorkGroups((BOUND, GroupLine(2, "柳江区项目群"))),
    WorkGroups((HOSTILE_GROUP,) * 9, 10, 20),
    BindLevels(UNBOUND, tuple(Level)),
    BindLevels(BOUND, (Level.CITY,)),
    BindLevels(HOSTILE_GROUP, ()),
    BindRegions(UNBOUND, ((3, "柳江区"), (4, "鹿寨县"))),
    BindRegions(HOSTILE_GROUP, ((2**40, HOSTILE),) * 12, 4, 9),
    BindPreview(UNBOUND, CITY, 0, 32, 9, (HEAD,)),
    BindPreview(UNBOUND, COUNTY, 3, 8, 2),
    BindPreview(HOSTILE_GROUP, GroupScope(Level.COUNTY, HOSTILE), 2**40, 10**6, 10**6),
    BindPreview(HOSTILE_GROUP, CITY, 0, 10**6, 10**6, (HOSTILE_HEAD,) * 20),
    GroupBound(BOUND),
    GroupBound(HOSTILE_GROUP),
    ConfirmUnbind(BOUND),
    ConfirmUnbind(HOSTILE_GROUP),
    GroupUnbound(UNBOUND),
    GroupUnbound(HOSTILE_GROUP),
    GroupsLost((BOUND,)),
    GroupsLost((HOSTILE_GROUP,) * 9),
    GroupMeeting(HEAD, 12, ("市住建局", "市交通运输局", "柳南区人民政府")),
    GroupMeeting(HOSTILE_HEAD, 0, ()),
    GroupMeeting(HOSTILE_HEAD, 10**6, (HOSTILE,) * 30),
    GroupMeetingChanged(HEAD, MEETING - dtm.timedelta(days=1), "市行政中心201会议室"),
    GroupMeetingChanged(HEAD, MEETING, "三楼会议室"),
    GroupMeetingChanged(HOSTILE_HEAD, DUE, ""),
    GroupMeetingOff(HEAD),
    GroupMeetingOff(HOSTILE_HEAD),
    GroupCounts(
        CITY,
        NOVEMBER,
        MORNING,
        Tally(expected=32, reported=29, missing=3),
        (
            UnitCount("市住建局", Tally(expected=20, reported=17, missing=3), CALLED),
            UnitCount("市交通运输局", Tally(expected=12, reported=12)),
        ),
    ),
    GroupCounts(COUNTY, NOVEMBER, MORNING, Tally(expected=4, reported=4), ()),
    GroupCounts(
        GroupScope(Level.COUNTY, HOSTILE),
        NOVEMBER,
        DUE - dtm.timedelta(hours=9),
        Tally(*[10**6] * 7),
        (UnitCount(HOSTILE, Tally(*[10**6] * 7), CALLED * 4), UnitCount("", Tally(1, 0))) * 20,
    ),
]
