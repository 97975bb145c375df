"""封账: the office sees what is missing, confirms, and nothing of the month changes afterwards."""

from typing import TypeVar

import pytest
from sqlmodel import Session, select

from db.tables.audit import AuditEntry
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from domain.access import ScopeKind
from domain.vocabulary import Role
from templates.closing import BooksClosed, BooksList, CloseBooks
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reporting import ReportNotOpen, ReportQuestion
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.rounds import at, heard, names_heard
from tests.usecases.reporting.conversing import Talk
from usecases.answers import Answers
from usecases.obligations import obligation_changed
from usecases.periods import keep_periods
from usecases.reporting import closing
from usecases.reporting.closing import Shown

BEFORE, T1 = at(25, 17), at(26, 9)
Kind = TypeVar("Kind", bound=Message)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW)
    return cast


@pytest.fixture
def november(session: Session, cast: Cast) -> ReportingPeriod:
    assert cast.listing.id
    return session.exec(select(ReportingPeriod).where(ReportingPeriod.month == 11)).one()


def only(answers: Answers, kind: type[Kind]) -> Kind:
    (answer,) = answers
    assert isinstance(answer.message, kind), answer.message
    return answer.message


def shown(session: Session, cast: Cast, november: ReportingPeriod) -> CloseBooks:
    meng = asker(session, cast.meng, T1)
    return only(closing.show(session, meng, november.id, T1), CloseBooks)


def closed(session: Session, cast: Cast, november: ReportingPeriod) -> BooksClosed:
    card = shown(session, cast, november)
    pressed = Shown(november.id, card.digest)
    return only(closing.confirm(session, asker(session, cast.meng, T1), pressed, T1), BooksClosed)


def test_what_is_missing_is_listed_before_anything_is_closed(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    first = session.exec(select(Obligation).order_by(Obligation.id)).first()  # type: ignore[arg-type]
    assert first is not None
    first.state = ObligationState.SUBMITTED
    card = shown(session, cast, november)
    assert [(line.name, line.is_waiting) for line in card.lines] == [
        ("柳江新高中", False),
        ("白露大道（一期）", True),
    ]
    assert (card.standings.expected, card.standings.missing, card.standings.waiting) == (2, 1, 1)
    assert november.closed_at is None


def test_late_is_not_locked_until_the_books_are_closed(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    owed = session.exec(select(Obligation).where(Obligation.project_id == cast.project.id)).one()
    talk = Talk(session, cast.wei, owed, T1)
    assert isinstance(talk.fills(), ReportQuestion)
    closed(session, cast, november)
    assert isinstance(talk.fills(), ReportNotOpen)


def test_nobody_is_chased_about_closed_books(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    heard(session, at(25, 9))
    closed(session, cast, november)
    for day in (26, 27, 30):
        assert names_heard(session, at(day, 9)) == []


def test_the_record_says_who_closed_them_and_when(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    message = closed(session, cast, november)
    assert (message.by, message.at) == (cast.meng.name, T1)
    assert (november.closed_by_id, november.closed_at) == (cast.meng.id, T1)
    entry = session.exec(select(AuditEntry).where(AuditEntry.action == "books.closed")).one()
    assert entry.details == {"missing": 2, "waiting": 0}


def test_what_changed_since_it_was_shown_is_shown_again(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    card = shown(session, cast, november)
    owed = session.exec(select(Obligation).where(Obligation.project_id == cast.project.id)).one()
    owed.state = ObligationState.SUBMITTED
    obligation_changed(session, owed, T1)
    meng = asker(session, cast.meng, T1)
    again = only(closing.confirm(session, meng, Shown(november.id, card.digest), T1), CloseBooks)
    assert again.is_stale
    assert november.closed_at is None


def test_a_month_not_yet_due_is_not_offered_and_not_closed(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    meng = asker(session, cast.meng, BEFORE)
    assert only(closing.close(session, meng, None, BEFORE), BooksList).books == ()
    only(closing.show(session, meng, november.id, BEFORE), StaleButton)
    only(closing.confirm(session, meng, Shown(november.id, 0), BEFORE), StaleButton)
    assert november.closed_at is None


def test_closed_books_are_listed_no_more_and_stay_closed(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    meng = asker(session, cast.meng, T1)
    assert len(only(closing.close(session, meng, None, T1), BooksList).books) == 1
    closed(session, cast, november)
    assert only(closing.close(session, meng, None, T1), BooksList).books == ()
    later = at(27, 9)
    only(closing.confirm(session, meng, Shown(november.id, 1), later), BooksClosed)
    assert november.closed_at == T1


def test_the_other_coordinators_hear_of_it(
    session: Session, cast: Cast, november: ReportingPeriod
) -> None:
    second = builders.a_contact(session, "农协调员", account=1020)
    builders.an_assignment(session, second, Role.COORDINATOR, ScopeKind.ALL)
    closed(session, cast, november)
    ((name, lines),) = heard(session, T1)
    assert name == second.name
    assert lines[0] == "✅ 2026年11月已封账"


@pytest.mark.parametrize("who", ["wei", "huang", "qin", "lu", "tan"])
def test_only_the_office_closes_books(
    session: Session, cast: Cast, november: ReportingPeriod, who: str
) -> None:
    person = asker(session, getattr(cast, who), T1)
    only(closing.close(session, person, None, T1), NotYours)
    only(closing.confirm(session, person, Shown(november.id, 0), T1), NotYours)
