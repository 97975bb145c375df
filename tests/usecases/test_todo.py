"""/todo: what waits for me, whatever my role."""

import datetime as dtm

import pytest
from sqlmodel import Session, col, select

from db.tables.chasing import Handover
from db.tables.people import Contact
from db.tables.programme import ProposedAdjustment
from db.tables.reporting import (
    Obligation,
    ObligationState,
    ProgressNote,
    Report,
    ReportDraft,
    ReportSource,
)
from db.tables.speech import Message
from domain.policy import Basis
from templates.linking import HowToLink
from templates.message import Message as Typed
from templates.todo import NothingTodo, Todo, TodoKind, TodoLine
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard
from usecases.chasing.answers import know
from usecases.periods import keep_periods
from usecases.policies import apply_policy
from usecases.reporting.agreeing import agree
from usecases.todo import todo

WAN = 10_000
NO_TRIAL = 'extends = "city"\n[ladder]\ntrial_periods = 0\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def asks(session: Session, contact: Contact | None, now: dtm.datetime = NOW) -> Typed:
    (answer,) = todo(session, asker(session, contact, now), None, now)
    return answer.message


def waits(session: Session, contact: Contact, now: dtm.datetime = NOW) -> list[TodoLine]:
    message = asks(session, contact, now)
    return list(message.lines) if isinstance(message, Todo) else []


def owed(session: Session, cast: Cast, name: str = "") -> Obligation:
    listing = cast.listing
    if name:
        listing = builders.a_listing(session, builders.a_project(session, name))
    return builders.an_obligation(session, listing, 11)


def test_the_reporter_sees_what_is_returned_begun_and_not_begun(
    session: Session, cast: Cast
) -> None:
    returned, begun, _ = (owed(session, cast, name) for name in ("", "柳江新高中", "河西水厂"))
    owed(session, cast, "三门江大桥")
    returned.state = ObligationState.RETURNED
    session.add(ReportDraft(obligation_id=begun.id, holder_id=cast.wei.id, touched_at=NOW))
    session.flush()
    due = at(25, 18)
    assert waits(session, cast.wei) == [
        TodoLine(TodoKind.RETURNED, 1, "report.fill", (returned.id,), "白露大道（一期）", due),
        TodoLine(TodoKind.DRAFT, 1, "report.fill", (begun.id,), "柳江新高中", due),
        TodoLine(TodoKind.REPORT, 2, "report.owed", (0,), "三门江大桥", due),
    ]


def test_the_liaison_sees_what_waits_for_review_the_oldest_named(
    session: Session, cast: Cast
) -> None:
    for name, when in (("", at(17, 16)), ("柳江新高中", at(16, 16))):
        obligation = owed(session, cast, name)
        obligation.state = ObligationState.SUBMITTED
        session.add(
            Report(
                obligation_id=obligation.id,
                revision=1,
                author_id=cast.wei.id,
                source=ReportSource.CHAT,
                basis=Basis.EXPECTED_TO_MONTH_END,
                submitted_at=when,
            )
        )
    session.flush()
    assert waits(session, cast.huang) == [
        TodoLine(TodoKind.REVIEW, 2, "review.page", (0,), "柳江新高中", at(18, 18))
    ]
    assert waits(session, cast.wei) == []


def test_the_office_sees_the_holes(session: Session, cast: Cast) -> None:
    cast.qin.telegram_user_id = None
    session.flush()
    assert TodoKind.HOLE in {line.kind for line in waits(session, cast.meng)}
    assert TodoKind.HOLE not in {line.kind for line in waits(session, cast.huang)}


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan", "ou"])
def test_where_nothing_waits_it_says_so(session: Session, cast: Cast, who: str) -> None:
    assert asks(session, getattr(cast, who)) == NothingTodo()


@pytest.mark.usefixtures("cast")
def test_strangers_hear_how_to_link(session: Session) -> None:
    assert asks(session, None) == HowToLink()


def test_who_was_alarmed_and_has_not_answered_is_told_so(session: Session, cast: Cast) -> None:
    apply_policy(session, None, NO_TRIAL, NOW)
    keep_periods(session, NOW)
    for when in (at(25, 9), at(26, 9), at(27, 9)):
        heard(session, when)
    (line,) = waits(session, cast.qin, at(27, 10))
    assert (line.kind, line.count, line.name) == (TodoKind.ALERT, 1, "白露大道（一期）")
    alert = session.exec(
        select(Message).where(Message.contact_id == cast.qin.id).order_by(col(Message.id).desc())
    ).first()
    know(session, asker(session, cast.qin, at(27, 10)).on(alert), None, at(27, 10))
    assert waits(session, cast.qin, at(27, 10)) == []


def test_the_office_sees_what_waits_for_its_word(session: Session, cast: Cast) -> None:
    apply_policy(session, None, NO_TRIAL, NOW)
    keep_periods(session, NOW)
    for when in (at(25, 9), at(26, 9), at(27, 9), at(30, 9)):
        heard(session, when)
    kinds = {line.kind: line.count for line in waits(session, cast.meng, at(30, 10))}
    assert kinds[TodoKind.RELEASE] == 1


def test_the_liaison_sees_whom_a_project_is_to_be_handed_to(session: Session, cast: Cast) -> None:
    row = Handover(
        project_id=cast.project.id,
        from_contact_id=cast.wei.id,
        named="莫某",
        asked_at=NOW,
    )
    session.add(row)
    session.flush()
    assert waits(session, cast.huang) == [
        TodoLine(TodoKind.HANDOVER, 1, "handover.open", (row.id,), "韦信息员")
    ]


def test_the_liaison_sees_what_is_to_be_adopted(session: Session, cast: Cast) -> None:
    session.add(
        ProgressNote(
            project_id=cast.project.id, text="路基贯通", noted_by_id=cast.wei.id, noted_at=NOW
        )
    )
    session.flush()
    assert waits(session, cast.huang) == [TodoLine(TodoKind.NOTE, 1, "update.queue")]
    assert waits(session, cast.ou) == []


def test_a_correction_of_a_closed_month_waits_for_the_liaison_then_for_the_office(
    session: Session, cast: Cast
) -> None:
    row = ProposedAdjustment(
        project_id=cast.project.id,
        year=2026,
        month=10,
        amount=-20 * WAN,
        reason="设备款重复",
        asked_by_id=cast.wei.id,
        asked_at=NOW,
    )
    session.add(row)
    session.flush()
    line = TodoLine(TodoKind.ADJUSTMENT, 1, "correct.show", (row.id,), "白露大道（一期）")
    assert line in waits(session, cast.huang)
    assert line not in waits(session, cast.meng)
    agree(session, asker(session, cast.huang), row.id, NOW)
    assert line not in waits(session, cast.huang)
    assert line in waits(session, cast.meng)
    agree(session, asker(session, cast.meng), row.id, NOW)
    assert line not in waits(session, cast.meng)
