"""A plan states its totals in sentences, and its sums do not always add up."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.spellings import named
from domain.stated import (
    Comparison,
    Figure,
    Measure,
    Mismatch,
    Scope,
    Severity,
    StatedTotal,
    mismatches,
    mismatches_within,
    stated_in,
)
from domain.vocabulary import PlanCategory, Sector

SEEDS = Path(__file__).parent.parent / "data" / "seeds"
FACTS: dict[str, Any] = json.loads((SEEDS / "seed-facts.json").read_text("utf-8"))
YI = 100_000_000

NEW, CONTINUING, COMPLETION, PREPARATORY = PlanCategory
PROJECTS, INVESTMENT, PLAN = Measure


def seed(name: str) -> tuple[StatedTotal, ...]:
    return stated_in((SEEDS / f"{name}-2020.txt").read_text("utf-8"))


def figures(total: StatedTotal) -> tuple[int | None, ...]:
    return tuple(figure.amount if figure else None for figure in map(total.figure, Measure))


def facts(entry: dict[str, Any]) -> tuple[int | None, ...]:
    yuan = [entry.get("total_investment_yi"), entry.get("annual_plan_yi")]
    return (entry["projects"], *(round(yi * YI) if yi is not None else None for yi in yuan))


def told(mismatch: Mismatch) -> tuple[object, ...]:
    """A mismatch as the office would say it: of whom, what, against what, stated, found."""
    in_yi = 1 if mismatch.measure is PROJECTS else YI
    return (
        mismatch.scope.categories,
        mismatch.measure,
        mismatch.compared_with,
        mismatch.stated / in_yi,
        mismatch.found / in_yi,
        mismatch.severity,
    )


def category(name: str) -> PlanCategory:
    found = named(PlanCategory, name)
    assert found
    return found


# The two plans this product serves


def test_the_plan_of_guangxi_is_read_whole() -> None:
    plan = FACTS["guangxi"]
    expected = {Scope(): facts(plan["total"])}
    for name, entry in plan["stages"].items():
        expected[Scope((category(name),))] = facts(entry)
    for name, regions in plan["projects_by_region"].items():
        for region, projects in regions.items():
            expected[Scope((category(name),), region)] = (projects, None, None)
    for region, yi in plan["annual_plan_by_region_yi"].items():
        expected[Scope((), region)] = (None, None, round(yi * YI))
    assert {total.scope: figures(total) for total in seed("guangxi")} == expected


def test_the_plan_of_liuzhou_is_read_whole() -> None:
    plan = FACTS["liuzhou"]
    expected = {Scope((NEW, CONTINUING, COMPLETION)): facts(plan["total_implementation"])}
    for name, entry in plan["stages"].items():
        expected[Scope((category(name),))] = facts(entry)
        for sector, part in entry["by_sector"].items():
            expected[Scope((category(name),), sector=named(Sector, sector))] = facts(part)
    read = seed("liuzhou")
    assert {total.scope: figures(total) for total in read} == expected
    assert len(read) == len(expected) + 1, "the 175 preparatory projects are stated twice"


def test_where_the_plan_of_guangxi_contradicts_itself() -> None:
    assert {told(mismatch) for mismatch in mismatches_within(seed("guangxi"))} == {
        ((), PLAN, Comparison.CATEGORIES, 1675, 1675.1, Severity.ROUNDING),
        ((), PLAN, Comparison.REGIONS, 1675, 1675.2, Severity.ROUNDING),
    }


def test_where_the_plan_of_liuzhou_contradicts_itself() -> None:
    by = Comparison.SECTORS
    all_three = (NEW, CONTINUING, COMPLETION)
    assert {told(mismatch) for mismatch in mismatches_within(seed("liuzhou"))} == {
        ((NEW,), PLAN, by, 107.61, 107.33, Severity.CONTRADICTION),
        ((COMPLETION,), PROJECTS, by, 135, 134, Severity.CONTRADICTION),
        ((COMPLETION,), PLAN, by, 155.09, 155.08, Severity.ROUNDING),
        ((CONTINUING,), INVESTMENT, by, 3238.45, 3238.46, Severity.ROUNDING),
        ((PREPARATORY,), INVESTMENT, by, 4053.63, 4053.62, Severity.ROUNDING),
        (all_three, PLAN, Comparison.CATEGORIES, 677.32, 677.33, Severity.ROUNDING),
    }


def test_a_mismatch_quotes_the_sentence_it_was_read_in() -> None:
    [found] = [each for each in mismatches_within(seed("liuzhou")) if each.measure is PROJECTS]
    assert found.where == "竣工项目135项,项目总投资575.69亿元,年度计划投资155.09亿元"


# Other plans say it in other words


@pytest.mark.parametrize(
    ("sentence", "scope", "expected"),
    [
        ("新开工项目80个、总投资5亿元、年度计划投资1.2亿元。", Scope((NEW,)), (80, 5, 1.2)),
        ("续建项目１２项，总投资３．５亿元", Scope((CONTINUING,)), (12, 3.5, None)),
        ("续建 12 项，总投资 12,345.6 亿元", Scope((CONTINUING,)), (12, 12345.6, None)),
        ("竣工投产项目5项，总投资约为30000万元", Scope((COMPLETION,)), (5, 3, None)),
        ("全市共安排重大项目320项，2021年计划投资400亿元", Scope(), (320, None, 400)),
        ("全区统筹推进重大项目1,132项，计划总投资9亿元", Scope(), (1132, 9, None)),
        ("其中：预备项目12项总投资7亿元", Scope((PREPARATORY,)), (12, 7, None)),
        (
            "实施项目包括新开工、续建、竣工三类共30项，总投资8亿元",
            Scope((NEW, CONTINUING, COMPLETION)),
            (30, 8, None),
        ),
        ("新开工、续建项目共865个，年度计划投资2亿元", Scope((NEW, CONTINUING)), (865, None, 2)),
        ("生态环保类12个项目，总投资4亿元", Scope(sector=Sector.ECOLOGY), (12, 4, None)),
        ("(二)柳州市项目13项，年度投资计划6.5亿元", Scope(region="柳州市"), (13, None, 6.5)),
        ("区直中直项目3项，总投资0.5亿元", Scope(region="区直中直和跨区域"), (3, 0.5, None)),
    ],
)
def test_a_total_is_found_in_a_sentence(
    sentence: str, scope: Scope, expected: tuple[float | None, ...]
) -> None:
    projects, *amounts = expected
    yuan = [None if yi is None else round(yi * YI) for yi in amounts]
    [total] = stated_in(sentence)
    assert total.scope == scope
    assert figures(total) == (projects, *yuan)


def test_sectors_in_one_paragraph_with_their_category_belong_to_it() -> None:
    text = "续建项目9项，总投资3亿元。按行业分：基础设施类4项，总投资1亿元；民生保障类5项。"
    assert [total.scope for total in stated_in(text)] == [
        Scope((CONTINUING,)),
        Scope((CONTINUING,), sector=Sector.INFRASTRUCTURE),
        Scope((CONTINUING,), sector=Sector.LIVELIHOOD),
    ]


def test_regions_after_several_categories_belong_to_the_whole() -> None:
    text = "新开工项目2项；续建项目3项。按地区分：南宁市1项，柳州市4项。"
    assert [total.scope for total in stated_in(text)][2:] == [
        Scope(region="南宁市"),
        Scope(region="柳州市"),
    ]


def test_a_heading_speaks_until_the_next_one() -> None:
    text = "（一）新开工任务。南宁市2项。\n（二）其他。\n柳州市3项。"
    assert [total.scope for total in stated_in(text)] == [
        Scope((NEW,), "南宁市"),
        Scope((), "柳州市"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "落实优化重大项目监督与激励机制的25项措施",
        "协调解决问题12项，涉及资金5亿元",
        "在全区12个县推进，南宁市3个区参加",
        "新开工项目确保年内开工建设",
        "争取专项债券3.5亿元",
        "网址：http://222.84.136.132:7001，电话0771-2328852",
        "新开工项目前期工作经费。总投资5亿元",
    ],
)
def test_other_numbers_of_a_plan_are_not_taken_for_totals(sentence: str) -> None:
    assert stated_in(sentence) == ()


def test_an_amount_about_something_else_is_not_added_to_the_last_part() -> None:
    [total] = stated_in("新开工项目2项，其中专项债券年度计划投资3亿元")
    assert figures(total) == (2, None, None)


def test_an_amount_in_the_next_sentence_is_not_added_to_the_last_part() -> None:
    [total] = stated_in("新开工项目2项。总投资5亿元")
    assert figures(total) == (2, None, None)


@pytest.mark.parametrize(
    ("text", "step"),
    [("153.7亿元", YI // 10), ("1675亿元", YI), ("0.25万元", 100), ("7446.08万元", 100)],
)
def test_a_figure_knows_how_finely_it_is_printed(text: str, step: int) -> None:
    [total] = stated_in(f"续建项目2项，总投资{text}")
    assert total.total_investment
    assert total.total_investment.step == step


# Arithmetic


@dataclass(frozen=True)
class Row:
    plan_category: PlanCategory = NEW
    sector: Sector | None = None
    region: str | None = None
    total_investment: int | None = None
    annual_planned_investment: int | None = None


def total(scope: Scope, projects: int | None = None, plan_yi: float | None = None) -> StatedTotal:
    plan = None if plan_yi is None else Figure(round(plan_yi * YI), YI // 10)
    return StatedTotal(scope, Figure(projects) if projects else None, annual_plan=plan)


def test_the_same_total_stated_twice_differently_is_reported() -> None:
    found = mismatches_within([total(Scope((NEW,)), 12), total(Scope((NEW,)), 13)])
    assert [told(each)[2:] for each in found] == [
        (Comparison.STATED_AGAIN, 12, 13, Severity.CONTRADICTION)
    ]


def test_a_whole_is_not_compared_with_parts_that_are_not_all_stated() -> None:
    assert mismatches_within([total(Scope(), 12), total(Scope((NEW,)), 5)]) == ()


def test_a_measure_is_not_compared_when_a_part_does_not_state_it() -> None:
    parts = [total(Scope((NEW,), "南宁市"), plan_yi=3), total(Scope((NEW,), "柳州市"), 2)]
    assert mismatches_within([total(Scope((NEW,)), plan_yi=5), *parts]) == ()


def test_one_project_too_few_is_never_rounding() -> None:
    stated = [total(Scope((NEW,)), 3), total(Scope((NEW,), "南宁市"), 2)]
    assert [each.severity for each in mismatches_within(stated)] == [Severity.CONTRADICTION]


def test_rows_that_round_to_the_printed_figure_agree_with_it() -> None:
    rows = [Row(annual_planned_investment=153_680_000)]
    assert mismatches([total(Scope((NEW,)), 1, 1.5)], rows) == ()


@pytest.mark.parametrize(
    ("yuan", "severity"),
    [(159_000_000, Severity.ROUNDING), (161_000_000, Severity.CONTRADICTION)],
)
def test_rows_off_by_the_last_printed_digit_are_told_from_rows_that_contradict(
    yuan: int, severity: Severity
) -> None:
    rows = [Row(annual_planned_investment=yuan)]
    assert [each.severity for each in mismatches([total(Scope((NEW,)), 1, 1.5)], rows)] == [
        severity
    ]


def test_rows_are_summed_by_category_region_and_sector() -> None:
    rows = [
        Row(NEW, Sector.ECOLOGY, "南宁市"),
        Row(NEW, Sector.ECOLOGY, "柳州市"),
        Row(CONTINUING, Sector.INDUSTRY, "南宁市"),
    ]
    stated = [
        total(Scope(), 3),
        total(Scope((NEW, CONTINUING)), 3),
        total(Scope((NEW,)), 3),
        total(Scope(region="南宁市"), 5),
        total(Scope((NEW,), sector=Sector.ECOLOGY), 4),
    ]
    assert [(each.stated, each.found) for each in mismatches(stated, rows)] == [
        (3, 2),
        (5, 2),
        (4, 2),
    ]


def test_totals_by_region_are_passed_over_when_the_rows_name_no_region() -> None:
    stated = [total(Scope(region="南宁市"), 5), total(Scope(sector=Sector.ECOLOGY), 5)]
    assert mismatches(stated, [Row()]) == ()


@given(
    st.dictionaries(
        st.sampled_from(list(Sector)),
        st.tuples(st.integers(1, 999), st.integers(1, 10**6)),
        min_size=1,
    )
)
def test_sentences_written_from_sums_that_add_up_have_no_mismatch(
    parts: dict[Sector, tuple[int, int]],
) -> None:
    words = dict(zip(Sector, ["基础设施", "产业发展", "民生保障", "生态环保"], strict=True))
    projects = sum(count for count, _ in parts.values())
    hundredths = sum(amount for _, amount in parts.values())
    whole = f"续建项目{projects:,}项，总投资{hundredths / 100:.2f}亿元。按行业分："
    sentences = [
        f"{words[sector]}类项目{count}项，项目总投资{amount / 100:.2f}亿元"
        for sector, (count, amount) in parts.items()
    ]
    read = stated_in(whole + "；".join(sentences))
    assert mismatches_within(read) == ()
    assert len(read) == len(parts) + 1
    assert figures(read[0]) == (projects, hundredths * YI // 100, None)
