"""The sample programmes hold the plans' printed figures, and are plainly a sample."""

import json
import re
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from domain.stated.arithmetic import mismatches
from domain.stated.totals import Measure, Scope
from domain.vocabulary import ActualState, PlanCategory, Role, Sector
from sandbox.sample import guangxi, liuzhou
from sandbox.sample.amounts import UNIT, apportion, fit_margins, share_out
from sandbox.sample.facts import OrganisationKind, Programme, Project
from sandbox.sample.plans import YI, read_plan
from sandbox.sample.programme import _programme
from sandbox.sample.slots import slots_of

PROJECT = Path(__file__).parents[2]
SEED_FACTS = json.loads(
    (Path(__file__).parents[1] / "data" / "seed-facts.json").read_text("utf-8"),
    parse_float=Decimal,
)
STAGES = {
    PlanCategory.NEW_START: "新开工",
    PlanCategory.CONTINUING: "续建",
    PlanCategory.COMPLETION: "竣工投产",
    PlanCategory.PREPARATORY: "预备",
}
SECTORS = {
    Sector.INFRASTRUCTURE: "基础设施",
    Sector.INDUSTRY: "产业发展",
    Sector.LIVELIHOOD: "民生保障",
    Sector.ECOLOGY: "生态环保",
}
REAL_NAME_LENGTHS = {0.1: 7, 0.25: 9, 0.5: 12, 0.75: 17, 0.9: 21}
"""Deciles of 153 real names of Guangxi projects, from public lists of 2010 to 2025."""

PROGRAMMES = pytest.mark.parametrize("programme", [guangxi(), liuzhou()], ids=["region", "city"])


def stage_of(key: str, category: PlanCategory) -> Any:
    stages = SEED_FACTS[key]["stages"]
    return stages.get(STAGES[category]) or stages["竣工"]


def yuan(yi: Decimal | int | None) -> int:
    return int((yi or 0) * YI)


def in_category(programme: Programme, category: PlanCategory) -> list[Project]:
    return [p for p in programme.projects if p.plan_category is category]


def annual(projects: list[Project]) -> int:
    return sum(p.annual_planned_investment or 0 for p in projects)


def in_infrastructure(category: PlanCategory) -> Scope:
    return Scope((category,), sector=Sector.INFRASTRUCTURE)


def as_printed(measure: Measure, figure: int) -> str:
    return (
        str(figure) if measure is Measure.PROJECTS else f"{figure / YI:.6f}".rstrip("0").rstrip(".")
    )


@PROGRAMMES
@pytest.mark.parametrize("category", PlanCategory)
def test_a_category_has_the_projects_and_amounts_the_plan_prints(
    programme: Programme, category: PlanCategory
) -> None:
    printed = stage_of(programme.key, category)
    projects = in_category(programme, category)
    assert len(projects) == printed["projects"]
    assert sum(p.total_investment for p in projects) == yuan(printed["total_investment_yi"])
    assert annual(projects) == yuan(printed["annual_plan_yi"])


@pytest.mark.parametrize("category", PlanCategory)
def test_guangxi_has_the_projects_of_each_region_the_plan_prints(category: PlanCategory) -> None:
    printed = SEED_FACTS["guangxi"]["projects_by_region"][STAGES[category]]
    assert Counter(p.region for p in in_category(guangxi(), category)) == printed


def test_guangxis_cities_have_the_annual_plans_the_plan_prints_and_one_part_gives() -> None:
    printed = dict(SEED_FACTS["guangxi"]["annual_plan_by_region_yi"])
    crossing = "区直中直和跨区域"
    found = {
        region: annual([p for p in guangxi().projects if p.region == region]) for region in printed
    }
    assert found.pop(crossing) == yuan(Decimal("191.6"))
    assert printed.pop(crossing) == Decimal("191.7")
    assert found == {region: yuan(amount) for region, amount in printed.items()}


@pytest.mark.parametrize("category", PlanCategory)
@pytest.mark.parametrize("sector", [s for s in Sector if s is not Sector.INFRASTRUCTURE])
def test_liuzhou_has_the_sectors_the_plan_prints(category: PlanCategory, sector: Sector) -> None:
    printed = stage_of("liuzhou", category)["by_sector"][SECTORS[sector]]
    projects = [p for p in in_category(liuzhou(), category) if p.sector is sector]
    assert len(projects) == printed["projects"]
    assert sum(p.total_investment for p in projects) == yuan(printed["total_investment_yi"])
    assert annual(projects) == yuan(printed.get("annual_plan_yi"))


IMPLEMENTED = (PlanCategory.NEW_START, PlanCategory.CONTINUING, PlanCategory.COMPLETION)
WHERE_THE_DOCUMENTS_DISAGREE = {
    (Scope(), Measure.ANNUAL_PLAN, "1675", "1675.1"),
    (Scope(region="区直中直和跨区域"), Measure.ANNUAL_PLAN, "191.7", "191.6"),
    (Scope(IMPLEMENTED), Measure.ANNUAL_PLAN, "677.32", "677.33"),
    (in_infrastructure(PlanCategory.NEW_START), Measure.ANNUAL_PLAN, "34.79", "35.07"),
    (in_infrastructure(PlanCategory.CONTINUING), Measure.TOTAL_INVESTMENT, "1739.1", "1739.09"),
    (in_infrastructure(PlanCategory.COMPLETION), Measure.PROJECTS, "49", "50"),
    (in_infrastructure(PlanCategory.COMPLETION), Measure.ANNUAL_PLAN, "78.72", "78.73"),
    (in_infrastructure(PlanCategory.PREPARATORY), Measure.TOTAL_INVESTMENT, "3674.35", "3674.36"),
}
"""Every printed total that the projects do not give, with what they give, in 亿元 or projects."""


def test_the_projects_give_every_printed_total_but_where_the_documents_disagree() -> None:
    found = {
        (m.scope, m.measure, as_printed(m.measure, m.stated), as_printed(m.measure, m.found))
        for programme in (guangxi(), liuzhou())
        for m in mismatches(programme.stated, programme.projects)
    }
    assert found == WHERE_THE_DOCUMENTS_DISAGREE


@PROGRAMMES
def test_the_same_call_gives_the_same_facts(programme: Programme) -> None:
    again = _programme.__wrapped__(programme.key, programme.year)
    assert repr(again) == repr(programme)


def test_another_process_gives_the_same_facts() -> None:
    """Hashes of words differ between processes; nothing may depend on them."""
    script = (
        "from hashlib import sha256; from sandbox.sample import *;"
        "p = liuzhou(); facts = (p, history(p, (2026, 10)), problems(p, (2026, 10)));"
        "print(sha256(repr(facts).encode() + write_programme_xlsx(p)).hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_another_year_moves_the_years_and_nothing_else() -> None:
    names = [p.name for p in liuzhou(2027).projects]
    assert names == [p.name for p in liuzhou(2026).projects]
    assert liuzhou(2027).title == "柳州市2027年市级层面统筹推进重大项目"
    shifts = zip(liuzhou(2027).projects, liuzhou(2026).projects, strict=True)
    assert {later.start_year - earlier.start_year for later, earlier in shifts} == {1}


@PROGRAMMES
def test_names_codes_aliases_and_phones_belong_to_one_each(programme: Programme) -> None:
    names = [p.name for p in programme.projects]
    aliases = [alias for p in programme.projects for alias in p.aliases]
    assert max(Counter(names + aliases).values()) == 1
    assert max(Counter(p.code for p in programme.projects).values()) == 1
    assert max(Counter(person.phone for person in programme.people).values()) == 1


def test_the_two_programmes_share_no_code_and_no_phone() -> None:
    assert not {p.code for p in guangxi().projects} & {p.code for p in liuzhou().projects}
    assert not {p.phone for p in guangxi().people} & {p.phone for p in liuzhou().people}


@PROGRAMMES
def test_names_are_as_long_as_real_ones(programme: Programme) -> None:
    lengths = sorted(len(p.name) for p in programme.projects)
    assert lengths[0] >= 3
    assert lengths[-1] <= 40
    for share, real in REAL_NAME_LENGTHS.items():
        assert abs(lengths[int(len(lengths) * share)] - real) <= 2


@PROGRAMMES
@pytest.mark.parametrize("mark", ["（一期）", "二期", "（", "—", "至", "“", "大桥", "有限公司年产"])
def test_names_have_the_marks_real_ones_have(programme: Programme, mark: str) -> None:
    assert sum(mark in p.name for p in programme.projects) >= 2


@PROGRAMMES
def test_some_projects_are_named_within_anothers_name(programme: Programme) -> None:
    bridges = [p.name for p in programme.projects if p.name.endswith("大桥")]
    bracketed = [
        p.name
        for p in programme.projects
        for bridge in bridges
        if bridge != p.name and re.search(f"（[^）]*{bridge}", p.name)
    ]
    assert len(bracketed) >= 3


@PROGRAMMES
def test_no_template_is_left_unfilled(programme: Programme) -> None:
    texts = [
        text
        for p in programme.projects
        for text in (p.name, p.scope, p.owner, p.annual_goal, p.place, *p.aliases)
    ]
    assert not [text for text in texts if re.search(r"[{}]|None|工程工程|（）|^$", text)]


@PROGRAMMES
def test_companies_people_and_codes_are_plainly_a_sample(programme: Programme) -> None:
    companies = [p.owner for p in programme.projects] + [
        p.agent for p in programme.projects if p.agent
    ]
    assert all("样例" in company for company in companies)
    assert all(person.name.endswith("·样例") for person in programme.people)
    assert all(re.fullmatch(r"1990000\d{4}", person.phone) for person in programme.people)
    assert all(
        re.fullmatch(r"0000-45\d{4}-\d\d-0\d-\d{6}", project.code) for project in programme.projects
    )


@PROGRAMMES
def test_a_companys_name_in_a_projects_name_is_marked_too(programme: Programme) -> None:
    assert not [p.name for p in programme.projects if "有限公司" in p.name and "样例" not in p.name]


@PROGRAMMES
def test_amounts_fit_into_each_other(programme: Programme) -> None:
    for project in programme.projects:
        planned = project.annual_planned_investment
        assert (planned is None) == (project.plan_category is PlanCategory.PREPARATORY)
        assert project.invested_before >= 0
        assert planned is None or planned > 0
        assert project.invested_before + (planned or 0) <= project.total_investment


@PROGRAMMES
def test_a_few_amounts_are_no_whole_wan(programme: Programme) -> None:
    odd = [p for p in programme.projects if p.total_investment % 10_000]
    assert 0.05 < len(odd) / len(programme.projects) < 0.5


@PROGRAMMES
def test_courses_agree_with_the_category(programme: Programme) -> None:
    for p in programme.projects:
        assert p.start_year <= p.finish_year
        match p.plan_category:
            case PlanCategory.NEW_START:
                assert (p.start_year, p.invested_before) == (programme.year, 0)
                assert p.planned_start_month
            case PlanCategory.CONTINUING:
                assert p.start_year < programme.year
                assert p.invested_before > 0
            case PlanCategory.COMPLETION:
                assert p.finish_year == programme.year
                assert p.planned_finish_month
            case PlanCategory.PREPARATORY:
                assert p.actual_state is ActualState.PREPARATORY_WORK


@PROGRAMMES
def test_every_actual_state_occurs(programme: Programme) -> None:
    assert {p.actual_state for p in programme.projects} == set(ActualState)


def test_a_city_answers_for_its_projects_and_a_department_for_the_regions_own() -> None:
    kinds = {o.name: o.kind for o in guangxi().organisations}
    for project in guangxi().projects:
        lead = kinds[project.responsible_units[0]]
        crossing = project.region == "区直中直和跨区域"
        assert lead is (OrganisationKind.DEPARTMENT if crossing else OrganisationKind.GOVERNMENT)


@PROGRAMMES
def test_projects_have_one_to_three_known_units_and_a_known_owner(programme: Programme) -> None:
    known = {o.name for o in programme.organisations}
    assert len(known) == len(programme.organisations)
    counts = Counter(len(p.responsible_units) for p in programme.projects)
    assert set(counts) == {1, 2, 3}
    for p in programme.projects:
        named = {*p.responsible_units, p.owner, *filter(None, [p.agent])}
        assert named <= known
        assert len(set(p.responsible_units)) == len(p.responsible_units)


@PROGRAMMES
def test_the_office_has_three_coordinators_and_one_inspector(programme: Programme) -> None:
    roles = Counter(person.role for person in programme.people)
    assert (roles[Role.COORDINATOR], roles[Role.INSPECTOR]) == (3, 1)


@PROGRAMMES
def test_chains_are_whole_but_for_a_few_holes(programme: Programme) -> None:
    units = {unit for p in programme.projects for unit in p.responsible_units}
    for role in (Role.FIRST_RESPONSIBLE, Role.COMMISSIONER, Role.LIAISON):
        filled = [person.unit for person in programme.people if person.role is role]
        assert max(Counter(filled).values()) == 1
        assert set(filled) <= units
        holes = len(units) - len(filled)
        assert holes == 0 if role is Role.FIRST_RESPONSIBLE else 0 < holes <= len(units) // 8
    officers = {p.unit for p in programme.people if p.role is Role.INFORMATION_OFFICER}
    assert units <= officers


@PROGRAMMES
def test_some_people_are_away_some_have_left_and_some_read_english(programme: Programme) -> None:
    assert [p for p in programme.people if p.leave]
    assert [p for p in programme.people if p.left]
    assert {p.language.value for p in programme.people} == {"zh", "en"}


@PROGRAMMES
def test_a_liaison_may_have_sixty_projects(programme: Programme) -> None:
    leads = Counter(p.responsible_units[0] for p in programme.projects)
    liaisons = [p.unit for p in programme.people if p.role is Role.LIAISON]
    assert max(leads[unit] for unit in liaisons) >= 60


@PROGRAMMES
def test_two_officers_of_a_large_owner_share_its_projects(programme: Programme) -> None:
    scopes: dict[str, list[tuple[str, ...]]] = {}
    for person in programme.people:
        if person.scope and person.role is Role.INFORMATION_OFFICER:
            scopes.setdefault(person.unit, []).append(person.scope)
    assert scopes
    for owner, (names, codes) in scopes.items():
        own = [p for p in programme.projects if p.owner == owner]
        assert 0 <= len(codes) - len(names) <= 1
        assert all((p.name in names) != (p.code in codes) for p in own)


def test_shares_by_largest_remainder_add_to_the_total() -> None:
    assert apportion(10, [1, 1, 1]) == [4, 3, 3]
    assert apportion(7, [0.5, 0.0, 2.5]) == [1, 0, 6]


def test_shares_keep_the_least_amounts_or_refuse() -> None:
    assert share_out(10 * UNIT, [1, 0], [2 * UNIT, 3 * UNIT]) == [7 * UNIT, 3 * UNIT]
    with pytest.raises(ValueError, match="exceed"):
        share_out(4 * UNIT, [1, 1], [2 * UNIT, 3 * UNIT])


def test_a_table_fits_both_margins_or_refuses() -> None:
    rng = Random(3)
    seed = [[rng.random() for _ in range(5)] for _ in range(3)]
    table = fit_margins([100, 37, 3], [20, 50, 30, 25, 15], seed)
    assert [sum(row) for row in table] == [100, 37, 3]
    assert [sum(column) for column in zip(*table, strict=True)] == [20, 50, 30, 25, 15]
    with pytest.raises(ValueError, match="different sums"):
        fit_margins([1, 2], [4], [[1], [1]])


@pytest.mark.parametrize("key", ["guangxi", "liuzhou"])
@pytest.mark.parametrize("seed", range(5))
def test_sums_hold_whatever_the_dice(key: str, seed: int) -> None:
    plan = read_plan(key)
    slots = slots_of(plan, Random(seed))
    for category in PlanCategory:
        whole = plan.of_category(category)
        mine = [slot for slot in slots if slot.category is category]
        assert len(mine) == whole.projects
        assert sum(slot.total for slot in mine) == whole.total_investment
        assert sum(slot.annual or 0 for slot in mine) == (whole.annual_plan or 0)
