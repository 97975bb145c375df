"""The calendar file is one button away for those whom the meeting concerns."""

import pytest
from sqlmodel import Session

from templates.refusals import NotYours
from tests.builders import asker, the_cast
from tests.calendars import Diary
from tests.usecases.meetings.hall import (
    NOTICE,
    NOW,
    a_draft,
    a_meeting,
    does,
    heard,
    the_meeting,
    types,
)
from usecases.answers import Hand
from usecases.meetings import calling, changing
from usecases.meetings.ahead import hand_over_file


@pytest.mark.parametrize("who", ["huang", "qin", "lu", "meng", "tan"])
def test_whoever_the_meeting_concerns_gets_the_file(session: Session, who: str) -> None:
    cast = the_cast(session)
    meeting = a_meeting(session, cast)

    (hand,) = hand_over_file(session, asker(session, getattr(cast, who)), meeting.id, NOTICE)

    assert isinstance(hand, Hand)
    assert hand.file_name == f"meeting-{meeting.id}.ics"
    assert b"METHOD:PUBLISH" in hand.content


def test_nobody_else_gets_it(session: Session) -> None:
    cast = the_cast(session)
    meeting = a_meeting(session, cast)

    assert does(session, cast.ou, hand_over_file, meeting.id, NOW) == NotYours()
    assert does(session, cast.wei, hand_over_file, meeting.id, NOW) == NotYours()


def test_a_draft_has_no_file(session: Session) -> None:
    cast = the_cast(session)
    draft = a_draft(session, cast)

    assert does(session, cast.meng, hand_over_file, draft.id, NOW).kind() == "stale_button"


def test_after_a_cancellation_the_file_takes_the_meeting_out(session: Session) -> None:
    cast = the_cast(session)
    a_meeting(session, cast)
    heard(session, NOTICE)
    meeting_id = the_meeting(session).id
    does(session, cast.meng, changing.cancel, meeting_id, NOTICE)

    (hand,) = hand_over_file(session, asker(session, cast.huang), meeting_id, NOTICE)

    assert isinstance(hand, Hand)
    assert b"METHOD:CANCEL" in hand.content
    assert b"SEQUENCE:1" in hand.content


def test_the_files_of_a_meeting_replace_each_other_in_a_calendar(session: Session) -> None:
    cast = the_cast(session)
    meeting_id = a_meeting(session, cast).id
    diary = Diary()

    def opens_the_file() -> list[str]:
        (hand,) = hand_over_file(session, asker(session, cast.huang), meeting_id, NOTICE)
        assert isinstance(hand, Hand)
        diary.take(hand.content)
        return [starts for starts, _ in diary.entries]

    assert opens_the_file() == ["20261202T150000"]
    does(session, cast.meng, calling.ask_time, meeting_id, NOTICE)
    types(session, cast.meng, "12月3日9:30", NOTICE)
    does(session, cast.meng, changing.change, meeting_id, NOTICE)
    assert opens_the_file() == ["20261203T093000"]
    does(session, cast.meng, changing.cancel, meeting_id, NOTICE)
    assert opens_the_file() == []
