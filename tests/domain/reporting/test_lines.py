import csv
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import DoubtReason
from domain.periods import Period
from domain.reporting import machine
from domain.reporting.base import Base
from domain.reporting.filling import Step
from domain.reporting.lines import Line, read_lines
from domain.reporting.many import Applied, Note, Open, apply_line
from domain.reporting.naming import Candidate, NotPlaced
from domain.reporting.table import Table, Unplaced

NOVEMBER = Period(2026, 11)
BASE = Base(period=NOVEMBER, first=NOVEMBER, year_to_date=0, since_start=0, progress="路基72%")
ROAD = Candidate(11, 1, "白露大道（一期）", NOVEMBER, ("白露路",), "2101-450200-48")
SCHOOL = Candidate(12, 2, "柳江新高中", NOVEMBER)
SPORT = Candidate(13, 3, "柳江区体育公园（二期）", NOVEMBER)
CEMENT = Candidate(14, 4, "年产100万吨水泥线", NOVEMBER)
OWED = (ROAD, SCHOOL, SPORT, CEMENT)
WITH_OPENINGS = replace(BASE, year_to_date=None, since_start=None)


def phrases() -> list[dict[str, str]]:
    path = Path(__file__).parents[2] / "data" / "held_out_lines.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def the_line(text: str) -> Line:
    (line,) = read_lines(text, OWED).lines
    return line


def applied(text: str, base: Base = BASE) -> Applied:
    return apply_line(machine.start(base), base, the_line(text).said)


@pytest.mark.parametrize("row", phrases(), ids=lambda row: row["line"])
def test_a_held_out_line_is_right_or_asked_about(row: dict[str, str]) -> None:
    reading = read_lines(row["line"], OWED)
    for line in reading.lines:
        told = apply_line(machine.start(BASE), BASE, line.said).filling
        if row["month_yuan"]:
            assert (told.invested, told.doubt) == (int(row["month_yuan"]), None)
        else:
            assert told.invested is None
    assert reading.lines or (reading.unread and not row["month_yuan"])


@given(st.integers(1, 99_999), st.sampled_from(["万", "万元"]), st.sampled_from([" ", "，", "；"]))
def test_a_plain_amount_is_read_wherever_it_stands(wan: int, unit: str, gap: str) -> None:
    pieces = [f"{wan}{unit}", "桩基96/120根", "无问题"]
    for at in range(3):
        turned = gap.join([*pieces[at:], *pieces[:at]])
        filling = applied(f"白露大道（一期） {turned}").filling
        assert filling.invested == wan * 10_000
        assert filling.progress == "桩基96/120根"
        assert filling.problems == ()


@given(st.integers(1, 10**6), st.sampled_from(["约", "近", "不到", "超", "大概", "预计"]))
def test_a_vague_amount_is_never_taken(wan: int, about: str) -> None:
    for text in (f"{about}{wan}万", f"{about} {wan}万", f"{wan}万{about}", f"{wan}{about}万"):
        assert applied(f"1 {text} 路基80% 无").filling.invested is None


@given(
    st.integers(1, 10**6), st.integers(1, 10**6), st.sampled_from([" ", "，", "\n1 ", "、", "\t"])
)
def test_of_two_amounts_none_is_chosen(one: int, other: int, gap: str) -> None:
    assert applied(f"1 {one}万{gap}{other}万 路基80%").filling.invested is None


@given(st.integers(0, 10**7))
def test_a_number_without_a_unit_is_never_taken_for_an_amount(number: int) -> None:
    filling = applied(f"2 {number} 路基80% 无").filling
    assert filling.invested == (0 if number == 0 else None)


@given(st.text(max_size=80))
def test_whatever_is_typed_is_read_without_an_error(text: str) -> None:
    for line in read_lines(text, OWED).lines:
        apply_line(machine.start(BASE), BASE, line.said)


@given(st.text("0123456789万亿元.,约-负 +上月累计本完成路基%无问题", max_size=30))
def test_an_amount_that_is_taken_was_typed_with_its_unit(text: str) -> None:
    for line in read_lines(f"1 {text}", OWED).lines:
        filling = apply_line(machine.start(BASE), BASE, line.said).filling
        if filling.invested:
            assert any(unit in text for unit in "万亿元")


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1 1200万", 1),
        ("1、1200万", 1),
        ("1. 1200万", 1),
        ("(1) 1200万", None),
        ("第1项 1200万", 1),
        ("填1 1200万", 1),
        ("1白露大道（一期） 1200万", None),
        ("白露大道（一期） 1200万", 1),
        ("白露大道(一期)1200万", 1),
        ("白露大道一期，1200万", 1),
        ("白露大道 本月1200万", 1),
        ("白露路 1200万", 1),
        ("2101-450200-48 1200万", 1),
        ("1 白露大道 1200万", 1),
        ("• 柳江新高中 1200万", 2),
        ("柳江 新高中 1200万", 2),
        ("ljxgz 1200万", 2),
        ("体育公园 1200万", 3),
        ("年产100万吨水泥线 1200万", 4),
        ("水泥线 1200万", 4),
        ("柳江 1200万", None),
        ("白露大道（二期） 1200万", None),
        ("白露高中 1200万", None),
        ("2 白露大道 1200万", None),
        ("9 1200万", None),
        ("1200万", None),
        ("1,200万 路基80%", None),
        ("12.5 路基80%", None),
    ],
)
def test_a_line_is_of_the_one_project_it_names_or_of_none(text: str, number: int | None) -> None:
    reading = read_lines(f"{text} 无问题", OWED)
    assert [line.candidate.number for line in reading.lines] == ([number] if number else [])
    assert len(reading.unread) == (number is None)


@pytest.mark.parametrize(
    ("text", "problems", "progress"),
    [
        ("1200万 路基80% 征地拆迁：剩2户", [("征地拆迁：剩2户", "land_acquisition")], "路基80%"),
        (
            "1200万 路基80%，征地拆迁：剩2户，资金: 缺口300万",
            [("征地拆迁：剩2户", "land_acquisition"), ("资金: 缺口300万", "funding")],
            "路基80%",
        ),
        (
            "1200万 路基80% 问题：征地拆迁：剩2户",
            [("征地拆迁：剩2户", "land_acquisition")],
            "路基80%",
        ),
        ("1200万 路基80%\n征地拆迁：剩2户", [("征地拆迁：剩2户", "land_acquisition")], "路基80%"),
        ("1200万 征地拆迁完成80% 无问题", [], "征地拆迁完成80%"),
        ("1200万 路基80% 征地拆迁：无", None, "路基80%"),
        ("1200万 路基80% 征地拆迁：无 无问题", None, "路基80%"),
        ("1200万 路基80% 无问题 征地拆迁：无", [], "路基80%"),
    ],
)
def test_a_kind_of_problem_with_a_colon_begins_a_problem(
    text: str, problems: list[tuple[str, str]] | None, progress: str
) -> None:
    filling = applied(f"1 {text}").filling
    told = None if filling.problems is None else [(one.text, one.kind) for one in filling.problems]
    assert (filling.invested, told, filling.progress) == (12_000_000, problems, progress)


def test_of_preliminary_work_the_same_word_names_a_step() -> None:
    (line,) = read_lines("1 用地：已批复", [replace(ROAD, is_preparatory=True)]).lines
    assert (line.said.problems, line.said.progress) == ("", "用地：已批复")


def test_between_two_months_of_a_project_only_the_number_decides() -> None:
    october = replace(ROAD, key=21, number=5, month=Period(2026, 10))
    text = "白露大道 1200万\n白露大道（一期） 1200万\n5 白露大道 900万"
    reading = read_lines(text, (*OWED, october))
    assert [one.unknown.why for one in reading.unread] == [NotPlaced.SEVERAL_PROJECTS] * 2
    assert [line.candidate.number for line in reading.lines] == [5]


def test_what_is_labelled_goes_where_its_label_says() -> None:
    said = the_line(
        "1 1200万 形象：路基80%，桩基96/120根 问题：资金缺口300万 原因：雨季 下月计划：架梁"
    ).said
    assert said.invested == "1200万"
    assert said.progress == "路基80%，桩基96/120根"
    assert said.problems == "资金缺口300万"
    assert said.explanation == "雨季"
    assert said.next_steps == "架梁"


def test_a_labelled_line_goes_on_with_the_project_above() -> None:
    reading = read_lines("白露路 1200万 路基80%\n问题：剩2户\n柳江新高中 900万", OWED)
    assert [line.said.problems for line in reading.lines] == ["剩2户", ""]
    unlabelled = read_lines("白露路 1200万\n主体封顶", OWED)
    assert [one.text for one in unlabelled.unread] == ["主体封顶"]


def test_only_a_sum_up_to_the_month_before_is_an_opening_balance() -> None:
    told = applied("1 1200万 年初到10月底8600万 开工至10月末3.06亿 路基80% 无", WITH_OPENINGS)
    assert (told.filling.opening_year, told.filling.opening_start) == (86_000_000, 306_000_000)
    assert told.notes == ()
    for text in ("年初累计8600万", "年初到11月底8600万", "开工累计3.06亿"):
        asked = applied(f"1 1200万 {text} 路基80% 无", WITH_OPENINGS)
        assert asked.notes == (Note(Open.CUMULATIVE, text),)
        assert asked.filling.invested == 12_000_000


def test_no_change_and_an_amount_contradict_each_other() -> None:
    assert applied("1 整项无变化 1200万").notes == (Note(Open.CONTRARY, "1200万"),)
    unchanged = applied("1 整项无变化").filling
    assert (unchanged.invested, unchanged.progress, unchanged.is_unchanged) == (0, "路基72%", True)
    progress_only = applied("1 1200万 同上月").filling
    assert (progress_only.invested, progress_only.progress) == (12_000_000, "路基72%")


def test_a_doubt_stands_at_its_question() -> None:
    filling = applied("1 3500 路基80% 无").filling
    assert filling.step is Step.INVESTED
    assert filling.doubt is not None
    assert filling.doubt.reason is DoubtReason.NO_UNIT


def test_what_is_known_of_a_table_survives_as_data() -> None:
    table = Table(
        (11, 12),
        {11: (3, (Note(Open.UNASKED, "300万"),))},
        (Unplaced("柳江 300万", NotPlaced.SEVERAL_PROJECTS, (12, 13)),),
        frozenset({12}),
        {11: 4},
        7,
    )
    assert Table.of_data(table.as_data()) == table
    assert Table.of_data({}) == Table()
