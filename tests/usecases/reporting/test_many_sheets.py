import io
from collections.abc import Mapping
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from sqlmodel import Session, select

from db.tables.reporting import ObligationState, Report, ReportSource
from domain.reporting.naming import NotPlaced
from domain.vocabulary import ProblemKind
from templates.imports import FileRefused
from templates.many import ManySubmitted, ManyTable, MonthlyTableRefused
from templates.message import Message
from templates.refusals import NotYours
from tests import builders
from tests.builders import NOW, Cast, asker
from tests.usecases.reporting.conversing import only, words
from tests.usecases.reporting.test_many import WAN, Many, cast, many
from usecases.answers import Hand
from usecases.importing.files import File
from usecases.imports import Upload, receive
from usecases.reporting.many.sheets import hand_out, taken_or

__all__ = ["cast", "many"]
HEADER = 2
SPORT, SCHOOL, ROAD = 3, 4, 5


def handed_out(many: Many) -> bytes:
    (answer,) = hand_out(many.session, many.wei, None, NOW)
    assert isinstance(answer, Hand)
    assert answer.file_name == "11月月报填报表.xlsx"
    return answer.content


def filled_in(content: bytes, cells: Mapping[tuple[int, str], Any]) -> bytes:
    """The table with these cells, by row and the beginning of the header."""
    book = load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    headers = [str(cell.value) for cell in sheet[HEADER]]
    for (row, begins), value in cells.items():
        at = next(n for n, header in enumerate(headers, 1) if header.startswith(begins))
        sheet.cell(row, at).value = value
    return saved(book)


def saved(book: Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def sent(many: Many, content: bytes, sender: Any = None) -> Message:
    upload = Upload(File("月报.xlsx", content))
    person = asker(many.session, sender or many.cast.wei, NOW)
    return only(taken_or(receive)(many.session, person, upload, NOW))


def a_row(row: int, invested: Any, progress: str = "封顶", problems: str = "无") -> dict[Any, Any]:
    return {(row, "本月完成"): invested, (row, "形象进度"): progress, (row, "存在问题"): problems}


def test_the_table_shows_last_month_and_hides_the_ids(many: Many) -> None:
    sheet = load_workbook(io.BytesIO(handed_out(many))).worksheets[0]
    assert sheet.column_dimensions["A"].hidden
    assert sheet.protection.sheet
    row = {str(head.value): cell for head, cell in zip(sheet[HEADER], sheet[ROAD], strict=True)}
    assert row["项目名称"].value == "白露大道（一期）"
    assert row["上月完成投资（万元）"].value == 1000
    assert row["上月形象进度"].value == "路基72%"
    assert row["项目名称"].protection.locked
    assert not row["本月完成投资（万元）"].protection.locked


def test_a_filled_in_table_comes_back_as_lines_do(session: Session, many: Many) -> None:
    cells = a_row(SPORT, 900) | a_row(ROAD, 1200.5, "路基80%", "剩2户") | a_row(SCHOOL, "0.12亿")
    shown = sent(many, filled_in(handed_out(many), cells | {(ROAD, "问题类别"): "征地拆迁"}))
    assert isinstance(shown, ManyTable)
    assert [line.invested for line in shown.ready] == [900 * WAN, 1200 * WAN, 12_005_000]
    done = many.submits(shown)
    assert isinstance(done, ManySubmitted)
    assert set(many.states()) == {ObligationState.SUBMITTED}
    reports = session.exec(select(Report).where(Report.source == ReportSource.TABLE)).all()
    assert len(reports) == 3


def test_blank_rows_say_nothing(many: Many) -> None:
    shown = sent(many, filled_in(handed_out(many), a_row(SPORT, 900)))
    assert isinstance(shown, ManyTable)
    assert (len(shown.ready), len(shown.open), shown.left) == (1, 0, 2)


@pytest.mark.parametrize(
    ("cell", "asked"),
    [
        ("约900", "金额要准确数"),
        (-900, "完成投资不能为负"),
        ("详见附件", "没看到金额"),
        ("900-1000", "金额要准确数"),
        ("=A1+1", "单元格是公式，请填数值：“G3 "),
        (9_000_000_000_000, "金额过大"),
        (900.123456, "请写到元"),
        ("土建900万 设备300万", "有几个数"),
    ],
)
def test_a_cell_that_is_no_plain_amount_is_asked_about(many: Many, cell: Any, asked: str) -> None:
    shown = sent(many, filled_in(handed_out(many), a_row(SPORT, cell)))
    assert isinstance(shown, ManyTable)
    assert shown.ready == ()
    assert asked in words(shown)


def test_the_unit_is_the_header_s_and_without_one_it_is_asked(many: Many) -> None:
    content = handed_out(many)
    in_yi = filled_in(content, {(HEADER, "本月完成"): "本月完成投资（亿元）"} | a_row(SPORT, 0.09))
    shown = sent(many, in_yi)
    assert isinstance(shown, ManyTable)
    assert shown.ready[0].invested == 900 * WAN
    bare = filled_in(content, {(HEADER, "本月完成"): "本月完成投资"} | a_row(SPORT, 950))
    assert "没写单位" in words(sent(many, bare))


def test_rows_that_are_of_nothing_certain_are_told_all_at_once(many: Many) -> None:
    cells = a_row(SPORT, 900) | a_row(SCHOOL, 900) | a_row(ROAD, 900) | a_row(6, 50) | a_row(7, 60)
    sorted_alone = {(SCHOOL, "项目名称"): "白露大道（一期）", (6, "项目名称"): "月球隧道"}
    twice = {(7, "项目名称"): "白露大道（一期）"}
    shown = sent(many, filled_in(handed_out(many), cells | sorted_alone | twice))
    assert isinstance(shown, ManyTable)
    assert [line.number for line in shown.ready] == [1, 3]
    assert [one.why for one in shown.unplaced] == [
        NotPlaced.NUMBER_AND_NAME,
        NotPlaced.NO_PROJECT,
        NotPlaced.TWICE,
    ]
    assert shown.unplaced[0].text.startswith("4: 白露大道（一期）")


def test_a_kind_nobody_knows_is_asked_about(many: Many) -> None:
    cells = a_row(SPORT, 900, problems="村民阻工")
    shown = sent(many, filled_in(handed_out(many), cells | {(SPORT, "问题类别"): "风水"}))
    assert "没有这个问题类别：“风水”" in words(shown)
    shown = sent(many, filled_in(handed_out(many), cells | {(SPORT, "问题类别"): "其他"}))
    assert isinstance(shown, ManyTable)
    assert shown.ready[0].problems is not None
    assert shown.ready[0].problems[0].kind is ProblemKind.OTHER


def test_a_table_without_its_hidden_column_goes_by_the_names(many: Many) -> None:
    book = load_workbook(io.BytesIO(filled_in(handed_out(many), a_row(SPORT, 900))))
    book.worksheets[0].delete_cols(1)
    shown = sent(many, saved(book))
    assert isinstance(shown, ManyTable)
    assert [line.number for line in shown.ready] == [1]


def test_a_header_that_was_changed_is_named(many: Many) -> None:
    told = sent(many, filled_in(handed_out(many), {(HEADER, "存在问题"): "备注"}))
    assert isinstance(told, MonthlyTableRefused)
    assert "表头缺“存在问题”" in words(told)


def test_another_person_s_table_reports_only_what_is_the_sender_s(
    session: Session, many: Many
) -> None:
    content = filled_in(handed_out(many), a_row(SPORT, 900))
    shown = sent(many, content, many.cast.ou)
    assert isinstance(shown, ManyTable)
    assert [one.why for one in shown.unplaced] == [NotPlaced.NOT_YOURS]
    assert isinstance(sent(many, content, many.cast.tan), NotYours)
    assert session.exec(select(Report).where(Report.source == ReportSource.TABLE)).all() == []


def test_a_file_that_is_no_table_of_reports_says_so(many: Many) -> None:
    book = Workbook()
    book.worksheets[0].append(["姓名", "电话"])
    assert sent(many, saved(book)) == MonthlyTableRefused("月报.xlsx")
    assert isinstance(sent(many, b"%PDF-1.7"), FileRefused)


def test_first_reports_are_asked_what_was_completed_before(session: Session, cast: Cast) -> None:
    many = Many(session, cast, [builders.an_obligation(session, cast.listing, 11)])
    before = {(3, "年初到10月底"): 9600, (3, "开工到10月底"): "3.06亿"}
    shown = sent(many, filled_in(handed_out(many), a_row(3, 1200, "路基80%") | before))
    assert isinstance(shown, ManyTable)
    assert [yuan for _, yuan in shown.ready[0].openings] == [9600 * WAN, 30_600 * WAN]
