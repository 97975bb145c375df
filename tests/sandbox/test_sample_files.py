"""The sample's workbooks read back as what was meant, to the byte the same each time."""

import io
import re
from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import openpyxl
import pytest

from domain.stated.text import stated_in
from sandbox.sample import (
    guangxi,
    liuzhou,
    plan_text,
    write_contacts_xlsx,
    write_programme_with_mistakes,
    write_programme_xlsx,
)
from sandbox.sample.facts import Programme
from sandbox.sample.mistakes import Mistake
from usecases.workbook import read_workbook

PROGRAMMES = pytest.mark.parametrize("programme", [guangxi(), liuzhou()], ids=["region", "city"])
HEADER_ROWS = (5, 6)

Table = list[dict[Any, Any]]


@cache
def programme_file(programme: Programme) -> bytes:
    return write_programme_xlsx(programme)


@cache
def tables(content: bytes) -> dict[str, Table]:
    """The rows under the two header rows, by the lower header of each column."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    result = {}
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        upper, lower = rows[HEADER_ROWS[0] - 1], rows[HEADER_ROWS[1] - 1]
        headers = [below or above for above, below in zip(upper, lower, strict=True)]
        result[sheet.title] = [dict(zip(headers, row, strict=True)) for row in rows[6:]]
    return result


def projects_of(content: bytes) -> Table:
    return [row for rows in tables(content).values() for row in rows if row["项目代码"]]


def wan(cell: Any) -> float:
    """An amount cell as a number of 万元, whatever way it is spelled."""
    text = str(cell).translate({0xFEE0 + code: chr(code) for code in range(0x21, 0x7F)})
    return float(text.replace(",", ""))


@PROGRAMMES
def test_the_same_programme_gives_the_same_bytes(programme: Programme) -> None:
    assert write_programme_xlsx(programme) == write_programme_xlsx(programme)
    assert write_contacts_xlsx(programme) == write_contacts_xlsx(programme)
    assert write_programme_with_mistakes(programme) == write_programme_with_mistakes(programme)
    assert plan_text(programme) == plan_text(programme)


@PROGRAMMES
def test_the_bot_reads_the_workbooks(programme: Programme) -> None:
    for content in (programme_file(programme), write_contacts_xlsx(programme)):
        book = read_workbook("sample.xlsx", content)
        assert sum(len(sheet.rows) for sheet in book.sheets) > 300


@PROGRAMMES
def test_every_project_stands_in_the_workbook_once(programme: Programme) -> None:
    rows = projects_of(programme_file(programme))
    assert [row["项目代码"] for row in rows] == [p.code for p in programme.projects]
    assert [row["项目名称"] for row in rows] == [p.name for p in programme.projects]
    for row, project in zip(rows, programme.projects, strict=True):
        assert round(wan(row["总投资"]) * 10_000) == project.total_investment
        assert round(wan(row["年度计划投资"] or 0) * 10_000) == (
            project.annual_planned_investment or 0
        )
        assert str(project.start_year) in row["建设起止年限"]
        assert str(project.finish_year) in row["建设起止年限"]


@PROGRAMMES
def test_the_workbook_is_in_the_offices_form(programme: Programme) -> None:
    book = openpyxl.load_workbook(io.BytesIO(programme_file(programme)))
    for sheet in book.worksheets:
        titles = [row[0] for row in sheet.iter_rows(max_row=3, values_only=True)]
        assert programme.title in str(titles[1])
        assert "样例" in str(titles[2])
        assert "单位：万元" in [cell.value for cell in sheet[4]]
        assert f"{programme.year}年计划" in [cell.value for cell in sheet[HEADER_ROWS[0]]]


def test_guangxi_has_a_sheet_a_category_and_liuzhou_a_column() -> None:
    assert list(tables(programme_file(guangxi()))) == ["新开工", "续建", "竣工投产", "预备"]
    rows = projects_of(programme_file(liuzhou()))
    assert Counter(row["计划类别"] for row in rows) == {
        "新开工": 124,
        "续建": 295,
        "竣工": 135,
        "预备": 175,
    }


def test_sum_rows_carry_what_liuzhous_plan_prints() -> None:
    rows = tables(programme_file(liuzhou()))["实施项目"]
    sums = {row["项目名称"]: row for row in rows if "计（" in str(row["项目名称"])}
    assert sums["总计（554项）"]["年度计划投资"] == 6_773_200
    assert sums["竣工合计（135项）"]["总投资"] == 5_756_900
    assert sums["新开工合计（124项）"]["年度计划投资"] == 1_076_100
    assert sums["基础设施小计（148项）"]["总投资"] == 17_391_000
    assert sums["生态环保小计（12项）"]["年度计划投资"] == 82_200


def test_sum_rows_of_guangxis_regions_are_what_their_rows_add_to() -> None:
    for rows in tables(programme_file(guangxi())).values():
        printed = {}
        found: Counter[str] = Counter()
        for row in rows:
            if match := re.fullmatch(r"(.+)小计（(\d+)项）", str(row["项目名称"])):
                printed[match[1]] = row["总投资"]
            elif row["项目代码"]:
                found[row["所在地区"]] += round(wan(row["总投资"]) * 100)
        assert {region: round(total * 100) for region, total in printed.items()} == found


@PROGRAMMES
def test_some_rows_go_on_in_the_next_one(programme: Programme) -> None:
    rows = [row for sheet in tables(programme_file(programme)).values() for row in sheet]
    scopes, units = {}, {}
    for above, row in pairwise(rows):
        if above["项目代码"] and not row["项目代码"] and not row["项目名称"]:
            scopes[above["项目代码"]] = f"{above['建设规模及内容']}{row['建设规模及内容'] or ''}"
            units[above["项目代码"]] = (above["责任单位"], row["责任单位"])
    assert len(scopes) >= 10
    for project in programme.projects:
        if project.code in scopes:
            assert scopes[project.code] == project.scope
            together = "、".join(part for part in units[project.code] if part)
            assert tuple(re.split("[、；]", together)) == project.responsible_units
    assert [second for _, second in units.values() if second]
    assert [second for _, second in units.values() if not second]


@PROGRAMMES
def test_years_months_and_amounts_are_spelled_in_several_ways(programme: Programme) -> None:
    rows = projects_of(programme_file(programme))
    years = {re.sub(r"\d", "9", row["建设起止年限"]) for row in rows}
    assert len(years) >= 7
    months = {re.sub(r"\d+", "9", row["计划开工月"]) for row in rows if row["计划开工月"]}
    assert len(months) == 4
    text_amounts = [row["总投资"] for row in rows if isinstance(row["总投资"], str)]
    assert [text for text in text_amounts if "," in text]
    assert [text for text in text_amounts if "０" <= text[0] <= "９"]


@PROGRAMMES
def test_contacts_list_everybody_who_has_not_left(programme: Programme) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_contacts_xlsx(programme)))
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    headers = rows[2]
    assert headers[1:8] == ("姓名", "单位", "职务", "手机", "角色", "负责范围", "语言")
    present = [person for person in programme.people if person.left is None]
    assert [(row[1], row[2]) for row in rows[4:]] == [(p.name, p.unit) for p in present]
    digits = [re.sub(r"\D", "", str(row[4]))[-11:] for row in rows[4:]]
    assert digits == [person.phone for person in present]
    assert len({re.sub(r"\d", "9", str(row[4])) for row in rows[4:]}) == 4


@PROGRAMMES
def test_planted_mistakes_stand_where_the_list_says_and_nothing_else_differs(
    programme: Programme,
) -> None:
    content, planted = write_programme_with_mistakes(programme)
    good = openpyxl.load_workbook(io.BytesIO(programme_file(programme)))
    bad = openpyxl.load_workbook(io.BytesIO(content))
    assert sorted(p.mistake for p in planted) == sorted(Mistake)
    differences = {
        (sheet.title, cell.row, cell.value, right.value)
        for sheet in bad.worksheets
        for cells, rights in zip(sheet.iter_rows(), good[sheet.title].iter_rows(), strict=True)
        for cell, right in zip(cells, rights, strict=True)
        if cell.value != right.value
    }
    assert differences == {(p.sheet, p.row, p.written, p.correct) for p in planted}
    assert len({p.row for p in planted}) == len(planted)


@PROGRAMMES
def test_planted_mistakes_are_mistakes(programme: Programme) -> None:
    _, planted = write_programme_with_mistakes(programme)
    by_kind = {p.mistake: p for p in planted}
    known = {o.name for o in programme.organisations}
    misspelt = re.split("[、；]", str(by_kind[Mistake.UNKNOWN_UNIT_NEAR_A_KNOWN_ONE].written))[0]
    assert misspelt not in known
    assert by_kind[Mistake.DUPLICATE_CODE].written in {p.code for p in programme.projects}
    wrong_unit = by_kind[Mistake.WRONG_UNIT]
    assert wan(wrong_unit.written) * 10_000 == pytest.approx(wan(wrong_unit.correct))


@PROGRAMMES
def test_the_plans_sentences_state_the_documents_totals(programme: Programme) -> None:
    read = Counter(replace(total, where="") for total in stated_in(plan_text(programme)))
    assert read == Counter(programme.stated)
