import datetime as dtm
from dataclasses import replace
from fractions import Fraction

import pytest
from sqlmodel import Session

from db.tables.programme import Adjustment, BalanceKind, OpeningBalance
from db.tables.reporting import ObligationState, Verdict
from domain.periods import Period
from domain.vocabulary import ActualState, Language, Level, PlanCategory, ProblemKind
from templates.linking import HowToLink
from templates.message import Button
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.render import render
from templates.status import CardList, ProjectHistory, ReportLine, StatusCard
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.asked import Wanted, WantedPage
from usecases.status import MONTHS_A_PAGE, card, show_history

DECEMBER = Period(2025, 12)
SEPTEMBER, OCTOBER = Period(2026, 9), Period(2026, 10)


def with_months(session: Session, *invested: int) -> Cast:
    """The cast, with accepted months from January on, in yuan."""
    cast = builders.the_cast(session)
    for month, yuan in enumerate(invested, start=1):
        builders.an_accepted_month(session, cast.listing, month, yuan, progress=f"路基{month}0%")
    return cast


def shown(session: Session, cast: Cast, as_at: Period | None = None) -> StatusCard:
    message = card(session, asker(session, cast.huang), Wanted(cast.project.id, as_at), NOW)
    assert isinstance(message, StatusCard)
    return message


def words(session: Session, cast: Cast, message: StatusCard) -> str:
    return render(message, asker(session, cast.huang).voice).text


def test_the_card_sums_the_accepted_months_against_the_plan(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 10)

    figures = shown(session, cast).figures

    assert figures is not None
    assert (figures.first, figures.last, figures.done) == (Period(2026, 1), OCTOBER, 86_000_000)
    assert figures.share == Fraction(43, 60)
    assert figures.due == Fraction(5, 6)
    assert figures.behind == Fraction(7, 60)


def test_the_card_reads_as_the_model_of_tone_does(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 10)
    builders.an_obligation(session, cast.listing, 11, state=ObligationState.SUBMITTED)
    builders.a_problem(session, cast.project)
    opening(session, cast, BalanceKind.SINCE_START, 220_000_000)

    assert words(session, cast, shown(session, cast)).splitlines() == [
        "<b>白露大道（一期）</b>",
        "续建｜在建｜柳州市住建局牵头",
        "总投资5亿元 年计划1.2亿元",
        "1—10月（审定）8,600万元",
        "▓▓▓▓▓▓▓░░░ 71.7%",
        "序时83.3%，欠11.7个百分点",
        "开工累计 3.06亿元（61.2%）",
        "形象 路基100%",
        "问题 征地拆迁1件，未销号",
        "11月月报 已报待审",
        "<i>调度数，非统计数｜2026年11月18日</i>",
    ]


@pytest.mark.parametrize("invested", [None, 0])
def test_a_preparatory_project_tells_its_preliminary_work_and_no_investment(
    session: Session, invested: int | None
) -> None:
    cast = builders.the_cast(session)
    cast.listing.plan_category = PlanCategory.PREPARATORY
    cast.listing.annual_planned_investment = None
    opening(session, cast, BalanceKind.SINCE_START, 0)
    builders.an_accepted_month(session, cast.listing, 10, invested, progress="已完成可研批复")

    text = words(session, cast, shown(session, cast))

    assert "前期（10月） 已完成可研批复" in text
    assert "0元" not in text
    assert "审定）" not in text


def test_a_preparatory_project_nothing_is_known_of_says_so(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.listing.plan_category = PlanCategory.PREPARATORY

    assert "前期工作尚无审定情况" in words(session, cast, shown(session, cast))


def test_what_a_preparatory_project_did_invest_is_told(session: Session) -> None:
    cast = with_months(session, 3_000_000)
    cast.listing.plan_category = PlanCategory.PREPARATORY

    assert "1月（审定）300万元" in words(session, cast, shown(session, cast))


@pytest.mark.parametrize(
    ("name", "is_offered"),
    [("wei", True), ("huang", True), ("lu", True), ("meng", True), ("tan", True), ("ou", False)],
)
def test_the_people_are_offered_to_those_who_may_read_them(
    session: Session, name: str, is_offered: bool
) -> None:
    cast = builders.the_cast(session)
    message = card(session, asker(session, getattr(cast, name)), Wanted(cast.project.id), NOW)
    assert isinstance(message, StatusCard)
    assert (CardList.PEOPLE in message.offers) is is_offered
    labels = [key.label for row in message.rows() for key in row]
    assert ("people" in labels) is is_offered


def test_the_months_are_offered_once_there_are_some(session: Session) -> None:
    cast = builders.the_cast(session)
    assert CardList.HISTORY not in shown(session, cast).offers
    builders.an_accepted_month(session, cast.listing, 1)
    assert CardList.HISTORY in shown(session, cast).offers


def test_without_an_annual_plan_there_is_no_percentage(session: Session) -> None:
    cast = with_months(session, 8_600_000)
    cast.listing.annual_planned_investment = None
    session.flush()

    message = shown(session, cast)

    assert message.figures is not None
    assert message.figures.plan is None
    text = words(session, cast, message)
    assert "年度计划未下达" in text
    assert "%" not in text.replace("路基10%", "")


def test_a_month_ahead_of_time_says_so(session: Session) -> None:
    cast = with_months(session, 20_000_000)
    assert "超8.3个百分点" in words(session, cast, shown(session, cast))


def test_exactly_on_time_is_neither_behind_nor_ahead(session: Session) -> None:
    cast = with_months(session, 10_000_000)
    assert "与序时持平" in words(session, cast, shown(session, cast))


def test_a_month_without_an_accepted_report_is_named_and_not_counted(session: Session) -> None:
    cast = builders.the_cast(session)
    for month in (3, 4, 6):
        builders.an_accepted_month(session, cast.listing, month)

    figures = shown(session, cast).figures

    assert figures is not None
    assert figures.first == Period(2026, 3)
    assert figures.missing == (Period(2026, 5),)
    assert figures.done == 3 * 8_600_000


def test_what_is_not_accepted_is_not_a_fact(session: Session) -> None:
    cast = with_months(session, 8_600_000)
    for verdict in (Verdict.PENDING, Verdict.RETURNED, Verdict.SUPERSEDED):
        report = builders.an_accepted_month(session, cast.listing, 2)
        report.verdict = verdict
    session.flush()

    figures = shown(session, cast).figures

    assert figures is not None
    assert (figures.last, figures.done) == (Period(2026, 1), 8_600_000)


def test_the_newest_accepted_revision_counts(session: Session) -> None:
    cast = with_months(session, 8_600_000)
    builders.an_accepted_month(session, cast.listing, 1, 9_000_000, at=NOW)

    figures = shown(session, cast).figures

    assert figures is not None
    assert figures.done == 9_000_000


def test_an_opening_balance_stands_for_the_months_before_it(session: Session) -> None:
    cast = builders.the_cast(session)
    opening(session, cast, BalanceKind.YEAR_TO_DATE, 30_000_000, Period(2026, 6))
    builders.an_accepted_month(session, cast.listing, 7)

    figures = shown(session, cast).figures

    assert figures is not None
    assert (figures.first, figures.last) == (Period(2026, 1), Period(2026, 7))
    assert (figures.done, figures.missing) == (38_600_000, ())


def test_the_balance_alone_is_shown_before_the_first_month_is_accepted(session: Session) -> None:
    cast = builders.the_cast(session)
    opening(session, cast, BalanceKind.SINCE_START, 220_000_000)

    message = shown(session, cast)

    assert message.figures is None
    text = words(session, cast, message)
    assert "尚无审定的投资数" in text
    assert "开工累计 2.2亿元（44.0%），至2025年12月" in text


def test_a_project_nothing_is_known_of_still_has_a_card(session: Session) -> None:
    cast = builders.the_cast(session)
    message = shown(session, cast)
    assert (message.figures, message.since_start, message.progress) == (None, None, None)
    assert words(session, cast, message)


def test_a_preparatory_project_tells_of_its_preliminary_work(session: Session) -> None:
    cast = builders.the_cast(session)
    cast.listing.plan_category = PlanCategory.PREPARATORY
    cast.listing.annual_planned_investment = None
    cast.project.actual_state = ActualState.PREPARATORY_WORK
    builders.an_accepted_month(session, cast.listing, 10, None, progress="已完成可研批复")

    text = words(session, cast, shown(session, cast))

    assert "前期（10月） 已完成可研批复" in text
    assert "年度计划未下达" not in text
    assert "尚无审定的投资数" not in text


def test_a_project_listed_at_two_levels_has_one_card(session: Session) -> None:
    cast = with_months(session, 8_600_000)
    regional = builders.a_programme(session, level=Level.REGION)
    builders.a_listing(
        session,
        cast.project,
        programme=regional,
        plan_category=PlanCategory.COMPLETION,
        annual_planned_investment=100_000_000,
    )

    message = shown(session, cast)

    assert [line.level for line in message.listings] == [Level.REGION, Level.CITY]
    assert message.figures is not None
    assert message.figures.plan is not None
    assert message.figures.plan.yuan == 100_000_000
    assert "另列市级：续建，年计划1.2亿元" in words(session, cast, message)


def test_a_withdrawn_project_says_so_and_keeps_its_figures(session: Session) -> None:
    cast = with_months(session, 8_600_000)
    cast.listing.withdrawn_at = dtm.datetime(2026, 9, 2, 16, 30, tzinfo=dtm.UTC)
    cast.listing.withdrawal_reason = "建设条件不成熟"
    session.flush()

    text = words(session, cast, shown(session, cast))

    assert "已退出（2026年9月3日）：建设条件不成熟" in text
    assert "1月（审定）860万元" in text


def test_out_of_one_programme_is_not_out_of_the_other(session: Session) -> None:
    cast = builders.the_cast(session)
    regional = builders.a_programme(session, level=Level.REGION)
    other = builders.a_listing(session, cast.project, programme=regional)
    other.withdrawn_at = NOW
    session.flush()

    message = shown(session, cast)

    assert message.withdrawal is None
    assert [line.level for line in message.listings] == [Level.CITY]


def test_in_january_the_card_still_stands_by_the_old_programme(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 12)
    january = dtm.datetime(2027, 1, 8, 2, tzinfo=dtm.UTC)

    message = card(session, asker(session, cast.huang), Wanted(cast.project.id), january)

    assert isinstance(message, StatusCard)
    assert message.listings[0].year == 2026
    text = words(session, cast, message)
    assert "2026年1—12月（审定）1.032亿元" in text
    assert "2026年计划1.2亿元" in text


def test_a_new_programme_does_not_take_over_the_old_years_figures(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 12)
    following = builders.a_programme(session, year=2027)
    builders.a_listing(
        session, cast.project, programme=following, annual_planned_investment=60_000_000
    )
    january = dtm.datetime(2027, 1, 8, 2, tzinfo=dtm.UTC)

    message = card(session, asker(session, cast.huang), Wanted(cast.project.id), january)

    assert isinstance(message, StatusCard)
    assert message.listings[0].year == 2027
    assert message.figures is not None
    assert message.figures.plan is not None
    assert message.figures.plan.yuan == 120_000_000


def test_a_year_no_programme_lists_has_figures_but_no_percentage(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.an_accepted_month(session, cast.listing, 12, year=2025)

    figures = shown(session, cast, DECEMBER).figures

    assert figures is not None
    assert (figures.done, figures.plan) == (8_600_000, None)


# --- as of an earlier month


def test_as_at_september_is_told_as_known_now_and_as_known_then(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 10)
    correct(session, cast, Period(2026, 3), 1_000_000)

    figures = shown(session, cast, SEPTEMBER).figures

    assert figures is not None
    assert (figures.last, figures.done, figures.then) == (SEPTEMBER, 78_400_000, 77_400_000)


def test_without_a_later_correction_only_one_figure_is_told(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 10)
    figures = shown(session, cast, SEPTEMBER).figures
    assert figures is not None
    assert figures.then is None


def test_a_card_of_an_earlier_month_tells_nothing_of_later_ones(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 10)
    builders.an_obligation(session, cast.listing, 11)
    opened = dtm.datetime(2026, 10, 2, tzinfo=dtm.UTC)
    closed = dtm.datetime(2026, 9, 30, 15, 59, tzinfo=dtm.UTC)
    builders.a_problem(session, cast.project, ProblemKind.LAND, adopted=opened)
    builders.a_problem(session, cast.project, ProblemKind.FUNDING, closed=closed)
    builders.a_problem(session, cast.project, ProblemKind.FOREST, closed=opened)

    message = shown(session, cast, SEPTEMBER)

    assert message.progress is not None
    assert message.progress.text == "路基90%"
    assert [problem.kind for problem in message.problems] == [ProblemKind.FOREST]
    assert (message.state, message.report) == (None, None)


def test_a_month_long_before_anything_says_that_nothing_was_accepted(session: Session) -> None:
    cast = with_months(session, 8_600_000)
    text = words(session, cast, shown(session, cast, Period(2024, 5)))
    assert "截至2024年5月底" in text
    assert "尚无审定的投资数" in text


def test_one_goes_back_month_by_month_and_to_the_newest(session: Session) -> None:
    cast = with_months(session, 1, 2, 3)
    first, third = Period(2026, 1), Period(2026, 3)

    assert shown(session, cast).earlier == Period(2026, 2)
    assert months_offered(shown(session, cast, third)) == [
        f"status.turn:{cast.project.id}:2026:2",
        f"status.turn:{cast.project.id}",
    ]
    assert shown(session, cast, first).earlier is None


def months_offered(message: StatusCard) -> list[str]:
    row = [key for key in message.rows()[1] if isinstance(key, Button)]
    return [key.data for key in row if key.action == "status.turn"]


# --- whether the month's report is in


@pytest.mark.parametrize(
    ("state", "to_the_chain", "to_others"),
    [
        (ObligationState.OPEN, True, False),
        (ObligationState.SUBMITTED, True, False),
        (ObligationState.RETURNED, True, False),
        (ObligationState.ACCEPTED, True, True),
        (ObligationState.EXEMPT, True, True),
        (ObligationState.WITHDRAWN, False, False),
    ],
)
def test_only_the_chain_and_the_office_hear_of_what_is_not_settled(
    session: Session, state: ObligationState, to_the_chain: bool, to_others: bool
) -> None:
    cast = builders.the_cast(session)
    builders.an_obligation(session, cast.listing, 11, state=state)

    def told(name: str) -> bool:
        who = asker(session, getattr(cast, name))
        message = card(session, who, Wanted(cast.project.id), NOW)
        assert isinstance(message, StatusCard)
        assert message.report is None or message.report.state is state
        return message.report is not None

    assert {told(name) for name in ("wei", "huang", "qin", "meng")} == {to_the_chain}
    assert {told(name) for name in ("lu", "tan", "ou")} == {to_others}


def test_a_report_still_awaited_names_its_day(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.an_obligation(session, cast.listing, 11)
    assert shown(session, cast).report == ReportLine(
        Period(2026, 11), ObligationState.OPEN, dtm.date(2026, 11, 25)
    )


def test_a_period_that_has_not_opened_is_not_spoken_of(session: Session) -> None:
    cast = builders.the_cast(session)
    builders.an_obligation(session, cast.listing, 10, state=ObligationState.ACCEPTED)
    builders.an_obligation(session, cast.listing, 12)
    report = shown(session, cast).report
    assert report is not None
    assert report.period == OCTOBER


# --- who may ask


@pytest.mark.parametrize("name", ["wei", "huang", "qin", "lu", "meng", "tan", "ou"])
def test_every_linked_contact_reads_accepted_figures(session: Session, name: str) -> None:
    cast = with_months(session, 8_600_000)
    who = asker(session, getattr(cast, name))
    message = card(session, who, Wanted(cast.project.id), NOW)
    assert isinstance(message, StatusCard)
    assert message.figures is not None


def test_an_unknown_person_gets_only_the_way_to_link(session: Session) -> None:
    cast = builders.the_cast(session)
    assert card(session, asker(session, None), Wanted(cast.project.id), NOW) == HowToLink()


def test_a_contact_without_any_role_is_refused(session: Session) -> None:
    cast = builders.the_cast(session)
    nobody = builders.a_contact(session, "无角色", account=1099)
    assert card(session, asker(session, nobody), Wanted(cast.project.id), NOW) == NotYours()


def test_a_button_of_a_project_that_does_not_exist_is_stale(session: Session) -> None:
    cast = builders.the_cast(session)
    assert card(session, asker(session, cast.huang), Wanted(999), NOW) == StaleButton()


# --- history


def test_history_is_paged_the_newest_first(session: Session) -> None:
    cast = with_months(session, *[8_600_000] * 10)
    first = history(session, cast, 0)
    last = history(session, cast, 1)

    assert [month.period.month for month in first.months] == [10, 9, 8, 7, 6, 5]
    assert [month.period.month for month in last.months] == [4, 3, 2, 1]
    assert (first.pages, len(first.months)) == (2, MONTHS_A_PAGE)
    assert history(session, cast, 99) == last


def test_history_tells_a_corrected_month_as_now_and_as_then_known(session: Session) -> None:
    cast = with_months(session, 8_600_000, 8_600_000, 8_600_000)
    builders.an_accepted_month(session, cast.listing, 1, 9_000_000, at=NOW)
    correct(session, cast, Period(2026, 2), -600_000)

    march, february, january = history(session, cast, 0).months

    assert (january.invested, january.then) == (9_000_000, 8_600_000)
    assert (february.invested, february.then) == (8_000_000, 8_600_000)
    assert (march.invested, march.then) == (8_600_000, None)


@pytest.mark.parametrize("language", Language)
def test_history_of_nothing_is_said_kindly(session: Session, language: Language) -> None:
    cast = builders.the_cast(session)
    voice = replace(asker(session, cast.huang).voice, language=language)
    assert render(history(session, cast, 0), voice).text


def history(session: Session, cast: Cast, page: int) -> ProjectHistory:
    wanted = WantedPage(cast.project.id, page)
    (answer,) = show_history(session, asker(session, cast.ou), wanted, NOW)
    assert isinstance(answer.message, ProjectHistory)
    return answer.message


def opening(
    session: Session,
    cast: Cast,
    kind: BalanceKind,
    amount: int,
    as_at: Period = DECEMBER,
) -> None:
    session.add(
        OpeningBalance(
            project_id=cast.project.id,
            kind=kind,
            year=as_at.year,
            month=as_at.month,
            amount=amount,
            source="import",
            recorded_at=builders.LONG_AGO,
        )
    )
    session.flush()


def correct(session: Session, cast: Cast, month: Period, amount: int) -> None:
    session.add(
        Adjustment(
            project_id=cast.project.id,
            year=month.year,
            month=month.month,
            counts_from_year=month.year,
            counts_from_month=month.month,
            amount=amount,
            reason="核减",
            recorded_at=NOW,
        )
    )
    session.flush()
