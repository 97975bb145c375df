"""The word lists of the search, read once."""

import re
from typing import Any, Final

from domain.words import any_of, read_words

_WORDS: Final[dict[str, Any]] = read_words("search")
_NUMERALS: Final[dict[str, Any]] = _WORDS["numerals"]

TEN: Final[str] = _NUMERALS["ten"]
DIGITS: Final[dict[str, str]] = _NUMERALS["digits"]
FIRST_COUNTER: Final[str] = _NUMERALS["counters"][0]
COUNTERS: Final = any_of(_NUMERALS["counters"])
SPOKEN_DIGITS: Final[tuple[str, ...]] = tuple(_NUMERALS["spoken"])
READINGS: Final[dict[str, list[str]]] = _WORDS["readings"]

BETWEEN: Final = any_of(_WORDS["between"]["words"])
PLACES_ABOVE: Final[list[str]] = _WORDS["place"]["above"]
PLACE_SUFFIX: Final = any_of(_WORDS["place"]["suffixes"])
GENERIC_ENDING: Final = any_of(_WORDS["generic"]["endings"])

_ENGLISH = rf"(?<![a-z]){any_of(_WORDS['spoken']['english'])}(?![a-z])"
_CHINESE = any_of(_WORDS["spoken"]["chinese"])
_SPOKEN = rf"(?:[\W_]|{_CHINESE}|{_ENGLISH})"
SPOKEN_BEFORE: Final = re.compile(rf"^{_SPOKEN}+")
SPOKEN_AFTER: Final = re.compile(rf"{_SPOKEN}+$")
