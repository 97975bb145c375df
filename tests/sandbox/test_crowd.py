"""The others of the sample office do their month's work; what is the visitor's is left alone."""

import datetime as dtm
from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from db.session import Database
from db.tables.programme import ResponsibleUnit
from db.tables.reporting import Obligation, ObligationState, Report, Verdict
from sandbox import crowd
from sandbox.crowd import Stage, report, review, stage_of
from sandbox.sample import guangxi
from sandbox.seeding import SAMPLE_DAY, seed
from tests.sandbox.small import shrunk
from usecases.periods import keep_periods

# The month the sample office is in the middle of is due on 25 November, 18:00.
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
LATE_ONES = DUE + dtm.timedelta(days=1)
LATER_ONES = DUE + dtm.timedelta(days=2)
A_WEEK = dtm.timedelta(days=7)
AWAITED = (ObligationState.OPEN, ObligationState.RETURNED)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('crowd') / 'seeded.db'}")
    seed(database, [shrunk(guangxi())])
    yield database
    database.dispose()


@pytest.fixture
def office(seeded: Database) -> Iterator[Session]:
    """The sample office; what a test does in it is not kept."""
    with Session(seeded.engine) as session:
        keep_periods(session, SAMPLE_DAY)
        yield session
        session.rollback()


@pytest.fixture
def stage(office: Session) -> Stage:
    return stage_of(office, SAMPLE_DAY)


@pytest.fixture
def nobodys() -> Stage:
    return Stage(frozenset(), None)


def all_report(office: Session, stage: Stage, now: dtm.datetime) -> int:
    return sum(iter(lambda: report(office, stage, now), 0))


def all_review(office: Session, stage: Stage, now: dtm.datetime) -> int:
    return sum(iter(lambda: review(office, stage, now), 0))


def outstanding(office: Session) -> set[int]:
    """The projects whose report of the month is still to come."""
    query = select(Obligation.project_id).where(
        col(Obligation.due_at) == DUE, col(Obligation.state).in_(AWAITED)
    )
    return set(office.exec(query))


def one_submitted(office: Session) -> tuple[Report, Obligation]:
    query = (
        select(Report, Obligation)
        .join(Obligation, col(Obligation.id) == col(Report.obligation_id))
        .where(Obligation.state == ObligationState.SUBMITTED, Obligation.due_at == DUE)
        .order_by(col(Report.id))
    )
    found = office.exec(query).first()
    assert found
    return found


def test_everybody_but_the_visitors_people_has_reported_in_time(office: Session) -> None:
    theirs = frozenset(sorted(outstanding(office))[:2])
    assert all_report(office, Stage(theirs, None), DUE) > 0
    assert outstanding(office) == theirs


def test_nobody_reports_before_their_hour(office: Session, stage: Stage) -> None:
    assert all_report(office, stage, DUE - A_WEEK) == 0


def test_a_few_are_late_and_do_report(
    office: Session, nobodys: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd, "_LATE_ONE_IN", 3)
    monkeypatch.setattr(crowd, "_LATER_ONE_IN", 5)
    all_report(office, nobodys, DUE)
    late = outstanding(office)
    assert late
    assert all(project % 3 == 0 or project % 5 == 0 for project in late)
    all_report(office, nobodys, LATE_ONES)
    later = outstanding(office)
    assert later
    assert all(project % 5 == 0 for project in later)
    all_report(office, nobodys, LATER_ONES)
    assert outstanding(office) == set()


def test_their_liaisons_accept_the_next_working_day(office: Session, stage: Stage) -> None:
    all_report(office, stage, DUE)
    all_review(office, stage, DUE)
    all_review(office, stage, LATE_ONES)
    pending = office.exec(select(Report).where(Report.verdict == Verdict.PENDING)).all()
    assert {one.obligation_id for one in pending} <= reviews_of(office, stage)


def test_with_nobody_at_a_phone_nothing_stays_unreviewed(office: Session, nobodys: Stage) -> None:
    all_report(office, nobodys, DUE)
    assert all_review(office, nobodys, LATE_ONES) > 0
    assert office.exec(select(Report).where(Report.verdict == Verdict.PENDING)).all() == []


def test_a_returned_report_is_handed_in_again_with_the_next_revision(
    office: Session, nobodys: Stage
) -> None:
    all_report(office, nobodys, DUE)
    returned, obligation = one_submitted(office)
    returned.verdict, obligation.state = Verdict.RETURNED, ObligationState.RETURNED
    office.add_all([returned, obligation])
    office.flush()
    assert all_report(office, nobodys, DUE) == 1
    again = office.exec(
        select(Report).where(
            Report.obligation_id == obligation.id, Report.verdict == Verdict.PENDING
        )
    ).one()
    assert again.revision == returned.revision + 1
    assert obligation.state is ObligationState.SUBMITTED


def reviews_of(office: Session, stage: Stage) -> set[int]:
    """The obligations whose reports the visitor's liaison reviews, and the visitor's own."""
    led = (
        select(Obligation.id)
        .join(ResponsibleUnit, col(ResponsibleUnit.listing_id) == col(Obligation.listing_id))
        .where(
            ResponsibleUnit.position == 1,
            (col(ResponsibleUnit.organisation_id) == stage.unit_id)
            | col(Obligation.project_id).in_(stage.projects),
        )
    )
    return set(office.exec(led))
