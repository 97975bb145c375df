import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import LARGEST, Amount, Doubt, DoubtReason, read_amount

DATA = Path(__file__).parents[1] / "data"
YUAN = st.one_of(
    st.integers(0, 10**12 - 1),
    st.builds(lambda n, zeros: n * 10**zeros, st.integers(0, 9999), st.integers(0, 8)),
)


def phrases(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PUBLISHED = [row for row in phrases("phrases.csv") if row["kind"] == "amount_yuan"]
# Written in three rounds, each after the grammar was frozen and before it was run.
HELD_OUT = phrases("held_out_amounts.csv")


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row["text"])
def test_the_published_phrases_are_right_or_asked_about(row: dict[str, str]) -> None:
    read = read_amount(row["text"])

    if row["expected"] and "约" not in row["text"]:
        assert read == Amount(int(row["expected"]))
    else:
        assert isinstance(read, Doubt)


@pytest.mark.parametrize("row", HELD_OUT, ids=lambda row: row["text"])
def test_the_held_out_phrases_are_right_or_asked_about(row: dict[str, str]) -> None:
    read = read_amount(row["text"])

    if row["expected"]:
        assert read == Amount(int(row["expected"]))
    else:
        assert isinstance(read, Doubt)


@pytest.mark.parametrize(
    ("text", "reason", "candidates"),
    [
        ("3500", DoubtReason.NO_UNIT, (35_000_000, 3500)),
        ("3.5", DoubtReason.NO_UNIT, (35_000, 350_000_000)),
        ("人民币3500", DoubtReason.NO_UNIT, (35_000_000, 3500)),
        ("三千五百", DoubtReason.NO_UNIT, (35_000_000, 3500)),
        ("约3亿元", DoubtReason.VAGUE, (300_000_000,)),
        ("500万元左右", DoubtReason.VAGUE, (5_000_000,)),
        ("十几亿", DoubtReason.VAGUE, ()),
        ("几十亿", DoubtReason.VAGUE, ()),
        ("3-5亿", DoubtReason.VAGUE, ()),
        ("-200万", DoubtReason.NEGATIVE, (-2_000_000,)),
        ("(200万)", DoubtReason.NEGATIVE, (-2_000_000,)),
        ("1200万和3400万", DoubtReason.SEVERAL, (12_000_000, 34_000_000)),
        ("1亿 2000万", DoubtReason.SEVERAL, (120_000_000, 100_000_000, 20_000_000)),
        ("3500.5元", DoubtReason.TOO_FINE, (3500,)),
        ("3500元5角", DoubtReason.TOO_FINE, ()),
        ("999999亿", DoubtReason.TOO_LARGE, (99_999_900_000_000,)),
        ("3亿5000", DoubtReason.UNCLEAR, (350_000_000, 300_005_000)),
        ("3亿5000元", DoubtReason.UNCLEAR, (350_000_000, 300_005_000)),
        ("1亿20000万", DoubtReason.SEVERAL, (100_000_000, 200_000_000)),
        ("0亿5", DoubtReason.UNCLEAR, (0,)),
        ("1亿2千", DoubtReason.UNCLEAR, (120_000_000, 100_002_000)),
        ("1.3500万", DoubtReason.UNCLEAR, (13_500, 35_000_000, 135_000_000)),
        ("本月3500万", DoubtReason.UNCLEAR, (35_000_000,)),
        ("", DoubtReason.NONE, ()),
        ("暂无", DoubtReason.NONE, ()),
    ],
)
def test_a_doubt_says_why_and_offers_the_readings(
    text: str, reason: DoubtReason, candidates: tuple[int, ...]
) -> None:
    assert read_amount(text) == Doubt(reason, candidates)


def test_a_whole_report_is_no_amount() -> None:
    assert read_amount("3500万" * 500) == Doubt(DoubtReason.UNCLEAR)


def spelled(yuan: int, digits: str, units: str) -> str:
    """The amount in words, written independently of the grammar: 一亿零五百元."""
    words, gap = "", False
    for position in range(11, -1, -1):
        digit = yuan // 10**position % 10
        if digit:
            words += (digits[0] if gap and words else "") + digits[digit] + units[position % 4]
        gap = not digit if digit or words else gap
        if position in (4, 8) and yuan // 10**position % 10_000:
            words += {4: "万", 8: "亿"}[position]
    return (words or digits[0]).replace(" ", "") + "元"


def with_decimals(yuan: int, unit: int) -> str:
    number = f"{Decimal(yuan) / unit:f}"
    return number.rstrip("0").rstrip(".") if "." in number else number


@given(YUAN)
def test_any_amount_in_words_is_read_back(yuan: int) -> None:
    assert read_amount(spelled(yuan, "零一二三四五六七八九", " 十百千")) == Amount(yuan)
    assert read_amount(spelled(yuan, "零壹贰叁肆伍陆柒捌玖", " 拾佰仟") + "整") == Amount(yuan)


@given(YUAN)
def test_any_amount_in_yuan_is_read_back(yuan: int) -> None:
    wide = str(yuan).translate({code: code + 0xFEE0 for code in range(0x30, 0x3A)})

    for text in (f"{yuan}元", f"{yuan:,}元", f"{yuan:,} 块".replace(",", "，"), f"￥{wide}元"):
        assert read_amount(text) == Amount(yuan)


@given(YUAN)
def test_any_amount_in_yi_is_read_back(yuan: int) -> None:
    text = with_decimals(yuan, 10**8)

    for spelling in (f"{text}亿", f"{text}亿元", f"{text}个亿", f"人民币 {text} 亿元"):
        assert read_amount(spelling) == Amount(yuan)


@given(st.integers(10**6, 10**12))
def test_any_amount_in_wan_is_read_back(yuan: int) -> None:
    """Below a million, "2.1234万" may be item 2 with 1234万, and is asked about."""
    text = with_decimals(yuan, 10**4)

    for spelling in (f"{text}万", f"{text} 万元", f"{text}w", f"完成{text}万元。"):
        assert read_amount(spelling) == Amount(yuan)


@given(st.integers(1, 9999), st.integers(1, 9999))
def test_any_amount_in_yi_and_wan_is_read_back(yi: int, wan: int) -> None:
    expected = Amount(yi * 10**8 + wan * 10**4)

    for text in (f"{yi}亿{wan}万", f"{yi}亿零{wan}万元", f"{yi}亿{wan}.0万"):
        assert read_amount(text) == expected


@given(st.text("0123456789.,零一二三五十百千万亿点半个元整约多 -w角", max_size=14))
def test_whatever_is_typed_is_an_amount_within_bounds_or_a_doubt(text: str) -> None:
    read = read_amount(text)

    if isinstance(read, Amount):
        assert 0 <= read.yuan <= LARGEST
    else:
        assert len(set(read.candidates)) == len(read.candidates)


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text: str) -> None:
    assert isinstance(read_amount(text), Amount | Doubt)


@given(st.sampled_from(["3500万元", "1亿2千万", "三亿五"]), st.characters(categories=["Lo"]))
def test_an_amount_with_a_word_the_grammar_lacks_is_asked_about(amount: str, word: str) -> None:
    known = (
        "零〇一二三四五六七八九十百千万亿两兩両壹贰貳叁參肆伍陆陸柒捌玖拾佰仟萬億共元圆圓块塊整正"
    )
    if word not in known:
        assert isinstance(read_amount(word + amount), Doubt)
        assert isinstance(read_amount(amount + word), Doubt)


@given(st.sampled_from([row["text"] for row in PUBLISHED + HELD_OUT]))
def test_full_width_forms_read_as_the_narrow_ones(text: str) -> None:
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})

    assert read_amount(wide) == read_amount(text)
