"""Books that are closed at the very moment in which somebody submits: one comes after the other."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

import pytest
from sqlmodel import Session, select

from db.session import Database
from db.tables.programme import BalanceKind, OpeningBalance
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from templates.closing import BooksClosed, CloseBooks
from templates.message import Message
from templates.reporting import ReportCard, ReportNotOpen, ReportSubmitted
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.rounds import at
from tests.usecases.reporting.conversing import Talk
from usecases.periods import keep_periods
from usecases.reporting import closing
from usecases.reporting.closing import Shown

LATE = at(26, 9)
LONG_ENOUGH_TO_COMMIT = 1.0


@pytest.fixture
def database(database: Database) -> Database:
    if database.is_sqlite:
        pytest.skip("SQLite lets one writer in at a time")
    return database


@pytest.fixture
def cast(database: Database) -> Cast:
    with database.transaction() as session:
        cast = builders.the_cast(session)
        session.add(_spent_before(cast))
        for month in range(1, 11):
            builders.an_accepted_month(session, cast.listing, month, 10_000_000, progress="路基72%")
        keep_periods(session, NOW)
    return cast


@pytest.fixture
def card(database: Database, cast: Cast) -> ReportCard:
    """A report filled in, a moment before it is submitted."""
    with database.transaction() as session:
        talk = _talk(session, cast)
        talk.fills()
        for answer in ("1000万", "路基80%", "无"):
            said = talk.types(answer)
    assert isinstance(said, ReportCard), said
    return said


def test_what_is_submitted_first_is_seen_before_the_books_are_closed(
    database: Database, cast: Cast, card: ReportCard
) -> None:
    with database.transaction() as session:
        digest = _books(session, cast).digest
    with ThreadPoolExecutor(1) as threads:
        with database.transaction() as reporter:
            assert isinstance(_talk(reporter, cast).submits(card), ReportSubmitted)
            closed = _meanwhile(threads, lambda: _close(database, cast, digest))
        shown = closed.result()
    assert isinstance(shown, CloseBooks)
    assert shown.is_stale
    assert shown.standings.waiting == 1


def test_nothing_is_submitted_after_the_books_were_closed(
    database: Database, cast: Cast, card: ReportCard
) -> None:
    with database.transaction() as session:
        digest = _books(session, cast).digest
        _owed(session).next_act_at = None
    with ThreadPoolExecutor(1) as threads:
        with database.transaction() as office:
            assert isinstance(_closed(office, cast, digest), BooksClosed)
            submitted = _meanwhile(threads, lambda: _submit(database, cast, card))
        assert isinstance(submitted.result(), ReportNotOpen)
    with database.transaction() as session:
        assert _owed(session).state is ObligationState.OPEN


def _spent_before(cast: Cast) -> OpeningBalance:
    return OpeningBalance(
        project_id=cast.project.id,
        kind=BalanceKind.SINCE_START,
        year=2025,
        month=12,
        amount=300_000_000,
        source="test",
        recorded_at=LONG_AGO,
    )


def _meanwhile(threads: ThreadPoolExecutor, act: Callable[[], Message]) -> Future[Message]:
    """Somebody else acts, with time enough to be done before this transaction is."""
    acting = threads.submit(act)
    wait([acting], timeout=LONG_ENOUGH_TO_COMMIT)
    return acting


def _talk(session: Session, cast: Cast) -> Talk:
    return Talk(session, cast.wei, _owed(session), LATE)


def _owed(session: Session) -> Obligation:
    november = select(Obligation).where(Obligation.period_id == _month_id(session))
    return session.exec(november).one()


def _month_id(session: Session) -> int:
    return session.exec(select(ReportingPeriod.id).where(ReportingPeriod.month == 11)).one()


def _submit(database: Database, cast: Cast, card: ReportCard) -> Message:
    with database.transaction() as session:
        return _talk(session, cast).submits(card)


def _close(database: Database, cast: Cast, digest: int) -> Message:
    with database.transaction() as session:
        return _closed(session, cast, digest)


def _closed(session: Session, cast: Cast, digest: int) -> Message:
    office, shown = asker(session, cast.meng, LATE), Shown(_month_id(session), digest)
    (answer,) = closing.confirm(session, office, shown, LATE)
    return answer.message


def _books(session: Session, cast: Cast) -> CloseBooks:
    office = asker(session, cast.meng, LATE)
    (answer,) = closing.show(session, office, _month_id(session), LATE)
    assert isinstance(answer.message, CloseBooks)
    return answer.message
