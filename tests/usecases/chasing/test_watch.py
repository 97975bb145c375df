"""The coordinator's watch around the due day."""

import datetime as dtm
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import Notice
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard
from usecases.answers import Hand
from usecases.chasing.watch import watch_rounds, what_leaves_next
from usecases.outstanding_sheet import hand_outstanding
from usecases.periods import keep_periods
from usecases.policies import apply_policy

# The report on November is due on Wednesday the 25th, 18:00.
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


def the_office_hears(session: Session, now: dtm.datetime) -> list[list[str]]:
    """What the coordinator hears of the round now."""
    watch_rounds(session, now)
    return [
        lines for name, lines in heard(session, now) if "应报" in lines[0] and name == "蒙协调员"
    ]


@pytest.mark.usefixtures("cast")
def test_from_the_day_before_until_three_days_after_twice_a_day(session: Session) -> None:
    hours = [at(day, *time) for day in range(20, 31) for time in ((8, 45), (16, 0))]
    hours += [(at(30, 8, 45) + dtm.timedelta(days=1)), at(30, 16) + dtm.timedelta(days=1)]
    told = [(now.day, now.hour) for now in hours if the_office_hears(session, now)]
    assert told == [(day, hour) for day in (24, 25, 26, 27, 30) for hour in (8, 16)]


def test_it_counts_what_is_in_what_waits_what_is_missing_and_who_cannot_be_reached(
    session: Session, cast: Cast
) -> None:
    first = session.exec(select(Obligation).order_by(col(Obligation.id))).first()
    assert first
    first.state, first.first_submitted_at = ObligationState.SUBMITTED, at(24, 9)
    cast.wei.telegram_user_id = None
    session.flush()
    (lines,) = the_office_hears(session, at(25, 8, 45))
    assert lines == [
        "<b>11月月报：应报2，已报1，未报1</b>",
        "截至 11月25日(周三)08:45（截止11月25日(周三)18:00）",
        "待审1，联系不上1",
        "",
        "1 柳州市住建局：应报2 已报1 待审1 未报1 联系不上1",
        "接下来 11月25日(周三)09:00：提醒信息员填报1人",
    ]


@pytest.mark.usefixtures("cast")
def test_what_leaves_next_is_what_really_leaves_then(session: Session) -> None:
    for reminder in (at(20, 9), at(24, 9), at(25, 9), at(25, 15, 30)):
        heard(session, reminder)
    month = builders.a_period(session, 11)
    for when in (at(26, 9), at(27, 9)):
        leaving = what_leaves_next(session, month, when - dtm.timedelta(hours=2))
        assert leaving
        assert leaving.at == when
        heard(session, when)
        told = select(Notice).where(Notice.created_at == when, Notice.occasion != "review_digest")
        notices = session.exec(told).all()
        assert dict(leaving.people) == {
            occasion: len({one.contact_id for one in notices if one.occasion == occasion})
            for occasion in {one.occasion for one in notices}
        }


@pytest.mark.usefixtures("cast")
def test_looking_ahead_leaves_no_trace(session: Session) -> None:
    month = builders.a_period(session, 11)
    before = [(row.id, row.next_act_at, row.climbed) for row in session.exec(select(Obligation))]
    assert what_leaves_next(session, month, at(19, 9)) is not None
    assert session.exec(select(Notice)).all() == []
    after = [(row.id, row.next_act_at, row.climbed) for row in session.exec(select(Obligation))]
    assert after == before


@pytest.mark.usefixtures("cast")
def test_nothing_is_said_once_all_is_settled(session: Session) -> None:
    for row in session.exec(select(Obligation)):
        row.state = ObligationState.ACCEPTED
    session.flush()
    assert the_office_hears(session, at(25, 8, 45)) == []


@pytest.mark.parametrize(("who", "phone"), [("meng", "19900001001"), ("tan", "")])
def test_the_file_holds_all_of_it_and_phones_only_for_who_may_have_them(
    session: Session, cast: Cast, who: str, phone: str
) -> None:
    person: Contact = getattr(cast, who)
    month = builders.a_period(session, 11)
    (hand,) = hand_outstanding(session, asker(session, person, at(27, 9)), month.id, at(27, 9))
    assert isinstance(hand, Hand)
    sheet = openpyxl.load_workbook(BytesIO(hand.content)).active
    assert sheet
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert [row[2] for row in rows] == ["柳江新高中", "白露大道（一期）"]
    assert {row[5] for row in rows} == {2}
    assert {row[7] for row in rows} == {phone}


def test_only_the_office_hears_of_the_round(session: Session, cast: Cast) -> None:
    watch_rounds(session, at(24, 8, 45))
    people = session.exec(select(Notice.contact_id)).all()
    assert people == [cast.meng.id]
