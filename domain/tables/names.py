"""Names in a cell: one or several, known or new, and what a new one was perhaps meant to be."""

import difflib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.spellings import folded
from domain.tables.grid import Value
from domain.tables.problems import ProblemCode, Unreadable
from domain.tables.values import WORDS, raw_text, text
from domain.words import any_of

NEAR = 0.8
# In longer lists no name is looked for that contains a separator itself.
LONGEST_LIST = 20
_BRACKETED = r"\([^()]*\)|\uff08[^\uff08\uff09]*\uff09|\[[^\[\]]*\]|\u201c[^\u201c\u201d]*\u201d"
_PIECE = re.compile(rf"({_BRACKETED})|({any_of(WORDS['separators'])})")


@dataclass(frozen=True, slots=True)
class Known:
    """The names the office already uses, as its records spell them."""

    units: frozenset[str] = frozenset()
    regions: frozenset[str] = frozenset()
    projects: frozenset[str] = frozenset()
    codes: frozenset[str] = frozenset()

    def everything(self) -> frozenset[str]:
        """Every name that may stand in a contact's scope."""
        return self.units | self.regions | self.projects | self.codes


def split_names(value: Value, known: frozenset[str]) -> tuple[str, ...]:
    """The names in a cell, known ones as they are known.

    Real names contain 、 too: of all ways to divide the cell, the one with the fewest unknown
    names is meant. Raises Unreadable when several are as good.
    """
    if text(value) is None:
        return ()
    spelled = _by_spelling(known)
    parts = _divided(value if isinstance(value, str) else raw_text(value))
    singles = tuple(parts[::2])
    readings = [singles] if len(singles) > LONGEST_LIST else list(_readings(parts, spelled))
    unknown = [sum(folded(name) not in spelled for name in reading) for reading in readings]
    fewest = min(unknown)
    best = [each for each, count in zip(readings, unknown, strict=True) if count == fewest]
    if len(best) > 1:
        raise Unreadable(ProblemCode.TWO_MEANINGS, raw=raw_text(value))
    names = (spelled.get(folded(name)) or text(name) for name in best[0])
    return tuple(dict.fromkeys(name for name in names if name))


def as_known(name: str, known: frozenset[str]) -> str:
    """A name as the office spells it already, or as it stands."""
    return _by_spelling(known).get(folded(name), name)


@lru_cache(maxsize=10_000)
def near_name(name: str, known: frozenset[str]) -> str | None:
    """A known name that an unknown one was perhaps meant to be.

    Names that differ in their place alone (南宁市财政局, 柳州市财政局) are different names.
    """
    if name in known:
        return None
    candidates = difflib.get_close_matches(name, known, n=3, cutoff=NEAR)
    return next((each for each in candidates if not _are_of_two_places(name, each)), None)


@lru_cache(maxsize=16)
def _by_spelling(known: frozenset[str]) -> dict[str, str]:
    return {folded(name): name for name in known}


def _are_of_two_places(one: str, other: str) -> bool:
    """Whether the first two characters both differ, and nothing else does."""
    return one[:1] != other[:1] and one[1:2] != other[1:2] and one[2:] == other[2:]


def _divided(cell: str) -> list[str]:
    """Names and separators in turn; separators in brackets divide nothing."""
    parts = [""]
    end = 0
    for piece in _PIECE.finditer(cell):
        parts[-1] += cell[end : piece.start()]
        if piece[1]:
            parts[-1] += piece[1]
        elif parts[-1].strip():
            parts += [piece[2], ""]
        end = piece.end()
    parts[-1] += cell[end:]
    return parts if parts[-1].strip() or len(parts) == 1 else parts[:-2]


def _readings(parts: list[str], known: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Every way to join neighbouring parts into known names; single parts may be unknown."""
    if not parts:
        yield ()
    for end in range(1, len(parts) + 1, 2):
        name = "".join(parts[:end])
        if end == 1 or folded(name) in known:
            for rest in _readings(parts[end + 1 :], known):
                yield (name, *rest)
