"""Units answer their invitation; the organiser sees it, grants leave, nudges."""

import pytest
from sqlmodel import Session, select

from db.tables.meetings import MeetingReply
from db.tables.people import Assignment, Leave, Unreachable
from domain.access import ScopeKind
from domain.chain import Gap
from domain.meetings.kinds import Attendance, ReplyStanding
from domain.vocabulary import Level, Role
from templates.meetings import (
    AskDelegate,
    AskReplier,
    InvitationCard,
    MeetingBegun,
    MeetingOff,
    ReplierNamed,
    ReplyRecorded,
)
from templates.organising import LeaveSettled, MeetingOverview
from templates.refusals import NotYours
from tests import builders
from tests.builders import Cast, the_cast
from tests.usecases.meetings.hall import (
    MEETING,
    NOTICE,
    NOW,
    a_draft,
    a_meeting,
    at,
    does,
    heard,
    kinds_heard,
    the_meeting,
    types,
    unit_of,
)
from usecases.meetings import answering, changing, organising
from usecases.meetings.ahead import meetings, show_meeting
from usecases.meetings.answering import Plain
from usecases.meetings.drafting import publish_at_once

LEADER, DEPUTY_LEADER = 0, 1


def an_invitation(session: Session) -> Cast:
    """The cast's unit has heard of the meeting."""
    cast = the_cast(session)
    a_meeting(session, cast)
    heard(session, NOTICE)
    return cast


def standing(session: Session) -> tuple[ReplyStanding, str]:
    unit = the_meeting(session).unit(unit_of(session))
    return unit.standing, unit.said


def test_the_units_liaison_hears_two_working_days_before_and_nobody_else(session: Session) -> None:
    cast = the_cast(session)
    builders.a_problem(session, cast.project)
    a_meeting(session, cast)

    assert heard(session, at(11, 30, 8, 59)) == []
    ((name, kind, text),) = heard(session, NOTICE)

    assert (name, kind) == ("黄联络员", "meeting_notices")
    assert "12月2日(周三)15:00" in text
    assert "1 白露大道（一期）：征地拆迁" in text
    assert "12月1日(周二)12:00前回执" in text
    assert text.endswith("以正式通知为准")
    assert heard(session, at(11, 30, 9, 30)) == []


@pytest.mark.parametrize(
    ("number", "expected"),
    [(LEADER, ReplyStanding.LEADER), (DEPUTY_LEADER, ReplyStanding.DEPUTY_LEADER)],
)
def test_a_leader_comes_with_one_tap(
    session: Session, number: int, expected: ReplyStanding
) -> None:
    cast = an_invitation(session)

    said = does(session, cast.huang, answering.answer, Plain(unit_of(session), number), NOTICE)

    assert isinstance(said, ReplyRecorded)
    assert standing(session) == (expected, "")


def test_a_delegate_of_the_contact_book_hears_of_it_and_hears_when_it_is_off(
    session: Session,
) -> None:
    cast = an_invitation(session)
    unit_id = unit_of(session)

    asked = does(session, cast.huang, answering.ask_delegate, unit_id, NOTICE)
    assert isinstance(asked, AskDelegate)
    said = types(session, cast.huang, "覃专员", NOTICE)

    assert isinstance(said, ReplyRecorded)
    assert said.is_told
    assert kinds_heard(session, NOTICE) == [("覃专员", "delegate_named")]
    does(session, cast.huang, answering.answer, Plain(unit_id, LEADER), NOTICE)
    assert kinds_heard(session, NOTICE) == [("覃专员", "delegate_released")]


def test_a_delegate_whom_nobody_knows_is_a_name_to_be_told_by_the_unit(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.ask_delegate, unit_of(session), NOTICE)

    said = types(session, cast.huang, "李某某", NOTICE)

    assert isinstance(said, ReplyRecorded)
    assert not said.is_told
    assert standing(session) == (ReplyStanding.DELEGATE, "李某某")
    assert heard(session, NOTICE) == []


def test_leave_is_asked_with_its_reason_and_granted(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.ask_leave, unit_of(session), NOTICE)
    types(session, cast.huang, "局长出差", NOTICE)
    assert standing(session) == (ReplyStanding.LEAVE_ASKED, "局长出差")

    ((name, kind, text),) = heard(session, NOTICE)
    assert (name, kind) == ("蒙协调员", "leaves_asked")
    assert "局长出差" in text
    reply_id = session.exec(select(MeetingReply.id)).one()
    settled = does(session, cast.meng, organising.grant_leave, reply_id, NOTICE)

    assert isinstance(settled, LeaveSettled)
    assert settled.standing is ReplyStanding.LEAVE_GRANTED
    assert kinds_heard(session, NOTICE) == [("黄联络员", "leaves_decided")]


def test_refused_leave_has_to_be_answered_again_and_a_decision_stands(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.ask_leave, unit_of(session), NOTICE)
    types(session, cast.huang, "局长出差", NOTICE)
    reply_id = session.exec(select(MeetingReply.id)).one()

    does(session, cast.meng, organising.refuse_leave, reply_id, NOTICE)
    does(session, cast.meng, organising.grant_leave, reply_id, NOTICE)

    assert standing(session)[0] is ReplyStanding.LEAVE_REFUSED
    assert kinds_heard(session, NOTICE) == [("黄联络员", "leaves_decided")]
    assert kinds_heard(session, at(12, 1, 10)) == [("黄联络员", "replies_awaited")]


def test_nobody_but_the_office_decides_on_leave(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.ask_leave, unit_of(session), NOTICE)
    types(session, cast.huang, "局长出差", NOTICE)
    reply_id = session.exec(select(MeetingReply.id)).one()

    assert does(session, cast.huang, organising.grant_leave, reply_id, NOTICE) == NotYours()
    assert does(session, cast.tan, organising.grant_leave, reply_id, NOTICE) == NotYours()


def test_an_answer_is_changed_until_the_meeting_begins_and_the_newest_counts(
    session: Session,
) -> None:
    cast = an_invitation(session)
    unit_id = unit_of(session)

    does(session, cast.huang, answering.answer, Plain(unit_id, LEADER), NOTICE)
    minute_before = at(12, 2, 14, 59)
    does(session, cast.huang, answering.answer, Plain(unit_id, DEPUTY_LEADER), minute_before)
    late = does(session, cast.huang, answering.answer, Plain(unit_id, LEADER), MEETING)

    assert isinstance(late, MeetingBegun)
    assert standing(session)[0] is ReplyStanding.DEPUTY_LEADER
    assert len(session.exec(select(MeetingReply)).all()) == 2


def test_a_name_typed_after_the_meeting_began_is_too_late_and_the_question_is_over(
    session: Session,
) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.ask_delegate, unit_of(session), at(12, 2, 14, 50))

    assert isinstance(types(session, cast.huang, "覃专员", at(12, 2, 15, 1)), MeetingBegun)
    assert types(session, cast.huang, "白露大道", at(12, 2, 15, 2)).kind() == "status_card"


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("wei", False),
        ("huang", True),
        ("qin", True),
        ("lu", True),
        ("meng", True),
        ("tan", False),
        ("ou", False),
    ],
)
def test_only_the_units_own_people_and_the_office_answer_for_it(
    session: Session, who: str, may: bool
) -> None:
    cast = an_invitation(session)
    person = getattr(cast, who)

    said = does(session, person, answering.answer, Plain(unit_of(session), LEADER), NOTICE)

    assert isinstance(said, ReplyRecorded if may else NotYours)


def test_whom_the_unit_names_answers_for_it_and_is_reminded(session: Session) -> None:
    cast = an_invitation(session)
    clerk = builders.a_contact(session, "农科员", unit=builders.a_unit(session), account=1020)
    unit_id = unit_of(session)

    does(session, cast.huang, answering.ask_replier, unit_id, NOTICE)
    assert isinstance(types(session, cast.huang, "没有这人", NOTICE), AskReplier)
    named = types(session, cast.huang, "农科员", NOTICE)

    assert isinstance(named, ReplierNamed)
    assert kinds_heard(session, NOTICE) == [("农科员", "meeting_notices")]
    assert kinds_heard(session, at(12, 1, 10)) == [("农科员", "replies_awaited")]
    said = does(session, clerk, answering.answer, Plain(unit_id, LEADER), at(12, 1, 10))
    assert isinstance(said, ReplyRecorded)


def test_those_who_have_not_answered_are_reminded_once_and_those_who_come_an_hour_before(
    session: Session,
) -> None:
    cast = an_invitation(session)
    assert heard(session, at(12, 1, 9, 59)) == []
    assert kinds_heard(session, at(12, 1, 10)) == [("黄联络员", "replies_awaited")]
    assert heard(session, at(12, 1, 11)) == []

    does(session, cast.huang, answering.ask_delegate, unit_of(session), at(12, 1, 11))
    types(session, cast.huang, "覃专员", at(12, 1, 11))
    heard(session, at(12, 1, 11))

    assert heard(session, at(12, 2, 13, 59)) == []
    assert sorted(kinds_heard(session, at(12, 2, 14))) == [
        ("覃专员", "meetings_soon"),
        ("黄联络员", "meetings_soon"),
    ]
    assert heard(session, at(12, 2, 14, 30)) == []


@pytest.mark.parametrize("number", [LEADER, None])
def test_whoever_has_answered_is_not_reminded_and_whoever_has_not_is_not_expected(
    session: Session, number: int | None
) -> None:
    cast = an_invitation(session)
    if number is not None:
        does(session, cast.huang, answering.answer, Plain(unit_of(session), number), NOTICE)

    reminded = kinds_heard(session, at(12, 1, 10))
    expected = kinds_heard(session, at(12, 2, 14))

    assert bool(reminded) is (number is None)
    assert bool(expected) is (number is not None)


def test_a_liaison_who_is_away_is_stood_in_for(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast)
    day = NOTICE.date()
    session.add(
        Leave(
            contact_id=cast.huang.id,
            first_day=day,
            last_day=day,
            deputy_id=cast.wei.id,
            entered_at=NOW,
        )
    )
    session.flush()

    assert kinds_heard(session, NOTICE) == [("韦信息员", "meeting_notices")]
    said = does(session, cast.wei, answering.answer, Plain(unit_of(session), LEADER), NOTICE)
    assert isinstance(said, ReplyRecorded)


def test_a_liaison_who_links_late_is_still_invited(session: Session) -> None:
    cast = the_cast(session)
    cast.huang.unreachable = Unreachable.BLOCKED
    a_meeting(session, cast)
    assert heard(session, NOTICE) == []

    cast.huang.unreachable = None
    session.flush()

    assert kinds_heard(session, at(11, 30, 9, 10)) == [("黄联络员", "meeting_notices")]


def test_a_liaison_who_was_replaced_before_the_notice_left_hears_nothing(session: Session) -> None:
    cast = the_cast(session)
    noon = at(11, 30, 12)
    does(session, cast.meng, publish_at_once, a_draft(session, cast).id, noon)
    assert heard(session, noon) == []

    post = session.exec(select(Assignment).where(Assignment.contact_id == cast.huang.id)).one()
    post.until = noon
    unit = builders.a_unit(session)
    heir = builders.a_contact(session, "农科长", unit=unit, account=1020)
    builders.an_assignment(session, heir, Role.LIAISON, ScopeKind.ORGANISATION, unit.id)

    assert kinds_heard(session, at(11, 30, 15, 30)) == [("农科长", "meeting_notices")]


def test_a_meeting_called_for_the_same_day_reaches_units_outside_routine_hours_and_once(
    session: Session,
) -> None:
    cast = the_cast(session)
    noon = at(12, 2, 12)
    draft = a_draft(session, cast)
    does(session, cast.meng, publish_at_once, draft.id, noon)

    assert kinds_heard(session, noon) == [("黄联络员", "meeting_notices")]
    # Due an hour before it begins; reminded two hours before that, once.
    assert kinds_heard(session, at(12, 2, 13)) == []
    assert kinds_heard(session, at(12, 2, 14)) == [("黄联络员", "replies_awaited")]
    assert heard(session, at(12, 2, 14, 30)) == []


def test_whoever_asks_for_leave_at_noon_is_not_expected_after_it(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast, "12月2日14:30")
    heard(session, NOTICE)
    does(session, cast.huang, answering.answer, Plain(unit_of(session), LEADER), NOTICE)
    # Due at 13:30, when even what is urgent waits for the afternoon.
    assert heard(session, at(12, 2, 13, 30)) == []

    does(session, cast.huang, answering.ask_leave, unit_of(session), at(12, 2, 13, 40))
    types(session, cast.huang, "局长出差", at(12, 2, 13, 40))

    assert kinds_heard(session, at(12, 2, 14)) == [("蒙协调员", "leaves_asked")]


def test_nobody_is_invited_twice_when_the_meeting_comes_near(session: Session) -> None:
    an_invitation(session)

    heard(session, at(12, 1, 10))
    assert heard(session, at(12, 1, 15, 30)) == []
    assert heard(session, at(12, 2, 10)) == []


def test_the_organiser_sees_who_answered_who_did_not_and_whom_to_phone(session: Session) -> None:
    cast = the_cast(session)
    for unit in ("市教育局", "市水利局"):
        project = builders.a_project(session, f"{unit}项目")
        builders.a_listing(session, project, units=(builders.a_unit(session, unit),))
    meeting = a_meeting(session, cast)
    heard(session, NOTICE)
    does(session, cast.huang, answering.answer, Plain(unit_of(session), LEADER), NOTICE)

    shown = does(session, cast.meng, show_meeting, meeting.id, NOTICE)

    assert isinstance(shown, MeetingOverview)
    assert [(one.unit, one.standing) for one in shown.units] == [
        ("柳州市住建局", ReplyStanding.LEADER),
        ("市教育局", ReplyStanding.UNANSWERED),
        ("市水利局", ReplyStanding.UNANSWERED),
    ]
    assert [(one.unit, one.gap) for one in shown.to_phone] == [("市水利局", Gap.EMPTY)]
    nudged = does(session, cast.meng, organising.nudge, meeting.id, NOTICE)
    assert isinstance(nudged, MeetingOverview)
    assert nudged.nudged == 1
    does(session, cast.meng, organising.nudge, meeting.id, NOTICE)
    assert kinds_heard(session, NOTICE) == [("欧联络员", "replies_awaited")]


def test_the_inspector_reads_the_answers_without_phones_or_buttons(session: Session) -> None:
    cast = an_invitation(session)

    shown = does(session, cast.tan, show_meeting, the_meeting(session).id, NOTICE)

    assert isinstance(shown, MeetingOverview)
    assert (shown.may_call, shown.to_phone) == (False, ())
    assert {button.action for row in shown.rows() for button in row} == {  # type: ignore[union-attr]
        "meeting.agenda",
        "meeting.file",
    }


def test_everybody_sees_what_is_ahead_for_them(session: Session) -> None:
    cast = an_invitation(session)

    def ahead(who: str) -> int:
        shown = does(session, getattr(cast, who), meetings, None, NOTICE)
        return len(shown.lines)  # type: ignore[attr-defined]

    assert {who: ahead(who) for who in ("huang", "qin", "lu", "meng", "tan", "wei", "ou")} == {
        "huang": 1,
        "qin": 1,
        "lu": 1,
        "meng": 1,
        "tan": 1,
        "wei": 0,
        "ou": 0,
    }


def test_a_draft_is_for_the_offices_eyes_only(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast)
    draft = the_meeting(session).meeting
    draft.state = type(draft.state)("draft")
    session.flush()

    assert does(session, cast.huang, show_meeting, draft.id, NOW) == NotYours()
    assert does(session, cast.tan, show_meeting, draft.id, NOW) == NotYours()
    shown = does(session, cast.huang, meetings, None, NOW)
    assert shown.lines == ()  # type: ignore[attr-defined]


def test_a_delegate_reads_the_invitation_without_answering(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.ask_delegate, unit_of(session), NOTICE)
    types(session, cast.huang, "韦信息员", NOTICE)

    shown = does(session, cast.wei, show_meeting, the_meeting(session).id, NOTICE)

    assert isinstance(shown, InvitationCard)
    assert not shown.may_answer


def test_an_answer_to_a_cancelled_meeting_is_told_so(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.meng, changing.cancel, the_meeting(session).id, NOTICE)

    said = does(session, cast.huang, answering.answer, Plain(unit_of(session), LEADER), NOTICE)

    assert isinstance(said, MeetingOff)


def test_every_answer_is_kept_and_audited(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.lu, answering.answer, Plain(unit_of(session), LEADER), NOTICE)

    reply = session.exec(select(MeetingReply)).one()

    assert (reply.attendance, reply.replied_by_id) == (Attendance.LEADER, cast.lu.id)


def test_the_countys_liaison_answers_for_a_unit_that_has_nobody_of_its_own(
    session: Session,
) -> None:
    cast = the_cast(session)
    meeting = a_meeting(session, cast).meeting
    meeting.level, meeting.region_id = Level.COUNTY, cast.project.region_id
    held = select(Assignment).where(Assignment.contact_id == cast.huang.id)
    session.exec(held).one().until = NOW
    jiang = builders.a_contact(session, "蒋联络员", account=1031)
    scope = (ScopeKind.REGION, cast.project.region_id)
    builders.an_assignment(session, jiang, Role.LIAISON, *scope)
    assert "蒋联络员" in [name for name, _ in kinds_heard(session, NOTICE)]
    does(session, jiang, answering.answer, Plain(unit_of(session), LEADER), NOTICE)
    assert standing(session) == (ReplyStanding.LEADER, "")
