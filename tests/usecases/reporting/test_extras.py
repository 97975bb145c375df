"""What is added behind 补充: a correction of last month, wanted help, preliminary steps, photos."""

import pytest
from sqlmodel import Session, select

from db.tables.programme import Adjustment, BalanceKind, OpeningBalance
from db.tables.reporting import Obligation, ObligationState, Photo
from db.tables.speech import Message as Queued
from domain.periods import Period
from domain.reporting.filling import Step
from domain.reporting.preliminary import PreliminaryStep
from domain.reporting.turns import Choice
from domain.vocabulary import PlanCategory
from templates.linking import HowToLink
from templates.message import Message
from templates.picturing import PhotosKept, PhotoUnplaced, TooManyPhotos
from templates.refusals import NotYours
from templates.reporting import ReportCard
from templates.reviewing import ReviewCard
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.usecases.reporting.conversing import Talk, only, reports_of, words
from usecases.answers import Picture
from usecases.ledgers import records_of
from usecases.outbox import queue_answers
from usecases.reporting import picturing, reviewing
from usecases.reporting.picturing import MOST_PHOTOS, Sent

WAN = 10_000
OCTOBER, NOVEMBER = Period(2026, 10), Period(2026, 11)


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    session.add(
        OpeningBalance(
            project_id=cast.project.id,
            kind=BalanceKind.SINCE_START,
            year=2025,
            month=12,
            amount=20_000 * WAN,
            source="test",
            recorded_at=LONG_AGO,
        )
    )
    for month in range(1, 11):
        builders.an_accepted_month(session, cast.listing, month, 860 * WAN, progress="路基72%")
    return cast


@pytest.fixture
def owing(session: Session, cast: Cast) -> Obligation:
    return builders.an_obligation(session, cast.listing, 11)


@pytest.fixture
def wei(session: Session, cast: Cast, owing: Obligation) -> Talk:
    return Talk(session, cast.wei, owing)


def at_card(wei: Talk) -> Message:
    wei.fills()
    wei.types("1500万")
    wei.types("路基80%")
    return wei.types("无")


def review_card(session: Session, cast: Cast, owing: Obligation) -> ReviewCard:
    report = reports_of(session, owing)[-1]
    card = only(reviewing.show(session, asker(session, cast.huang), report.id, NOW))
    assert isinstance(card, ReviewCard)
    return card


def sends_photo(session: Session, talk: Talk, number: int = 1) -> Message:
    sent = Sent(f"file-{number}")
    return only(picturing.take(session, asker(session, talk.contact, talk.now), sent, talk.now))


def test_a_correction_of_last_month_counts_once_the_report_is_accepted(
    session: Session, cast: Cast, wei: Talk, owing: Obligation
) -> None:
    at_card(wei)
    assert "10月的完成投资要加或要减多少" in words(wei.edits(Step.ADJUSTMENT))
    assert "已读作 -200万元" in words(wei.types("核减200万"))
    card = wei.types("一笔设备款重复计算")
    assert "调整10月数 -200万元：一笔设备款重复计算" in words(card)
    assert "年初累计 9,900万元" in words(card)
    wei.submits(card)
    shown = words(review_card(session, cast, owing))
    assert "调整10月数 -200万元：一笔设备款重复计算" in shown
    assert "年初累计 8,600万元→9,900万元" in shown

    ledger = records_of(session, [cast.project.id])[cast.project.id].ledger
    assert ledger.year_to_date(OCTOBER).yuan == 8600 * WAN

    report = reports_of(session, owing)[-1]
    reviewing.accept(session, asker(session, cast.huang), report.id, NOW)
    ledger = records_of(session, [cast.project.id])[cast.project.id].ledger
    assert ledger.year_to_date(NOVEMBER).yuan == 9900 * WAN
    assert ledger.year_to_date(OCTOBER).yuan == 8600 * WAN
    row = session.exec(select(Adjustment)).one()
    assert (row.month, row.counts_from_month, row.amount) == (10, 11, -200 * WAN)
    assert row.reason == "一笔设备款重复计算"

    reviewing.undo(session, asker(session, cast.huang), report.id, NOW)
    assert session.exec(select(Adjustment)).all() == []


def test_a_correction_without_a_sign_is_asked_about(wei: Talk) -> None:
    at_card(wei)
    wei.edits(Step.ADJUSTMENT)
    assert "是加还是减" in words(wei.types("200万"))
    assert "为什么要调整10月数" in words(wei.presses(Choice.AMOUNT, Step.ADJUSTMENT, -200 * WAN))


def test_a_correction_needs_its_reason_before_it_is_submitted(wei: Talk) -> None:
    card = at_card(wei)
    wei.edits(Step.ADJUSTMENT)
    wei.types("+200万")
    assert "为什么要调整10月数" in words(wei.fills())
    assert isinstance(wei.types("漏报"), ReportCard)
    assert isinstance(card, ReportCard)


def test_a_correction_cannot_leave_less_than_nothing(wei: Talk) -> None:
    at_card(wei)
    wei.edits(Step.ADJUSTMENT)
    assert "小于0" in words(wei.types("核减9000万"))


def test_without_an_accepted_month_before_there_is_nothing_to_correct(
    session: Session, cast: Cast
) -> None:
    gap = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 12))
    gap.fills()
    assert "按钮已失效" in words(gap.edits(Step.ADJUSTMENT))


def test_wanted_help_reaches_the_reviewer(
    session: Session, cast: Cast, wei: Talk, owing: Obligation
) -> None:
    at_card(wei)
    wei.edits(Step.WANTED_HELP)
    card = wei.types("请市自然资源局加快用地预审")
    assert "需协调 请市自然资源局加快用地预审" in words(card)
    wei.submits(card)
    assert "需协调 请市自然资源局加快用地预审" in words(review_card(session, cast, owing))
    assert reports_of(session, owing)[-1].wanted_help == "请市自然资源局加快用地预审"


def test_a_report_taken_back_keeps_what_was_added(wei: Talk) -> None:
    at_card(wei)
    wei.edits(Step.ADJUSTMENT)
    wei.types("减少35万")
    wei.types("重复")
    wei.edits(Step.WANTED_HELP)
    wei.submits(wei.types("请协调"))
    back = words(wei.withdraws())
    assert "调整10月数 -35万元：重复" in back
    assert "需协调 请协调" in back


def test_preliminary_steps_are_pressed_or_typed_and_stand_until_changed(
    session: Session, cast: Cast, wei: Talk, owing: Obligation
) -> None:
    cast.listing.plan_category = PlanCategory.PREPARATORY
    wei.fills()
    wei.types("可研已批复")
    wei.types("无")
    wei.edits(Step.STAGES)
    number = tuple(PreliminaryStep).index(PreliminaryStep.PROPOSAL)
    wei.presses(Choice.STAGE, Step.STAGES, number)
    wei.presses(Choice.STAGE, Step.STAGES, number)
    wei.types("可研8月已批复，环评办理中")
    card = wei.presses(Choice.KEEP, Step.STAGES)
    assert "步骤 立项已办、可研已办（8月已批复）、环评在办（办理中）" in words(card)
    wei.submits(card)
    assert "步骤 立项已办" in words(review_card(session, cast, owing))
    report = reports_of(session, owing)[-1]
    reviewing.accept(session, asker(session, cast.huang), report.id, NOW)

    december = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 12))
    december.fills()
    december.types("同上月")
    assert "步骤 立项已办" in words(december.types("无"))


def test_photos_sent_while_a_report_is_filled_in_go_with_it(
    session: Session, cast: Cast, wei: Talk, owing: Obligation
) -> None:
    wei.fills()
    assert isinstance(sends_photo(session, wei), PhotosKept)
    wei.types("1500万")
    wei.types("路基80%")
    card = wei.types("无")
    assert "照片 1张" in words(card)
    assert "共2张" in words(sends_photo(session, wei, 2))
    wei.submits(card)
    shown = review_card(session, cast, owing)
    assert shown.figures.photos == 2
    report = reports_of(session, owing)[-1]
    pictures = picturing.show(session, asker(session, cast.huang), report.id, NOW)
    assert [one.file_id for one in pictures if isinstance(one, Picture)] == ["file-1", "file-2"]
    refused = only(picturing.show(session, asker(session, cast.ou), report.id, NOW))
    assert isinstance(refused, NotYours)


def test_photos_of_an_album_are_answered_together(session: Session, wei: Talk) -> None:
    wei.fills()
    author = asker(session, wei.contact)
    for number in range(3):
        answers = picturing.take(session, author, Sent(f"file-{number}"), NOW)
        queue_answers(session, author, answers, None, NOW)
    said = [row.text for row in session.exec(select(Queued))]
    assert len(said) == 1
    assert "共3张" in said[0]


def test_a_report_has_only_so_many_photos(session: Session, wei: Talk) -> None:
    at_card(wei)
    for number in range(MOST_PHOTOS):
        sends_photo(session, wei, number)
    assert isinstance(sends_photo(session, wei, 99), TooManyPhotos)
    assert len(session.exec(select(Photo)).all()) == MOST_PHOTOS


def test_photos_of_a_draft_can_be_let_go(session: Session, wei: Talk) -> None:
    at_card(wei)
    sends_photo(session, wei)
    wei.edits(Step.PHOTOS)
    picturing.drop(session, asker(session, wei.contact), wei.at(Step.PHOTOS), NOW)
    assert session.exec(select(Photo)).all() == []


def test_a_photo_at_any_other_time_is_said_where_it_could_go(session: Session, wei: Talk) -> None:
    assert isinstance(sends_photo(session, wei), PhotoUnplaced)
    unknown = picturing.take(session, asker(session, None), Sent("file"), NOW)
    assert isinstance(only(unknown), HowToLink)
    assert session.exec(select(Photo)).all() == []


def test_a_returned_report_still_has_its_photos(
    session: Session, cast: Cast, wei: Talk, owing: Obligation
) -> None:
    card = at_card(wei)
    sends_photo(session, wei)
    wei.submits(card)
    report = reports_of(session, owing)[-1]
    reason = reviewing.Reason(report.id, 0)
    reviewing.give_reason(session, asker(session, cast.huang), reason, NOW)
    assert owing.state is ObligationState.RETURNED
    again = wei.fills()
    assert "照片 1张" in words(again)
    wei.submits(again)
    assert review_card(session, cast, owing).figures.photos == 1
