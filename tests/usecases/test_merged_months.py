"""January and February reported together: one figure, and neither month is missing."""

import pytest
from sqlmodel import Session

from db.tables.reporting import ObligationState, Report
from domain.periods import Period
from templates.status import ProjectHistory
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.usecases.reporting.conversing import Talk, only, words
from usecases.asked import WantedPage
from usecases.ledgers import records_of
from usecases.policies import apply_policy
from usecases.status import show_history

WAN = 10_000
JANUARY, FEBRUARY, MARCH = (Period(2026, month) for month in (1, 2, 3))
MERGED = 'extends = "city"\n[reporting]\nmerged_months = [[1, 2]]\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    apply_policy(session, None, MERGED, NOW)
    builders.an_accepted_month(
        session, cast.listing, 2, 1900 * WAN, progress="路基10%", at=LONG_AGO
    )
    return cast


def test_a_figure_for_merged_months_covers_both(session: Session, cast: Cast) -> None:
    record = records_of(session, [cast.project.id])[cast.project.id]
    total = record.ledger.year_to_date(FEBRUARY)
    assert (total.yuan, total.missing) == (1900 * WAN, ())
    assert record.latest[FEBRUARY].first == JANUARY


def test_a_month_told_by_itself_is_not_counted_beside_the_merged_ones(
    session: Session, cast: Cast
) -> None:
    builders.an_accepted_month(session, cast.listing, 1, 700 * WAN, at=LONG_AGO)
    ledger = records_of(session, [cast.project.id])[cast.project.id].ledger
    assert ledger.year_to_date(FEBRUARY).yuan == 1900 * WAN


def test_merged_months_are_called_so(session: Session, cast: Cast) -> None:
    page = WantedPage(cast.project.id, 0)
    history = only(show_history(session, asker(session, cast.ou), page, NOW))
    assert isinstance(history, ProjectHistory)
    assert "1—2月 1,900万元" in words(history)


def test_march_follows_the_merged_months_without_a_gap(session: Session, cast: Cast) -> None:
    march = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 3))
    asked = march.fills()
    assert "年初到2月底审定累计" not in words(asked)
    march.types("3亿")
    said = words(march.fills())
    assert "审定累计 1,900万元" in said
    assert "缺" not in said


def test_the_report_of_merged_months_asks_for_both(session: Session, cast: Cast) -> None:
    obligation = builders.an_obligation(session, cast.listing, 2, state=ObligationState.OPEN)
    session.delete(session.get_one(Report, 1))
    session.flush()
    wei = Talk(session, cast.wei, obligation)
    wei.fills()
    assert "1—2月完成投资多少" in words(wei.types("3亿"))
