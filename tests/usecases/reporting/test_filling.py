import datetime as dtm

import pytest
from sqlmodel import Session, select

from db.tables.programme import BalanceKind, OpeningBalance
from db.tables.reporting import Obligation, ObligationState, ReportDraft, Verdict
from db.tables.speech import Dialog, Message
from domain.reporting.filling import Step
from domain.reporting.turns import Choice
from domain.vocabulary import PlanCategory, ProblemKind
from templates.refusals import NotYours
from templates.reporting import (
    DraftDropped,
    DraftHeld,
    DraftKept,
    NothingOwed,
    OwedReports,
    ReportCard,
    ReportNotOpen,
    ReportQuestion,
    ReportSubmitted,
)
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.usecases.reporting.conversing import Talk, only, reports_of, words
from usecases import dialogs
from usecases.lookup import look_up
from usecases.reporting.matters import Obstacle
from usecases.reporting.owed import owed

WAN = 10_000


@pytest.fixture
def cast(session: Session) -> Cast:
    cast = builders.the_cast(session)
    for kind, amount in ((BalanceKind.SINCE_START, 30_600 * WAN), (BalanceKind.YEAR_TO_DATE, 0)):
        session.add(
            OpeningBalance(
                project_id=cast.project.id,
                kind=kind,
                year=2026 if kind is BalanceKind.YEAR_TO_DATE else 2025,
                month=1 if kind is BalanceKind.YEAR_TO_DATE else 12,
                amount=amount,
                source="test",
                recorded_at=LONG_AGO,
            )
        )
    for month in range(2, 11):
        builders.an_accepted_month(session, cast.listing, month, 950 * WAN, progress="路基72%")
    return cast


@pytest.fixture
def owing(session: Session, cast: Cast) -> Obligation:
    return builders.an_obligation(session, cast.listing, 11)


@pytest.fixture
def wei(session: Session, cast: Cast, owing: Obligation) -> Talk:
    return Talk(session, cast.wei, owing)


def the_draft(session: Session) -> ReportDraft:
    return session.exec(select(ReportDraft)).one()


def test_a_report_in_three_answers(session: Session, wei: Talk, owing: Obligation) -> None:
    asked = wei.fills()
    assert isinstance(asked, ReportQuestion)
    assert "年初到10月底审定累计 8,550万元" in words(asked)
    assert "已读作 1,200万元（0.12亿元）" in words(wei.types("1200万"))
    wei.types("路基80%，桩基96/120根")
    card = wei.types("征地拆迁剩2户")
    assert words(card).splitlines() == [
        "白露大道（一期） · 11月（未提交）",
        "本月 1,200万元（0.12亿元）",
        "年初累计 9,750万元（计划1.2亿元，81.3%）",
        "开工累计 4.035亿元（总投资5亿元，80.7%）",
        "形象 路基80%，桩基96/120根",
        "问题 征地拆迁剩2户",
        "⚠️ 欠序时10.4个百分点，请补原因",
        "截止 11月25日(周三)18:00",
    ]
    # What is odd must have its reason first.
    assert "请说明原因" in words(wei.submits(card))
    sent = wei.submits(wei.types("雨季停工"))
    assert isinstance(sent, ReportSubmitted)
    (report,) = reports_of(session, owing)
    assert (report.invested_month, report.physical_progress) == (
        1200 * WAN,
        "路基80%，桩基96/120根",
    )
    assert (report.explanation, report.verdict) == ("雨季停工", Verdict.PENDING)
    assert (owing.state, owing.first_submitted_at) == (ObligationState.SUBMITTED, NOW)
    assert session.exec(select(Dialog)).all() == []


@pytest.mark.parametrize("typed", ["3500", "约1200万", "1200万左右", "本月3500", "无"])
def test_a_doubtful_amount_is_never_kept(session: Session, wei: Talk, typed: str) -> None:
    wei.fills()
    asked = wei.types(typed)
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.INVESTED
    assert asked.candidates
    assert the_draft(session).content["invested"] is None


def test_a_reading_that_is_pressed_is_echoed_and_kept(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("3500")
    asked = wei.presses(Choice.AMOUNT, Step.INVESTED, 3500 * WAN)
    assert "已读作 3,500万元" in words(asked)
    assert the_draft(session).content["invested"] == 3500 * WAN


def test_a_reading_of_another_doubt_is_not_taken(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("3500")
    wei.types("约1200万")
    asked = wei.presses(Choice.AMOUNT, Step.INVESTED, 3500 * WAN)
    assert isinstance(asked, ReportQuestion)
    assert asked.is_stale
    assert the_draft(session).content["invested"] is None


def test_an_old_button_of_an_answered_question_changes_nothing(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    asked = wei.presses(Choice.ZERO, Step.INVESTED)
    assert isinstance(asked, ReportQuestion)
    assert (asked.step, asked.is_stale) == (Step.PROGRESS, True)
    assert the_draft(session).content["invested"] == 1200 * WAN


def test_an_old_zero_does_not_answer_the_next_amount(session: Session) -> None:
    cast = builders.the_cast(session)
    wei = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 11))
    wei.fills()
    wei.presses(Choice.ZERO, Step.OPENING_YEAR)
    wei.presses(Choice.ZERO, Step.OPENING_YEAR)
    assert the_draft(session).content["opening_year"] == 0
    assert the_draft(session).content["opening_start"] is None


def test_a_draft_is_dropped_only_as_it_was_shown(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    wei.types("路基80%")
    card = wei.types("无")
    assert isinstance(card, ReportCard)
    wei.edits(Step.INVESTED)
    now = wei.types("1300万")
    assert isinstance(now, ReportCard)
    assert wei.drops(card).is_stale  # type: ignore[attr-defined]
    assert the_draft(session).content["invested"] == 1300 * WAN
    assert isinstance(wei.drops(now), DraftDropped)
    assert session.exec(select(ReportDraft)).all() == []


def test_a_card_that_was_changed_since_is_not_submitted(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    wei.types("路基80%")
    old = wei.types("无")
    wei.edits(Step.INVESTED)
    wei.types("1300万")
    shown = wei.submits(old)
    assert isinstance(shown, ReportCard)
    assert shown.is_stale
    assert "1,300万元" in words(shown)
    assert reports_of(session, wei.obligation) == []


def test_the_step_back_keeps_the_answer_until_another_is_given(wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    asked = wei.types("上一步")
    assert "现填：1,200万元" in words(asked)
    asked = wei.presses(Choice.KEEP, Step.INVESTED)
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.PROGRESS


def test_what_was_kept_for_later_is_offered_again(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    assert isinstance(wei.types("先存着"), DraftKept)
    assert session.exec(select(Dialog)).all() == []
    listed = only(owed(session, asker(session, wei.contact), None, NOW))
    assert isinstance(listed, OwedReports)
    assert listed.lines[0].has_draft
    asked = wei.fills()
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.PROGRESS


def test_cancel_loses_nothing(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    dialogs.cancel(session, asker(session, wei.contact), None, NOW)
    asked = wei.fills()
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.PROGRESS


def test_after_a_pause_words_are_not_taken_for_an_answer(session: Session, wei: Talk) -> None:
    wei.fills()
    wei.now = NOW + dtm.timedelta(hours=1)
    said = only(dialogs.hear(look_up)(session, asker(session, wei.contact), "1200万", wei.now))
    assert "没填完" in words(said)
    assert the_draft(session).content["invested"] is None
    wei.presses(Choice.ZERO, Step.INVESTED)
    assert the_draft(session).content["invested"] == 0


def test_no_change_states_nothing_invested_and_asks_why(session: Session, wei: Talk) -> None:
    wei.fills()
    asked = wei.presses(Choice.UNCHANGED, Step.INVESTED)
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.EXPLANATION
    card = wei.types("资金未到位")
    assert "整项无变化" in words(card)
    wei.submits(card)
    (report,) = reports_of(session, wei.obligation)
    assert (report.invested_month, report.physical_progress) == (0, "路基72%")


def test_no_change_is_not_offered_twice_in_a_row(session: Session, cast: Cast, wei: Talk) -> None:
    builders.an_accepted_month(session, cast.listing, 10, 0, progress="路基72%")
    asked = wei.fills()
    assert isinstance(asked, ReportQuestion)
    assert Choice.UNCHANGED not in asked.offered


def test_a_first_report_asks_for_the_opening_balances(session: Session) -> None:
    cast = builders.the_cast(session)
    wei = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 11))
    assert "年初到10月底" in words(wei.fills())
    wei.types("8600万")
    assert "不会小于年初累计" in words(wei.types("1000万"))
    wei.types("3.06亿")
    wei.types("1200万")
    wei.types("路基80%")
    card = wei.types("无")
    assert "年初累计 9,800万元（计划1.2亿元，81.7%）" in words(card)
    assert "开工累计 3.18亿元" in words(card)
    assert "未核对：无以前月份可比" in words(card)
    wei.submits(card)
    wei.types("雨季")
    wei.submits(wei.fills())
    (report,) = reports_of(session, wei.obligation)
    assert (report.opening_year_to_date, report.opening_since_start) == (8600 * WAN, 30600 * WAN)


def test_an_opening_balance_nobody_knows_leaves_the_sums_open(session: Session) -> None:
    cast = builders.the_cast(session)
    wei = Talk(session, cast.wei, builders.an_obligation(session, cast.listing, 11))
    wei.fills()
    wei.presses(Choice.UNKNOWN, Step.OPENING_YEAR)
    wei.presses(Choice.UNKNOWN, Step.OPENING_START)
    wei.types("1200万")
    wei.types("路基80%")
    assert "年初累计 无期初数，未计算" in words(wei.types("无"))


def test_a_preparatory_project_is_asked_for_its_preliminary_work(
    session: Session, cast: Cast
) -> None:
    project = builders.a_project(
        session, "柳江新城", owner=builders.a_unit(session, "样例城投公司")
    )
    listing = builders.a_listing(session, project, plan_category=PlanCategory.PREPARATORY)
    wei = Talk(session, cast.wei, builders.an_obligation(session, listing, 11))
    assert "前期工作到哪一步了" in words(wei.fills())
    wei.types("可研已批复")
    sent = wei.submits(wei.types("无"))
    assert isinstance(sent, ReportSubmitted)
    (report,) = reports_of(session, wei.obligation)
    assert (report.invested_month, report.physical_progress) == (None, "可研已批复")


def test_a_problem_of_no_clear_kind_is_asked_about(wei: Talk) -> None:
    wei.fills()
    wei.types("1200万")
    wei.types("路基80%")
    asked = wei.types("村民阻工\n资金不到位")
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.PROBLEM_KIND
    card = wei.presses(Choice.KIND, Step.PROBLEM_KIND, list(ProblemKind).index(ProblemKind.OTHER))
    assert "问题 其他：村民阻工；资金不到位" in words(card)


def test_a_colleague_sees_who_holds_the_draft_and_may_take_it_over(
    session: Session, cast: Cast, wei: Talk
) -> None:
    wei.fills()
    wei.types("1200万")
    huang = Talk(session, cast.huang, wei.obligation)
    held = huang.fills()
    assert isinstance(held, DraftHeld)
    assert held.holder == cast.wei.name
    asked = huang.takes_over()
    assert isinstance(asked, ReportQuestion)
    assert asked.step is Step.PROGRESS
    # Whoever had it is told, and what they type goes nowhere near the report.
    told = session.exec(select(Message)).one()
    assert told.contact_id == cast.wei.id
    wei.types("路基99%")
    assert the_draft(session).content["progress"] is None
    assert isinstance(wei.presses(Choice.SAME, Step.PROGRESS), DraftHeld)


@pytest.mark.parametrize("happened", ["closed", "withdrawn"])
def test_what_happened_meanwhile_is_told_and_nothing_is_lost(
    session: Session, cast: Cast, wei: Talk, happened: str
) -> None:
    wei.fills()
    wei.types("1200万")
    if happened == "closed":
        builders.a_period(session, 11).closed_at = NOW
    else:
        cast.listing.withdrawn_at = NOW
    session.flush()
    said = wei.types("路基80%")
    assert isinstance(said, ReportNotOpen)
    assert said.obstacle is Obstacle(happened)
    assert "1,200万元" in words(said)
    assert "问题 未填" in words(said)
    assert the_draft(session).content["invested"] == 1200 * WAN


def test_a_submission_is_taken_back_until_it_is_reviewed(
    session: Session, wei: Talk, owing: Obligation
) -> None:
    wei.reports("1200万", "路基80%", "征地剩2户")
    wei.submits(wei.types("雨季停工"))
    assert isinstance(wei.fills(), ReportNotOpen)
    card = wei.withdraws()
    assert isinstance(card, ReportCard)
    assert (owing.state, owing.first_submitted_at) == (ObligationState.OPEN, None)
    wei.submits(card)
    assert [report.verdict for report in reports_of(session, owing)] == [
        Verdict.SUPERSEDED,
        Verdict.PENDING,
    ]
    assert owing.state is ObligationState.SUBMITTED


def test_only_those_with_the_right_may_fill_in(session: Session, cast: Cast, wei: Talk) -> None:
    for contact, refused in ((cast.ou, NotYours), (cast.lu, NotYours), (cast.tan, NotYours)):
        assert isinstance(Talk(session, contact, wei.obligation).fills(), refused)
    assert session.exec(select(ReportDraft)).all() == []


def test_who_has_nothing_to_report_is_told_so(session: Session, cast: Cast) -> None:
    assert only(owed(session, asker(session, cast.wei), None, NOW)) == NothingOwed(0)
    assert isinstance(only(owed(session, asker(session, cast.lu), None, NOW)), NotYours)
