"""Places as people say them: 柳州市 or 柳州, before the name or not at all."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from domain.search import words
from domain.search.fold import fold
from domain.words import any_of

_PART: Final = re.compile(rf".{{2,}}?{words.PLACE_SUFFIX}|.+")
_BEGINNING: Final = rf"(\w\w){words.PLACE_SUFFIX}"  # 鹿寨县 in 鹿寨县石墨烯新材料产业基地
_SUFFIX: Final = re.compile(rf"(?<=..){words.PLACE_SUFFIX}$")
_BETWEEN: Final = re.compile(words.BETWEEN)
_GENERIC: Final = re.compile(rf"{words.GENERIC_ENDING}*")
_GENERIC_ENDING: Final = re.compile(rf"(?<=..){words.GENERIC_ENDING}+$")


class Places:
    """The places an index knows, to be shortened, left out or recognised in folded text.

    Known are the places given and those that names begin with.
    """

    def __init__(self, places: Iterable[str], names: Iterable[str] = ()) -> None:
        above = {_SUFFIX.sub("", fold(place)) for place in words.PLACES_ABOVE}
        given = {stem for place in places for stem in self.stems(place)}
        before = re.compile(rf"(?:{any_of(above | given)}{words.PLACE_SUFFIX}?)*{_BEGINNING}")
        begun = {match.group(1) for name in names if (match := before.match(fold(name)))}
        known = any_of(above | given | begun)
        self._suffixed = re.compile(rf"({known}){words.PLACE_SUFFIX}")
        self._before = re.compile(rf"(?:{known}(?:{words.PLACE_SUFFIX})?)*")

    @staticmethod
    @lru_cache(maxsize=4096)
    def stems(place: str) -> tuple[str, ...]:
        """The parts of a place without what they are: 柳州市鹿寨县 is 柳州 and 鹿寨."""
        return tuple(_SUFFIX.sub("", part) for part in _PART.findall(fold(place)))

    def lean(self, folded: str) -> str:
        """The text without 市, 县, 区 after a known place and without 至."""
        return _BETWEEN.sub("", self._suffixed.sub(r"\1", folded)) or folded

    def split(self, folded: str) -> tuple[str, str]:
        """The places a text begins with, and the rest."""
        end = self._before.match(folded)
        cut = end.end() if end else 0
        return folded[:cut], folded[cut:]

    def is_whole(self, before: str, after: str) -> bool:
        """Whether what surrounds a match is only places before and generic words after."""
        return self._before.fullmatch(before) is not None and is_generic(after)


def is_generic(folded: str) -> bool:
    """Whether the text is nothing but 工程, 项目, 建设 and the like (or empty)."""
    return _GENERIC.fullmatch(folded) is not None


def without_generic_ending(folded: str) -> str:
    """The text without 工程, 项目, 建设 at its end, unless hardly anything would be left."""
    return _GENERIC_ENDING.sub("", folded)
