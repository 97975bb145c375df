"""A correction that waits for its review when the books are closed is not lost, and not stuck."""

import pytest
from sqlmodel import Session, select

from db.tables.programme import Adjustment, ProposedAdjustment
from db.tables.reporting import Obligation, ObligationState, Verdict
from domain.periods import Period
from domain.reporting.filling import Step
from templates.closing import BooksClosed, CloseBooks
from templates.correcting import ClosedCorrection
from templates.reviewing import ReviewSettled
from tests import builders
from tests.builders import LONG_AGO, Cast, asker
from tests.rounds import at, heard
from tests.usecases.reporting.conversing import Talk, only, reports_of
from usecases.ledgers import records_of
from usecases.reporting import agreeing, closing, correcting, reviewing
from usecases.reporting.closing import Shown

WAN = 10_000
NOW = at(26, 9)
OCTOBER = Period(2026, 10)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    for month in range(1, 11):
        builders.an_accepted_month(
            session, cast.listing, month, 900 * WAN, progress="路基72%", at=LONG_AGO
        )
    return cast


@pytest.fixture
def october(session: Session, cast: Cast) -> Obligation:
    """October, corrected from 900 to 880 and not reviewed again when its books are closed."""
    owed = builders.an_obligation(session, cast.listing, 10, state=ObligationState.ACCEPTED)
    correcting.ask(session, asker(session, cast.wei), owed.id, NOW)
    wei = Talk(session, cast.wei, owed, NOW)
    wei.types("设备款重复")
    wei.edits(Step.INVESTED)
    wei.submits(wei.types("880万"))
    assert owed.state is ObligationState.SUBMITTED
    office = asker(session, cast.meng)
    card = only(closing.show(session, office, owed.period_id, NOW))
    assert isinstance(card, CloseBooks)
    shown = Shown(owed.period_id, card.digest)
    closed = only(closing.confirm(session, office, shown, NOW))
    assert isinstance(closed, BooksClosed)
    assert (closed.standings.accepted, closed.standings.waiting) == (1, 0)
    return owed


def test_what_was_accepted_counts_meanwhile(
    session: Session, cast: Cast, october: Obligation
) -> None:
    assert october.state is ObligationState.ACCEPTED
    assert [one.verdict for one in reports_of(session, october)] == [
        Verdict.ACCEPTED,
        Verdict.SUPERSEDED,
    ]
    ledger = records_of(session, [cast.project.id])[cast.project.id].ledger
    assert ledger.month(OCTOBER) == 900 * WAN
    settled = only(
        reviewing.show(
            session, asker(session, cast.huang), reports_of(session, october)[-1].id, NOW
        )
    )
    assert isinstance(settled, ReviewSettled)


@pytest.mark.usefixtures("october")
def test_what_differs_is_proposed_to_the_liaison_and_the_office(
    session: Session, cast: Cast
) -> None:
    said = dict(heard(session, NOW))
    assert "-20万元" in "".join(said[cast.huang.name])
    row = session.exec(select(ProposedAdjustment)).one()
    assert (row.month, row.amount, row.reason, row.asked_by_id) == (
        10,
        -20 * WAN,
        "设备款重复",
        cast.wei.id,
    )
    for who in (cast.huang, cast.meng):
        answer = only(agreeing.agree(session, asker(session, who), row.id, NOW))
        assert isinstance(answer, ClosedCorrection)
    adjusted = session.exec(select(Adjustment)).one()
    assert (adjusted.month, adjusted.counts_from_month, adjusted.amount) == (10, 11, -20 * WAN)
