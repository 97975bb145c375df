"""A zipped workbook made harmless before it is parsed.

What was sent is never parsed itself: only the parts that hold cells are copied into a new file,
so that macros, external links and everything a parser might stumble over stay behind.
"""

import io
import re
import zipfile
import zlib

from usecases.workbook.refusal import (
    MAX_PARTS,
    MAX_RATIO,
    MAX_UNPACKED,
    Reason,
    UnreadableWorkbook,
)

FORMULA_MARK = "\ue000"
"""Stands before the text of a formula that was never calculated."""

PARTS_WITH_CELLS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedStrings\.xml|xl/styles\.xml|xl/(?:worksheets|chartsheets)/[^/]+\.xml"
)
SHEETS = "xl/worksheets/"
DOCUMENT_TYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
SMALL = 10 * 1024 * 1024

UNCALCULATED = re.compile(
    rb"<((?:\w+:)?)c\b([^>]*[^>/])>\s*"
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>([^<]*)</(?:\w+:)?f>)\s*"
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
CELL_TYPE = re.compile(rb"\st=([\"'])(\w+)\1")
ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\b[^>]*\st=)([\"'])e\2")


def made_harmless(content: bytes) -> bytes:
    """Copy the parts of an .xlsx that hold cells, checking sizes before anything is unpacked.

    Formulas that were never calculated become their own text behind FORMULA_MARK, error values
    become text. Raises UnreadableWorkbook.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as sent:
            _refuse_bombs(sent, len(content))
            return _copied(sent)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise UnreadableWorkbook(Reason.BROKEN) from error


def _refuse_bombs(sent: zipfile.ZipFile, packed: int) -> None:
    unpacked = sum(part.file_size for part in sent.infolist())
    if len(sent.infolist()) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise UnreadableWorkbook(Reason.BOOBY_TRAPPED)
    if unpacked > SMALL and unpacked > MAX_RATIO * packed:
        raise UnreadableWorkbook(Reason.BOOBY_TRAPPED)


def _copied(sent: zipfile.ZipFile) -> bytes:
    copy = io.BytesIO()
    with zipfile.ZipFile(copy, "w") as kept:
        for part in sent.infolist():
            if PARTS_WITH_CELLS.fullmatch(part.filename):
                kept.writestr(part.filename, _harmless_part(sent, part))
    return copy.getvalue()


def _harmless_part(sent: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    if part.flag_bits & 1:
        raise UnreadableWorkbook(Reason.ENCRYPTED)
    with sent.open(part) as stream:
        # Asking for the announced size keeps a directory that lies from unpacking more.
        xml = stream.read(part.file_size)
    if DOCUMENT_TYPE.search(xml):
        raise UnreadableWorkbook(Reason.BOOBY_TRAPPED)
    return _with_formulas_as_text(xml) if part.filename.startswith(SHEETS) else xml


def _with_formulas_as_text(xml: bytes) -> bytes:
    return ERROR_CELL.sub(rb"\1\2str\2", UNCALCULATED.sub(_as_text, xml))


def _as_text(cell: re.Match[bytes]) -> bytes:
    prefix, attributes, formula = cell.group(1), cell.group(2), cell.group(3) or b""
    kind = CELL_TYPE.search(attributes)
    if kind and kind.group(2) == b"str":
        return cell.group(0)  # calculated, to an empty text
    attributes = CELL_TYPE.sub(b"", attributes)
    text = FORMULA_MARK.encode() + b"=" + formula
    return b'<%bc%b t="str"><%bv>%b</%bv></%bc>' % (
        prefix,
        attributes,
        prefix,
        text,
        prefix,
        prefix,
    )
