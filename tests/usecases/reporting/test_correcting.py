"""更正: an accepted month once more, before its books are closed and after."""

import pytest
from sqlmodel import Session, select

from db.tables.people import Contact
from db.tables.programme import Adjustment, ProposedAdjustment
from db.tables.reporting import Obligation, ObligationState, Verdict
from domain.periods import Period
from domain.reporting.filling import Step
from templates.correcting import (
    AskClosedAmount,
    AskClosedReason,
    AskCorrection,
    ClosedCorrection,
    ProposalState,
    WhichCorrection,
)
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.reporting import ReportCard, ReportNotOpen
from templates.reviewing import ReviewCard
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.rounds import heard
from tests.usecases.reporting.conversing import Talk, only, reports_of, words
from usecases import dialogs
from usecases.ledgers import records_of
from usecases.lookup import look_up
from usecases.reporting import after_books, agreeing, correcting, reviewing

WAN = 10_000
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)
_HEAR = dialogs.hear(look_up)


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
    return builders.an_obligation(session, cast.listing, 10, state=ObligationState.ACCEPTED)


@pytest.fixture
def wei(session: Session, cast: Cast, october: Obligation) -> Talk:
    return Talk(session, cast.wei, october)


def asks(session: Session, who: Contact | None, obligation: Obligation) -> Message:
    return only(correcting.ask(session, asker(session, who), obligation.id, NOW))


def corrects(session: Session, wei: Talk, amount: str) -> Message:
    asks(session, wei.contact, wei.obligation)
    wei.types("设备款重复")
    wei.edits(Step.INVESTED)
    return wei.submits(wei.types(amount))


def in_october(session: Session, cast: Cast) -> int | None:
    return records_of(session, [cast.project.id])[cast.project.id].ledger.month(OCTOBER)


def says(session: Session, who: Contact, text: str) -> Message:
    return only(_HEAR(session, asker(session, who), text, NOW))


def closes_books(session: Session) -> None:
    builders.a_period(session, 10).closed_at = NOW
    builders.a_period(session, 11)
    session.flush()


def test_figures_change_only_when_the_correction_is_accepted(
    session: Session, cast: Cast, wei: Talk, october: Obligation
) -> None:
    assert isinstance(asks(session, cast.wei, october), AskCorrection)
    card = wei.types("设备款重复")
    assert "更正：设备款重复" in words(card)
    wei.edits(Step.INVESTED)
    wei.submits(wei.types("800万"))
    assert october.state is ObligationState.SUBMITTED
    assert in_october(session, cast) == 900 * WAN

    report = reports_of(session, october)[-1]
    assert report.revision == 2
    shown = only(reviewing.show(session, asker(session, cast.huang), report.id, NOW))
    assert isinstance(shown, ReviewCard)
    assert "更正：设备款重复" in words(shown)
    assert "原审定本月 900万元" in words(shown)

    reviewing.accept(session, asker(session, cast.huang), report.id, NOW)
    assert in_october(session, cast) == 800 * WAN
    then = records_of(session, [cast.project.id])[cast.project.id].ledger.known_by(LONG_AGO)
    assert then.month(OCTOBER) == 900 * WAN
    assert [one.verdict for one in reports_of(session, october)] == [Verdict.ACCEPTED] * 2


def test_what_a_correction_replaced_is_not_undone_behind_it(
    session: Session, cast: Cast, wei: Talk, october: Obligation
) -> None:
    first = reports_of(session, october)[0]
    first.verdict_at = NOW
    corrects(session, wei, "800万")
    huang = asker(session, cast.huang)
    assert isinstance(only(reviewing.undo(session, huang, first.id, NOW)), StaleButton)
    reviewing.accept(session, huang, reports_of(session, october)[-1].id, NOW)
    assert isinstance(only(reviewing.undo(session, huang, first.id, NOW)), StaleButton)
    assert in_october(session, cast) == 800 * WAN


def test_a_correction_needs_a_reason(session: Session, cast: Cast, wei: Talk) -> None:
    asks(session, cast.wei, wei.obligation)
    again = wei.types("长" * 501)
    assert isinstance(again, AskCorrection)
    assert again.is_unfit
    assert isinstance(wei.types("设备款重复"), ReportCard)


def test_a_returned_correction_leaves_the_month_accepted(
    session: Session, cast: Cast, wei: Talk, october: Obligation
) -> None:
    corrects(session, wei, "800万")
    report = reports_of(session, october)[-1]
    huang = asker(session, cast.huang)
    reviewing.give_reason(session, huang, reviewing.Reason(report.id, 0), NOW)
    assert october.state is ObligationState.ACCEPTED
    assert in_october(session, cast) == 900 * WAN
    assert "韦信息员" in dict(heard(session, NOW))
    again = wei.fills()
    assert "审核意见" in words(again)
    wei.submits(again)
    assert [one.verdict for one in reports_of(session, october)][-1] is Verdict.PENDING


def test_a_correction_taken_back_leaves_the_month_accepted(
    session: Session, cast: Cast, wei: Talk, october: Obligation
) -> None:
    corrects(session, wei, "800万")
    wei.withdraws()
    assert october.state is ObligationState.ACCEPTED
    assert in_october(session, cast) == 900 * WAN


def test_a_correction_is_never_accepted_among_many(session: Session, cast: Cast, wei: Talk) -> None:
    corrects(session, wei, "800万")
    queue = only(reviewing.review(session, asker(session, cast.huang), None, NOW))
    assert "1项月报待您审核" in words(queue)
    assert "无疑问" not in words(queue)


def test_a_correction_states_no_problem_twice(
    session: Session, cast: Cast, wei: Talk, october: Obligation
) -> None:
    builders.a_problem(session, cast.project)
    corrects(session, wei, "800万")
    report = reports_of(session, october)[-1]
    reviewing.accept(session, asker(session, cast.huang), report.id, NOW)
    known = asker(session, cast.huang)
    shown = only(reviewing.show(session, known, report.id, NOW))
    assert "已经通过" in words(shown)
    assert october.state is ObligationState.ACCEPTED


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("wei", AskCorrection),
        ("huang", AskCorrection),
        ("meng", AskCorrection),
        ("qin", NotYours),
        ("lu", NotYours),
        ("tan", NotYours),
        ("ou", NotYours),
    ],
)
def test_the_reporter_the_liaison_and_the_office_may_ask_for_a_correction(
    session: Session, cast: Cast, october: Obligation, name: str, expected: type[Message]
) -> None:
    assert isinstance(asks(session, getattr(cast, name), october), expected)
    which = correcting.which(session, asker(session, getattr(cast, name)), cast.project.id, NOW)
    assert isinstance(only(which), WhichCorrection if expected is AskCorrection else NotYours)


def test_a_month_that_was_not_accepted_is_not_corrected(session: Session, cast: Cast) -> None:
    november = builders.an_obligation(session, cast.listing, 11)
    assert isinstance(asks(session, cast.wei, november), StaleButton)
    assert isinstance(asks(session, None, november), HowToLink)


def test_an_accepted_month_offers_its_correction(wei: Talk) -> None:
    said = wei.fills()
    assert isinstance(said, ReportNotOpen)
    assert said.may_correct


def test_after_the_books_liaison_and_office_agree_and_it_counts_in_the_open_month(
    session: Session, cast: Cast, october: Obligation
) -> None:
    closes_books(session)
    assert isinstance(asks(session, cast.wei, october), AskClosedAmount)
    assert isinstance(says(session, cast.wei, "核减200万"), AskClosedReason)
    proposed = says(session, cast.wei, "设备款重复")
    assert isinstance(proposed, ClosedCorrection)
    assert proposed.state is ProposalState.LIAISON
    assert session.exec(select(Adjustment)).all() == []
    row = session.exec(select(ProposedAdjustment)).one()

    early = only(agreeing.agree(session, asker(session, cast.meng), row.id, NOW))
    assert isinstance(early, ClosedCorrection)
    assert early.state is ProposalState.LIAISON
    agreeing.agree(session, asker(session, cast.huang), row.id, NOW)
    assert session.exec(select(Adjustment)).all() == []
    agreeing.agree(session, asker(session, cast.meng), row.id, NOW)
    agreeing.agree(session, asker(session, cast.meng), row.id, NOW)

    counted = session.exec(select(Adjustment)).one()
    assert (counted.month, counted.counts_from_month, counted.amount) == (10, 11, -200 * WAN)
    assert in_october(session, cast) == 900 * WAN
    ledger = records_of(session, [cast.project.id])[cast.project.id].ledger
    assert ledger.year_to_date(NOVEMBER).yuan == 8800 * WAN


def test_a_refused_correction_of_a_closed_month_counts_for_nothing(
    session: Session, cast: Cast, october: Obligation
) -> None:
    closes_books(session)
    asks(session, cast.huang, october)
    says(session, cast.huang, "+35万")
    proposed = says(session, cast.huang, "漏报")
    assert isinstance(proposed, ClosedCorrection)
    assert proposed.state is ProposalState.OFFICE
    refused = only(agreeing.refuse(session, asker(session, cast.meng), proposed.proposal_id, NOW))
    assert isinstance(refused, ClosedCorrection)
    assert refused.state is ProposalState.REFUSED
    assert session.exec(select(Adjustment)).all() == []


def test_an_amount_without_a_sign_is_asked_about_after_the_books_too(
    session: Session, cast: Cast, october: Obligation
) -> None:
    closes_books(session)
    asks(session, cast.wei, october)
    doubted = says(session, cast.wei, "200万")
    assert isinstance(doubted, AskClosedAmount)
    assert doubted.candidates == (200 * WAN, -200 * WAN)
    wei = asker(session, cast.wei)
    assert isinstance(only(after_books.press_amount(session, wei, 7, NOW)), StaleButton)
    pressed = only(after_books.press_amount(session, wei, -200 * WAN, NOW))
    assert isinstance(pressed, AskClosedReason)


def test_others_see_nothing_of_a_proposed_correction(
    session: Session, cast: Cast, october: Obligation
) -> None:
    closes_books(session)
    asks(session, cast.wei, october)
    says(session, cast.wei, "核减200万")
    says(session, cast.wei, "设备款重复")
    row = session.exec(select(ProposedAdjustment)).one()
    for name in ("lu", "tan", "ou", "qin"):
        who = asker(session, getattr(cast, name))
        assert isinstance(only(agreeing.show(session, who, row.id, NOW)), NotYours)
        assert isinstance(only(agreeing.agree(session, who, row.id, NOW)), NotYours)
    assert row.liaison_id is None
