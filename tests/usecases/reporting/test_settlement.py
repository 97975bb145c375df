"""年终核定: December's accepted figures may be settled until the policy's day."""

import datetime as dtm

import pytest
from sqlmodel import Session

from db.tables.reporting import Obligation, ObligationState
from db.tables.speech import MessageState, Urgency
from domain.reporting.filling import Step
from templates.reviewing import ReviewCard
from tests import builders
from tests.builders import LONG_AGO, Cast, asker
from tests.rounds import OFFICE, name_of
from tests.usecases.reporting.conversing import Talk, only, reports_of, words
from usecases import composing
from usecases.reporting import correcting, reviewing
from usecases.reporting.settlement import remind_of_settlement

WAN = 10_000


def january(day: int, hour: int) -> dtm.datetime:
    """An instant of January 2027 by the office's clock; the 10th is a Sunday."""
    return dtm.datetime(2027, 1, day, hour, tzinfo=OFFICE)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    for month in range(1, 13):
        builders.an_accepted_month(
            session, cast.listing, month, 900 * WAN, progress="路基72%", at=LONG_AGO
        )
    return cast


@pytest.fixture
def december(session: Session, cast: Cast) -> Obligation:
    return builders.an_obligation(session, cast.listing, 12, state=ObligationState.ACCEPTED)


def told(session: Session, now: dtm.datetime) -> list[tuple[str, str]]:
    """Who is told what by the settlement's duty at this instant."""
    remind_of_settlement(session, now)
    said = []
    while row := composing.compose_next(session, Urgency.ROUTINE, now, frozenset()):
        row.state, row.sent_at = MessageState.SENT, now
        said.append((name_of(session, row), row.text))
    return said


def test_reporters_hear_once_that_december_may_be_settled(
    session: Session, cast: Cast, december: Obligation
) -> None:
    assert told(session, january(4, 10)) == []
    ((name, text),) = told(session, january(7, 10))
    assert (name, december.project_id) == ("韦信息员", cast.project.id)
    assert "2026年12月数可核定至1月11日(周一)18:00" in text
    assert told(session, january(8, 10)) == []


def test_after_the_day_nobody_is_reminded(session: Session, december: Obligation) -> None:
    assert december.state is ObligationState.ACCEPTED
    assert told(session, january(12, 10)) == []


def test_closed_books_are_not_settled(session: Session, december: Obligation) -> None:
    builders.a_period(session, 12).closed_at = january(6, 10)
    assert december.state is ObligationState.ACCEPTED
    assert told(session, january(7, 10)) == []


@pytest.mark.parametrize(("day", "called"), [(7, "年终核定：按年底实际"), (13, "更正：按年底实际")])
def test_a_correction_of_december_in_time_is_called_a_settlement(
    session: Session, cast: Cast, december: Obligation, day: int, called: str
) -> None:
    now = january(day, 10)
    wei = Talk(session, cast.wei, december, now)
    correcting.ask(session, asker(session, cast.wei, now), december.id, now)
    wei.types("按年底实际")
    wei.edits(Step.INVESTED)
    wei.submits(wei.types("1000万"))
    report = reports_of(session, december)[-1]
    card = only(reviewing.show(session, asker(session, cast.huang, now), report.id, now))
    assert isinstance(card, ReviewCard)
    assert called in words(card)
