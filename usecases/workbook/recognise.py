"""What kind of file the bytes are; the name it was sent under is not believed."""

import io
import zipfile
from enum import Enum, auto

from usecases.workbook.refusal import Kind, Reason, UnreadableWorkbook

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ZIP_MAGIC = b"PK\x03\x04"

MAGIC_OF_OTHERS = {
    b"%PDF": Kind.PDF,
    b"\x89PNG": Kind.IMAGE,
    b"\xff\xd8\xff": Kind.IMAGE,
    b"GIF8": Kind.IMAGE,
    b"BM": Kind.IMAGE,
    b"II*\0": Kind.IMAGE,
    b"MM\0*": Kind.IMAGE,
    b"Rar!": Kind.ARCHIVE,
    b"7z\xbc\xaf": Kind.ARCHIVE,
    b"\x1f\x8b": Kind.ARCHIVE,
    b"{\\rtf": Kind.WORD,
}

PARTS_OF_OTHERS = {
    "word/": Kind.WORD,
    "ppt/": Kind.SLIDES,
    "xl/workbook.bin": Kind.OTHER_SPREADSHEET,
    "content.xml": Kind.OTHER_SPREADSHEET,
}

STREAMS_OF_OTHERS = {"WordDocument": Kind.WORD, "PowerPoint Document": Kind.SLIDES}

ENCRYPTED_STREAM = "EncryptedPackage"

STARTS_OF_WEB_PAGES = (b"<", b"MIME-Version")

# No text file has these.
BINARY_BYTES = bytes(set(range(32)) - set(b"\t\n\v\f\r"))


class FileType(Enum):
    """The three forms in which offices keep their tables."""

    ZIPPED = auto()
    """.xlsx, .xlsm"""
    BINARY = auto()
    """.xls"""
    TEXT = auto()
    """.csv"""


def file_type(content: bytes) -> FileType:
    """Tell the form of a table by its content.

    Raises UnreadableWorkbook when it is something else altogether.
    """
    if not content.strip():
        raise UnreadableWorkbook(Reason.EMPTY)
    if content.startswith(ZIP_MAGIC):
        _refuse_other_zips(content)
        return FileType.ZIPPED
    if content.startswith(OLE_MAGIC):
        _refuse_other_ole_files(content)
        return FileType.BINARY
    _refuse_other_files(content)
    return FileType.TEXT


def _refuse_other_zips(content: bytes) -> None:
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableWorkbook(Reason.BROKEN) from error
    if "xl/workbook.xml" in names:
        return
    for start, kind in PARTS_OF_OTHERS.items():
        if any(name.startswith(start) for name in names):
            raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=kind)
    raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=Kind.ARCHIVE)


def _refuse_other_ole_files(content: bytes) -> None:
    if ENCRYPTED_STREAM.encode("utf-16-le") in content:
        raise UnreadableWorkbook(Reason.ENCRYPTED)
    for stream, kind in STREAMS_OF_OTHERS.items():
        if stream.encode("utf-16-le") in content:
            raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=kind)


def _refuse_other_files(content: bytes) -> None:
    for magic, kind in MAGIC_OF_OTHERS.items():
        if content.startswith(magic) and (len(magic) > 2 or _has_binary_bytes(content)):
            raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=kind)
    if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(STARTS_OF_WEB_PAGES):
        raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=Kind.WEB_PAGE)
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if _has_binary_bytes(content) and not is_utf16:
        raise UnreadableWorkbook(Reason.NOT_A_TABLE, kind=Kind.UNKNOWN)


def _has_binary_bytes(content: bytes) -> bool:
    return len(content.translate(None, BINARY_BYTES)) < len(content)
