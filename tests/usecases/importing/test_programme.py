"""A programme's table is taken over as it stands, corrected by a later one, and never twice."""

import datetime as dtm
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlmodel import Session, col, func, select

from db.tables.people import Organisation, Region
from db.tables.programme import (
    BalanceKind,
    Listing,
    OpeningBalance,
    Programme,
    Project,
    ProjectAlias,
    ResponsibleUnit,
)
from db.tables.reporting import Follow, ProjectChange, ProjectChangeKind
from db.tables.speech import Notice
from domain.importing.changes import Outcome
from domain.importing.findings import Leniency
from domain.importing.identity import Identity
from domain.stated import Measure, Severity
from domain.tables import ProblemCode
from domain.vocabulary import ActualState, Level, PlanCategory
from sandbox.sample import guangxi, liuzhou, plan_text, write_programme_xlsx
from sandbox.sample.facts import Programme as Sample
from tests.builders import NOW, a_listing, a_project, a_unit, an_office, the_cast
from tests.usecases.importing.tables import TITLE, project_file, project_row
from usecases.asker import office
from usecases.importing.files import File
from usecases.importing.placing import Unplaced
from usecases.importing.programme import ProgrammeImport, ProgrammePlan, Wanted, import_programme
from usecases.importing.totals import from_data

STRICT = Leniency()
LATER = NOW + dtm.timedelta(days=1)
WAN = 10_000
SEEDS = Path(__file__).parents[2] / "data" / "seeds"


def brought_in(
    session: Session,
    file: File,
    wanted: Wanted | None = None,
    leniency: Leniency = STRICT,
    now: dtm.datetime = NOW,
) -> ProgrammeImport:
    return import_programme(session, file, wanted or Wanted(), leniency, now)


def plan_of(result: ProgrammeImport) -> ProgrammePlan:
    assert isinstance(result.plan, ProgrammePlan)
    return result.plan


def counts(result: ProgrammeImport) -> dict[Outcome, int]:
    return {outcome: count for outcome, count in plan_of(result).counts.items() if count}


def how_many(session: Session) -> dict[str, int]:
    tables = (
        Programme,
        Project,
        ProjectAlias,
        Listing,
        ResponsibleUnit,
        OpeningBalance,
        Organisation,
        Region,
    )
    count = {table: select(func.count()).select_from(table) for table in tables}
    return {table.__name__: session.exec(query).one() for table, query in count.items()}


def the_project(session: Session) -> Project:
    return session.exec(select(Project)).one()


def units(session: Session, listing: Listing) -> list[str]:
    query = (
        select(Organisation.name)
        .join(ResponsibleUnit, col(ResponsibleUnit.organisation_id) == col(Organisation.id))
        .where(ResponsibleUnit.listing_id == listing.id)
        .order_by(col(ResponsibleUnit.position))
    )
    return list(session.exec(query))


def test_a_table_becomes_a_programme(session: Session) -> None:
    an_office(session)
    result = brought_in(session, project_file(project_row()))

    assert result.is_saved
    programme = session.exec(select(Programme)).one()
    assert (programme.level, programme.year, programme.batch) == (Level.CITY, 2026, "")
    assert programme.title == TITLE
    project, listing = the_project(session), session.exec(select(Listing)).one()
    assert (project.name, project.code) == ("白露大道（一期）", "2020-450200-48-01-000001")
    assert project.actual_state is ActualState.UNDER_CONSTRUCTION
    assert listing.plan_category is PlanCategory.CONTINUING
    assert (listing.total_investment, listing.annual_planned_investment) == (
        50000 * WAN,
        12000 * WAN,
    )
    assert units(session, listing) == ["市住建局", "柳北区人民政府"]
    region = session.get_one(Region, project.region_id)
    assert (region.name, region.level) == ("柳州市", Level.CITY)
    assert office(session).names_version == 1


def test_opening_balances_are_dated(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row()))
    kept = {
        (row.kind, row.year, row.month, row.amount) for row in session.exec(select(OpeningBalance))
    }
    assert kept == {
        (BalanceKind.SINCE_START, 2025, 12, 30000 * WAN),
        (BalanceKind.YEAR_TO_DATE, 2026, 3, 2000 * WAN),
    }


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    an_office(session)
    file = project_file(project_row(), project_row("乙路", code=None, owner=None))
    brought_in(session, file)
    before = how_many(session)

    assert counts(brought_in(session, file, now=LATER)) == {Outcome.UNCHANGED: 2}
    assert how_many(session) == before
    assert office(session).names_version == 1


def test_a_correction_changes_what_it_says_and_nothing_else(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row(), project_row("乙路", code="B-1")))
    correction = project_file(project_row(total=60000, units="柳北区人民政府、市教育局"))

    assert counts(brought_in(session, correction, now=LATER)) == {Outcome.CHANGED: 1}
    assert how_many(session)["Project"] == 2
    listing = session.exec(select(Listing).order_by(col(Listing.id))).first()
    assert listing is not None
    assert listing.total_investment == 60000 * WAN
    assert listing.listed_at == NOW
    assert units(session, listing) == ["柳北区人民政府", "市教育局"]


def test_whoever_follows_a_project_hears_of_a_correction(session: Session) -> None:
    cast = the_cast(session)
    follow = Follow(contact_id=cast.wei.id, project_id=cast.project.id, since=NOW)
    session.add(follow)
    row = project_row(units="柳州市住建局", owner=None, total=60000)
    file = project_file(row)
    brought_in(session, file, now=LATER)
    brought_in(session, file, now=LATER)

    change = session.exec(select(ProjectChange)).one()
    assert (change.project_id, change.what) == (
        cast.project.id,
        ProjectChangeKind.LISTING_CHANGED,
    )
    assert session.exec(select(Notice.contact_id)).one() == cast.wei.id


def test_a_changed_balance_is_appended(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row()))
    brought_in(session, project_file(project_row(before=31000)), now=LATER)
    brought_in(session, project_file(project_row(before=31000)), now=LATER)

    of_start = select(OpeningBalance).where(OpeningBalance.kind == BalanceKind.SINCE_START)
    rows = session.exec(of_start.order_by(col(OpeningBalance.id))).all()
    assert [(row.amount, row.recorded_at) for row in rows] == [
        (30000 * WAN, NOW),
        (31000 * WAN, LATER),
    ]


def test_a_renamed_project_is_still_found_by_its_old_name(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row()))
    brought_in(session, project_file(project_row("白露大道工程")), now=LATER)

    assert the_project(session).name == "白露大道工程"
    assert session.exec(select(ProjectAlias.name)).all() == ["白露大道（一期）"]
    assert office(session).names_version == 2


def test_a_project_of_another_programme_is_the_same_project(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row()))
    next_year = project_file(project_row(this_year=None), title="2027年市级重大项目（续建）")
    result = brought_in(session, next_year, now=LATER)

    assert counts(result) == {Outcome.LISTED: 1}
    assert (how_many(session)["Project"], how_many(session)["Listing"]) == (1, 2)


def test_a_withdrawn_project_stays_withdrawn(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row()))
    listing = session.exec(select(Listing)).one()
    listing.withdrawn_at = NOW
    session.add(listing)
    session.flush()

    result = brought_in(session, project_file(project_row(total=1)), now=LATER)
    assert counts(result) == {Outcome.LEFT_ALONE: 1}
    assert session.exec(select(Listing)).one().total_investment == 50000 * WAN


def test_one_bad_row_keeps_everything_out(session: Session) -> None:
    an_office(session)
    file = project_file(project_row(), project_row("乙路", code=None, total="约3亿"))
    result = brought_in(session, file)

    assert not result.is_saved
    [trouble] = plan_of(result).findings.troubles
    assert trouble.code is ProblemCode.AMOUNT_VAGUE
    assert (trouble.place.sheet, trouble.place.row, trouble.place.header) == ("续建", 5, "总投资")
    assert how_many(session)["Project"] == how_many(session)["Programme"] == 0


def test_the_sound_rows_come_in_when_that_is_asked_for(session: Session) -> None:
    an_office(session)
    file = project_file(project_row(), project_row("乙路", code=None, total="约3亿"))
    assert brought_in(session, file, leniency=Leniency(skips_bad_rows=True)).is_saved
    assert the_project(session).name == "白露大道（一期）"


def test_a_secret_project_never_comes_in(session: Session) -> None:
    an_office(session)
    file = project_file(project_row(), project_row("某某工程（涉密）", code=None))
    result = brought_in(session, file, leniency=Leniency(skips_bad_rows=True))
    assert [one.code for one in plan_of(result).findings.troubles] == [ProblemCode.SECRET]
    assert the_project(session).name == "白露大道（一期）"


def test_a_unit_nearly_known_is_asked_about(session: Session) -> None:
    an_office(session)
    a_unit(session, "柳州市交通运输局")
    file = project_file(project_row(units="柳州市交运输局"))

    assert not brought_in(session, file).is_saved
    result = brought_in(session, file, leniency=Leniency(accepts_new_names=True))
    assert result.is_saved
    assert "柳州市交运输局" in plan_of(result).findings.new_units


def test_a_table_of_no_known_programme_is_asked_about(session: Session) -> None:
    an_office(session)
    result = brought_in(session, project_file(project_row(), title="重大项目表", name="表.xlsx"))
    assert isinstance(result.plan, Unplaced)
    assert not result.is_saved


def test_without_a_batch_the_table_is_of_the_only_one_of_its_year(session: Session) -> None:
    an_office(session)
    brought_in(session, project_file(project_row(), title="2026年第一批市级重大项目（续建）"))
    brought_in(session, project_file(project_row(total=1)))
    assert session.exec(select(Programme.batch)).one() == "第一批"

    brought_in(session, project_file(project_row(), title="2026年第二批市级重大项目（续建）"))
    several = brought_in(session, project_file(project_row(total=2)))
    assert isinstance(several.plan, Unplaced)
    assert [one.batch for one in several.plan.batches] == ["第一批", "第二批"]


def test_a_project_entered_without_a_code_gets_the_one_the_table_brings(session: Session) -> None:
    an_office(session)
    a_listing(session, a_project(session))
    result = brought_in(session, project_file(project_row(units="柳州市住建局")))
    assert counts(result) == {Outcome.CHANGED: 1}
    assert the_project(session).code == "2020-450200-48-01-000001"


def test_sums_that_do_not_add_up_are_reported_and_kept(session: Session) -> None:
    an_office(session)
    total = (None, None, "合计（2项）", None, 90000, 24000, None, None, None, None)
    result = brought_in(session, project_file(total, project_row()))

    found = {one.measure: (one.stated, one.found) for one in plan_of(result).mismatches}
    assert found[Measure.PROJECTS] == (2, 1)
    assert found[Measure.TOTAL_INVESTMENT] == (90000 * WAN, 50000 * WAN)
    kept = from_data(session.exec(select(Programme)).one().stated)
    assert kept == plan_of(result).stated
    assert session.exec(select(Listing)).one().total_investment == 50000 * WAN


def test_liuzhous_plan_disagrees_with_itself_in_two_places(session: Session) -> None:
    an_office(session)
    text = (SEEDS / "liuzhou-2020.txt").read_text("utf-8")
    wanted = Wanted(Identity(Level.CITY, 2026), plan_text=text)
    plan = plan_of(brought_in(session, project_file(project_row(total="约3亿")), wanted))

    contradictions = {
        (one.scope.categories, one.measure)
        for one in plan.mismatches
        if one.severity is Severity.CONTRADICTION
    }
    assert contradictions == {
        ((PlanCategory.NEW_START,), Measure.ANNUAL_PLAN),
        ((PlanCategory.COMPLETION,), Measure.PROJECTS),
    }


def test_the_plans_totals_outlive_a_table_without_them(session: Session) -> None:
    an_office(session)
    text = (SEEDS / "liuzhou-2020.txt").read_text("utf-8")
    brought_in(session, project_file(project_row()), Wanted(plan_text=text))
    kept = session.exec(select(Programme)).one().stated
    brought_in(session, project_file(project_row(total=1)), now=LATER)
    assert kept
    assert session.exec(select(Programme)).one().stated == kept


@pytest.mark.parametrize(("sample", "projects"), [(guangxi, 1132), (liuzhou, 729)])
def test_the_sample_comes_in_whole_and_only_once(
    session: Session, sample: Callable[[], Sample], projects: int
) -> None:
    an_office(session)
    file = File("样例.xlsx", write_programme_xlsx(sample()))
    wanted = Wanted(plan_text=plan_text(sample()))

    assert counts(brought_in(session, file, wanted)) == {Outcome.NEW: projects}
    assert how_many(session)["Listing"] == projects
    assert counts(brought_in(session, file, wanted)) == {Outcome.UNCHANGED: projects}
