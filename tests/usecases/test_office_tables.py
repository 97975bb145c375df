"""Files as offices keep them, from their bytes to rows: merged headers, old formats, old codes."""

import csv
import io
from collections.abc import Sequence
from typing import Any

import openpyxl
import pytest
import xlwt

from domain.stated import Measure, mismatches
from domain.tables import (
    Form,
    Place,
    ProblemCode,
    ProgrammeTable,
    Value,
    Years,
    form_of,
    read_contacts,
    read_programme,
)
from domain.vocabulary import PlanCategory, Sector
from usecases.workbook import read_workbook

YEAR = 2020
WAN = 10_000

# ruff: noqa: E501 - the tables are as wide as the office's

# A responsibility table as a city prints it: two header rows, sections, wrapped rows, subtotals.
TITLE = "柳州市2020年市级层面统筹推进重大项目计划表（{}）"
TOP = (
    "序号",
    "项目名称",
    "建设规模\n及内容",
    "建设起止\n年限",
    "总投资",
    "2020年",
    None,
    "责任单位",
    "项目业主",
)
BOTTOM = (None, None, None, None, None, "计划投资", "建设目标", None, None)
SPANS = ("A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3", "H3:H4", "I3:I4")
ROWS: dict[str, list[tuple[Value, ...]]] = {
    "新开工": [
        ("合计", None, None, None, "17,000", "3,600", None, None, None),
        ("一、基础设施类项目（2项）", None, None, None, 12000, 2600, None, None, None),
        (1, "白露大道（一期）", "全长3.2公里", "2019—2021", 8000.5, 1600, "完成路基", "市住建局、市交通局", "城建公司"),
        (None, None, "，含桥梁一座", None, None, None, "，桥梁开工", "鱼峰区人民政府", None),
        (2, "官塘大桥", "主桥长1155米", "2020年", 3999.5, 1000, "通车", "市住建局", "城建公司"),
        ("二、民生保障类项目（1项）", None, None, None, "5000", "1000", None, None, None),
        (3, "柳江新高中", "建筑面积5万㎡", "2020-2022", "5000", "1000", "主体封顶", "市教育局", "—"),
    ],
    "续建": [
        (1, "老年病医院", "床位800张", "2018至2021年", "1.2亿元", 900, "装修", "市卫健委", "市二医院"),
        (2, "凤凰岭大桥", None, "2019.03-2021.12", 7000, "/", None, "市住建局", "城建公司"),
        (None, "小计", None, None, 19500, 900, None, None, None),
    ],
}  # fmt: skip


def as_xlsx() -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in ROWS.items():
        sheet = workbook.create_sheet(name)
        for row in layout(name, rows):
            sheet.append(row)
        for span in ("A1:I1", "H2:I2", *SPANS):
            sheet.merge_cells(span)
        for row in sheet.iter_rows(min_row=5, max_col=1):
            if isinstance(row[0].value, str):
                sheet.merge_cells(
                    start_row=row[0].row, end_row=row[0].row, start_column=1, end_column=4
                )
    return saved(workbook)


def as_xls() -> bytes:
    workbook = xlwt.Workbook()
    for name, rows in ROWS.items():
        sheet = workbook.add_sheet(name)
        merged = {(2, 2, 5, 6): "2020年"}
        merged |= {(2, 3, index, index): str(TOP[index]) for index in (0, 1, 2, 3, 4, 7, 8)}
        for (top, bottom, left, right), text in merged.items():
            sheet.write_merge(top, bottom, left, right, text)
        for number, row in enumerate(layout(name, rows)):
            for index, value in enumerate(row):
                if value is not None and (number != 2):
                    sheet.write(number, index, value)
    return saved(workbook)


def as_csv(name: str) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(layout(name, ROWS[name]))
    return stream.getvalue().encode("gb18030")


def layout(name: str, rows: list[tuple[Value, ...]]) -> list[Sequence[Any]]:
    title, unit = (TITLE.format(name),), (None,) * 7 + ("单位：万元",)
    return [title, unit, TOP, BOTTOM, *rows, (), ("注：投资额以批复为准。",)]


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def programme(name: str, content: bytes) -> ProgrammeTable:
    workbook = read_workbook(name, content)
    assert form_of(workbook) is Form.PROJECTS
    return read_programme(workbook, YEAR)


@pytest.mark.parametrize(("name", "content"), [("表.xlsx", as_xlsx()), ("表.xls", as_xls())])
def test_a_citys_table_is_read_as_it_is_printed(name: str, content: bytes) -> None:
    table = programme(name, content)
    assert (table.problems, table.doubts) == ((), ())
    assert [(row.name, row.plan_category, row.sector) for row in table.rows] == [
        ("白露大道（一期）", PlanCategory.NEW_START, Sector.INFRASTRUCTURE),
        ("官塘大桥", PlanCategory.NEW_START, Sector.INFRASTRUCTURE),
        ("柳江新高中", PlanCategory.NEW_START, Sector.LIVELIHOOD),
        ("老年病医院", PlanCategory.CONTINUING, None),
        ("凤凰岭大桥", PlanCategory.CONTINUING, None),
    ]
    first = table.rows[0]
    assert first.place == Place("新开工", 7, "B", "项目名称")
    assert first.scope == "全长3.2公里，含桥梁一座"
    assert first.years == Years(2019, 2021)
    assert (first.total_investment, first.annual_planned_investment) == (80_005_000, 1600 * WAN)
    assert first.annual_goal == "完成路基，桥梁开工"
    assert first.responsible_units == ("市住建局", "市交通局", "鱼峰区人民政府")
    assert table.rows[2].owner is None
    assert table.rows[3].total_investment == 120_000_000
    assert table.rows[4].annual_planned_investment is None


def test_the_totals_of_a_citys_table_are_compared_with_its_rows() -> None:
    table = programme("表.xlsx", as_xlsx())
    [wrong] = mismatches(table.stated, table.rows)
    assert wrong.measure is Measure.TOTAL_INVESTMENT
    assert (wrong.stated, wrong.found) == (19500 * WAN, 19000 * WAN)
    assert wrong.place == Place("续建", 7)


def test_a_csv_in_an_old_encoding_says_the_same_as_the_workbook() -> None:
    from_csv, from_xlsx = programme("新开工.csv", as_csv("新开工")), programme("a.xlsx", as_xlsx())
    places = [row.place.row for row in from_csv.rows]
    assert (from_csv.problems, from_csv.doubts) == ((), ())
    assert [row.total_investment for row in from_csv.rows] == [
        row.total_investment for row in from_xlsx.rows[:3]
    ]
    assert [row.responsible_units for row in from_csv.rows] == [
        row.responsible_units for row in from_xlsx.rows[:3]
    ]
    assert places == [row.place.row for row in from_xlsx.rows[:3]]
    assert [total.scope for total in from_csv.stated] == [
        total.scope for total in from_xlsx.stated[:3]
    ]


def test_a_table_with_mistakes_tells_all_of_them_with_their_places() -> None:
    workbook = openpyxl.load_workbook(io.BytesIO(as_xlsx()))
    sheet = workbook["新开工"]
    sheet["D7"], sheet["E9"], sheet["F11"] = "两年", "约4000", "=SUM(F7:F9)"
    table = programme("表.xlsx", saved(workbook))
    assert [(each.code, each.place.row, each.place.column) for each in table.problems] == [
        (ProblemCode.YEARS_UNREADABLE, 7, "D"),
        (ProblemCode.AMOUNT_VAGUE, 9, "E"),
        (ProblemCode.FORMULA, 11, "F"),
    ]
    assert [row.name for row in table.rows] == ["老年病医院", "凤凰岭大桥"]


def test_a_contact_book_is_read_from_an_old_workbook() -> None:
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("通讯录")
    sheet.write_merge(0, 0, 0, 4, "柳州市重大项目联络员名单")
    rows: list[tuple[Value, ...]] = [
        ("姓名", "单位", "手机号码", "角色", "负责范围"),
        ("张三", "市住建局", 13800138000, "联络员", None),
        ("李四", "市住建局", "139-0013-9000", "责任专员、第一责任人", "全部"),
    ]
    for number, row in enumerate(rows, 1):
        for index, value in enumerate(row):
            sheet.write(number, index, value)
    table = read_contacts(read_workbook("名单.xls", saved(workbook)))
    assert (table.problems, table.doubts) == ((), ())
    assert [(row.name, row.phone) for row in table.rows] == [
        ("张三", "13800138000"),
        ("李四", "13900139000"),
    ]
