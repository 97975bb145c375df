"""Workbooks as offices keep them, small enough to read in a test."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from usecases.importing.files import File

Cells = Sequence[object]

TITLE = "柳州市2026年市级层面统筹推进重大项目（续建）进度目标责任表"
PROJECT_HEADER = (
    "序号",
    "项目代码",
    "项目名称",
    "所在地区",
    "总投资",
    "年度计划投资",
    "至2025年底累计完成投资",
    "1-3月累计完成投资",
    "责任单位",
    "项目业主",
)
CONTACT_HEADER = ("姓名", "单位", "职务", "手机", "角色", "负责范围", "语言")


def project_row(
    name: object = "白露大道（一期）",
    *,
    code: object = "2020-450200-48-01-000001",
    region: object = "柳州市",
    total: object = 50000,
    annual: object = 12000,
    before: object = 30000,
    this_year: object = 2000,
    units: object = "市住建局、柳北区人民政府",
    owner: object = "样例城投公司",
) -> Cells:
    """A project as a row of PROJECT_HEADER; amounts in 万元."""
    return (1, code, name, region, total, annual, before, this_year, units, owner)


def contact_row(
    name: object = "黄小明",
    *,
    unit: object = "市住建局",
    position: object = "科长",
    phone: object = "19900000001",
    roles: object = "联络员",
    scope: object = None,
    language: object = None,
) -> Cells:
    """A person as a row of CONTACT_HEADER."""
    return (name, unit, position, phone, roles, scope, language)


def project_file(*rows: Cells, title: str = TITLE, name: str = "项目表.xlsx") -> File:
    """A programme's workbook: title, unit, header, rows."""
    return _file(name, "续建", [(title,), ("单位：万元",), PROJECT_HEADER, *rows])


def contact_file(*rows: Cells, name: str = "联系人.xlsx") -> File:
    """A contact book: title, header, rows."""
    return _file(name, "联系人", [("联系人名册",), CONTACT_HEADER, *rows])


def _file(name: str, sheet: str, rows: Sequence[Cells]) -> File:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in rows:
        page.append(list(row))
    target = BytesIO()
    book.save(target)
    return File(name, target.getvalue())
