import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.programme import Listing
from db.tables.reporting import Obligation, ObligationState, ReportingPeriod
from domain.vocabulary import ActualState, Level, PlanCategory
from tests import builders
from tests.builders import NOW, Cast
from usecases.periods import keep_periods
from usecases.policies import apply_policy

QUARTERLY = 'extends = "city"\n[reporting]\npreparatory = "quarterly"\n'
MERGED = 'extends = "city"\n[reporting]\nmerged_months = [[1, 2]]\n'
OPENING = dtm.datetime(2026, 11, 14, 16, 0, tzinfo=dtm.UTC)  # 15 November, 00:00 in the office
DUE = dtm.datetime(2026, 11, 25, 10, 0, tzinfo=dtm.UTC)
MINUTE = dtm.timedelta(minutes=1)


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


pytestmark = pytest.mark.usefixtures("cast")


def owed(session: Session) -> list[Obligation]:
    return list(session.exec(select(Obligation).order_by(Obligation.id)))  # type: ignore[arg-type]


def months(session: Session) -> list[tuple[int, int]]:
    return sorted((row.year, row.month) for row in session.exec(select(ReportingPeriod)))


def withdraw(session: Session, listing: Listing) -> None:
    listing.withdrawn_at = NOW
    session.add(listing)
    session.flush()


def test_a_period_opens_on_its_day_and_not_before(session: Session, cast: Cast) -> None:
    keep_periods(session, OPENING - MINUTE)
    assert months(session) == []
    keep_periods(session, OPENING)
    assert months(session) == [(2026, 11)]
    (obligation,) = owed(session)
    assert obligation.project_id == cast.project.id
    assert obligation.due_at == DUE
    # 20 November, 09:00: the third working day before.
    assert obligation.next_act_at == dtm.datetime(2026, 11, 20, 1, 0, tzinfo=dtm.UTC)


def test_a_period_whose_due_time_is_past_is_never_opened(session: Session) -> None:
    keep_periods(session, DUE)
    assert months(session) == []


def test_opening_twice_changes_nothing(session: Session) -> None:
    assert keep_periods(session, NOW) == 1
    assert keep_periods(session, NOW) == 0
    assert len(owed(session)) == 1


def test_a_project_listed_at_two_levels_reports_once(session: Session, cast: Cast) -> None:
    region = builders.a_programme(session, level=Level.REGION)
    second = builders.a_listing(session, cast.project, programme=region)
    keep_periods(session, NOW)
    (obligation,) = owed(session)
    assert obligation.listing_id == second.id


def test_a_listing_added_while_the_month_is_open_owes_it_too(session: Session) -> None:
    keep_periods(session, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW + MINUTE)
    assert len(owed(session)) == 2


def test_a_listing_added_after_the_due_time_does_not(session: Session) -> None:
    keep_periods(session, NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, DUE)
    assert len(owed(session)) == 1


def test_a_withdrawn_project_owes_nothing_more(session: Session, cast: Cast) -> None:
    keep_periods(session, NOW)
    withdraw(session, cast.listing)
    keep_periods(session, NOW + MINUTE)
    (obligation,) = owed(session)
    assert obligation.state is ObligationState.WITHDRAWN
    assert obligation.next_act_at is None


def test_a_project_withdrawn_at_one_level_still_reports_at_the_other(
    session: Session, cast: Cast
) -> None:
    region = builders.a_programme(session, level=Level.REGION)
    second = builders.a_listing(session, cast.project, programme=region)
    keep_periods(session, NOW)
    withdraw(session, second)
    keep_periods(session, NOW + MINUTE)
    (obligation,) = owed(session)
    assert obligation.state is ObligationState.OPEN
    assert obligation.listing_id == cast.listing.id


def test_a_project_listed_again_owes_its_report_again(session: Session, cast: Cast) -> None:
    keep_periods(session, NOW)
    withdraw(session, cast.listing)
    keep_periods(session, NOW + MINUTE)
    cast.listing.withdrawn_at = None
    session.add(cast.listing)
    session.flush()
    keep_periods(session, NOW + 2 * MINUTE)
    (obligation,) = owed(session)
    assert obligation.state is ObligationState.OPEN
    assert obligation.next_act_at is not None


def test_an_accepted_report_outlives_the_withdrawal(session: Session, cast: Cast) -> None:
    keep_periods(session, NOW)
    (obligation,) = owed(session)
    obligation.state = ObligationState.ACCEPTED
    withdraw(session, cast.listing)
    keep_periods(session, NOW + MINUTE)
    assert obligation.state is ObligationState.ACCEPTED


def test_preparatory_projects_report_by_the_quarter_where_the_policy_says_so(
    session: Session, cast: Cast
) -> None:
    apply_policy(session, None, QUARTERLY, NOW)
    preparatory = builders.a_listing(
        session,
        builders.a_project(session, "柳江新高中"),
        plan_category=PlanCategory.PREPARATORY,
    )
    keep_periods(session, NOW)
    assert [row.listing_id for row in owed(session)] == [cast.listing.id]
    december = dtm.datetime(2026, 12, 16, 2, 0, tzinfo=dtm.UTC)
    keep_periods(session, december)
    assert preparatory.id in [row.listing_id for row in owed(session)]


def test_merged_months_are_owed_together(session: Session, cast: Cast) -> None:
    apply_policy(session, None, MERGED, NOW)
    builders.a_listing(session, cast.project, programme=builders.a_programme(session, 2027))
    for month in (1, 2):
        keep_periods(session, dtm.datetime(2027, month, 20, tzinfo=dtm.UTC))
    assert months(session) == [(2027, 2)]


def test_december_belongs_to_the_old_years_plan(session: Session, cast: Cast) -> None:
    builders.a_listing(session, cast.project, programme=builders.a_programme(session, 2027))
    keep_periods(session, dtm.datetime(2026, 12, 16, tzinfo=dtm.UTC))
    assert [row.listing_id for row in owed(session)] == [cast.listing.id]


@pytest.mark.parametrize(
    ("state", "count"), [(ActualState.UNDER_CONSTRUCTION, 1), (ActualState.COMPLETED, 0)]
)
def test_until_the_new_plan_is_out_only_what_is_unfinished_reports(
    session: Session, cast: Cast, state: ActualState, count: int
) -> None:
    cast.project.actual_state = state
    session.add(cast.project)
    session.flush()
    keep_periods(session, dtm.datetime(2027, 1, 18, tzinfo=dtm.UTC))
    assert len(owed(session)) == count


def test_an_open_month_keeps_its_policy(session: Session) -> None:
    keep_periods(session, NOW)
    apply_policy(session, None, 'extends = "city"\n[reporting]\nday = 28\n', NOW)
    builders.a_listing(session, builders.a_project(session, "柳江新高中"))
    keep_periods(session, NOW + MINUTE)
    assert {row.due_at for row in owed(session)} == {DUE}
    assert len({row.policy_version_id for row in owed(session)}) == 1
