"""A programme's table is understood as the office meant it, or its problems are told at once."""

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period
from domain.place import Place
from domain.stated import Figure, Measure, Scope, mismatches
from domain.tables import (
    DoubtCode,
    Form,
    Formula,
    Known,
    Merge,
    ProblemCode,
    ProgrammeTable,
    ProjectRow,
    Sheet,
    Value,
    Workbook,
    Years,
    form_of,
    read_programme,
)
from domain.tables.headers import Column
from domain.vocabulary import ActualState, PlanCategory, Sector

WAN = 10_000
YEAR = 2020
NEW, CONTINUING, COMPLETION, PREPARATORY = PlanCategory

Row = Sequence[Value]


def sheet(*rows: Row, name: str = "Sheet1", merges: Sequence[Merge] = ()) -> Sheet:
    return Sheet(name, tuple(tuple(row) for row in rows), tuple(merges))


def read(*rows: Row, known: Known | None = None, **options: Any) -> ProgrammeTable:
    return read_programme(Workbook("计划.xlsx", (sheet(*rows, **options),)), YEAR, known)


def one(header: str, value: Value, **options: Any) -> ProgrammeTable:
    """A table of one project with one more column."""
    return read(("项目名称", "计划类别", header), ("白露大道", "续建", value), **options)


def codes(table: ProgrammeTable) -> list[ProblemCode]:
    return [problem.code for problem in table.problems]


def doubts(table: ProgrammeTable) -> list[DoubtCode]:
    return [doubt.code for doubt in table.doubts]


def names(table: ProgrammeTable) -> list[str]:
    return [row.name for row in table.rows]


# Columns


WHOLE_HEADER = (
    "序号", "项目代码", "项目名称", "简称", "计划类别", "行业类别", "所在地区", "建设地点",
    "建设规模及内容", "建设起止年限", "总投资（万元）", "至2019年底累计完成投资（万元）",
    "2020年1-10月累计完成投资（万元）", "2020年计划投资（万元）", "2020年目标", "计划开工月",
    "计划竣工月", "责任单位", "项目业主", "代建单位", "实际状态", "是否涉密", "备注",
)  # fmt: skip
WHOLE_ROW = (
    1, "2019-450200-48-01-012345", "白露大道（一期）", "白露大道、白露路", "续建", "基础设施类",
    "柳州市", "北部生态新区", "全长3.2公里", "2019—2021", 12345.67, 3000, 1200.5, 2500, "完成路基",
    "3月", "2021年12月", "市住建局、市交通局", "城建公司", "—", "在建", "否", "无",
)  # fmt: skip


def test_every_column_is_understood() -> None:
    table = read(WHOLE_HEADER, WHOLE_ROW)
    assert (table.problems, table.doubts) == ((), ())
    assert table.rows == (
        ProjectRow(
            place=Place("Sheet1", 2, "C", "项目名称"),
            name="白露大道（一期）",
            plan_category=CONTINUING,
            code="2019-450200-48-01-012345",
            aliases=("白露大道", "白露路"),
            sector=Sector.INFRASTRUCTURE,
            region="柳州市",
            site="北部生态新区",
            scope="全长3.2公里",
            years=Years(2019, 2021),
            total_investment=123_456_700,
            invested_before=3000 * WAN,
            invested_this_year=12_005_000,
            invested_month=10,
            annual_planned_investment=2500 * WAN,
            annual_goal="完成路基",
            planned_start=Period(2020, 3),
            planned_finish=Period(2021, 12),
            responsible_units=("市住建局", "市交通局"),
            owner="城建公司",
            agent=None,
            actual_state=ActualState.UNDER_CONSTRUCTION,
        ),
    )


@pytest.mark.parametrize(
    ("header", "value", "field", "expected"),
    [
        ("总投资（万元）", 5, "total_investment", 5 * WAN),
        ("项目总投资\n(亿元)", 5, "total_investment", 5 * 10**8),
        ("总投资/万元", 5, "total_investment", 5 * WAN),
        ("总 投 资（单位：万元）", 5, "total_investment", 5 * WAN),
        ("总投资", "5亿元", "total_investment", 5 * 10**8),
        ("总投资（万元）", "5亿元", "total_investment", 5 * 10**8),
        ("总投资（元）", 5, "total_investment", 5),
        ("年度计划投资（万元）", 5, "annual_planned_investment", 5 * WAN),
        ("2020年度投资计划（万元）", 5, "annual_planned_investment", 5 * WAN),
        ("截至2019年底累计完成投资（万元）", 5, "invested_before", 5 * WAN),
        ("2020年形象进度目标", "通车", "annual_goal", "通车"),
        ("责任单位（牵头）", "市住建局", "responsible_units", ("市住建局",)),
        ("牵头单位", "市住建局；市财政局", "responsible_units", ("市住建局", "市财政局")),
        ("业主单位", "城建公司", "owner", "城建公司"),
        ("所属行业", "交通", "sector", Sector.INFRASTRUCTURE),
        ("所在市", "区直中直", "region", "区直中直和跨区域"),
        ("拟竣工时间", "12月", "planned_finish", Period(2020, 12)),
        ("建设期", "2019-2021", "years", Years(2019, 2021)),
    ],
)
def test_a_header_is_understood_in_its_spellings(
    header: str, value: Value, field: str, expected: object
) -> None:
    table = one(header, value)
    assert table.problems == ()
    assert getattr(table.rows[0], field) == expected


def test_a_header_of_two_rows_reads_as_both_together() -> None:
    table = read(
        ("项目名称", "计划类别", "2020年计划", "2020年计划", "总投资（万元）", "总投资（万元）"),
        ("项目名称", "计划类别", "投资（万元）", "目标", "合计", "其中：财政资金"),
        ("白露大道", "续建", 500, "通车", 900, 300),
        merges=[
            Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 3), Merge(0, 4, 0, 5),
        ],
    )  # fmt: skip
    [row] = table.rows
    assert row.annual_planned_investment == 500 * WAN
    assert row.annual_goal == "通车"
    assert row.total_investment == 900 * WAN
    assert doubts(table) == [DoubtCode.COLUMN_NOT_USED]


def test_a_header_of_two_rows_without_merged_cells_is_understood_too() -> None:
    table = read(
        ("项目名称", "计划类别", "年度计划", None, "建设起止年限", None),
        (None, None, "投资（万元）", "目标", "起", "止"),
        ("白露大道", "续建", "500", "通车", "2019", "2021"),
    )
    [row] = table.rows
    assert (row.annual_planned_investment, row.annual_goal) == (500 * WAN, "通车")
    assert row.years == Years(2019, 2021)


def test_names_under_a_group_of_columns_are_found() -> None:
    table = read(
        ("基本情况", "基本情况", "年度计划", "年度计划"),
        ("项目名称", "计划类别", "投资（万元）", "目标"),
        ("白露大道", "续建", 500, "通车"),
        merges=[Merge(0, 0, 0, 1), Merge(0, 2, 0, 3)],
    )
    assert table.rows[0].annual_planned_investment == 500 * WAN


def test_a_row_that_numbers_the_columns_is_no_project() -> None:
    table = read(("序号", "项目名称", "计划类别"), (1, 2, 3), (1, "白露大道", "续建"))
    assert names(table) == ["白露大道"]
    assert table.problems == ()


def test_two_columns_for_the_same_thing_are_a_problem() -> None:
    header = ("项目名称", "计划类别", "总投资（万元）", "项目总投资（万元）")
    table = read(header, ("白露大道", "续建", 5, 6))
    assert codes(table) == [ProblemCode.COLUMN_TWICE]
    assert table.problems[0].place == Place("Sheet1", 1, "D", "项目总投资（万元）")


def test_a_column_nobody_asked_for_is_mentioned() -> None:
    table = one("挂点领导", "某某")
    assert [(doubt.code, doubt.parameters) for doubt in table.doubts] == [
        (DoubtCode.COLUMN_NOT_USED, {"raw": "挂点领导"})
    ]


def test_a_header_that_names_another_year_is_asked_about() -> None:
    assert doubts(one("2019年计划投资（万元）", 5)) == [DoubtCode.YEAR_DIFFERS]
    assert doubts(one("至2020年底累计完成投资（万元）", 5)) == [DoubtCode.YEAR_DIFFERS]


# Money


def test_a_unit_in_a_title_row_counts_for_all_columns() -> None:
    table = read(
        ("2020年重大项目计划表", None, None),
        (None, None, "单位：万元"),
        ("项目名称", "计划类别", "总投资"),
        ("白露大道", "续建", 500),
    )
    assert table.rows[0].total_investment == 500 * WAN


def test_a_unit_in_the_header_counts_before_one_in_the_title() -> None:
    table = read(
        ("单位：万元", None, None),
        ("项目名称", "计划类别", "总投资（亿元）"),
        ("白露大道", "续建", 5),
    )
    assert table.rows[0].total_investment == 5 * 10**8


def test_a_unit_among_the_words_of_a_project_changes_nothing() -> None:
    header = ("项目名称", "计划类别", "总投资（万元）", "建设规模及内容", "项目业主")
    table = read(("单位：万元",), header, ("白露大道", "续建", 5, "单位：元", "甲"))
    again = read(
        ("单位：万元",),
        ("项目名称", "计划类别", "总投资", "建设规模及内容", "项目业主"),
        ("莲花大道", "续建", 5, "单位：元", "甲"),
        ("白露大道", "续建", 5, None, "甲"),
    )
    assert table.rows[0].total_investment == 5 * WAN
    assert again.rows[1].total_investment == 5 * WAN


def test_a_subtotal_directly_below_the_header_is_no_part_of_it() -> None:
    table = read(
        ("项目名称", "计划类别", "总投资（万元）"), (None, "合计", 500), ("白露大道", "续建", 500)
    )
    assert [total.total_investment for total in table.stated] == [Figure(500 * WAN, WAN)]
    assert table.doubts == ()


def test_an_organisation_in_a_title_row_is_no_unit() -> None:
    table = read(
        ("填报单位：元宝山管委会", None, None),
        ("项目名称", "计划类别", "总投资"),
        ("白露大道", "续建", 5),
    )
    assert codes(table) == [ProblemCode.MONEY_UNIT_MISSING]


def test_no_unit_anywhere_is_one_problem_a_column_and_no_row_is_guessed() -> None:
    header = ("项目名称", "计划类别", "总投资", "年度计划投资")
    rows = [(f"第{number}号工程", "续建", 500, 50) for number in range(30)]
    table = read(header, *rows)
    assert table.rows == ()
    assert codes(table) == [ProblemCode.MONEY_UNIT_MISSING] * 2


def test_an_amount_merged_over_two_projects_belongs_to_neither() -> None:
    table = read(
        ("项目名称", "计划类别", "总投资（万元）"),
        ("白露大道", "续建", 500),
        ("莲花大道", "续建", 500),
        merges=[Merge(1, 2, 2, 2)],
    )
    assert table.rows == ()
    assert codes(table) == [ProblemCode.AMOUNT_SHARED] * 2


def test_investment_of_this_year_needs_its_month() -> None:
    assert codes(one("本年累计完成投资（万元）", 5)) == [ProblemCode.MONTH_MISSING]
    table = read(
        ("项目名称", "计划类别", "本年累计完成投资（万元）", "截至月份"),
        ("白露大道", "续建", 5, "9月"),
    )
    assert table.rows[0].invested_month == 9
    assert one("本年累计完成投资（截至10月底）（万元）", 5).rows[0].invested_month == 10


def test_a_formula_never_calculated_is_a_problem_where_a_value_is_needed() -> None:
    assert codes(one("总投资（万元）", Formula("=A1*2"))) == [ProblemCode.FORMULA]
    assert codes(one("项目业主", Formula("=Sheet2!B3"))) == [ProblemCode.FORMULA]


# Rows


def test_rows_that_continue_a_project_are_joined_to_it() -> None:
    table = read(
        ("序号", "项目名称", "计划类别", "年度目标", "责任单位"),
        (1, "白露大道", "续建", "完成路基，", "市住建局"),
        (None, None, None, "桥梁合龙", "市交通局"),
        (None, None, None, None, "市财政局"),
        (2, "莲花大道", "续建", None, "市水利局"),
    )
    first, second = table.rows
    assert first.annual_goal == "完成路基，桥梁合龙"
    assert first.responsible_units == ("市住建局", "市交通局", "市财政局")
    assert second.responsible_units == ("市水利局",)


def test_a_project_whose_cells_are_merged_over_its_rows_is_one_project() -> None:
    table = read(
        ("序号", "项目名称", "计划类别", "总投资（万元）", "责任单位"),
        (1, "白露大道", "续建", 500, "市住建局"),
        (1, "白露大道", "续建", 500, "市交通局"),
        merges=[Merge(1, column, 2, column) for column in range(4)],
    )
    [row] = table.rows
    assert row.total_investment == 500 * WAN
    assert row.responsible_units == ("市住建局", "市交通局")


def test_a_unit_merged_over_several_projects_is_responsible_for_each() -> None:
    table = read(
        ("项目名称", "计划类别", "责任单位"),
        ("白露大道", "续建", "市住建局"),
        ("莲花大道", "续建", "市住建局"),
        merges=[Merge(1, 2, 2, 2)],
    )
    assert [row.responsible_units for row in table.rows] == [("市住建局",)] * 2


def test_a_second_amount_in_a_row_that_continues_is_a_problem() -> None:
    table = read(
        ("序号", "项目名称", "计划类别", "总投资（万元）"),
        (1, "白露大道", "续建", 500),
        (None, None, None, 700),
    )
    assert codes(table) == [ProblemCode.SEVERAL_VALUES]
    assert table.problems[0].place == Place("Sheet1", 3, "D", "总投资（万元）")


def test_a_row_that_continues_nothing_is_a_problem() -> None:
    table = read(("序号", "项目名称", "计划类别"), (None, None, "续建"))
    assert codes(table) == [ProblemCode.NO_ROW_ABOVE]


def test_a_numbered_row_without_a_name_is_a_problem() -> None:
    table = read(("序号", "项目名称", "计划类别"), (1, None, "续建"))
    assert codes(table) == [ProblemCode.NAME_MISSING]


def test_supporting_units_follow_the_lead_units() -> None:
    table = read(
        ("项目名称", "计划类别", "牵头单位", "配合单位"),
        ("白露大道", "续建", "市住建局", "市交通局、市财政局"),
    )
    assert table.rows[0].responsible_units == ("市住建局", "市交通局", "市财政局")


def test_notes_below_a_table_are_no_projects() -> None:
    table = read(
        ("序号", "项目名称", "计划类别"),
        (1, "白露大道", "续建"),
        ("注：本表一式两份", None, None),
        ("填表人：张三", None, "审核人：李四"),
        (2, "附属医院二期", "续建"),
    )
    assert names(table) == ["白露大道", "附属医院二期"]
    assert (table.problems, table.doubts) == ((), ())


def test_a_header_repeated_on_the_next_page_is_no_project() -> None:
    title, header = ("2020年计划表", None, None), ("序号", "项目名称", "计划类别")
    merges = [Merge(0, 0, 0, 2), Merge(3, 0, 3, 2)]
    table = read(
        title, header, (1, "白露大道", "续建"), title, header, (2, "莲花大道", "续建"),
        merges=merges,
    )  # fmt: skip
    assert names(table) == ["白露大道", "莲花大道"]
    assert (table.problems, table.doubts) == ((), ())


# Categories, sectors, regions


@pytest.mark.parametrize("name", ["续建", "2.续建", "附件2 续建项目（725项）"])
def test_the_name_of_a_sheet_gives_the_category(name: str) -> None:
    table = read(("项目名称", "项目业主"), ("白露大道", "城建公司"), name=name)
    assert table.rows[0].plan_category is CONTINUING


def test_the_title_of_a_sheet_gives_the_category() -> None:
    table = read(
        ("重大项目（竣工投产）进度目标责任表", None),
        ("项目名称", "项目业主"),
        ("白露大道", "城建公司"),
    )
    assert table.rows[0].plan_category is COMPLETION


def test_a_title_and_a_sheet_that_name_different_categories_are_a_problem() -> None:
    table = read(
        ("（竣工投产）责任表", None), ("项目名称", "项目业主"), ("白露大道", "城建公司"),
        name="续建",
    )  # fmt: skip
    assert codes(table) == [ProblemCode.CATEGORY_CONFLICT]


def test_sections_give_category_sector_and_region() -> None:
    table = read(
        ("序号", "项目名称", "项目业主"),
        ("一、新开工项目（3项）", None, None),
        ("（一）基础设施类", None, None),
        (1, "白露大道", "甲"),
        ("（二）民生保障类", None, None),
        ("南宁市", None, None),
        (2, "柳江新高中", "乙"),
        ("柳州市", None, None),
        (3, "老年病医院", "丙"),
        ("二、续建项目", None, None),
        (4, "官塘大桥", "丁"),
    )
    assert [(row.plan_category, row.sector, row.region) for row in table.rows] == [
        (NEW, Sector.INFRASTRUCTURE, None),
        (NEW, Sector.LIVELIHOOD, "南宁市"),
        (NEW, Sector.LIVELIHOOD, "柳州市"),
        (CONTINUING, None, None),
    ]


def test_a_district_is_a_section_when_it_is_known() -> None:
    rows: list[Row] = [
        ("序号", "项目名称", "计划类别"),
        ("鱼峰区", None, None),
        (1, "白露大道", "续建"),
    ]
    assert read(*rows, known=Known(regions=frozenset({"鱼峰区"}))).rows[0].region == "鱼峰区"
    assert doubts(read(*rows)) == [DoubtCode.SECTION_UNKNOWN]


def test_a_section_and_a_column_that_disagree_are_a_problem() -> None:
    header = ("序号", "项目名称", "计划类别", "行业类别")
    row = (1, "白露大道", "续建", "产业发展")
    table = read(header, ("新开工", None, None, None), row)
    assert codes(table) == [ProblemCode.CATEGORY_CONFLICT]
    table = read(header, ("民生保障", None, None, None), row)
    assert codes(table) == [ProblemCode.SECTOR_CONFLICT]


def test_no_category_anywhere_is_one_problem_a_sheet() -> None:
    rows = [(f"第{number}号工程", "甲") for number in range(30)]
    assert codes(read(("项目名称", "项目业主"), *rows)) == [ProblemCode.CATEGORY_MISSING]


@pytest.mark.parametrize(
    ("header", "value", "problem"),
    [
        ("行业类别", "其他", ProblemCode.SECTOR_UNKNOWN),
        ("实际状态", "挺好", ProblemCode.STATE_UNKNOWN),
        ("建设起止年限", "两年", ProblemCode.YEARS_UNREADABLE),
        ("计划开工月", "三季度", ProblemCode.MONTH_UNREADABLE),
        ("项目代码", 2.0194502e23, ProblemCode.CODE_ROUNDED),
    ],
)
def test_a_word_the_office_does_not_use_is_a_problem_with_its_place(
    header: str, value: Value, problem: ProblemCode
) -> None:
    table = one(header, value)
    assert table.rows == ()
    assert codes(table) == [problem]
    assert table.problems[0].place == Place("Sheet1", 2, "C", header)
    assert table.problems[0].parameters["raw"] == str(value)


def test_an_unknown_category_is_a_problem() -> None:
    table = read(("项目名称", "计划类别"), ("白露大道", "重点"))
    assert codes(table) == [ProblemCode.CATEGORY_UNKNOWN]


def test_a_finish_before_its_start_is_a_problem() -> None:
    header = ("项目名称", "计划类别", "计划开工月", "计划竣工月")
    assert codes(read(header, ("白露大道", "新开工", "9月", "3月"))) == [
        ProblemCode.FINISH_BEFORE_START
    ]


# Keys, secrecy, doubts


@pytest.mark.parametrize(
    ("first", "second", "is_duplicate"),
    [
        (("A-1", "白露大道", "柳州市"), ("A-1", "莲花大道", "南宁市"), True),
        ((None, "白露大道", "柳州市"), (None, "白露 大道", "柳州市"), True),
        ((None, "白露大道", "柳州市"), (None, "白露大道", "南宁市"), False),
        (("A-1", "白露大道", "柳州市"), ("A-2", "莲花大道", "柳州市"), False),
    ],
)
def test_a_project_may_stand_in_a_file_once(first: Row, second: Row, is_duplicate: bool) -> None:
    table = read(
        ("项目代码", "项目名称", "所在地区", "计划类别"), (*first, "续建"), (*second, "续建")
    )
    assert len(table.rows) == (1 if is_duplicate else 2)
    assert codes(table) == [ProblemCode.DUPLICATE] * is_duplicate
    if is_duplicate:
        assert table.problems[0].place.row == 3
        assert table.problems[0].parameters["row"] == 2


def test_a_code_that_stands_twice_is_told_at_the_code() -> None:
    header = ("项目代码", "项目名称", "计划类别")
    table = read(header, ("A-1", "白露大道", "续建"), ("A-1", "莲花大道", "续建"))
    (problem,) = table.problems
    assert problem.place.header == "项目代码"
    assert problem.parameters["raw"] == "A-1"


def test_a_header_of_two_rows_is_told_with_both() -> None:
    table = read(
        ("项目名称", "计划类别", "投资"), ("", "", "总投资（万元）"), ("白露大道", "续建", "约3亿")
    )
    assert table.problems[0].place.header == "投资/总投资（万元）"


def test_a_row_knows_where_it_names_its_units() -> None:
    header = ("项目名称", "计划类别", "责任单位")
    table = read(header, ("白露大道", "续建", "市住建局"))
    assert table.rows[0].place_of(Column.RESPONSIBLE_UNITS).header == "责任单位"
    assert table.rows[0].place_of(Column.OWNER).header == "项目名称"


@pytest.mark.parametrize(
    ("header", "name", "mark"),
    [
        ("是否涉密", "某工程", "是"),
        ("密级", "某工程", "机密"),
        ("密级", "某工程", "秘密★1年"),
        ("备注", "某工程", "涉密项目"),
        ("备注", "某工程（涉密）", None),
        ("挂点领导", "某工程", "该项目涉密"),
        ("建设地点", "某工程", "涉密"),
    ],
)
def test_a_secret_project_is_refused_and_nothing_of_it_repeated(
    header: str, name: str, mark: Value
) -> None:
    table = read(("项目名称", "计划类别", header), (name, "续建", mark))
    assert table.rows == ()
    assert codes(table) == [ProblemCode.SECRET]
    assert table.problems[0].place.column == ("C" if mark else "A")
    assert table.problems[0].parameters == {}


@pytest.mark.parametrize("mark", ["否", "不涉密", "公开", "—", None])
def test_a_project_that_is_not_secret_is_taken(mark: Value) -> None:
    assert names(one("是否涉密", mark)) == ["白露大道"]
    assert names(one("备注", "不涉密")) == ["白露大道"]


def test_an_answer_about_secrecy_that_is_unclear_is_a_problem() -> None:
    assert codes(one("是否涉密", "待定")) == [ProblemCode.SECRECY_UNKNOWN]


def test_a_title_that_classifies_a_sheet_refuses_all_of_it() -> None:
    table = read(("机密★一年", None), ("项目名称", "计划类别"), ("某工程", "续建"))
    assert table.rows == ()
    assert codes(table) == [ProblemCode.SECRET]


def test_an_unknown_unit_near_a_known_one_is_asked_about() -> None:
    known = Known(units=frozenset({"柳州市交通运输局"}))
    table = one("责任单位", "柳州市交通局、柳州市水利局", known=known)
    assert table.rows[0].responsible_units == ("柳州市交通局", "柳州市水利局")
    assert [(doubt.code, doubt.parameters) for doubt in table.doubts] == [
        (DoubtCode.UNIT_NEAR, {"raw": "柳州市交通局", "near": "柳州市交通运输局"})
    ]


def test_the_question_about_one_name_is_asked_once() -> None:
    known = Known(units=frozenset({"柳州市交通运输局"}))
    rows = [(f"第{number}号工程", "续建", "柳州市交通局") for number in range(30)]
    table = read(("项目名称", "计划类别", "责任单位"), *rows, known=known)
    assert [doubt.place.row for doubt in table.doubts] == [2]


def test_all_problems_of_a_file_come_at_once() -> None:
    header = ("项目名称", "计划类别", "总投资（万元）", "建设起止年限", "行业类别")
    table = read(header, ("白露大道", "续建", "约5亿", "两年", "其他"), ("莲花大道", "?", -1, 1, 1))
    assert len(table.problems) == 7


# Files


def test_several_sheets_are_one_programme_and_other_sheets_are_mentioned() -> None:
    header = ("项目名称", "项目业主")
    workbook = Workbook(
        "计划.xlsx",
        (
            sheet(("填表说明",), ("请按月填报",), name="说明"),
            sheet(header, ("白露大道", "甲"), name="新开工"),
            sheet(header, ("莲花大道", "乙"), name="续建"),
            Sheet("旧表", (header, ("官塘大桥", "丙")), hidden=True),
            Sheet("空", ()),
        ),
    )
    table = read_programme(workbook, YEAR)
    assert [(row.name, row.plan_category) for row in table.rows] == [
        ("白露大道", NEW),
        ("莲花大道", CONTINUING),
    ]
    assert codes(table) == [ProblemCode.CATEGORY_MISSING]
    assert doubts(table) == [DoubtCode.SHEET_NOT_USED, DoubtCode.SHEET_HIDDEN]


def test_a_file_without_a_table_is_a_problem() -> None:
    assert codes(read(("请于25日前报送",), ("谢谢",))) == [ProblemCode.NO_TABLE]
    assert form_of(Workbook("a", (sheet(("请报送",)),))) is None


def test_a_file_is_told_to_be_of_projects_or_of_contacts() -> None:
    projects = sheet(("序号", "项目名称", "总投资", "责任单位"), (1, "白露大道", 5, "市住建局"))
    contacts = sheet(("姓名", "单位", "手机", "项目名称"), ("张三", "市住建局", 1, "白露大道"))
    assert form_of(Workbook("a", (projects,))) is Form.PROJECTS
    assert form_of(Workbook("a", (contacts,))) is Form.CONTACTS


# Stated totals


def test_subtotals_are_stated_totals_and_no_projects() -> None:
    table = read(
        ("序号", "项目名称", "总投资（万元）", "年度计划投资（万元）"),
        ("总计", "2项", 900, 90),
        ("一", "基础设施项目（1项）", 500, 50),
        (1, "白露大道", 500, 50),
        ("二", "民生保障项目", None, None),
        (2, "柳江新高中", 400, 40),
        (None, "小计", 400.5, None),
        name="续建",
    )
    assert names(table) == ["白露大道", "柳江新高中"]
    stated = {total.scope: total for total in table.stated}
    whole = stated[Scope((CONTINUING,))]
    assert whole.projects == Figure(2)
    assert whole.annual_plan == Figure(90 * WAN, WAN)
    assert stated[Scope((CONTINUING,), sector=Sector.INFRASTRUCTURE)].projects == Figure(1)
    subtotal = stated[Scope((CONTINUING,), sector=Sector.LIVELIHOOD)]
    assert subtotal.total_investment == Figure(4_005_000, 1000)
    assert subtotal.place == Place("续建", 7)


def test_a_subtotal_may_name_its_section() -> None:
    table = read(
        ("序号", "项目名称", "总投资（万元）"),
        (1, "白露大道", 500),
        (None, "南宁市小计", 500),
        (None, "新开工合计", 800),
    )
    assert [total.scope for total in table.stated] == [Scope(region="南宁市"), Scope((NEW,))]


def test_an_unnamed_subtotal_adds_up_what_the_rows_above_have_in_common() -> None:
    header = ("项目名称", "计划类别", "所在地区", "总投资（万元）")
    table = read(
        header,
        ("白露大道", "续建", "柳州市", 500),
        ("莲花大道", "续建", "柳州市", 500),
        ("小计", None, None, 1000),
        ("邕江大桥", "续建", "南宁市", 500),
        ("小计", None, None, 500),
    )
    assert [total.scope for total in table.stated] == [
        Scope((CONTINUING,), "柳州市"),
        Scope((CONTINUING,), "南宁市"),
    ]


@pytest.mark.parametrize("are_above", [True, False])
def test_a_subtotal_by_sector_is_of_the_category_whose_rows_it_adds_up(are_above: bool) -> None:
    header = ("项目名称", "计划类别", "行业类别", "总投资（万元）")
    parts: list[list[Row]] = [
        [("基础设施小计", None, None, 500), ("白露大道", "新开工", "基础设施", 500)],
        [("民生保障小计", None, None, 300), ("莲花小学", "新开工", "民生保障", 300)],
        [("基础设施小计", None, None, 700), ("邕江大桥", "续建", "基础设施", 700)],
    ]
    rows = [row for part in parts for row in (part if are_above else reversed(part))]
    table = read(header, ("总计（3项）", None, None, 1500), *rows)
    assert [total.scope for total in table.stated] == [
        Scope((NEW, CONTINUING)),
        Scope((NEW,), sector=Sector.INFRASTRUCTURE),
        Scope((NEW,), sector=Sector.LIVELIHOOD),
        Scope((CONTINUING,), sector=Sector.INFRASTRUCTURE),
    ]
    assert mismatches(table.stated, table.rows) == ()


def test_a_subtotal_of_nothing_in_common_is_asked_about() -> None:
    header = ("项目名称", "计划类别", "所在地区", "总投资（万元）")
    table = read(
        header,
        ("白露大道", "续建", "柳州市", 500),
        ("邕江大桥", "新开工", "南宁市", 500),
        ("小计", None, None, 1000),
    )
    assert table.stated == ()
    assert doubts(table) == [DoubtCode.SUBTOTAL_UNCLEAR]


def test_a_table_whose_total_is_wrong_is_told_so_with_the_row() -> None:
    table = read(
        ("序号", "项目名称", "总投资（万元）"),
        (1, "白露大道", 500),
        (2, "莲花大道", 500),
        ("合计", "3项", 1200),
        name="续建",
    )
    found = mismatches(table.stated, table.rows)
    assert [(each.measure, each.stated, each.found) for each in found] == [
        (Measure.PROJECTS, 3, 2),
        (Measure.TOTAL_INVESTMENT, 1200 * WAN, 1000 * WAN),
    ]
    assert {each.place for each in found} == {Place("续建", 4)}


# However the office lays it out


BLANK: Row = ()
TITLES = st.lists(
    st.sampled_from([("2020年重大项目计划表",), BLANK, ("（征求意见稿）", None, "2020年2月")]),
    max_size=4,
)
PROJECTS = st.lists(
    st.tuples(st.integers(1, 10**5), st.sampled_from(["新开工", "续建", "竣工投产", "预备"])),
    max_size=12,
)


@given(TITLES, PROJECTS, st.sampled_from(["万元", "亿元", "元"]), st.data())
def test_titles_blank_rows_and_units_do_not_change_what_is_read(
    titles: list[Row], projects: list[tuple[int, str]], unit: str, data: st.DataObject
) -> None:
    scale = {"万元": WAN, "亿元": 10**8, "元": 1}[unit]
    in_title = data.draw(st.booleans())
    header = ("序号", "项目名称", "计划类别", "总投资" if in_title else f"总投资（{unit}）")
    rows: list[Row] = [*titles, (f"单位：{unit}",)] if in_title else [*titles]
    rows.append(header)
    for number, (amount, category) in enumerate(projects, 1):
        rows += [BLANK] * data.draw(st.integers(0, 2))
        spellings: list[Value] = [amount, f"{amount:,}", f" {amount} "]
        written = data.draw(st.sampled_from(spellings))
        rows.append((number, f"第{number}号工程", category, written))
    table = read(*rows)
    assert table.problems == ()
    assert [row.total_investment for row in table.rows] == [each * scale for each, _ in projects]
