"""代录: what was said by phone is entered with its source, and confirmed by the liaison."""

from typing import TypeVar

import pytest
from sqlmodel import Session

from db.tables.people import Contact
from db.tables.reporting import Obligation, ReportSource
from domain.access import ScopeKind
from domain.vocabulary import Role
from templates.by_phone import AskPhoneSource
from templates.message import Message
from templates.refusals import NotYours
from templates.reporting import DraftHeld, ReportCard, ReportQuestion, ReportSubmitted
from templates.reviewing import ReviewCard
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.usecases.reporting.conversing import Talk, only, reports_of
from usecases.reporting import by_phone, reviewing
from usecases.reporting.queue import waiting_for

SOURCE = "城投韦工 11月26日上午来电"
Kind = TypeVar("Kind", bound=Message)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    for month in range(1, 11):
        builders.an_accepted_month(session, cast.listing, month, 10_000_000, progress="路基72%")
    return cast


@pytest.fixture
def november(session: Session, cast: Cast) -> Obligation:
    return builders.an_obligation(session, cast.listing, 11)


def enters(session: Session, who: Contact, owed: Obligation, kind: type[Kind]) -> Kind:
    said = only(by_phone.enter(session, asker(session, who), owed.id, NOW))
    assert isinstance(said, kind), said
    return said


def dictated(session: Session, who: Contact, owed: Obligation) -> ReportSubmitted:
    """Entered by this person as it was said to them, and submitted."""
    talk = Talk(session, who, owed)
    enters(session, who, owed, AskPhoneSource)
    said = talk.types(SOURCE)
    while isinstance(said, ReportQuestion):
        answers = {"opening_start": "3.06亿", "invested": "1200万", "progress": "路基80%"}
        said = talk.types(answers.get(said.step.value, "无"))
    done = talk.submits(said)
    assert isinstance(done, ReportSubmitted), done
    return done


def test_who_said_it_is_asked_first_and_kept_with_the_report(
    session: Session, cast: Cast, november: Obligation
) -> None:
    dictated(session, cast.meng, november)
    (report,) = reports_of(session, november)
    assert (report.source, report.source_note) == (ReportSource.PHONE, SOURCE)
    assert report.author_id == cast.meng.id


def test_the_liaison_confirms_it_and_sees_by_whom_and_from_whom(
    session: Session, cast: Cast, november: Obligation
) -> None:
    dictated(session, cast.meng, november)
    (report,) = reports_of(session, november)
    card = only(reviewing.show(session, asker(session, cast.huang), report.id, NOW))
    assert isinstance(card, ReviewCard)
    assert (card.author, card.by_phone, card.told_by) == (cast.meng.name, True, SOURCE)


def test_a_liaison_who_enters_it_is_reviewed_by_another(
    session: Session, cast: Cast, november: Obligation
) -> None:
    dictated(session, cast.huang, november)
    waiting = waiting_for(session, asker(session, cast.meng), NOW)
    assert [one.report.author_id for one in waiting] == [cast.huang.id]
    (report,) = reports_of(session, november)
    own = only(reviewing.show(session, asker(session, cast.huang), report.id, NOW))
    assert isinstance(own, ReviewCard)
    assert own.is_self


def test_what_the_reporter_had_begun_is_gone_on_with_and_they_hear(
    session: Session, cast: Cast, november: Obligation
) -> None:
    wei = Talk(session, cast.wei, november)
    wei.fills()
    wei.types("3.06亿")
    asked = enters(session, cast.huang, november, AskPhoneSource)
    assert asked.holder == cast.wei.name
    held = only(by_phone.enter(session, asker(session, cast.huang), november.id, NOW))
    assert isinstance(held, AskPhoneSource)
    taken = Talk(session, cast.huang, november).types(SOURCE)
    assert isinstance(taken, ReportQuestion)
    assert isinstance(wei.fills(), DraftHeld)


def test_once_the_reporter_takes_it_over_it_is_theirs(
    session: Session, cast: Cast, november: Obligation
) -> None:
    enters(session, cast.huang, november, AskPhoneSource)
    Talk(session, cast.huang, november).types(SOURCE)
    wei = Talk(session, cast.wei, november)
    said = wei.takes_over()
    for answer in ("3.06亿", "1200万", "路基80%", "无"):
        said = said if isinstance(said, ReportCard) else wei.types(answer)
    wei.submits(said)
    (report,) = reports_of(session, november)
    assert (report.source, report.source_note) == (ReportSource.CHAT, "")


def test_a_source_is_one_line(session: Session, cast: Cast, november: Obligation) -> None:
    enters(session, cast.huang, november, AskPhoneSource)
    again = Talk(session, cast.huang, november).types("长" * 201)
    assert isinstance(again, AskPhoneSource)
    assert again.is_unfit


def test_the_office_is_asked_for_the_source_however_it_begins(
    session: Session, cast: Cast, november: Obligation
) -> None:
    asked = only(by_phone.take_up(session, asker(session, cast.meng), november.id, NOW))
    assert isinstance(asked, AskPhoneSource)
    own = only(by_phone.take_up(session, asker(session, cast.wei), november.id, NOW))
    assert isinstance(own, ReportQuestion)


@pytest.mark.parametrize("who", ["wei", "qin", "lu", "tan", "ou"])
def test_nobody_else_enters_by_phone(
    session: Session, cast: Cast, november: Obligation, who: str
) -> None:
    enters(session, getattr(cast, who), november, NotYours)


def test_a_liaison_who_reports_themselves_needs_no_source(
    session: Session, cast: Cast, november: Obligation
) -> None:
    unit = builders.a_unit(session, "样例城投公司")
    builders.an_assignment(
        session, cast.huang, Role.INFORMATION_OFFICER, ScopeKind.PROJECT, cast.project.id
    )
    assert unit.id == cast.project.owner_id
    enters(session, cast.huang, november, ReportQuestion)
