"""One spelling for what is written in many: width, case, brackets, dashes, numerals."""

import re
import unicodedata
from typing import Final

from domain.search import words

_DIGITS: Final = str.maketrans(words.DIGITS)
_ONE_TO_NINE: Final = "".join(sign for sign, digit in words.DIGITS.items() if digit != "0")
_TENS: Final = re.compile(rf"([{_ONE_TO_NINE}]?){words.TEN}([{_ONE_TO_NINE}]?)(?={words.COUNTERS})")
_ROMAN: Final = re.compile(
    rf"(?<![a-z0-9])(?=[ivx])(x{{0,2}}(?:ix|iv|v?i{{0,3}}))(?={words.COUNTERS})"
)
_ROMAN_VALUES: Final = {"i": 1, "v": 5, "x": 10}
_NUMBER_SIGN: Final = re.compile(r"(?<=\d)#")
_WORDS_READ: Final = 8
_NOT_WORD: Final = re.compile(r"[\W_]+")


def normal(text: str) -> str:
    """Full-width forms made plain, accents set apart, no capitals; punctuation stays."""
    return unicodedata.normalize("NFKD", text).casefold()


def fold(text: str) -> str:
    """Only letters, digits and characters are left: 1号线, 一号线 and （Ⅰ号线） become the same."""
    plain = _NUMBER_SIGN.sub(words.FIRST_COUNTER, normal(text))
    plain = _ROMAN.sub(_roman_as_digits, _TENS.sub(_ten_as_digits, plain))
    return _NOT_WORD.sub("", plain).translate(_DIGITS)


def code_key(text: str) -> str:
    """A project code without its dashes, spaces and case; empty if the text cannot be one."""
    key = _NOT_WORD.sub("", normal(text))
    return key if key.isascii() else ""


def without_spoken(text: str) -> str:
    """The text without what people say around a name ("请问……进展怎么样", "how is ...")."""
    plain = normal(text)
    return words.SPOKEN_BEFORE.sub("", words.SPOKEN_AFTER.sub("", plain))


def separate_words(text: str) -> list[str]:
    """The first few words of a text, folded, each once: what spaces and punctuation set apart."""
    folded = filter(None, map(fold, _NOT_WORD.split(text)))
    return list(dict.fromkeys(folded))[:_WORDS_READ]


def _ten_as_digits(match: re.Match[str]) -> str:
    tens, ones = match.groups()
    return words.DIGITS.get(tens, "1") + words.DIGITS.get(ones, "0")


def _roman_as_digits(match: re.Match[str]) -> str:
    values = [_ROMAN_VALUES[letter] for letter in match.group(1)]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return str(sum(-value if value < following else value for value, following in pairs))
