import datetime as dtm
from fractions import Fraction
from io import BytesIO

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import Session

from db.tables.people import Contact
from db.tables.programme import Programme
from domain.access import ScopeKind
from domain.overview import ANY, NONE, Dimension
from domain.periods import Period
from domain.stated import Figure, Scope, StatedTotal
from domain.vocabulary import Level, PlanCategory, Role, Sector
from templates.linking import HowToLink
from templates.message import Button, Message
from templates.overview import (
    NothingToOverview,
    Overview,
    OverviewProjects,
    OverviewTable,
    Slice,
    StatedFigures,
)
from templates.refusals import NotYours
from templates.render import render
from tests import builders
from tests.builders import NOW, Cast, asker
from usecases.answers import Hand
from usecases.importing.totals import as_data
from usecases.overview import (
    GROUPS_A_PAGE,
    Division,
    SlicePage,
    hand_table,
    overview,
    show_division,
    show_projects,
)

CITY = Slice(Level.CITY)
NEW_START, PREPARATORY = 1, 4


def a_programme_of(session: Session) -> Cast:
    """The cast's project and six more: of every category, in two cities, three units lead."""
    cast = builders.the_cast(session)
    guilin = builders.a_region(session, "桂林市")
    education = builders.a_unit(session, "市教育局")
    for number, category in enumerate((*PlanCategory, PlanCategory.NEW_START)):
        plan = None if category is PlanCategory.PREPARATORY else 60_000_000
        project = builders.a_project(session, f"样例项目{number}", region=guilin)
        listing = builders.a_listing(
            session,
            project,
            plan_category=category,
            sector=Sector.LIVELIHOOD if number else None,
            units=(education, builders.a_unit(session)),
            total_investment=100_000_000,
            annual_planned_investment=plan,
        )
        if plan:
            for month in range(1, 11):
                builders.an_accepted_month(session, listing, month, 4_000_000)
    for month in range(1, 11):
        builders.an_accepted_month(session, cast.listing, month, 8_600_000)
    return cast


def told(session: Session, contact: Contact | None, now: dtm.datetime = NOW) -> Message:
    (answer,) = overview(session, asker(session, contact, now), None, now)
    return answer.message


def whole(session: Session, contact: Contact) -> Overview:
    message = told(session, contact)
    assert isinstance(message, Overview)
    return message


def divided(session: Session, contact: Contact, wanted: Division) -> Overview:
    (answer,) = show_division(session, asker(session, contact), wanted, NOW)
    assert isinstance(answer.message, Overview)
    return answer.message


def test_the_whole_programme_is_added_up_by_category(session: Session) -> None:
    cast = a_programme_of(session)
    message = whole(session, cast.meng)

    assert message.header.through == Period(2026, 10)
    assert message.sums.projects == 6
    assert message.sums.total_investment == 1_000_000_000
    assert message.sums.annual_plan == 120_000_000 + 4 * 60_000_000
    assert message.sums.done == 86_000_000 + 4 * 40_000_000
    assert message.sums.share == Fraction(246, 360)
    assert message.sums.due == Fraction(10, 12)
    assert [(line.name.member, line.sums.projects) for line in message.groups] == [
        (PlanCategory.NEW_START, 2),
        (PlanCategory.CONTINUING, 2),
        (PlanCategory.COMPLETION, 1),
        (PlanCategory.PREPARATORY, 1),
    ]


def test_it_reads_as_the_other_messages_do(session: Session) -> None:
    cast = a_programme_of(session)
    voice = asker(session, cast.meng).voice
    assert render(whole(session, cast.meng), voice).text.splitlines() == [
        "<b>2026年市级重大项目</b>",
        "6项 总投资10.00亿元",
        "年计划3.60亿元",
        "1—10月（审定）2.46亿元",
        "▓▓▓▓▓▓░░░░ 68.3%",
        "序时83.3%，欠15.0个百分点",
        "",
        "1 新开工 2项｜年计划1.20亿元｜66.7%",
        "2 续建 2项｜年计划1.80亿元｜70.0%",
        "3 竣工投产 1项｜年计划0.60亿元｜66.7%",
        "4 预备 1项｜总投资1.00亿元",
        "<i>调度数，非统计数｜2026年11月18日</i>",
    ]


@pytest.mark.parametrize(
    ("name", "projects"),
    [
        ("wei", 6),  # the owner of all of them in these builders
        ("huang", 6),  # leads one, supports the others
        ("qin", 6),
        ("lu", 6),
        ("meng", 6),
        ("tan", 6),
        ("ou", 5),  # leads five
    ],
)
def test_everybody_adds_up_what_they_may_see(session: Session, name: str, projects: int) -> None:
    cast = a_programme_of(session)
    message = whole(session, getattr(cast, name))
    assert message.sums.projects == projects
    assert message.header.is_whole is (name in ("meng", "tan"))


def test_who_has_nothing_to_do_with_the_programme_sees_nothing(session: Session) -> None:
    builders.the_cast(session)
    unit = builders.a_unit(session, "另一单位")
    stranger = builders.a_contact(session, "外人", unit=unit, account=1098)
    builders.an_assignment(session, stranger, Role.LIAISON, ScopeKind.ORGANISATION, unit.id)
    assert told(session, stranger) == NothingToOverview()
    (answer,) = show_projects(session, asker(session, stranger), SlicePage(CITY), NOW)
    assert answer.message == NothingToOverview()


def test_unknown_people_and_those_without_a_role_are_refused(session: Session) -> None:
    a_programme_of(session)
    nobody = builders.a_contact(session, "无角色", account=1099)
    for contact, refusal in ((None, HowToLink()), (nobody, NotYours())):
        who = asker(session, contact)
        assert told(session, contact) == refusal
        for answers in (
            show_division(session, who, Division(CITY, Dimension.UNIT), NOW),
            show_projects(session, who, SlicePage(CITY), NOW),
            hand_table(session, who, CITY, NOW),
        ):
            assert [answer.message for answer in answers] == [refusal]


def test_each_figure_opens_down_to_the_projects_it_sums(session: Session) -> None:
    cast = a_programme_of(session)
    slice_ = CITY.to(Dimension.CATEGORY, NEW_START)

    by_region = divided(session, cast.meng, Division(slice_, Dimension.REGION))
    assert [(line.name.name, line.sums.projects) for line in by_region.groups] == [("桂林市", 2)]
    assert [name.member for name in by_region.header.names] == [PlanCategory.NEW_START]

    (answer,) = show_projects(session, asker(session, cast.meng), SlicePage(slice_), NOW)
    assert isinstance(answer.message, OverviewProjects)
    assert {one.name for one in answer.message.projects} == {"样例项目0", "样例项目4"}
    assert sum(one.sums.done for one in answer.message.projects) == by_region.sums.done


def test_every_button_leads_to_what_it_says(session: Session) -> None:
    cast = a_programme_of(session)
    message = divided(session, cast.meng, Division(CITY, Dimension.UNIT))
    first = message.rows()[0][0]
    assert isinstance(first, Button)
    education = builders.a_unit(session, "市教育局")
    assert first.data == f"overview.show:1:2:0:0:0:{education.id}:0"
    assert Slice.of((2, 0, 0, 0, education.id)) == CITY.to(Dimension.UNIT, education.id)
    inner = Slice.of((2, NEW_START, 1, NONE, education.id))
    assert inner.open_dimensions == ()


def test_projects_without_a_sector_are_a_group_of_their_own(session: Session) -> None:
    cast = a_programme_of(session)
    message = divided(session, cast.meng, Division(CITY, Dimension.SECTOR))
    assert [(line.key, line.name.member) for line in message.groups] == [
        (1, Sector.INFRASTRUCTURE),
        (3, Sector.LIVELIHOOD),
        (NONE, None),
    ]
    slice_ = CITY.to(Dimension.SECTOR, NONE)
    (answer,) = show_projects(session, asker(session, cast.meng), SlicePage(slice_), NOW)
    assert isinstance(answer.message, OverviewProjects)
    assert [one.name for one in answer.message.projects] == ["样例项目0"]


def test_many_units_are_paged_the_largest_first(session: Session) -> None:
    cast = a_programme_of(session)
    for number in range(GROUPS_A_PAGE):
        unit = builders.a_unit(session, f"单位{number}")
        builders.a_listing(session, builders.a_project(session, f"又一{number}"), units=(unit,))
    first = divided(session, cast.meng, Division(CITY, Dimension.UNIT))
    second = divided(session, cast.meng, Division(CITY, Dimension.UNIT, 1))
    assert first.groups[0].name.name == "市教育局"
    assert (len(first.groups), len(second.groups), second.first) == (8, 2, 9)


def test_what_was_withdrawn_is_not_added_up(session: Session) -> None:
    cast = a_programme_of(session)
    cast.listing.withdrawn_at = NOW
    session.flush()
    assert whole(session, cast.meng).sums.projects == 5


def test_two_levels_are_kept_apart_and_offered(session: Session) -> None:
    cast = a_programme_of(session)
    regional = builders.a_programme(session, level=Level.REGION)
    builders.a_listing(session, cast.project, programme=regional)

    highest = whole(session, cast.meng)
    city = divided(session, cast.meng, Division(CITY, Dimension.CATEGORY))

    assert (highest.slice.level, highest.sums.projects) == (Level.REGION, 1)
    assert (city.slice.level, city.sums.projects) == (Level.CITY, 6)
    assert city.levels == (Level.REGION, Level.CITY)


def test_two_batches_of_a_level_are_added_up_together_each_project_once(
    session: Session,
) -> None:
    cast = a_programme_of(session)
    batch = Programme(level=Level.CITY, year=2026, batch="增补", created_at=NOW)
    session.add(batch)
    session.flush()
    builders.a_listing(session, cast.project, programme=batch)
    builders.a_listing(session, builders.a_project(session, "增补项目"), programme=batch)
    assert whole(session, cast.meng).sums.projects == 7


def test_in_january_last_years_programme_still_counts(session: Session) -> None:
    cast = a_programme_of(session)
    january = dtm.datetime(2027, 1, 8, 2, tzinfo=dtm.UTC)
    message = told(session, cast.meng, january)
    assert isinstance(message, Overview)
    assert (message.header.year, message.sums.projects) == (2026, 6)


def test_a_programme_of_next_year_does_not_count_yet(session: Session) -> None:
    cast = a_programme_of(session)
    following = builders.a_programme(session, year=2027)
    builders.a_listing(session, cast.project, programme=following)
    assert whole(session, cast.meng).header.year == 2026


def test_a_month_few_are_accepted_for_is_not_counted_yet(session: Session) -> None:
    cast = a_programme_of(session)
    builders.an_accepted_month(session, cast.listing, 11, 30_000_000)
    message = whole(session, cast.meng)
    assert message.header.through == Period(2026, 10)
    assert message.sums.done == 246_000_000


def test_the_documents_figures_are_shown_where_they_differ(session: Session) -> None:
    cast = a_programme_of(session)
    programme = builders.a_programme(session)
    everything = Scope(tuple(PlanCategory))
    programme.stated = as_data(
        [
            StatedTotal(everything, Figure(6), Figure(1_004_000_000, 10_000_000), Figure(355)),
            StatedTotal(Scope((PlanCategory.NEW_START,)), Figure(3)),
            StatedTotal(Scope((PlanCategory.NEW_START,), "桂林市"), Figure(4)),
        ]
    )
    session.add(programme)
    session.flush()
    new_start = CITY.to(Dimension.CATEGORY, NEW_START)
    guilin = new_start.to(Dimension.REGION, builders.a_region(session, "桂林市").id)
    leading = new_start.to(Dimension.UNIT, builders.a_unit(session).id)

    def stated(slice_: Slice, contact: Contact) -> StatedFigures | None:
        return divided(session, contact, Division(slice_, Dimension.SECTOR)).stated

    # 10.04亿元 as printed may be 10.00 to within its last digit; 355 yuan may not.
    assert stated(CITY, cast.meng) == StatedFigures(annual_plan=355)
    assert stated(new_start, cast.meng) == StatedFigures(projects=3)
    assert stated(guilin, cast.meng) == StatedFigures(projects=4)
    assert stated(leading, cast.meng) is None
    assert stated(CITY, cast.huang) is None
    assert stated(CITY.to(Dimension.CATEGORY, PREPARATORY), cast.meng) is None


def test_the_workbook_holds_the_projects_with_numbers_to_calculate_with(session: Session) -> None:
    cast = a_programme_of(session)
    cast.project.name = "=HYPERLINK(1)"
    session.flush()
    (answer,) = hand_table(session, asker(session, cast.meng), CITY, NOW)

    assert isinstance(answer, Hand)
    assert isinstance(answer.message, OverviewTable)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    header, *rows = sheet.iter_rows(values_only=True)
    assert header[10] == "1—10月审定完成投资（万元）"
    assert len(rows) == answer.message.projects == 6
    row = next(row for row in rows if row[1] == "=HYPERLINK(1)")
    assert sheet.cell(rows.index(row) + 2, 2).data_type == "s"
    assert row[8:] == (50_000, 12_000, 8_600, 71.7, 83.3)
    preparatory = next(row for row in rows if row[3] == "预备")
    assert preparatory[9:] == (None, 0, None, None)


def test_a_slice_that_is_empty_meanwhile_is_shown_empty(session: Session) -> None:
    cast = a_programme_of(session)
    gone = Slice(Level.CITY, (ANY, 10**6, ANY, ANY))
    assert divided(session, cast.meng, Division(gone, Dimension.UNIT)).sums.projects == 0
    (answer,) = hand_table(session, asker(session, cast.meng), gone, NOW)
    assert isinstance(answer, Hand)


def test_before_any_import_there_is_nothing_to_add_up(session: Session) -> None:
    builders.an_office(session)
    meng = builders.a_contact(session, "蒙协调员", account=1005)
    builders.an_assignment(session, meng, Role.COORDINATOR)
    assert told(session, meng) == NothingToOverview()


def test_the_number_of_queries_does_not_grow_with_the_programme(session: Session) -> None:
    cast = a_programme_of(session)

    def queries() -> int:
        session.expire_all()
        count = 0

        def counted(*_: object) -> None:
            nonlocal count
            count += 1

        engine = session.get_bind()
        sa.event.listen(engine, "before_cursor_execute", counted)
        who = asker(session, cast.meng)
        before = count
        overview(session, who, None, NOW)
        show_projects(session, who, SlicePage(CITY), NOW)
        hand_table(session, who, CITY, NOW)
        sa.event.remove(engine, "before_cursor_execute", counted)
        return count - before

    few = queries()
    for number in range(20):
        listing = builders.a_listing(session, builders.a_project(session, f"更多{number}"))
        builders.an_accepted_month(session, listing, 10)
    assert queries() == few
