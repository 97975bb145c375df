"""/todo: what waits for me, whatever my role."""

import pytest
from sqlmodel import Session

from db.tables.people import Contact
from db.tables.reporting import Obligation, ObligationState, Report, ReportDraft, ReportSource
from domain.policy import Basis
from templates.linking import HowToLink
from templates.message import Message
from templates.todo import NothingTodo, Todo, TodoKind, TodoLine
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at
from usecases.todo import todo


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


def asks(session: Session, contact: Contact | None) -> Message:
    (answer,) = todo(session, asker(session, contact), None, NOW)
    return answer.message


def waits(session: Session, contact: Contact) -> list[TodoLine]:
    message = asks(session, contact)
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
