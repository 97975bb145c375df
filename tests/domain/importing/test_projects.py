"""A table of projects is compared with what is kept; nothing is guessed, nothing is lost."""

from dataclasses import replace
from typing import Any

import pytest

from domain.importing.changes import Change, Outcome
from domain.importing.conflicts import ConflictCode
from domain.importing.projects import (
    Comparison,
    ListingState,
    ProjectField,
    ProjectVerdict,
    StoredProject,
    balances_of,
    compare_projects,
    facts_of,
)
from domain.periods import Period
from domain.tables import Place, ProjectRow, Years
from domain.vocabulary import ActualState, PlanCategory, Sector

F = ProjectField
YEAR = 2026
NAME = "白露大道（一期）"


def a_row(name: str = NAME, *, number: int = 5, **said: Any) -> ProjectRow:
    facts: dict[str, Any] = {"plan_category": PlanCategory.CONTINUING, **said}
    return ProjectRow(place=Place("续建", number), name=name, **facts)


def stored(row: ProjectRow | None = None, **more: Any) -> StoredProject:
    """A project kept just as the row says it, listed already."""
    row = row or a_row()
    kept: dict[str, Any] = {
        "id": 1,
        "name": row.name,
        "code": row.code,
        "region": row.region,
        "listing": ListingState.LISTED,
        "facts": facts_of(row),
        "balances": balances_of(row, YEAR),
        **more,
    }
    return StoredProject(**kept)


def compared(*rows: ProjectRow, with_: tuple[StoredProject, ...] = ()) -> Comparison:
    return compare_projects(rows, with_, YEAR)


def verdict(row: ProjectRow, *kept: StoredProject) -> ProjectVerdict:
    comparison = compared(row, with_=kept)
    assert comparison.conflicts == ()
    return comparison.verdicts[0]


def conflict(row: ProjectRow, *kept: StoredProject) -> ConflictCode:
    comparison = compared(row, with_=kept)
    assert comparison.verdicts == ()
    return comparison.conflicts[0].code


FULL = a_row(
    code="2020-450200-48-01-000001",
    region="柳州市",
    site="柳北区",
    scope="全长5公里",
    sector=Sector.INFRASTRUCTURE,
    years=Years(2019, 2027),
    total_investment=500_000_000,
    annual_planned_investment=120_000_000,
    annual_goal="路基完成",
    planned_finish=Period(2026, 12),
    responsible_units=("市住建局", "柳北区人民政府"),
    owner="样例城投公司",
    actual_state=ActualState.UNDER_CONSTRUCTION,
    invested_before=300_000_000,
    invested_this_year=20_000_000,
    invested_month=3,
)


def test_the_same_row_again_changes_nothing() -> None:
    assert verdict(FULL, stored(FULL)) == ProjectVerdict(FULL, Outcome.UNCHANGED, stored(FULL))


def test_a_row_about_nobody_is_a_new_project_with_everything_it_states() -> None:
    new = verdict(FULL)
    assert (new.outcome, new.stored) == (Outcome.NEW, None)
    assert {change.field for change in new.changes} == set(F) - {
        F.ALIASES,
        F.AGENT,
        F.PLANNED_START,
    }


@pytest.mark.parametrize(
    ("said", "change"),
    [
        (
            {"total_investment": 600_000_000},
            Change(F.TOTAL_INVESTMENT, 500_000_000, 600_000_000),
        ),
        (
            {"plan_category": PlanCategory.COMPLETION},
            Change(F.PLAN_CATEGORY, PlanCategory.CONTINUING, PlanCategory.COMPLETION),
        ),
        ({"years": Years(2019, 2028)}, Change(F.END_YEAR, 2027, 2028)),
        (
            {"responsible_units": ("柳北区人民政府", "市住建局")},
            Change(
                F.RESPONSIBLE_UNITS, ("市住建局", "柳北区人民政府"), ("柳北区人民政府", "市住建局")
            ),
        ),
        (
            {"invested_before": 310_000_000},
            Change(F.INVESTED_BEFORE, 300_000_000, 310_000_000, Period(2025, 12)),
        ),
        (
            {"invested_month": 4},
            Change(F.INVESTED_THIS_YEAR, None, 20_000_000, Period(2026, 4)),
        ),
        ({"invested_this_year": 0}, Change(F.INVESTED_THIS_YEAR, 20_000_000, 0, Period(2026, 3))),
        ({"region": "桂林市"}, Change(F.REGION, "柳州市", "桂林市")),
        ({"aliases": ("白露",)}, Change(F.ALIASES, (), ("白露",))),
    ],
)
def test_a_correction_is_told_from_old_to_new(said: dict[str, Any], change: Change) -> None:
    changed = verdict(replace(FULL, **said), stored(FULL))
    assert changed.outcome is Outcome.CHANGED
    assert changed.changes == (change,)


def test_a_blank_cell_changes_nothing() -> None:
    bare = a_row(code=FULL.code)
    assert verdict(bare, stored(FULL)).outcome is Outcome.UNCHANGED


def test_width_dashes_and_spaces_make_no_other_name() -> None:
    kept = stored(a_row("G7221柳州—梧州（一期）", owner="样例（柳州）公司"))
    row = a_row("Ｇ7221柳州-梧州(一期)", owner="样例(柳州)公司")
    assert verdict(row, kept).outcome is Outcome.UNCHANGED


def test_a_renamed_project_keeps_its_old_name_as_an_alias() -> None:
    kept = stored(FULL, aliases=("白露",))
    renamed = verdict(a_row("白露大道工程", code=FULL.code), kept)
    assert renamed.changes == (
        Change(F.NAME, NAME, "白露大道工程"),
        Change(F.ALIASES, ("白露",), ("白露", NAME)),
    )


def test_an_alias_that_is_known_is_not_added_again() -> None:
    row = replace(FULL, aliases=("白露", "白露大道(一期)"))
    assert verdict(row, stored(FULL, aliases=("白露",))).outcome is Outcome.UNCHANGED


def test_a_code_that_appears_is_added() -> None:
    kept = stored(a_row(region="柳州市"))
    assert verdict(a_row(region="柳州市", code="A-1"), kept).changes == (
        Change(F.CODE, None, "A-1"),
    )


def test_the_same_name_in_another_region_is_another_project() -> None:
    assert verdict(a_row(region="桂林市"), stored(a_row(region="柳州市"))).outcome is Outcome.NEW


def test_a_region_nobody_stated_does_not_part_a_project_from_itself() -> None:
    assert verdict(a_row(), stored(a_row(region="柳州市"))).outcome is Outcome.UNCHANGED
    appears = verdict(a_row(region="柳州市"), stored(a_row()))
    assert appears.changes == (Change(F.REGION, None, "柳州市"),)


def test_a_project_known_from_another_programme_is_newly_listed() -> None:
    listed = verdict(FULL, stored(FULL, listing=ListingState.NOT_LISTED))
    assert listed.outcome is Outcome.LISTED


def test_a_withdrawn_project_is_left_alone() -> None:
    changed = replace(FULL, total_investment=1)
    left = verdict(changed, stored(FULL, listing=ListingState.WITHDRAWN))
    assert (left.outcome, left.changes) == (Outcome.LEFT_ALONE, ())


def test_a_code_of_one_project_with_the_name_of_another_is_refused() -> None:
    one = stored(a_row("甲路", code="A-1", region="柳州市"))
    other = stored(a_row("乙路", region="柳州市"), id=2)
    assert conflict(a_row("乙路", code="A-1", region="柳州市"), one, other) is (
        ConflictCode.TWO_PROJECTS
    )
    assert conflict(a_row("乙路", code="A-1"), one, other) is ConflictCode.TWO_PROJECTS


def test_a_name_with_another_code_than_its_own_is_refused() -> None:
    assert conflict(a_row(code="A-2"), stored(a_row(code="A-1"))) is ConflictCode.CODE_DIFFERS


def test_a_name_of_two_regions_needs_its_region() -> None:
    kept = (stored(a_row(region="柳州市")), stored(a_row(region="桂林市"), id=2))
    assert conflict(a_row(), *kept) is ConflictCode.NAME_IN_SEVERAL_REGIONS
    coded = (stored(a_row(region="柳州市", code="A-1")), kept[1])
    assert verdict(a_row(code="A-1"), *coded).stored == coded[0]


def test_another_name_without_a_code_may_be_another_project_and_is_asked() -> None:
    kept = stored(a_row(code="A-1", region="柳州市"), aliases=("白露大道",))
    assert conflict(a_row("白露大道", region="柳州市"), kept) is ConflictCode.NAME_IS_ALIAS
    assert verdict(a_row("白露大道", code="A-9", region="柳州市"), kept).outcome is Outcome.NEW
    assert verdict(a_row("白露大道", region="桂林市"), kept).outcome is Outcome.NEW


def test_one_project_in_two_rows_is_refused_the_second_time() -> None:
    kept = stored(a_row(code="A-1", region="柳州市"))
    rows = (a_row(code="A-1", region="柳州市"), a_row("新名", code="A-1", number=9))
    comparison = compared(*rows, with_=(kept,))
    assert [one.row.place.row for one in comparison.verdicts] == [5]
    [twice] = comparison.conflicts
    assert (twice.code, twice.place.row, twice.parameters["row"]) == (ConflictCode.ROW_TWICE, 9, 5)


@pytest.mark.parametrize(
    "said",
    [
        {"owner": "长" * 201},
        {"responsible_units": ("市住建局", "长" * 201)},
        {"aliases": ("长" * 201,)},
        {"code": "1" * 65},
    ],
)
def test_a_name_as_long_as_a_paragraph_is_a_cell_gone_wrong(said: dict[str, Any]) -> None:
    assert conflict(a_row(**said)) is ConflictCode.TOO_LONG
