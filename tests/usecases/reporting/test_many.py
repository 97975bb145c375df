import datetime as dtm
from dataclasses import dataclass

import pytest
from sqlmodel import Session, select

from db.tables.programme import BalanceKind, Listing, OpeningBalance, Project
from db.tables.reporting import (
    Obligation,
    ObligationState,
    Problem,
    Report,
    ReportDraft,
    ReportSource,
    ReportTable,
)
from domain.reporting.naming import NotPlaced
from domain.vocabulary import PlanCategory, ProblemKind
from templates.dialogs import DialogAsleep
from templates.lookup import NothingFound
from templates.many import ManyDrop, ManyDropped, ManyKept, ManyStart, ManySubmitted, ManyTable
from templates.message import Button, Message
from templates.refusals import NotYours
from templates.reporting import NothingOwed, ReportQuestion
from templates.status import StatusCard
from tests import builders
from tests.builders import LONG_AGO, NOW, Cast, asker
from tests.usecases.reporting.conversing import only, words
from usecases import dialogs
from usecases.asker import Asker
from usecases.lookup import look_up
from usecases.reporting import filling, submitting
from usecases.reporting.many import submitting as many_submitting
from usecases.reporting.many import table
from usecases.reporting.many.offering import reported_or

WAN = 10_000
NAMES = ("白露大道（一期）", "柳江新高中", "柳江区体育公园（二期）")


@dataclass
class Many:
    """One person's side of filling in many."""

    session: Session
    cast: Cast
    owed: list[Obligation]
    now: dtm.datetime = NOW

    def begins(self) -> Message:
        return only(table.begin(self.session, self.wei, None, self.now))

    def types(self, text: str) -> Message:
        return only(dialogs.hear(reported_or(look_up))(self.session, self.wei, text, self.now))

    def tells(self, text: str) -> ManyTable:
        told = self.types(text)
        assert isinstance(told, ManyTable)
        return told

    def submits(self, shown: Message) -> Message:
        assert isinstance(shown, ManyTable)
        return only(many_submitting.submit(self.session, self.wei, shown.version, self.now))

    @property
    def wei(self) -> Asker:
        return asker(self.session, self.cast.wei, self.now)

    def states(self) -> list[ObligationState]:
        return [ObligationState(one.state) for one in self.owed]


@pytest.fixture
def cast(session: Session) -> Cast:
    return builders.the_cast(session)


@pytest.fixture
def many(session: Session, cast: Cast) -> Many:
    """Three projects of Wei's with ten accepted months, and November owed."""
    listings = [cast.listing]
    for name in NAMES[1:]:
        project = builders.a_project(session, name, owner=builders.a_unit(session, "样例城投公司"))
        listings.append(builders.a_listing(session, project))
    for listing in listings:
        a_past(session, listing)
    owed = [builders.an_obligation(session, listing, 11) for listing in listings]
    return Many(session, cast, sorted(owed, key=lambda one: name_of(session, one)))


def a_past(session: Session, listing: Listing) -> None:
    for kind, amount, year in (
        (BalanceKind.SINCE_START, 10_000 * WAN, 2025),
        (BalanceKind.YEAR_TO_DATE, 0, 2025),
    ):
        session.add(
            OpeningBalance(
                project_id=listing.project_id,
                kind=kind,
                year=year,
                month=12,
                amount=amount,
                source="test",
                recorded_at=LONG_AGO,
            )
        )
    for month in range(1, 11):
        builders.an_accepted_month(session, listing, month, 1000 * WAN, progress="路基72%")


def name_of(session: Session, obligation: Obligation) -> str:
    return session.get_one(Project, obligation.project_id).name


def test_it_begins_with_the_list_its_numbers_and_an_example(many: Many) -> None:
    start = many.begins()
    assert isinstance(start, ManyStart)
    assert words(start).splitlines() == [
        "11月月报：一次填3项",
        "截止 11月25日(周三)18:00",
        "",
        "1 柳江区体育公园（二期）",
        "2 柳江新高中",
        "3 白露大道（一期）",
        "",
        "一行一项，可以一次发多行，例：",
        "1 本月1200万 路基80% 无问题",
        "写项目名代替序号也行。先核对，再提交。",
    ]


def test_where_nothing_can_be_submitted_the_table_does_not_offer_nothing(many: Many) -> None:
    many.begins()
    shown = many.tells("白露大道 3500 路基80% 无")
    assert words(shown).splitlines()[0] == "还没有可提交的，待补1项"


def test_lines_by_name_and_number_make_one_table(many: Many) -> None:
    many.begins()
    shown = many.tells("柳江新高中 1200万 主体封顶 无问题\n白露大道 3500 路基80% 无\n1 900万")
    assert words(shown).splitlines() == [
        "可提交1项，待补2项",
        "✅ 2 柳江新高中 本月1,200万元（0.12亿元）；主体封顶；问题：无",
        "",
        "1 柳江区体育公园（二期） 本月900万元（0.09亿元）",
        "缺：形象进度、存在问题",
        "",
        "3 白露大道（一期） 路基80%；问题：无",
        "⚠️ 没写单位，是哪一个？ 3,500万元（0.35亿元） 或 3,500元",
        "",
        "改哪项就再发一行，例：1 1200万",
    ]


def test_only_what_has_no_open_question_is_submitted(session: Session, many: Many) -> None:
    many.begins()
    shown = many.tells("2 1200万 主体封顶 无问题\n3 3500 路基80% 无\n1 约900万 封顶 无")
    done = many.submits(shown)
    assert isinstance(done, ManySubmitted)
    assert [line.number for line in done.done] == [2]
    assert (done.failed, done.left) == ((), 2)
    assert many.states() == [ObligationState.OPEN, ObligationState.SUBMITTED, ObligationState.OPEN]
    report = session.exec(select(Report).where(Report.obligation_id == many.owed[1].id)).one()
    assert (report.invested_month, report.physical_progress) == (1200 * WAN, "主体封顶")
    assert (report.source, report.author_id) == (ReportSource.CHAT, many.cast.wei.id)
    assert many.owed[1].first_submitted_at == NOW


def test_a_line_mends_what_was_asked_and_leaves_the_rest(many: Many) -> None:
    many.begins()
    many.tells("3 3500 路基80% 问题：征地拆迁剩2户")
    shown = many.tells("3 950万")
    assert "✅ 3 白露大道（一期） 本月950万元（0.095亿元）；路基80%；" in words(shown)
    many.submits(shown)
    problem = many.session.exec(select(Problem)).one()
    assert (problem.text, problem.kind) == ("征地拆迁剩2户", ProblemKind.LAND_ACQUISITION)


def test_an_amount_in_doubt_never_leaves_the_one_before_it_standing(many: Many) -> None:
    many.begins()
    many.tells("3 950万 路基80% 无")
    shown = many.tells("3 约1000万")
    assert not shown.ready
    assert shown.open[0].invested is None
    assert shown.open[0].candidates == (1000 * WAN,)


def test_a_warning_needs_its_reason_before_it_goes(many: Many) -> None:
    many.begins()
    shown = many.tells("3 1.5亿 路基80% 无")
    assert "是近月常数（1,000万元）的15倍" in words(shown)
    assert isinstance(many.submits(shown), ManyTable)
    mended = many.tells("3 原因：设备集中到货")
    assert isinstance(many.submits(mended), ManySubmitted)


def test_all_bare_figures_are_in_wan_by_one_press(many: Many) -> None:
    many.begins()
    shown = many.tells("1 900 封顶 无\n2 950 封顶 无\n3 2亿 路基80% 无")
    assert "many.in_wan" in actions(shown)
    told = only(table.in_wan(many.session, many.wei, shown.version, NOW))
    assert isinstance(told, ManyTable)
    assert [line.invested for line in told.ready] == [900 * WAN, 950 * WAN]
    assert [line.number for line in told.open] == [3]


@pytest.mark.parametrize(
    ("line", "why", "near"),
    [
        ("柳江 1200万 封顶", NotPlaced.SEVERAL_PROJECTS, {1, 2}),
        ("月球隧道 1200万", NotPlaced.NO_PROJECT, set()),
        ("7 1200万", NotPlaced.NO_SUCH_NUMBER, set()),
        ("1 柳江新高中 1200万", NotPlaced.NUMBER_AND_NAME, {2}),
        ("1200万 封顶 无问题", NotPlaced.NO_PROJECT, set()),
    ],
)
def test_what_cannot_be_placed_is_kept_as_typed_and_asked_about(
    many: Many, line: str, why: NotPlaced, near: set[int]
) -> None:
    many.begins()
    shown = many.tells(f"3 950万 路基80% 无\n{line}")
    (unplaced,) = shown.unplaced
    assert (unplaced.text, unplaced.why, set(unplaced.near)) == (line, why, near)
    assert f"❓ “{line}”" in words(shown)


def test_a_name_alone_is_looked_up_even_while_lines_are_awaited(many: Many) -> None:
    many.begins()
    assert isinstance(many.types("柳江新高中"), StatusCard)
    assert isinstance(many.types("月球隧道"), NothingFound)
    assert isinstance(many.types("3 950万 路基80% 无"), ManyTable)


def test_lines_outside_a_dialog_are_offered_the_table(many: Many) -> None:
    shown = many.types("白露大道 本月1200万 路基80% 无问题")
    assert isinstance(shown, ManyTable)
    assert isinstance(many.submits(shown), ManySubmitted)


@pytest.mark.parametrize("text", ["白露大道", "柳江新高中怎么样", "体育公园 截至9月", "1200万"])
def test_a_question_outside_a_dialog_stays_a_question(many: Many, text: str) -> None:
    assert not isinstance(many.types(text), ManyTable)
    assert many.session.exec(select(ReportDraft)).first() is None


def test_the_table_survives_a_pause_and_a_word_put_in_between(many: Many) -> None:
    many.begins()
    many.tells("3 950万 路基80% 无\n月球隧道 30万 封顶")
    many.now = NOW + dtm.timedelta(days=3)
    assert isinstance(many.types("1 900万"), DialogAsleep)
    shown = many.begins()
    assert isinstance(shown, ManyTable)
    assert [line.number for line in shown.ready] == [3]
    assert shown.unplaced[0].text == "月球隧道 30万 封顶"


def test_opening_one_alone_asks_just_what_was_in_doubt(many: Many) -> None:
    many.begins()
    many.tells("3 3500 路基80% 无")
    asked = only(filling.fill(many.session, many.wei, many.owed[2].id, NOW))
    assert isinstance(asked, ReportQuestion)
    assert asked.candidates == (3500 * WAN, 3500)


def test_kept_for_later_and_offered_again(many: Many) -> None:
    many.begins()
    many.tells("3 950万 路基80% 无")
    kept = many.types("先存着")
    assert isinstance(kept, ManyKept)
    assert kept.begun == 1
    assert isinstance(many.types("柳江新高中"), StatusCard)
    assert isinstance(many.begins(), ManyTable)


def test_dropped_after_asking_once_more(many: Many) -> None:
    many.begins()
    shown = many.tells("3 950万 路基80% 无\n1 900万")
    asked = only(table.drop(many.session, many.wei, shown.version, NOW))
    assert asked == ManyDrop(shown.version, 2)
    assert only(table.dropped(many.session, many.wei, shown.version, NOW)) == ManyDropped(2)
    assert many.session.exec(select(ReportDraft)).first() is None
    assert many.session.exec(select(ReportTable)).first() is None
    assert isinstance(many.begins(), ManyStart)


def test_a_table_that_has_changed_submits_nothing(many: Many) -> None:
    many.begins()
    old = many.tells("3 950万 路基80% 无")
    many.tells("3 1000万")
    told = many.submits(old)
    assert isinstance(told, ManyTable)
    assert told.is_stale
    assert "没有提交" in words(told)
    assert set(many.states()) == {ObligationState.OPEN}


def test_pressed_twice_it_is_submitted_once(many: Many) -> None:
    many.begins()
    shown = many.tells("3 950万 路基80% 无")
    many.submits(shown)
    again = many.submits(shown)
    assert isinstance(again, ManyTable)
    assert again.is_stale
    assert len(many.session.exec(select(Report).where(Report.invested_month == 950 * WAN)).all())


def test_what_stands_in_the_way_is_said_line_by_line_and_the_others_go(many: Many) -> None:
    many.begins()
    shown = many.tells("1 900万 封顶 无\n2 900万 封顶 无\n3 950万 路基80% 无")
    taken, exempt, _ = many.owed
    huang = asker(many.session, many.cast.huang, NOW)
    filling.take_over(many.session, huang, taken.id, NOW)
    exempt.state = ObligationState.EXEMPT
    many.session.flush()
    done = many.submits(shown)
    assert isinstance(done, ManySubmitted)
    assert [line.number for line in done.done] == [3]
    assert words(done).splitlines()[3:6] == [
        "没有提交2项：",
        "1 柳江区体育公园（二期）：别人正在填；要接手请点开单独填（黄联络员）",
        "2 柳江新高中：这个月免报，不用再填。",
    ]


def test_a_line_for_what_another_fills_in_changes_nothing_of_theirs(many: Many) -> None:
    huang = asker(many.session, many.cast.huang, NOW)
    filling.fill(many.session, huang, many.owed[2].id, NOW)
    before = many.session.exec(select(ReportDraft)).one().content
    many.begins()
    shown = many.tells("3 950万 路基80% 无\n1 900万 封顶 无")
    assert [one.why for one in shown.unplaced] == [NotPlaced.HELD]
    drafts = many.session.exec(select(ReportDraft)).all()
    assert before in [draft.content for draft in drafts if draft.holder_id == many.cast.huang.id]


def test_a_submitted_one_can_be_taken_back(many: Many) -> None:
    many.begins()
    done = many.submits(many.tells("3 950万 路基80% 无"))
    assert "report.withdraw" in actions(done)
    submitting.withdraw(many.session, many.wei, many.owed[2].id, NOW)
    assert many.states()[2] is ObligationState.OPEN


def test_a_first_report_states_what_was_completed_before(session: Session, cast: Cast) -> None:
    owed = [builders.an_obligation(session, cast.listing, 11)]
    many = Many(session, cast, owed)
    many.begins()
    shown = many.tells("1 1200万 路基80% 无 年初到10月底9600万 开工到10月底3.06亿")
    assert shown.ready[0].openings[1][1] == 30_600 * WAN
    many.submits(shown)
    report = session.exec(select(Report)).one()
    assert (report.opening_year_to_date, report.opening_since_start) == (9600 * WAN, 30_600 * WAN)


def test_a_sum_that_may_hold_the_month_is_asked_about(many: Many) -> None:
    many.begins()
    shown = many.tells("3 1200万 路基80% 无 年初累计9800万")
    assert "累计数含不含本月" in words(shown)
    assert not shown.ready
    # The very sums the office knows are nothing to ask about.
    assert many.tells("3 1200万 年初累计1.12亿").ready
    assert many.tells("3 1200万 年初累计1亿").ready


def test_a_preparatory_project_reports_its_work(session: Session, cast: Cast) -> None:
    cast.listing.plan_category = PlanCategory.PREPARATORY
    owed = [builders.an_obligation(session, cast.listing, 11)]
    many = Many(session, cast, owed)
    assert "可研已批复" in words(many.begins())
    shown = many.tells("1 可研已批复，正在办用地预审 无问题")
    assert shown.ready[0].progress == "可研已批复，正在办用地预审"
    odd = many.tells("1 300万")
    assert "预备项目不填投资" in words(odd)


def test_nothing_has_changed_needs_its_reason(many: Many) -> None:
    many.begins()
    shown = many.tells("3 整项无变化")
    assert "缺：" in words(shown)
    shown = many.tells("3 原因：雨季停工")
    assert "✅ 3 白露大道（一期） 整项无变化；本月0元；路基72%" in words(shown)


def test_others_have_nothing_to_fill_in(many: Many) -> None:
    stranger = asker(many.session, many.cast.tan, NOW)
    assert only(table.begin(many.session, stranger, None, NOW)) == NotYours()
    elsewhere = asker(many.session, many.cast.ou, NOW)
    assert isinstance(only(table.begin(many.session, elsewhere, None, NOW)), NothingOwed)


def actions(message: Message) -> set[str]:
    return {key.action for row in message.rows() for key in row if isinstance(key, Button)}
