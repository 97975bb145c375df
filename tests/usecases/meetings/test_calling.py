"""The coordinator calls a meeting in chat, looks through the draft and lets it out."""

import pytest
from sqlmodel import Session, select

from db.tables.meetings import Meeting, MeetingState
from domain.meetings.kinds import MeetingKind, Topic
from domain.meetings.moments import MomentProblem
from domain.vocabulary import ActualState, Level, ProblemKind
from templates.message import Message
from templates.organising import (
    AskUnits,
    AskWhen,
    AskWhenSure,
    AskWhere,
    Doubt,
    MeetingAgenda,
    MeetingDraft,
    MeetingOverview,
    MeetingUnits,
)
from templates.refusals import NotYours
from tests import builders
from tests.builders import the_cast
from tests.usecases.meetings.hall import (
    MEETING,
    NOTICE,
    NOW,
    a_draft,
    a_meeting,
    at,
    does,
    heard,
    the_meeting,
    types,
)
from usecases.meetings import calling, drafting
from usecases.meetings.ahead import show_meeting
from usecases.meetings.drafting import Choice, Page, Scope


def test_a_meeting_is_called_with_two_sentences(session: Session) -> None:
    cast = the_cast(session)

    assert isinstance(does(session, cast.meng, calling.call, None, NOW), AskWhen)
    where = types(session, cast.meng, "12月2日下午3点", NOW)
    assert where == AskWhere(MEETING)
    draft = types(session, cast.meng, "201会议室", NOW)

    assert isinstance(draft, MeetingDraft)
    assert (draft.head.starts_at, draft.head.place) == (MEETING, "201会议室")
    assert (draft.head.kind, draft.head.level) == (MeetingKind.COORDINATION, Level.CITY)
    assert (draft.units, draft.notice_at, draft.is_notice_now) == (1, NOTICE, False)
    assert heard(session, NOTICE) == []


@pytest.mark.parametrize(
    ("typed", "problem"),
    [("随便", MomentProblem.NOT_A_TIME), ("12月2日", MomentProblem.TIME_MISSING)],
)
def test_a_time_that_is_none_is_asked_for_again(
    session: Session, typed: str, problem: MomentProblem
) -> None:
    cast = the_cast(session)
    does(session, cast.meng, calling.call, None, NOW)

    assert types(session, cast.meng, typed, NOW) == AskWhen(problem)
    assert isinstance(types(session, cast.meng, "12月2日15:00", NOW), AskWhere)


@pytest.mark.parametrize(
    ("typed", "doubts"),
    [
        ("12月5日15:00", (Doubt.DAY_OFF,)),
        ("今天9:00", (Doubt.PAST,)),
        ("11月15日9:00", (Doubt.PAST, Doubt.DAY_OFF)),
    ],
)
def test_a_day_off_or_a_time_gone_by_is_asked_about_and_not_refused(
    session: Session, typed: str, doubts: tuple[Doubt, ...]
) -> None:
    cast = the_cast(session)
    does(session, cast.meng, calling.call, None, NOW)

    sure = types(session, cast.meng, typed, NOW)

    assert isinstance(sure, AskWhenSure)
    assert sure.doubts == doubts
    assert isinstance(does(session, cast.meng, calling.be_sure, None, NOW), AskWhere)
    draft = types(session, cast.meng, "201会议室", NOW)
    assert isinstance(draft, MeetingDraft)
    assert draft.doubts == doubts


def test_instead_of_the_odd_time_another_one_may_be_typed(session: Session) -> None:
    cast = the_cast(session)
    does(session, cast.meng, calling.call, None, NOW)
    types(session, cast.meng, "12月5日15:00", NOW)

    assert types(session, cast.meng, "12月2日15:00", NOW) == AskWhere(MEETING)


def test_nobody_but_the_office_calls_a_meeting(session: Session) -> None:
    cast = the_cast(session)

    for who in (cast.wei, cast.huang, cast.qin, cast.lu, cast.tan):
        assert does(session, who, calling.call, None, NOW) == NotYours()


def test_where_a_meeting_was_before_is_offered(session: Session) -> None:
    cast = the_cast(session)
    first = a_meeting(session, cast)
    does(session, cast.meng, calling.call, None, NOW)

    where = types(session, cast.meng, "12月9日15:00", NOW)

    assert where == AskWhere(at(12, 9, 15), ((first.id, "市行政中心201会议室"),))
    draft = does(session, cast.meng, calling.same_place, first.id, NOW)
    assert isinstance(draft, MeetingDraft)
    assert draft.head.place == "市行政中心201会议室"


def test_a_draft_in_the_past_cannot_be_let_out(session: Session) -> None:
    cast = the_cast(session)
    does(session, cast.meng, calling.call, None, NOW)
    types(session, cast.meng, "今天9:00", NOW)
    does(session, cast.meng, calling.be_sure, None, NOW)
    types(session, cast.meng, "201会议室", NOW)
    draft = the_meeting(session)

    assert isinstance(does(session, cast.meng, drafting.publish, draft.id, NOW), MeetingDraft)
    assert the_meeting(session).is_draft


def test_letting_out_says_when_units_hear_and_at_once_means_at_once(session: Session) -> None:
    cast = the_cast(session)
    draft = a_draft(session, cast)

    shown = does(session, cast.meng, drafting.publish_at_once, draft.id, NOW)

    assert isinstance(shown, MeetingOverview)
    assert shown.is_told
    assert [name for name, _, _ in heard(session, NOW)] == ["黄联络员"]


def test_a_second_tap_on_confirm_finds_the_button_stale(session: Session) -> None:
    cast = the_cast(session)
    draft = a_draft(session, cast)
    does(session, cast.meng, drafting.publish, draft.id, NOW)

    again = does(session, cast.meng, drafting.publish, draft.id, NOW)

    assert again.kind() == "stale_button"


def test_a_dropped_draft_tells_nobody(session: Session) -> None:
    cast = the_cast(session)
    draft = a_draft(session, cast)

    assert does(session, cast.meng, drafting.drop, draft.id, NOW).kind() == "meeting_dropped"

    assert session.exec(select(Meeting.state)).one() is MeetingState.DROPPED
    assert heard(session, NOTICE) == []


def test_the_agenda_is_open_problems_overdue_starts_and_delays_in_speaking_order(
    session: Session,
) -> None:
    cast = the_cast(session)
    builders.a_problem(session, cast.project, ProblemKind.LAND)
    builders.a_problem(session, cast.project, ProblemKind.FUNDING, closed=NOW)
    builders.a_problem(session, cast.project, ProblemKind.APPROVAL, adopted=None)
    builders.an_accepted_month(session, cast.listing, 10, 8_600_000)
    late = builders.a_project(session, "柳江新高中", actual_state=ActualState.OVERDUE_START)
    builders.a_listing(session, late, units=(builders.a_unit(session, "市教育局"),))
    quiet = builders.a_project(session, "柳江区体育公园")
    builders.a_listing(session, quiet)

    draft = a_draft(session, cast)
    shown = does(session, cast.meng, drafting.show_agenda, Page(draft.id, 0), NOW)

    assert isinstance(shown, MeetingAgenda)
    lines = [
        (line.unit, line.reports.name, line.reports.problems, line.reports.topics)
        for line in shown.lines
    ]
    assert lines == [
        ("柳州市住建局", "白露大道（一期）", (ProblemKind.LAND,), (Topic.BEHIND,)),
        ("市教育局", "柳江新高中", (), (Topic.OVERDUE_START,)),
    ]


def test_what_the_organiser_leaves_out_stays_out(session: Session) -> None:
    cast = the_cast(session)
    builders.a_problem(session, cast.project)
    draft = a_draft(session, cast)

    choice = Choice(draft.id, cast.project.id)
    left = does(session, cast.meng, drafting.toggle_project, choice, NOW)
    again = does(session, cast.meng, show_meeting, draft.id, NOW)

    assert isinstance(left, MeetingAgenda)
    assert [line.is_left_out for line in left.lines] == [True]
    assert isinstance(again, MeetingDraft)
    assert again.projects == 0
    assert "白露大道" not in _noticed(session, cast, draft.id)


def _noticed(session: Session, cast: builders.Cast, meeting_id: int) -> str:
    does(session, cast.meng, drafting.publish, meeting_id, NOW)
    ((_, _, text),) = heard(session, NOTICE)
    return text


@pytest.mark.parametrize(
    ("kind", "projects"),
    [
        (MeetingKind.COORDINATION, 2),
        (MeetingKind.LAND_SUPPLY, 1),
        (MeetingKind.FINANCING, 1),
        (MeetingKind.CEREMONY, 0),
    ],
)
def test_each_kind_of_meeting_takes_up_its_own_problems(
    session: Session, kind: MeetingKind, projects: int
) -> None:
    cast = the_cast(session)
    builders.a_problem(session, cast.project, ProblemKind.FOREST)
    other = builders.a_project(session, "柳江新高中")
    builders.a_listing(session, other)
    builders.a_problem(session, other, ProblemKind.FUNDING)
    draft = a_draft(session, cast)

    number = tuple(MeetingKind).index(kind)
    shown = does(session, cast.meng, drafting.choose_kind, Choice(draft.id, number), NOW)

    assert isinstance(shown, MeetingDraft)
    assert (shown.head.kind, shown.projects) == (kind, projects)


def test_units_are_taken_in_and_left_out_and_named(session: Session) -> None:
    cast = the_cast(session)
    draft = a_draft(session, cast)
    lead, other = builders.a_unit(session), builders.a_unit(session, "市教育局")

    out = does(session, cast.meng, drafting.toggle_unit, Choice(draft.id, lead.id), NOW)
    assert isinstance(out, MeetingUnits)
    assert out.invited == 0
    does(session, cast.meng, calling.ask_more_units, draft.id, NOW)
    unknown = types(session, cast.meng, "教育局、外星局", NOW)
    assert isinstance(unknown, AskUnits)
    assert unknown.unknown == ("外星局",)
    types(session, cast.meng, "教育局、住建局", NOW)
    assert [unit.organisation.id for unit in the_meeting(session).units] == [other.id, lead.id]
    does(session, cast.meng, calling.ask_only_units, draft.id, NOW)
    types(session, cast.meng, "市教育局", NOW)
    assert [unit.organisation.id for unit in the_meeting(session).units] == [other.id]


def test_another_scope_brings_its_own_units(session: Session) -> None:
    cast = the_cast(session)
    county = builders.a_region(session, "柳江区", Level.COUNTY)
    programme = builders.a_programme(session, level=Level.COUNTY)
    project = builders.a_project(session, "柳江区村道", region=county)
    builders.a_listing(
        session, project, programme=programme, units=(builders.a_unit(session, "柳江区交通局"),)
    )
    draft = a_draft(session, cast)

    scope = Scope(draft.id, list(Level).index(Level.COUNTY), county.id)
    shown = does(session, cast.meng, drafting.choose_scope, scope, NOW)

    assert isinstance(shown, MeetingDraft)
    assert (shown.head.level, shown.head.region) == (Level.COUNTY, "柳江区")
    units = [unit.organisation.name for unit in the_meeting(session).units]
    assert units == ["柳江区交通局"]


def test_two_meetings_at_the_same_time_for_one_unit_are_told(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast)
    does(session, cast.meng, calling.call, None, NOW)
    types(session, cast.meng, "12月2日16:00", NOW)
    draft: Message = types(session, cast.meng, "别处", NOW)

    assert isinstance(draft, MeetingDraft)
    assert [clash.unit for clash in draft.clashes] == ["柳州市住建局"]


def test_a_unit_without_a_linked_liaison_is_listed_for_the_phone(session: Session) -> None:
    cast = the_cast(session)
    cast.huang.telegram_user_id = None
    session.add(cast.huang)
    session.flush()

    a_draft(session, cast)
    shown = does(session, cast.meng, show_meeting, the_meeting(session).id, NOW)

    assert isinstance(shown, MeetingDraft)
    assert [(one.unit, one.person, one.phone) for one in shown.to_phone] == [
        ("柳州市住建局", "黄联络员", "19900001002")
    ]
