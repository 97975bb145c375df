"""Where something stands in a file the office sent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as the spreadsheet program shows it; row 0 is the sheet itself."""

    sheet: str
    row: int = 0
    column: str = ""
    header: str = ""
