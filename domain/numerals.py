"""Numbers as they stand in front of a unit: 12,345.67, 三千五百, 3千5百, 2.5千, 三点五."""

import re
from fractions import Fraction

from domain.words import any_of, read_words

_WORDS = read_words("numerals")
POINT: str = _WORDS["point"]
DIGITS: list[str] = _WORDS["digits"]
UNITS: dict[str, int] = _WORDS["units"]

_TEN = next(unit for unit, value in UNITS.items() if value == 10)
_ONE_TEN = DIGITS[1] + _TEN
_TO_ARABIC = str.maketrans({character: str(value) for value, character in enumerate(DIGITS)})
_TO_WORDS = str.maketrans({str(value): character for value, character in enumerate(DIGITS)})
_WHOLE = re.compile(r"0|[1-9][0-9]*")
_ARABIC = re.compile(r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_COUNTED = re.compile(rf"(?P<number>[1-9](?:\.[0-9]+)?)(?P<unit>{any_of(UNITS)})")


def read_number(typed: str) -> Fraction | None:
    """The number that is spelled so; None for any other spelling, such as 一千五 or 0350.

    Words go up to 9,999: what is larger is written with 万 and 亿, which are not read here.
    """
    if _ARABIC.fullmatch(typed):
        return Fraction(typed.replace(",", ""))
    if counted := _COUNTED.fullmatch(typed):
        return Fraction(counted["number"]) * UNITS[counted["unit"]]
    before, point, after = typed.partition(POINT)
    whole = int(before) if _WHOLE.fullmatch(before) else _spelled_number(before)
    if whole is None or not point:
        return None if whole is None else Fraction(whole)
    decimals = after.translate(_TO_ARABIC)
    return Fraction(f"{whole}.{decimals}") if re.fullmatch("[0-9]+", decimals) else None


def _spelled_number(typed: str) -> int | None:
    """三千五百 or 3千5百 as a number below 10,000, if that is how the number is spelled."""
    words = typed.translate(_TO_WORDS).replace(_ONE_TEN, _TEN)
    if not set(words) <= {*UNITS, *DIGITS}:
        return None
    number = _worth(words)
    return number if _spelling(number).replace(_ONE_TEN, _TEN) == words else None


def _worth(words: str) -> int:
    total = digit = 0
    for character in words:
        if character in UNITS:
            total, digit = total + (digit or 1) * UNITS[character], 0
        else:
            digit = DIGITS.index(character)
    return total + digit


def _spelling(number: int) -> str:
    """How a number from 0 to 9,999 is spelled: 1005 is 一千零五."""
    if not 0 < number < 10_000:
        return DIGITS[0]
    spelled, gap = "", False
    for unit, value in [*UNITS.items(), ("", 1)]:
        digit = number // value % 10
        if digit:
            spelled += (DIGITS[0] if gap and spelled else "") + DIGITS[digit] + unit
        gap = not digit
    return spelled
