"""催办记录: what the office can show of who was asked when, and what was answered."""

from io import BytesIO

import openpyxl
import pytest
from sqlmodel import Session, col, select

from db.tables.chasing import Acknowledgement, Extension, Hold, Promise
from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Obligation, ObligationState, Report, ReportSource, Verdict
from db.tables.speech import Message as Sent
from db.tables.speech import MessageState
from domain.brakes import HoldScope
from domain.policy import Basis
from templates.message import Message
from templates.record import (
    ChasingRecord,
    Entry,
    Fate,
    Happening,
    NoSuchRecord,
    NothingRecorded,
    RecordChoice,
    RecordKind,
)
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard
from usecases.answers import Hand
from usecases.chasing.record import RecordWanted, hand_record, record, turn_record
from usecases.periods import keep_periods
from usecases.policies import apply_policy

LATER = at(30, 10)
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    """Two projects of one unit, reminded three times, late, told to reporter and liaison."""
    cast = builders.the_cast(session)
    apply_policy(session, None, NO_TRIAL, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    for when in (at(20, 9), at(24, 9), at(25, 9), at(26, 9)):
        heard(session, when)
    return cast


def asks(session: Session, contact: Contact, words: str = "") -> Message:
    (answer,) = record(session, asker(session, contact, LATER), words, LATER)
    return answer.message


def entries(session: Session, contact: Contact, words: str = "") -> list[Entry]:
    """The record's first page, the oldest first."""
    message = asks(session, contact, words)
    return list(message.entries)[::-1] if isinstance(message, ChasingRecord) else []


def what(found: list[Entry]) -> list[tuple[Happening, str]]:
    return [(entry.what, entry.person) for entry in found]


def the_obligation(session: Session, project: Project) -> Obligation:
    return session.exec(select(Obligation).where(Obligation.project_id == project.id)).one()


def test_a_months_record_tells_who_was_asked_when_and_whether_it_arrived(
    session: Session, cast: Cast
) -> None:
    found = entries(session, cast.tan)
    assert [(entry.at, entry.person, entry.occasion, entry.reports) for entry in found] == [
        (at(20, 9), "韦信息员", "report_reminder", 2),
        (at(24, 9), "韦信息员", "report_reminder", 2),
        (at(25, 9), "韦信息员", "report_reminder", 2),
        (at(26, 9), "韦信息员", "report_overdue", 2),
        (at(26, 9), "黄联络员", "unit_overdue", 2),
    ]
    assert {(entry.fate, entry.delivered_at) for entry in found[:1]} == {
        (Fate.DELIVERED, at(20, 9))
    }


def test_what_did_not_arrive_is_not_called_delivered(session: Session, cast: Cast) -> None:
    last = session.exec(select(Sent).order_by(col(Sent.id).desc())).first()
    assert last
    last.state, last.sent_at = MessageState.FAILED, None
    session.flush()
    assert [entry.fate for entry in entries(session, cast.tan)].count(Fate.FAILED) == 1


def test_a_projects_record_holds_the_answers(session: Session, cast: Cast) -> None:
    one = the_obligation(session, cast.project)
    session.add_all(
        [
            Acknowledgement(
                obligation_id=one.id,
                contact_id=cast.qin.id,
                turn="t",
                acknowledged_at=at(27, 9, 5),
            ),
            Promise(
                obligation_id=one.id,
                contact_id=cast.qin.id,
                turn="t",
                promised_for=at(27, 18),
                made_at=at(27, 9, 6),
            ),
            Extension(
                obligation_id=one.id,
                due_before=one.due_at,
                due_after=at(30, 18),
                reason="暴雨",
                extended_by_id=cast.meng.id,
                extended_at=at(27, 11),
            ),
            Report(
                obligation_id=one.id,
                revision=1,
                author_id=cast.wei.id,
                source=ReportSource.CHAT,
                basis=Basis.EXPECTED_TO_MONTH_END,
                submitted_at=at(27, 15),
                verdict=Verdict.RETURNED,
                verdict_by_id=cast.huang.id,
                verdict_at=at(27, 16),
                verdict_reason="请写明桩基数量",
            ),
        ]
    )
    one.state = ObligationState.RETURNED
    session.flush()
    found = entries(session, cast.huang, "白露大道（一期）")
    assert what(found)[-5:] == [
        (Happening.ACKNOWLEDGED, "覃专员"),
        (Happening.PROMISED, "覃专员"),
        (Happening.EXTENDED, "蒙协调员"),
        (Happening.SUBMITTED, "韦信息员"),
        (Happening.RETURNED, "黄联络员"),
    ]
    assert found[-4].until == at(27, 18)
    assert (found[-3].until, found[-3].words) == (at(30, 18), "暴雨")
    assert found[-1].words == "请写明桩基数量"


def test_a_persons_record_holds_only_what_they_heard_and_did(session: Session, cast: Cast) -> None:
    assert {entry.person for entry in entries(session, cast.meng, "黄联络员")} == {"黄联络员"}
    assert len(entries(session, cast.meng, "韦信息员")) == 4


def test_a_hold_is_on_the_record_of_what_it_covered(session: Session, cast: Cast) -> None:
    session.add(
        Hold(
            scope=HoldScope.PROJECT,
            project_id=cast.project.id,
            reason="核实中",
            since=at(26, 10),
            held_by_id=cast.meng.id,
            lifted_at=at(27, 10),
            lifted_by_id=cast.meng.id,
        )
    )
    session.flush()
    assert what(entries(session, cast.tan, "白露大道（一期）"))[-2:] == [
        (Happening.HELD, "蒙协调员"),
        (Happening.LIFTED, "蒙协调员"),
    ]
    assert Happening.HELD not in {entry.what for entry in entries(session, cast.tan, "柳江新高中")}


def test_the_month_can_be_named(session: Session, cast: Cast) -> None:
    message = asks(session, cast.tan, "11月")
    assert isinstance(message, ChasingRecord)
    assert message.of.kind is RecordKind.MONTH
    assert isinstance(asks(session, cast.tan, "3月"), NoSuchRecord)
    assert isinstance(asks(session, cast.tan, "完全没有的东西xyz"), NoSuchRecord)


def test_of_several_projects_one_is_chosen(session: Session, cast: Cast) -> None:
    for number in (1, 2, 3):
        builders.a_listing(session, builders.a_project(session, f"环江路{number}号"))
    assert isinstance(asks(session, cast.tan, "环江路"), RecordChoice)


def test_a_liaison_sees_only_their_own_units_record(session: Session, cast: Cast) -> None:
    assert len(entries(session, cast.huang)) == 5
    assert isinstance(asks(session, cast.ou), NothingRecorded)
    assert isinstance(asks(session, cast.ou, "白露大道（一期）"), NothingRecorded)
    assert isinstance(asks(session, cast.ou, "韦信息员"), NothingRecorded)


@pytest.mark.parametrize("who", ["wei", "qin", "lu"])
def test_who_is_chased_reads_no_record(session: Session, cast: Cast, who: str) -> None:
    person = getattr(cast, who)
    assert asks(session, person) == NotYours()
    wanted = RecordWanted(RecordKind.PROJECT, cast.project.id)
    for act in (turn_record, hand_record):
        (answer,) = act(session, asker(session, person, LATER), wanted, LATER)
        assert answer.message == NotYours()


def test_the_file_holds_all_of_it_the_oldest_first(session: Session, cast: Cast) -> None:
    month = builders.a_period(session, 11)
    wanted = RecordWanted(RecordKind.MONTH, month.id)
    (hand,) = hand_record(session, asker(session, cast.tan, LATER), wanted, LATER)
    assert isinstance(hand, Hand)
    sheet = openpyxl.load_workbook(BytesIO(hand.content)).active
    assert sheet
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0][:3] == ("2026-11-20 09:00:00", "提请", "韦信息员")
    assert rows[-1][7:10] == ("报联络员", "送达", "2026-11-26 09:00:00")
    assert len(rows) == 5
