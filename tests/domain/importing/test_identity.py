"""Titles, captions and file names say which programme a table is of."""

import pytest

from domain.importing.identity import (
    Identity,
    identity_in,
    level_of_region,
    title_of,
    titles_of,
)
from domain.tables import Merge, Sheet, Workbook
from domain.vocabulary import Level

REGION, CITY, COUNTY = Level


@pytest.mark.parametrize(
    ("title", "identity"),
    [
        ("2020年第一批自治区层面统筹推进重大项目", Identity(REGION, 2020, "第一批")),
        ("柳州市2020年市级层面统筹推进重大项目实施方案", Identity(CITY, 2020)),
        ("2026年第2批市级重大项目", Identity(CITY, 2026, "第二批")),
        ("２０２６年市级重大项目（年度增补）", Identity(CITY, 2026, "年度增补")),
        ("融安县2026年县级重大项目第三批增补", Identity(COUNTY, 2026, "第三批增补")),
        ("city level 2026", Identity(CITY, 2026)),
        ("重大项目表", Identity()),
        ("广西壮族自治区重大项目", Identity()),
        ("自治区级和市级重大项目", Identity()),
        ("2025—2026年市级重大项目", Identity(CITY)),
        ("印发日期：2020年1月9日", Identity()),
        ("2020-01-09", Identity()),
        ("项目代码 2020450200", Identity()),
    ],
)
def test_a_title_names_a_programme(title: str, identity: Identity) -> None:
    assert identity_in([title]) == identity


def test_what_is_said_first_is_believed_before_what_is_said_later() -> None:
    texts = ("2027年", "柳州市2026年市级重大项目（第一批）", "2025年县级")
    assert identity_in(texts) == Identity(CITY, 2027, "第一批")


def test_titles_stand_alone_in_their_row() -> None:
    sheet = Sheet(
        "新开工",
        (
            ("附件1", "附件1", "附件1"),
            ("2026年市级重大项目（新开工）表",) * 3,
            ("项目名称", "总投资", "责任单位"),
        ),
        (Merge(0, 0, 0, 2), Merge(1, 0, 1, 2)),
    )
    assert titles_of(Workbook("x", (sheet,))) == ("附件1", "2026年市级重大项目（新开工）表")


def test_a_hidden_sheet_has_no_say() -> None:
    hidden = Sheet("旧", (("2019年市级重大项目",),), hidden=True)
    assert titles_of(Workbook("x", (hidden,))) == ()


def test_the_plans_own_title_is_what_its_sheets_have_in_common() -> None:
    sheets = tuple(
        Sheet(name, ((f"2026年第一批自治区层面统筹推进重大项目（{name}）进度表",),))
        for name in ("新开工", "续建", "预备")
    )
    assert title_of(Workbook("x", sheets)) == "2026年第一批自治区层面统筹推进重大项目"
    alone = title_of(Workbook("x", sheets[:1]))
    assert alone == "2026年第一批自治区层面统筹推进重大项目（新开工）进度表"
    assert title_of(Workbook("x", (Sheet("a", (("项目表",),)),))) == ""


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("柳州市", CITY),
        ("市本级", CITY),
        ("区直中直和跨区域", REGION),
        ("三江侗族自治县", COUNTY),
        ("柳北区", COUNTY),
        ("阳和", COUNTY),
    ],
)
def test_a_new_region_has_the_level_of_its_name(name: str, level: Level) -> None:
    assert level_of_region(name) is level
