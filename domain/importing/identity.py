"""Which programme a table is about: its level, year and batch, as its titles say.

2020年第一批自治区层面统筹推进重大项目 names all three; what no title says is asked.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from domain.spellings import folded
from domain.tables.grid import Grid, Sheet, Workbook
from domain.vocabulary import Level
from domain.words import any_of, read_words

_WORDS = read_words("programmes")
_ROWS_OF_TITLES = 8
_LONGEST_TITLE = 100

_LEVELS = {
    level: re.compile(any_of(folded(word) for word in _WORDS["levels"][level])) for level in Level
}
_REGION_ENDINGS = {
    level: re.compile(any_of(_WORDS["region_levels"][level]) + "$") for level in Level
}

_DIGITS: list[str] = _WORDS["batches"]["digits"]
_NUMBER = f"(?P<number>{any_of(_DIGITS)}|[1-9]|10)"
_COUNTED = f"{_WORDS['batches']['ordinal']}{_NUMBER}{_WORDS['batches']['counter']}"
_SUPPLEMENT = any_of(_WORDS["batches"]["supplement"])
_BATCH = re.compile(f"(?:{_COUNTED})?(?P<supplement>{_SUPPLEMENT})?")

_YEAR_MARK, _MONTH_MARK = _WORDS["years"]["year"], _WORDS["years"]["month"]
# 2026年1月5日 is when something was signed, not what it is about.
_NOT_A_DAY = rf"(?!(?:{_YEAR_MARK}|[-./])?\d{{1,2}}(?:{_MONTH_MARK}|[-./]\d))"
_YEAR = re.compile(rf"(?<!\d)(20\d\d)(?!\d){_NOT_A_DAY}")

_LOOSE_END = re.compile(r"[\W_]+$")


@dataclass(frozen=True, slots=True)
class Identity:
    """A programme's level, year and batch; None where nothing says which.

    A batch of "" is the year's plan as a whole.
    """

    level: Level | None = None
    year: int | None = None
    batch: str | None = None

    @property
    def is_complete(self) -> bool:
        """Whether it is known where the table belongs; without a batch it is the year's plan."""
        return self.level is not None and self.year is not None

    def or_else(self, other: "Identity") -> "Identity":
        """This identity, completed by another where it is silent."""
        return Identity(
            self.level or other.level,
            self.year or other.year,
            other.batch if self.batch is None else self.batch,
        )


def identity_in(texts: Iterable[str]) -> Identity:
    """What the texts say together; an earlier text is believed before a later one."""
    said = Identity()
    for text in texts:
        said = said.or_else(Identity(_level(text), _year(text), _batch(text)))
    return said


def titles_of(workbook: Workbook) -> tuple[str, ...]:
    """The lines that stand alone above the tables, each sheet's in turn."""
    return tuple(title for sheet in workbook.sheets if not sheet.hidden for title in _titles(sheet))


def title_of(workbook: Workbook) -> str:
    """What the sheets' titles have in common: the plan's own title, or "" where there is none."""
    named = [title for title in titles_of(workbook) if _year(title)]
    if not named:
        return ""
    title = _start_in_common(named)
    return (title if title in named else _LOOSE_END.sub("", title))[:_LONGEST_TITLE]


def _start_in_common(titles: Sequence[str]) -> str:
    """How all titles begin, or the first one where they do not begin alike."""
    columns = takewhile(lambda signs: len(set(signs)) == 1, zip(*titles, strict=False))
    return "".join(signs[0] for signs in columns) or titles[0]


def level_of_region(name: str) -> Level:
    """The level a region is of, by its name; a county where the name does not tell."""
    found = [level for level in Level if _REGION_ENDINGS[level].search(name)]
    return found[0] if found else Level.COUNTY


def _titles(sheet: Sheet) -> Iterator[str]:
    grid = Grid(sheet)
    for row in range(min(_ROWS_OF_TITLES, grid.height)):
        values = list(grid.own_values(row).values())
        if len(values) == 1 and isinstance(values[0], str):
            yield " ".join(values[0].split())


def _level(text: str) -> Level | None:
    """The level a text names, if it names exactly one."""
    word = folded(text)
    named = [level for level, pattern in _LEVELS.items() if pattern.search(word)]
    return named[0] if len(named) == 1 else None


def _year(text: str) -> int | None:
    """The year a text names, if it names exactly one."""
    years = {int(year) for year in _YEAR.findall(folded(text))}
    return years.pop() if len(years) == 1 else None


def _batch(text: str) -> str | None:
    """The batch a text names, in its one spelling: 第1批 is 第一批."""
    for found in _BATCH.finditer(folded(text)):
        if found.group():
            return _spelled(found["number"]) + (found["supplement"] or "")
    return None


def _spelled(number: str | None) -> str:
    if number is None:
        return ""
    word = _DIGITS[int(number) - 1] if number.isdigit() else number
    return f"{_WORDS['batches']['ordinal']}{word}{_WORDS['batches']['counter']}"
