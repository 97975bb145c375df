"""A coordinator sends whatever the office has; it is read, or refused with the reason."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
import xlwt
from openpyxl.styles import Font

from domain.tables.grid import Formula, Merge, Value
from usecases.workbook import MAX_BYTES, Kind, Reason, UnreadableWorkbook, read_workbook

HEADER = ("项目名称", "总投资（万元）")


def xlsx(fill: Callable[[Any], None]) -> bytes:
    workbook = openpyxl.Workbook()
    fill(workbook.active)
    return saved(workbook)


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def xls(fill: Callable[[Any], None]) -> bytes:
    workbook = xlwt.Workbook()
    fill(workbook.add_sheet("续建"))
    return saved(workbook)


def first_rows(name: str, content: bytes) -> tuple[tuple[Value, ...], ...]:
    return read_workbook(name, content).sheets[0].rows


def refusal(content: bytes, name: str = "projects.xlsx") -> UnreadableWorkbook:
    with pytest.raises(UnreadableWorkbook) as refused:
        read_workbook(name, content)
    return refused.value


def with_part(content: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same .xlsx with one part changed, or added."""
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, change(old.read(name) if name in old.namelist() else b""))
    return changed.getvalue()


def small_table(sheet: Any) -> None:
    sheet.append(HEADER)
    sheet.append(("白露大道（一期）", 1200.5))


def test_a_workbook_is_read_with_its_texts_numbers_and_dates() -> None:
    def fill(sheet: Any) -> None:
        sheet.title = "新开工"
        sheet.append(("  白露大道 ", 1200, 0.5, date(2020, 9, 1), True, None, " "))

    sheet = read_workbook("a.xlsx", xlsx(fill)).sheets[0]
    assert sheet.name == "新开工"
    assert sheet.rows == (("白露大道", 1200, 0.5, date(2020, 9, 1), "TRUE", None, None),)


def test_a_merged_range_is_filled_and_remembered() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(("计划表", None, None))
        sheet.append(("甲单位", "白露大道", 1))
        sheet.append((None, "莲花大道", 2))
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A2:A3")

    sheet = read_workbook("a.xlsx", xlsx(fill)).sheets[0]
    assert sheet.rows == (
        ("计划表", "计划表", "计划表"),
        ("甲单位", "白露大道", 1),
        ("甲单位", "莲花大道", 2),
    )
    assert set(sheet.merges) == {Merge(0, 0, 0, 2), Merge(1, 0, 2, 0)}


def test_an_old_xls_is_read_with_merges_and_dates() -> None:
    def fill(sheet: Any) -> None:
        sheet.write_merge(0, 0, 0, 1, "计划表")
        sheet.write(1, 0, 1200)
        sheet.write(1, 1, date(2020, 9, 1), xlwt.easyxf(num_format_str="YYYY-MM-DD"))

    sheet = read_workbook("a.xls", xls(fill)).sheets[0]
    assert sheet.rows == (("计划表", "计划表"), (1200, date(2020, 9, 1)))


@pytest.mark.parametrize("name", ["表.xls", "表.csv", "表", "表.docx"])
def test_the_name_of_a_file_does_not_decide_how_it_is_read(name: str) -> None:
    assert first_rows(name, xlsx(small_table))[1] == ("白露大道（一期）", 1200.5)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_in_every_encoding_and_delimiter(encoding: str, delimiter: str) -> None:
    lines = ["某年计划", "项目名称|总投资（万元）", "白露大道（一期），南段|12", "", "柳江新高中|3"]
    text = "\r\n".join(lines).replace("|", delimiter)
    assert first_rows("表.csv", text.encode(encoding)) == (
        ("某年计划",),
        ("项目名称", "总投资（万元）"),
        ("白露大道（一期），南段", "12"),
        (),
        ("柳江新高中", "3"),
    )


def test_a_quoted_csv_cell_may_hold_delimiters_and_line_ends() -> None:
    text = '项目名称,责任单位\n白露大道,"市住建局,市交通局\n市财政局"\n'
    assert first_rows("a.csv", text.encode())[1] == ("白露大道", "市住建局,市交通局\n市财政局")


def test_a_csv_cell_that_looks_like_a_formula_is_just_text() -> None:
    text = "项目名称,备注\n=HYPERLINK(1),=cmd|'/c calc'!A1\n"
    assert first_rows("a.csv", text.encode())[1] == ("=HYPERLINK(1)", "=cmd|'/c calc'!A1")


def test_a_formula_never_calculated_is_told_from_an_empty_cell() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(("白露大道", '=IF(A1<>"",SUM(B2:B3),0)', None, 7))

    assert first_rows("a.xlsx", xlsx(fill)) == (
        ("白露大道", Formula('=IF(A1<>"",SUM(B2:B3),0)'), None, 7),
    )


def test_a_calculated_formula_is_its_value_even_when_that_is_an_empty_text() -> None:
    def calculated(xml: bytes) -> bytes:
        row = (
            b'<row r="1"><c r="A1" t="str"><f>IF(1,"","")</f><v></v></c>'
            b'<c r="B1"><f>1+1</f><v>2</v></c><c r="C1"><v>9</v></c></row>'
        )
        start, end = xml.index(b"<sheetData>"), xml.index(b"</sheetData>")
        return xml[:start] + b"<sheetData>" + row + xml[end:]

    content = with_part(xlsx(small_table), "xl/worksheets/sheet1.xml", calculated)
    assert first_rows("a.xlsx", content) == ((None, 2, 9),)


def test_an_error_value_is_read_as_what_the_screen_shows() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(("白露大道", "#REF!"))
        sheet["B1"].data_type = "e"

    assert first_rows("a.xlsx", xlsx(fill)) == (("白露大道", "#REF!"),)


def test_a_hidden_sheet_is_read_and_marked() -> None:
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = "项目名称"  # type: ignore[index]
    old = workbook.create_sheet("旧表")
    old["A1"] = "项目名称"
    old.sheet_state = "hidden"
    sheets = read_workbook("a.xlsx", saved(workbook)).sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("Sheet", False), ("旧表", True)]


def test_formatting_far_below_the_table_is_no_row() -> None:
    def fill(sheet: Any) -> None:
        small_table(sheet)
        sheet.cell(60_000, 3).font = Font(bold=True)

    assert len(first_rows("a.xlsx", xlsx(fill))) == 2


def test_a_merged_range_of_a_whole_sheet_fills_the_table_only() -> None:
    def merged(xml: bytes) -> bytes:
        merge = b'<mergeCells><mergeCell ref="C1:XFD1048576"/></mergeCells>'
        return xml.replace(b"</sheetData>", b"</sheetData>" + merge)

    content = with_part(xlsx(small_table), "xl/worksheets/sheet1.xml", merged)
    assert first_rows("a.xlsx", content)[1] == ("白露大道（一期）", 1200.5)


def test_macros_and_links_to_other_files_are_left_behind() -> None:
    content = with_part(xlsx(small_table), "xl/vbaProject.bin", lambda _: b"\0evil")
    content = with_part(content, "xl/externalLinks/externalLink1.xml", lambda _: b"<!DOCTYPE x>")
    assert first_rows("a.xlsm", content)[1] == ("白露大道（一期）", 1200.5)


# Files that are refused


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n...", Kind.PDF),
        (b"\x89PNG\r\n\x1a\n\0\0", Kind.IMAGE),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Kind.IMAGE),
        (b"BM\x10\0\0\0", Kind.IMAGE),
        (b"Rar!\x1a\x07\0", Kind.ARCHIVE),
        (b"<html><table><tr><td>1</td></tr></table></html>", Kind.WEB_PAGE),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html>", Kind.WEB_PAGE),
        (b"{\\rtf1 hello}", Kind.WORD),
        ("请于本月25日前报送".encode(), Kind.TEXT),
        (b"a,b\n\0\1,2", Kind.UNKNOWN),
        (bytes.fromhex("d0cf11e0a1b11ae1") + "WordDocument".encode("utf-16-le"), Kind.WORD),
    ],
)
def test_something_that_is_no_table_is_refused_by_what_it_is(content: bytes, kind: Kind) -> None:
    refused = refusal(content)
    assert (refused.reason, refused.parameters) == (Reason.NOT_A_TABLE, {"kind": kind})


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", Kind.WORD),
        ("ppt/presentation.xml", Kind.SLIDES),
        ("xl/workbook.bin", Kind.OTHER_SPREADSHEET),
        ("content.xml", Kind.OTHER_SPREADSHEET),
        ("photo.jpg", Kind.ARCHIVE),
    ],
)
def test_another_office_file_renamed_is_refused_by_what_it_is(part: str, kind: Kind) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr(part, "x")
    refused = refusal(stream.getvalue())
    assert (refused.reason, refused.parameters) == (Reason.NOT_A_TABLE, {"kind": kind})


@pytest.mark.parametrize("content", [b"", b" \n\r\n", xlsx(lambda _: None)])
def test_a_file_with_nothing_in_it_is_refused_as_empty(content: bytes) -> None:
    assert refusal(content).reason is Reason.EMPTY


def test_a_file_with_a_password_is_refused_as_encrypted() -> None:
    as_encrypted_xlsx = bytearray(xls(lambda sheet: sheet.write(0, 0, "x")))
    stream = "Workbook".encode("utf-16-le")
    at = as_encrypted_xlsx.index(stream)
    encrypted = "EncryptedPackage".encode("utf-16-le")
    as_encrypted_xlsx[at : at + len(encrypted)] = encrypted
    as_encrypted_xlsx[at + 64] = len(encrypted) + 2
    assert refusal(bytes(as_encrypted_xlsx)).reason is Reason.ENCRYPTED


def test_an_old_xls_with_a_password_is_refused_as_encrypted() -> None:
    write_access, file_pass = b"\x5c\0\x70\0", b"\x2f\0\x70\0"
    content = xls(lambda sheet: sheet.write(0, 0, "x"))
    assert write_access in content
    encrypted = content.replace(write_access, file_pass, 1)
    assert refusal(encrypted, "a.xls").reason is Reason.ENCRYPTED


def test_half_a_file_is_refused_as_broken() -> None:
    whole = xlsx(small_table)
    assert refusal(whole[: len(whole) // 2]).reason is Reason.BROKEN
    assert refusal(xls(lambda sheet: sheet.write(0, 0, "x"))[:1500]).reason is Reason.BROKEN


def test_a_damaged_part_is_refused_as_broken() -> None:
    content = bytearray(xlsx(small_table))
    at = content.index(b"xl/worksheets/sheet1.xml") + 40
    content[at : at + 20] = b"\0" * 20
    assert refusal(bytes(content)).reason is Reason.BROKEN


def test_a_csv_with_an_open_quote_is_refused_as_broken_with_its_line() -> None:
    refused = refusal('项目名称,备注\n白露大道,"未完\n柳江新高中,1\n'.encode(), "a.csv")
    assert (refused.reason, refused.parameters) == (Reason.BROKEN, {"line": 3})


def test_bytes_of_no_encoding_are_refused() -> None:
    assert refusal(b"a,b\n\xff\xff\xff,c\n").reason is Reason.UNKNOWN_ENCODING


def test_a_file_over_twenty_megabytes_is_refused_unread() -> None:
    refused = refusal(b"x" * (MAX_BYTES + 1))
    assert (refused.reason, refused.parameters["limit"]) == (Reason.TOO_LARGE, MAX_BYTES)


def test_a_table_of_too_many_rows_or_columns_is_refused() -> None:
    assert refusal(b"a,b\n" * 20_001).reason is Reason.TOO_MANY_CELLS
    assert refusal(b"a," * 501 + b"\n").reason is Reason.TOO_MANY_CELLS

    def fill(sheet: Any) -> None:
        sheet["A20001"] = "x"

    assert refusal(xlsx(fill)).reason is Reason.TOO_MANY_CELLS


def test_two_cells_at_the_far_corners_of_a_sheet_do_not_take_the_bot_down() -> None:
    def fill(sheet: Any) -> None:
        sheet["A1"] = "x"
        sheet["XFD1048576"] = "y"

    assert refusal(xlsx(fill)).reason is Reason.TOO_MANY_CELLS


def test_an_old_xls_with_far_cells_on_every_sheet_does_not_take_the_bot_down() -> None:
    workbook = xlwt.Workbook()
    for number in range(20):
        workbook.add_sheet(f"表{number}").write(65_535, 255, "x")
    assert refusal(saved(workbook), "a.xls").reason is Reason.TOO_MANY_CELLS


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    content = with_part(
        xlsx(small_table), "xl/sharedStrings.xml", lambda _: b"\0" * (30 * 1024 * 1024)
    )
    assert len(content) < 100_000
    assert refusal(content).reason is Reason.BOOBY_TRAPPED


def test_a_zip_bomb_that_lies_about_its_size_is_refused() -> None:
    size, lie = 30 * 1024 * 1024, 1000
    content = with_part(xlsx(small_table), "xl/sharedStrings.xml", lambda _: b"\0" * size)
    lying = content.replace(size.to_bytes(4, "little"), lie.to_bytes(4, "little"))
    assert lying != content
    assert refusal(lying).reason is Reason.BROKEN


def test_an_xml_entity_bomb_is_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    content = with_part(xlsx(small_table), "xl/workbook.xml", lambda old: bomb + old)
    assert refusal(content).reason is Reason.BOOBY_TRAPPED


def test_thousands_of_overlapping_merges_are_refused() -> None:
    def overlapping(xml: bytes) -> bytes:
        merges = b'<mergeCell ref="A1:B2"/>' * 5_000
        return xml.replace(b"</sheetData>", b"</sheetData><mergeCells>" + merges + b"</mergeCells>")

    content = with_part(xlsx(small_table), "xl/worksheets/sheet1.xml", overlapping)
    assert refusal(content).reason is Reason.BOOBY_TRAPPED
