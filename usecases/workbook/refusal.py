"""Why a file is not read, as a code with parameters; templates word it."""

from enum import StrEnum

MAX_BYTES = 20 * 1024 * 1024
"""The largest file taken; also the largest a Telegram bot can download."""

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_PARTS = 2_000
MAX_SHEETS = 100
MAX_ROWS = 20_000
MAX_COLUMNS = 500


class Reason(StrEnum):
    """Why a file is refused as a whole."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_CELLS = "too_many_cells"
    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    BOOBY_TRAPPED = "booby_trapped"
    UNKNOWN_ENCODING = "unknown_encoding"
    NOT_A_TABLE = "not_a_table"


class Kind(StrEnum):
    """What a file that is not a table looks like."""

    WORD = "word"
    SLIDES = "slides"
    PDF = "pdf"
    IMAGE = "image"
    WEB_PAGE = "web_page"
    ARCHIVE = "archive"
    OTHER_SPREADSHEET = "other_spreadsheet"
    TEXT = "text"
    UNKNOWN = "unknown"


class UnreadableWorkbook(Exception):  # noqa: N818 - it is the workbook that is unreadable
    """A file that is refused whole: `reason`, and `parameters` to word it with."""

    def __init__(self, reason: Reason, **parameters: str | int) -> None:
        super().__init__(reason, parameters)
        self.reason = reason
        self.parameters = parameters
