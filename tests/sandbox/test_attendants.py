"""The other units of the sample office come to meetings and do what was decided."""

import datetime as dtm

from sqlmodel import Session, select

from db.tables.meetings import MeetingReply, MeetingUnit
from domain.items.machine import ItemState
from sandbox.attendants import attend, carry_out
from tests import builders
from tests.usecases.items.deciding import DURING, a_draft, a_hall, approves, items
from tests.usecases.meetings.hall import NOTICE, a_meeting, at, heard

AN_HOUR = dtm.timedelta(hours=1)
# The meeting was on Wednesday, 2 December.
SIGNED, DONE = at(12, 3, 11), at(12, 7, 14)


def replies(session: Session) -> int:
    return len(session.exec(select(MeetingReply)).all())


def state_of_the_item(session: Session) -> ItemState:
    (item,) = items(session)
    return item.state


def test_an_hour_after_they_heard_the_units_have_answered(session: Session) -> None:
    a_meeting(session, builders.the_cast(session))
    attend(session, None, NOTICE)
    assert replies(session) == 0
    assert attend(session, None, NOTICE + AN_HOUR) == replies(session) > 0


def test_nobody_answers_twice(session: Session) -> None:
    a_meeting(session, builders.the_cast(session))
    attend(session, None, NOTICE + AN_HOUR)
    assert attend(session, None, NOTICE + 2 * AN_HOUR) == 0


def test_the_visitors_unit_is_left_to_the_visitor(session: Session) -> None:
    a_meeting(session, builders.the_cast(session))
    visitors = session.exec(select(MeetingUnit.organisation_id)).one()
    assert attend(session, visitors, NOTICE + AN_HOUR) == 0


def test_a_decision_is_signed_for_the_next_day_and_done_on_the_third(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall)
    carry_out(session, None, SIGNED - AN_HOUR)
    assert state_of_the_item(session) is ItemState.ASSIGNED
    carry_out(session, None, SIGNED)
    carry_out(session, None, DONE - AN_HOUR)
    assert state_of_the_item(session) is ItemState.IN_HAND
    carry_out(session, None, DONE)
    assert state_of_the_item(session) is ItemState.DONE
    assert ("蒙协调员", "decisions_done") in [
        (who, kind) for who, kind, _ in heard(session, DONE + 2 * AN_HOUR)
    ]


def test_what_binds_the_visitors_unit_waits_for_the_visitor(session: Session) -> None:
    hall = a_hall(session)
    a_draft(session, hall)
    approves(session, hall, DURING)
    assert carry_out(session, hall.district.id, DONE) == 0
