"""The contact book: people, their roles, and for which projects."""

from collections.abc import Sequence

import pytest

from domain.place import Place
from domain.tables import (
    ContactRow,
    ContactTable,
    DoubtCode,
    Known,
    Merge,
    ProblemCode,
    ScopeKind,
    ScopePart,
    Sheet,
    Value,
    Workbook,
    read_contacts,
)
from domain.vocabulary import Language, Role

HEADER = ("姓名", "单位", "职务", "手机", "角色", "负责范围", "语言")
KNOWN = Known(
    units=frozenset({"柳州市住建局", "柳州市交通运输局"}),
    regions=frozenset({"柳州市", "南宁市"}),
    projects=frozenset({"白露大道（一期）", "柳江、三江大桥", "柳江新高中"}),
    codes=frozenset({"2019-450200-48-01-012345"}),
)


def read(
    *rows: Sequence[Value], known: Known | None = None, merges: Sequence[Merge] = ()
) -> ContactTable:
    sheet = Sheet("通讯录", tuple(tuple(row) for row in rows), tuple(merges))
    return read_contacts(Workbook("通讯录.xlsx", (sheet,)), known)


def person(
    name: Value = "张三",
    unit: Value = "柳州市住建局",
    position: Value = None,
    phone: Value = None,
    roles: Value = "联络员",
    scope: Value = None,
    language: Value = None,
) -> tuple[Value, ...]:
    return (name, unit, position, phone, roles, scope, language)


def codes(table: ContactTable) -> list[ProblemCode]:
    return [problem.code for problem in table.problems]


def test_a_person_is_read_whole() -> None:
    row = person("张三", "柳州市住建局", "科长", "138 0013 8000", "联络员、信息员", "全部", "英文")
    table = read(("重大项目联络员名单",), HEADER, row)
    assert (table.problems, table.doubts) == ((), ())
    assert table.rows == (
        ContactRow(
            place=Place("通讯录", 3, "A", "姓名"),
            name="张三",
            unit="柳州市住建局",
            roles=(Role.LIAISON, Role.INFORMATION_OFFICER),
            scope=(ScopePart(ScopeKind.EVERYTHING),),
            position="科长",
            phone="13800138000",
            language=Language.EN,
        ),
    )


@pytest.mark.parametrize(
    "phone", ["手机号码", "联系电话", "联系电话（手机）", "移动电话", "手机号"]
)
def test_a_header_is_understood_in_its_spellings(phone: str) -> None:
    header = ("序号", "联系人", "工作单位", phone, "人员类别", "负责项目")
    table = read(header, (1, "张三", "柳州市住建局", 13800138000, "责任专员", "白露大道"))
    [row] = table.rows
    assert (row.phone, row.roles) == ("13800138000", (Role.COMMISSIONER,))


@pytest.mark.parametrize(
    ("scope", "parts"),
    [
        (None, [(ScopeKind.OWN_UNIT, "")]),
        ("—", [(ScopeKind.OWN_UNIT, "")]),
        ("本单位", [(ScopeKind.OWN_UNIT, "")]),
        ("全部", [(ScopeKind.EVERYTHING, "")]),
        ("柳州市", [(ScopeKind.REGION, "柳州市")]),
        ("柳州市交通运输局", [(ScopeKind.UNIT, "柳州市交通运输局")]),
        ("2019-450200-48-01-012345", [(ScopeKind.PROJECT_CODE, "2019-450200-48-01-012345")]),
        ("白露大道(一期)", [(ScopeKind.PROJECT_NAME, "白露大道（一期）")]),
        (
            "柳江、三江大桥、柳江新高中",
            [(ScopeKind.PROJECT_NAME, "柳江、三江大桥"), (ScopeKind.PROJECT_NAME, "柳江新高中")],
        ),
        ("柳州市；新项目", [(ScopeKind.REGION, "柳州市"), (ScopeKind.PROJECT_NAME, "新项目")]),
    ],
)
def test_a_scope_names_projects_codes_a_unit_a_region_or_all(
    scope: Value, parts: list[tuple[ScopeKind, str]]
) -> None:
    table = read(HEADER, person(scope=scope), known=KNOWN)
    assert table.problems == ()
    assert table.rows[0].scope == tuple(ScopePart(*part) for part in parts)


def test_a_scope_with_two_meanings_is_a_problem() -> None:
    known = Known(regions=frozenset({"北部生态新区"}), projects=frozenset({"北部生态新区"}))
    table = read(HEADER, person(scope="北部生态新区"), known=known)
    assert codes(table) == [ProblemCode.TWO_MEANINGS]
    assert table.problems[0].place == Place("通讯录", 2, "F", "负责范围")


def test_unknown_names_near_known_ones_are_asked_about() -> None:
    table = read(HEADER, person(unit="柳州市交通局", scope="白露大道（二期）"), known=KNOWN)
    assert [(doubt.code, doubt.parameters["near"]) for doubt in table.doubts] == [
        (DoubtCode.UNIT_NEAR, "柳州市交通运输局"),
        (DoubtCode.NAME_NEAR, "白露大道（一期）"),
    ]
    assert len(table.rows) == 1


def test_a_person_whose_projects_stand_in_several_rows_is_one_person() -> None:
    table = read(
        HEADER,
        person(scope="白露大道"),
        person(None, None, roles=None, scope="莲花大道"),
    )
    [row] = table.rows
    assert [part.name for part in row.scope] == ["白露大道", "莲花大道"]


def test_a_unit_merged_over_its_people_is_the_unit_of_each() -> None:
    table = read(HEADER, person("张三"), person("李四"), merges=[Merge(1, 1, 2, 1)])
    assert [row.unit for row in table.rows] == ["柳州市住建局"] * 2


@pytest.mark.parametrize(
    ("row", "problem", "column"),
    [
        (person(phone="0772-2825678"), ProblemCode.PHONE_LANDLINE, "D"),
        (person(phone="13800138000、13900139000"), ProblemCode.TWO_MEANINGS, "D"),
        (person(phone="1380013"), ProblemCode.PHONE_UNREADABLE, "D"),
        (person(roles="科员"), ProblemCode.ROLE_UNKNOWN, "E"),
        (person(roles=None), ProblemCode.ROLE_MISSING, "E"),
        (person(unit=None), ProblemCode.UNIT_MISSING, "B"),
        (person(language="壮语"), ProblemCode.LANGUAGE_UNKNOWN, "G"),
    ],
)
def test_what_is_wrong_with_a_person_is_told_with_its_place(
    row: Sequence[Value], problem: ProblemCode, column: str
) -> None:
    table = read(HEADER, row)
    assert table.rows == ()
    assert [(each.code, each.place.column) for each in table.problems] == [(problem, column)]


def test_a_missing_column_is_said_once() -> None:
    table = read(("姓名", "手机"), ("张三", 13800138000), ("李四", 13900139000))
    assert [problem.parameters for problem in table.problems] == [
        {"column": "unit"},
        {"column": "roles"},
    ]
    assert table.rows == ()


def test_one_person_may_have_several_rows_with_other_roles() -> None:
    rows = [
        person(phone=13800138000, roles="联络员", scope="白露大道"),
        person(phone=13800138000, roles="信息员", scope="莲花大道"),
    ]
    table = read(HEADER, *rows)
    assert len(table.rows) == 2
    assert (table.problems, table.doubts) == ((), ())


def test_the_same_row_twice_is_a_problem() -> None:
    table = read(HEADER, person(phone=13800138000), person(phone="138-0013-8000"))
    assert codes(table) == [ProblemCode.DUPLICATE]
    assert table.problems[0].parameters["row"] == 2
    assert len(table.rows) == 1


def test_one_phone_of_two_people_is_a_problem() -> None:
    table = read(HEADER, person("张三", phone=13800138000), person("李四", phone=13800138000))
    assert codes(table) == [ProblemCode.PHONE_OF_TWO]
    assert table.problems[0].parameters["other"] == "张三"
    assert [row.name for row in table.rows] == ["张三"]


def test_two_people_of_one_name_in_a_unit_are_asked_about() -> None:
    table = read(HEADER, person(phone=13800138000), person(phone=13900139000))
    assert len(table.rows) == 2
    assert [doubt.code for doubt in table.doubts] == [DoubtCode.SAME_NAME]
