"""What is marked secret is refused, and nothing of it is repeated (design, section 6)."""

import re
from collections.abc import Iterator

from domain.spellings import folded
from domain.tables.grid import Cell
from domain.tables.headers import Column
from domain.tables.lines import Line
from domain.tables.problems import Problem, ProblemCode
from domain.tables.values import WORDS, is_blank_word, raw_text
from domain.words import any_of

_WORDS = WORDS["secrecy"]
_MARK, _STAR = any_of(_WORDS["marks"]), any_of(_WORDS["stars"])
_TITLE = re.compile(f"{_MARK}{_STAR}|{_STAR}{_MARK}")
_NAME = re.compile(rf"[(\[]{_MARK}[^()\[\]]*[)\]]|^{_MARK}[:{_STAR}]")
_CELL = re.compile(f"{_MARK}(?:{_STAR}.*)?")
_REMARK = re.compile(f"(?<![{''.join(_WORDS['denials'])}]){_MARK}")
_OPEN = {folded(word) for word in _WORDS["open"]}
_YES = {folded(word) for word in _WORDS["yes"]}


def is_secret_title(title: str) -> bool:
    """Whether a title classifies the whole sheet: 机密★一年."""
    return bool(_TITLE.search(folded(title)))


def secrecy_problem(line: Line) -> Problem | None:
    """Why a line is refused as secret, or as perhaps secret."""
    if marked := next(_marked(line), None):
        return Problem(ProblemCode.SECRET, marked.place)
    for cell in line.cells.get(Column.SECRECY, []):
        said = _said(cell)
        if said in _YES:
            return Problem(ProblemCode.SECRET, cell.place)
        if said not in _OPEN and not is_blank_word(cell.value):
            return Problem(ProblemCode.SECRECY_UNKNOWN, cell.place, {"raw": raw_text(cell.value)})
    return None


def _marked(line: Line) -> Iterator[Cell]:
    """The cells that say the line is secret."""
    understood = [cell for cells in line.cells.values() for cell in cells]
    yield from (cell for cell in line.cells.get(Column.NAME, []) if _NAME.search(_said(cell)))
    yield from (cell for cell in understood if _CELL.fullmatch(_said(cell)))
    yield from (cell for cell in line.others if _REMARK.search(_said(cell)))


def _said(cell: Cell) -> str:
    return folded(raw_text(cell.value))
