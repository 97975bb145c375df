"""A meeting that was let out is moved, or called off: everybody who heard of it hears."""

import datetime as dtm

import pytest
from sqlmodel import Session

from templates.meetings import MeetingBegun, MeetingOff
from templates.organising import ConfirmChange, MeetingOverview
from tests import builders
from tests.builders import Cast, the_cast
from tests.usecases.meetings.hall import (
    MEETING,
    NOTICE,
    NOW,
    a_meeting,
    at,
    does,
    heard,
    kinds_heard,
    the_meeting,
    types,
    unit_of,
)
from usecases.meetings import answering, calling, changing
from usecases.meetings.answering import Plain


def an_invitation(session: Session) -> Cast:
    cast = the_cast(session)
    a_meeting(session, cast)
    heard(session, NOTICE)
    return cast


def moved(session: Session, cast: Cast, when: str, now: dtm.datetime) -> None:
    meeting_id = the_meeting(session).id
    does(session, cast.meng, calling.ask_time, meeting_id, now)
    assert isinstance(types(session, cast.meng, when, now), ConfirmChange)
    shown = does(session, cast.meng, changing.change, meeting_id, now)
    assert isinstance(shown, MeetingOverview)


def test_a_moved_meeting_reaches_everybody_with_old_and_new_and_nothing_before_confirming(
    session: Session,
) -> None:
    cast = an_invitation(session)
    meeting_id = the_meeting(session).id
    does(session, cast.meng, calling.ask_time, meeting_id, NOTICE)
    shown = types(session, cast.meng, "12月4日9:30", NOTICE)
    assert isinstance(shown, ConfirmChange)
    assert heard(session, NOTICE) == []
    assert the_meeting(session).meeting.starts_at == MEETING

    does(session, cast.meng, changing.change, meeting_id, NOTICE)

    ((name, kind, text),) = heard(session, NOTICE)
    assert (name, kind) == ("黄联络员", "meetings_changed")
    assert "时间 12月2日(周三)15:00 → <b>12月4日(周五)09:30</b>" in text
    assert "市行政中心201会议室（地点不变）" in text
    assert the_meeting(session).meeting.sequence == 1


def test_a_delegate_hears_of_the_change_and_one_replaced_does_not(session: Session) -> None:
    cast = an_invitation(session)
    for name in ("覃专员", "陆局长"):
        does(session, cast.huang, answering.ask_delegate, unit_of(session), NOTICE)
        types(session, cast.huang, name, NOTICE)
        heard(session, NOTICE)

    moved(session, cast, "12月4日9:30", NOTICE)

    assert sorted(kinds_heard(session, NOTICE)) == [
        ("陆局长", "meetings_changed"),
        ("黄联络员", "meetings_changed"),
    ]


def test_two_changes_in_a_row_are_told_as_one_from_what_was_known_to_what_is(
    session: Session,
) -> None:
    cast = an_invitation(session)
    moved(session, cast, "12月4日9:30", at(11, 30, 12))
    meeting_id = the_meeting(session).id
    does(session, cast.meng, calling.ask_place, meeting_id, at(11, 30, 12, 5))
    types(session, cast.meng, "三楼会议室", at(11, 30, 12, 5))
    does(session, cast.meng, changing.change, meeting_id, at(11, 30, 12, 5))

    ((_, _, text),) = heard(session, at(11, 30, 15, 30))

    assert "12月2日(周三)15:00 → <b>12月4日(周五)09:30</b>" in text
    assert "市行政中心201会议室 → <b>三楼会议室</b>" in text


def test_before_units_were_told_a_change_only_moves_the_notice(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast)

    moved(session, cast, "12月9日15:00", NOW)

    assert heard(session, NOTICE) == []
    assert kinds_heard(session, at(12, 7, 9)) == [("黄联络员", "meeting_notices")]


@pytest.mark.parametrize(
    ("now", "is_urgent"),
    [(at(12, 1, 14, 59), False), (at(12, 1, 15, 0), True), (at(12, 2, 12, 0), True)],
)
def test_within_24_hours_a_change_or_cancellation_is_urgent(
    session: Session, now: dtm.datetime, is_urgent: bool
) -> None:
    cast = an_invitation(session)
    heard(session, at(12, 1, 10))
    does(session, cast.meng, changing.cancel, the_meeting(session).id, now)

    # Outside the hours of routine messages only what is urgent leaves.
    told_at_once = heard(session, now.replace(minute=1) if now.minute == 0 else now)

    assert bool(told_at_once) is is_urgent


def test_a_cancelled_meeting_is_told_once_to_everybody_and_nothing_follows(
    session: Session,
) -> None:
    cast = an_invitation(session)
    does(session, cast.huang, answering.answer, Plain(unit_of(session), 0), NOTICE)

    off = does(session, cast.meng, changing.cancel, the_meeting(session).id, NOTICE)

    assert isinstance(off, MeetingOff)
    assert kinds_heard(session, NOTICE) == [("黄联络员", "meetings_cancelled")]
    assert heard(session, at(12, 1, 10)) == []
    assert heard(session, at(12, 2, 14)) == []


def test_whoever_has_not_heard_of_a_meeting_does_not_hear_that_it_is_off(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast)

    does(session, cast.meng, changing.cancel, the_meeting(session).id, NOW)

    assert heard(session, NOTICE) == []


def test_after_it_began_a_meeting_is_neither_moved_nor_called_off(session: Session) -> None:
    cast = an_invitation(session)
    meeting_id = the_meeting(session).id

    for use_case in (changing.cancel, changing.ask_cancel, calling.ask_time, calling.ask_place):
        assert isinstance(does(session, cast.meng, use_case, meeting_id, MEETING), MeetingBegun)


def test_whatever_is_typed_only_the_button_confirms_a_change(session: Session) -> None:
    cast = an_invitation(session)
    does(session, cast.meng, calling.ask_time, the_meeting(session).id, NOTICE)
    types(session, cast.meng, "12月4日9:30", NOTICE)

    assert isinstance(types(session, cast.meng, "好的", NOTICE), ConfirmChange)
    assert the_meeting(session).meeting.starts_at == MEETING


def test_a_unit_added_after_the_notice_is_invited_at_once(session: Session) -> None:
    cast = an_invitation(session)
    builders.a_unit(session, "市教育局")
    does(session, cast.meng, calling.ask_more_units, the_meeting(session).id, NOTICE)
    types(session, cast.meng, "市教育局", NOTICE)

    assert kinds_heard(session, NOTICE) == [("欧联络员", "meeting_notices")]


def test_after_a_move_those_who_have_not_answered_are_reminded_of_the_new_date(
    session: Session,
) -> None:
    cast = an_invitation(session)
    moved(session, cast, "12月4日9:30", NOTICE)
    heard(session, NOTICE)

    assert heard(session, at(12, 1, 10)) == []
    assert kinds_heard(session, at(12, 3, 10)) == [("黄联络员", "replies_awaited")]
