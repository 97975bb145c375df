"""One cell of an office table is read exactly, or said to be unreadable."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.periods import Period
from domain.tables import Formula, ProblemCode, Value, Years
from domain.tables.dates import month, year, years
from domain.tables.problems import Unreadable
from domain.tables.values import amount, code, phone, printed_step, text

WAN, YI = 10_000, 100_000_000


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, None),
        ("  ", None),
        ("—", None),
        ("－－", None),
        ("／", None),
        ("无", None),
        ("柳江\n新高中 ", "柳江新高中"),
        ("上汽 DCT360 项目", "上汽DCT360项目"),
        ("Phase  two", "Phase two"),
        ("（一期）", "（一期）"),
        ("=1+1", "=1+1"),
        (2020, "2020"),
    ],
)
def test_a_text_keeps_its_characters_and_loses_its_line_ends(
    said: Value, expected: str | None
) -> None:
    assert text(said) == expected


@pytest.mark.parametrize(
    ("said", "unit", "expected"),
    [
        (1200, WAN, 12_000_000),
        (1200.5, WAN, 12_005_000),
        (0.1 + 0.2, WAN, 3000),
        (17824.36, WAN, 178_243_600),
        ("12,345.67", WAN, 123_456_700),
        ("１２３４．５", WAN, 12_345_000),
        (" 1200 ", WAN, 12_000_000),
        ("5亿元", WAN, 5 * YI),
        ("3.5亿", WAN, 350_000_000),
        ("1亿2千万", WAN, 120_000_000),
        ("800万元", YI, 8_000_000),
        ("800万元", None, 8_000_000),
        (3.8054, YI, 380_540_000),
        (0, None, 0),
        ("0", WAN, 0),
        ("—", WAN, None),
        ("/", None, None),
        (None, WAN, None),
    ],
)
def test_an_amount_is_whole_yuan(said: Value, unit: int | None, expected: int | None) -> None:
    assert amount(said, unit) == expected


@pytest.mark.parametrize(
    ("said", "unit", "problem"),
    [
        (1200, None, ProblemCode.MONEY_UNIT_MISSING),
        ("1,200", None, ProblemCode.MONEY_UNIT_MISSING),
        (-5, WAN, ProblemCode.AMOUNT_NEGATIVE),
        ("－5", WAN, ProblemCode.AMOUNT_NEGATIVE),
        ("-5亿", WAN, ProblemCode.AMOUNT_NEGATIVE),
        ("约5亿", WAN, ProblemCode.AMOUNT_VAGUE),
        ("5000万元左右", WAN, ProblemCode.AMOUNT_VAGUE),
        ("待定", WAN, ProblemCode.AMOUNT_UNREADABLE),
        ("1,00", WAN, ProblemCode.AMOUNT_UNREADABLE),
        ("一千", WAN, ProblemCode.AMOUNT_UNREADABLE),
        (date(2020, 1, 1), WAN, ProblemCode.AMOUNT_UNREADABLE),
        (1 / 3, WAN, ProblemCode.AMOUNT_FRACTION),
        ("1.23456", WAN, ProblemCode.AMOUNT_FRACTION),
        (10**9, YI, ProblemCode.AMOUNT_TOO_LARGE),
        ("#REF!", WAN, ProblemCode.ERROR_VALUE),
        (Formula("=SUM(A1:A3)"), WAN, ProblemCode.FORMULA),
    ],
)
def test_an_amount_that_is_not_exact_is_not_guessed(
    said: Value, unit: int | None, problem: ProblemCode
) -> None:
    with pytest.raises(Unreadable) as unreadable:
        amount(said, unit)
    assert unreadable.value.code is problem
    assert unreadable.value.parameters["raw"]


@given(st.integers(0, 10**12), st.sampled_from([WAN, YI]), st.sampled_from(["text", "number"]))
def test_yuan_written_in_any_unit_are_read_back(yuan: int, unit: int, written: str) -> None:
    digits = len(str(unit)) - 1
    exact = f"{yuan // unit}.{yuan % unit:0{digits}}"
    assert amount(exact if written == "text" else float(exact), unit) == yuan


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=300))
def test_a_sum_of_hundredths_is_read_as_what_it_should_be(hundredths: list[int]) -> None:
    summed = sum(each / 100 for each in hundredths)
    assert amount(summed, WAN) == sum(hundredths) * WAN // 100


@pytest.mark.parametrize(
    ("said", "unit", "step"),
    [("153.7", YI, YI // 10), (1675, YI, YI), ("0.123456", WAN, 1), (7446.08, WAN, 100)],
)
def test_an_amount_is_printed_to_its_last_digit(said: Value, unit: int, step: int) -> None:
    assert printed_step(said, unit) == step


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("2013—2015", (2013, 2015)),
        ("2013-2015年", (2013, 2015)),
        ("2013～2015", (2013, 2015)),
        ("2013——2015", (2013, 2015)),
        ("２０１３－２０１５", (2013, 2015)),
        ("2013 - 2015", (2013, 2015)),
        ("2013年—2015年", (2013, 2015)),
        ("2018至2022", (2018, 2022)),
        ("2018年到2022年", (2018, 2022)),
        ("2018-2022年度", (2018, 2022)),
        ("2019.03-2021.12", (2019, 2021)),
        ("2019/3-2021/12", (2019, 2021)),
        ("2019-03-2021-12", (2019, 2021)),
        ("2019-03至2021-12", (2019, 2021)),
        ("2019年3月-2021年12月", (2019, 2021)),
        ("2019年3月1日—2021年12月31日", (2019, 2021)),
        ("2019年3月-12月", (2019, 2019)),
        ("2019年初-2020年底", (2019, 2020)),
        ("2020年", (2020, 2020)),
        ("2020", (2020, 2020)),
        (2020, (2020, 2020)),
        (2020.9, (2020, 2020)),
        ("2019-03", (2019, 2019)),
        ("2019-21", (2019, 2021)),
        ("2020-", (2020, None)),
        ("2020—", (2020, None)),
        ("2020年起", (2020, None)),
        ("2020年至今", (2020, None)),
    ],
)
def test_years_of_construction_in_all_their_spellings(
    said: Value, expected: tuple[int, int | None]
) -> None:
    assert years(said) == Years(*expected)


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("两年", ProblemCode.YEARS_UNREADABLE),
        ("24个月", ProblemCode.YEARS_UNREADABLE),
        ("十三五", ProblemCode.YEARS_UNREADABLE),
        ("2019.2021", ProblemCode.YEARS_UNREADABLE),
        (2019.2021, ProblemCode.YEARS_UNREADABLE),
        ("20192021", ProblemCode.YEARS_UNREADABLE),
        ("2019-2020-2021", ProblemCode.YEARS_UNREADABLE),
        (date(2019, 3, 1), ProblemCode.YEARS_UNREADABLE),
        ("2015-2013", ProblemCode.YEARS_REVERSED),
        ("2010-12", ProblemCode.TWO_MEANINGS),
    ],
)
def test_years_that_do_not_say_when_are_a_problem(said: Value, problem: ProblemCode) -> None:
    with pytest.raises(Unreadable) as unreadable:
        years(said)
    assert unreadable.value.code is problem


def test_a_column_of_one_year_takes_one_year() -> None:
    assert year("2020年") == 2020
    with pytest.raises(Unreadable):
        year("2019-2021")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("9月", (2020, 9)),
        ("9", (2020, 9)),
        (9, (2020, 9)),
        ("９月份", (2020, 9)),
        ("9月底", (2020, 9)),
        ("9月上旬", (2020, 9)),
        ("9月15日", (2020, 9)),
        ("2021年9月", (2021, 9)),
        ("2021年9月底", (2021, 9)),
        ("2021.09", (2021, 9)),
        ("2021-9", (2021, 9)),
        ("2021/9/1", (2021, 9)),
        ("202109", (2021, 9)),
        (2021.9, (2021, 9)),
        (2021.11, (2021, 11)),
        ("2021.1", (2021, 1)),
        (date(2021, 9, 30), (2021, 9)),
        ("已开工", None),
        ("—", None),
        (None, None),
    ],
)
def test_a_planned_month_in_all_its_spellings(
    said: Value, expected: tuple[int, int] | None
) -> None:
    assert month(said, 2020) == (expected and Period(*expected))


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("三季度", ProblemCode.MONTH_UNREADABLE),
        ("9月前", ProblemCode.MONTH_UNREADABLE),
        ("13月", ProblemCode.MONTH_UNREADABLE),
        ("年内", ProblemCode.MONTH_UNREADABLE),
        (46082, ProblemCode.MONTH_UNREADABLE),
        (2020.1, ProblemCode.TWO_MEANINGS),
    ],
)
def test_a_month_that_is_none_is_a_problem(said: Value, problem: ProblemCode) -> None:
    with pytest.raises(Unreadable) as unreadable:
        month(said, 2020)
    assert unreadable.value.code is problem


@given(st.integers(1950, 2059), st.integers(0, 40), st.sampled_from(["-", "—", "～", "至"]))
def test_a_span_of_years_is_read_back(start: int, more: int, between: str) -> None:
    assert years(f"{start}{between}{start + more}年") == Years(start, start + more)


@pytest.mark.parametrize(
    "said",
    [
        13800138000,
        "13800138000",
        "138 0013 8000",
        "138-0013-8000",
        "１３８００１３８０００",
        "+86 13800138000",
        "+86-138-0013-8000",
        "008613800138000",
        "8613800138000",
        "(86)13800138000",
    ],
)
def test_a_mobile_number_is_its_eleven_digits(said: Value) -> None:
    assert phone(said) == "13800138000"


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("0772-2825678", ProblemCode.PHONE_LANDLINE),
        ("(0771)2328852", ProblemCode.PHONE_LANDLINE),
        ("010-62345678", ProblemCode.PHONE_LANDLINE),
        ("2825678", ProblemCode.PHONE_LANDLINE),
        (2825678, ProblemCode.PHONE_LANDLINE),
        ("13800138000/13900139000", ProblemCode.TWO_MEANINGS),
        ("13800138000、13900139000", ProblemCode.TWO_MEANINGS),
        ("1380013800", ProblemCode.PHONE_UNREADABLE),
        ("138001380001", ProblemCode.PHONE_UNREADABLE),
        ("1.38E+10", ProblemCode.PHONE_UNREADABLE),
        ("见通讯录", ProblemCode.PHONE_UNREADABLE),
    ],
)
def test_what_is_no_single_mobile_number_is_a_problem(said: Value, problem: ProblemCode) -> None:
    with pytest.raises(Unreadable) as unreadable:
        phone(said)
    assert unreadable.value.code is problem


def test_a_project_code_is_kept_and_a_rounded_one_refused() -> None:
    assert code("2019-450200-48-01-012345") == "2019-450200-48-01-012345"
    assert code(20190001) == "20190001"
    for rounded in (2.01945020048e23, "2.01945E+23"):
        with pytest.raises(Unreadable) as unreadable:
            code(rounded)
        assert unreadable.value.code is ProblemCode.CODE_ROUNDED
