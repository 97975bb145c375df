import datetime as dtm
from dataclasses import replace

from domain.chain import Gap
from domain.meetings.kinds import LeaveVerdict, MeetingKind, ReplyStanding, Topic
from domain.meetings.moments import MomentProblem
from domain.vocabulary import Level, ProblemKind
from templates import meetings as to_units
from templates import organising
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

AT = dtm.datetime(2026, 12, 2, 7, tzinfo=dtm.UTC)
DUE = dtm.datetime(2026, 12, 1, 4, tzinfo=dtm.UTC)
HEAD = to_units.MeetingHead(12, MeetingKind.COORDINATION, Level.CITY, "", AT, "市行政中心201会议室")
HOSTILE_HEAD = to_units.MeetingHead(
    2**40, MeetingKind.CEREMONY, Level.COUNTY, HOSTILE_NAME, AT, HOSTILE_UNIT
)
BARE_HEAD = replace(HEAD, place="")
REPORTS = (
    to_units.ReportingLine(1, "白露大道（一期）", (ProblemKind.LAND_ACQUISITION,)),
    to_units.ReportingLine(
        2,
        "柳江新高中",
        (ProblemKind.APPROVAL,),
        (Topic.BEHIND,),
        (to_units.SpokenItem(12, ProblemKind.LAND), to_units.SpokenItem(9, ProblemKind.LAND, True)),
    ),
    to_units.ReportingLine(3, "柳江区体育公园（二期）", (), (Topic.OVERDUE_START, Topic.BEHIND)),
)
HOSTILE_REPORT = to_units.ReportingLine(
    2**40, HOSTILE_NAME, tuple(ProblemKind), (Topic.OVERDUE_START, Topic.BEHIND)
)
NOTICE = to_units.UnitNotice(7, "市住建局", HEAD, DUE, REPORTS)
PLAIN = to_units.UnitNotice(8, "市教育局", BARE_HEAD, DUE)
HOSTILE = to_units.UnitNotice(
    2**40,
    HOSTILE_UNIT,
    HOSTILE_HEAD,
    DUE,
    (HOSTILE_REPORT,) * 30,
    ReplyStanding.DELEGATE,
    HOSTILE_NAME,
)
NOTICES = (NOTICE, PLAIN, HOSTILE)


def standing(one: ReplyStanding, said: str = "") -> to_units.UnitNotice:
    return replace(NOTICE, standing=one, said=said)


LINE = to_units.AttendanceLine(HEAD, "市住建局", ReplyStanding.DELEGATE, "黄某")
HOSTILE_LINE = to_units.AttendanceLine(
    HOSTILE_HEAD, HOSTILE_UNIT, ReplyStanding.LEADER, HOSTILE_NAME
)
CHANGE = to_units.ChangedMeeting(
    HEAD, AT - dtm.timedelta(days=1), HEAD.place, 7, "市住建局", ReplyStanding.LEADER
)
HOSTILE_CHANGE = to_units.ChangedMeeting(
    HOSTILE_HEAD, AT, "", 2**40, HOSTILE_UNIT, ReplyStanding.LEAVE_GRANTED
)
PHONES = (
    organising.UnitToPhone("市教育局", Gap.EMPTY),
    organising.UnitToPhone(HOSTILE_UNIT, Gap.UNLINKED, HOSTILE_NAME, "19900001111"),
)
CLASHES = (organising.Clash("市住建局", HEAD), organising.Clash(HOSTILE_UNIT, HOSTILE_HEAD))
DRAFT = organising.MeetingDraft(HEAD, 12, 8, DUE, is_notice_now=False)
ALL_STANDINGS = tuple(
    organising.UnitStanding(f"单位{number}", one, "出差" if "leave" in one else "")
    for number, one in enumerate(ReplyStanding)
)
OVERVIEW = organising.MeetingOverview(HEAD, DUE, DUE, True, ALL_STANDINGS, projects=3)
HOSTILE_STANDINGS = (
    organising.UnitStanding(HOSTILE_UNIT, ReplyStanding.LEAVE_ASKED, HOSTILE_NAME),
) * 60
LEAVE_LINE = organising.LeaveLine(3, "市住建局", HEAD, "局长出差，分管领导住院", "黄某")
HOSTILE_LEAVE = organising.LeaveLine(
    2**40, HOSTILE_UNIT, HOSTILE_HEAD, HOSTILE_NAME * 3, HOSTILE_NAME
)

SAMPLES: list[Message] = [
    to_units.MeetingNotices((NOTICE,)),
    to_units.MeetingNotices(NOTICES),
    to_units.RepliesAwaited((PLAIN,)),
    to_units.RepliesAwaited((*NOTICES, standing(ReplyStanding.LEAVE_REFUSED, "出差"))),
    to_units.InvitationCard(NOTICE),
    to_units.InvitationCard(standing(ReplyStanding.DELEGATE, "黄某")),
    to_units.InvitationCard(HOSTILE, may_answer=False),
    to_units.ReplyRecorded(standing(ReplyStanding.LEADER)),
    to_units.ReplyRecorded(standing(ReplyStanding.DELEGATE, "黄某"), is_told=True),
    to_units.ReplyRecorded(standing(ReplyStanding.LEAVE_ASKED, "出差")),
    to_units.ReplyRecorded(HOSTILE),
    to_units.ReplierNamed(NOTICE, "黄某", is_linked=True),
    to_units.ReplierNamed(HOSTILE, HOSTILE_NAME, is_linked=False),
    to_units.AskDelegate(NOTICE),
    to_units.AskDelegate(HOSTILE),
    to_units.AskLeaveReason(NOTICE),
    to_units.AskLeaveReason(HOSTILE),
    to_units.AskReplier(NOTICE),
    to_units.AskReplier(HOSTILE, is_unknown=True),
    to_units.MeetingBegun(HOSTILE_HEAD),
    to_units.MeetingOff(HEAD),
    to_units.MeetingOff(HOSTILE_HEAD),
    to_units.MeetingsSoon((LINE,)),
    to_units.MeetingsSoon((LINE, HOSTILE_LINE)),
    to_units.DelegateNamed((LINE,)),
    to_units.DelegateNamed((LINE, HOSTILE_LINE)),
    to_units.DelegateReleased((LINE,)),
    to_units.DelegateReleased((LINE, HOSTILE_LINE)),
    to_units.MeetingsChanged((CHANGE,)),
    to_units.MeetingsChanged((CHANGE, HOSTILE_CHANGE)),
    to_units.MeetingsCancelled((HEAD,)),
    to_units.MeetingsCancelled((HEAD, HOSTILE_HEAD)),
    to_units.LeavesDecided((to_units.LeaveDecision(NOTICE, LeaveVerdict.GRANTED),)),
    to_units.LeavesDecided((to_units.LeaveDecision(HOSTILE, LeaveVerdict.REFUSED),)),
    to_units.MeetingsAhead((), may_call=False),
    to_units.MeetingsAhead(
        (
            to_units.AheadLine(HEAD, ReplyStanding.UNANSWERED),
            to_units.AheadLine(HOSTILE_HEAD, is_draft=True),
            to_units.AheadLine(HEAD),
            to_units.AheadLine(HEAD, is_held=True),
        ),
        may_call=True,
        more=4,
    ),
    to_units.CalendarFile(HEAD),
    to_units.CalendarFile(HOSTILE_HEAD, is_cancelled=True),
    organising.AskWhen(),
    *(organising.AskWhen(problem) for problem in MomentProblem),
    organising.AskWhenSure(AT, tuple(organising.Doubt)),
    organising.AskWhere(AT),
    organising.AskWhere(AT, ((1, "市行政中心201会议室"), (2**40, HOSTILE_UNIT))),
    organising.AskUnits(HEAD),
    organising.AskUnits(HOSTILE_HEAD, (HOSTILE_UNIT, HOSTILE_NAME)),
    DRAFT,
    replace(DRAFT, is_notice_now=True, to_phone=PHONES, clashes=CLASHES),
    organising.MeetingDraft(
        HOSTILE_HEAD,
        10**4,
        10**4,
        DUE,
        is_notice_now=False,
        to_phone=PHONES * 9,
        clashes=CLASHES * 9,
        doubts=tuple(organising.Doubt),
    ),
    OVERVIEW,
    replace(OVERVIEW, is_told=False, nudged=3, to_phone=PHONES, leaves=((3, HOSTILE_UNIT),)),
    replace(OVERVIEW, head=HOSTILE_HEAD, units=HOSTILE_STANDINGS, may_call=False),
    replace(OVERVIEW, is_over=True),
    replace(OVERVIEW, is_over=True, drafts=3),
    organising.MeetingKinds(HEAD),
    organising.MeetingKinds(HOSTILE_HEAD),
    organising.MeetingScopes(
        HEAD, ((Level.CITY, 0, ""), (Level.COUNTY, 3, "柳江区"), (Level.COUNTY, 4, HOSTILE_NAME))
    ),
    organising.MeetingUnits(
        HEAD,
        (organising.UnitChoice(1, "市住建局", is_invited=True),),
        invited=1,
        page=0,
        pages=1,
        first=1,
    ),
    organising.MeetingUnits(
        HEAD,
        (
            organising.UnitChoice(1, "市住建局", is_invited=True),
            organising.UnitChoice(2**40, HOSTILE_UNIT, is_invited=False),
        ),
        invited=1,
        page=1,
        pages=3,
        first=9,
    ),
    organising.MeetingAgenda(HEAD, (), 0, is_draft=True, page=0, pages=1, first=1),
    organising.MeetingAgenda(
        HOSTILE_HEAD,
        (
            organising.AgendaLine("市住建局", REPORTS[1]),
            organising.AgendaLine(HOSTILE_UNIT, HOSTILE_REPORT, is_left_out=True),
        ),
        10,
        is_draft=True,
        page=1,
        pages=3,
        first=9,
    ),
    organising.ConfirmChange(HEAD, AT + dtm.timedelta(days=1), "三楼会议室", 12),
    organising.ConfirmChange(HOSTILE_HEAD, AT, HOSTILE_UNIT, 12, CLASHES * 9),
    organising.ConfirmCancel(HEAD, 12),
    organising.ConfirmCancel(HOSTILE_HEAD, 12),
    organising.MeetingDropped(HEAD),
    organising.MeetingDropped(HOSTILE_HEAD),
    organising.DraftsWaiting((organising.DraftLine(HEAD, DUE, 12, 8),)),
    organising.DraftsWaiting(
        (organising.DraftLine(HEAD, DUE, 12, 8), organising.DraftLine(HOSTILE_HEAD, DUE, 0, 0))
    ),
    organising.LeavesAsked((LEAVE_LINE,)),
    organising.LeavesAsked((LEAVE_LINE, HOSTILE_LEAVE)),
    organising.LeaveSettled(LEAVE_LINE, ReplyStanding.LEAVE_GRANTED),
    organising.LeaveSettled(HOSTILE_LEAVE, ReplyStanding.LEAVE_REFUSED),
]
