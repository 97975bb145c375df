"""Amounts of money as people type them: read exactly, or doubted and asked about.

A small closed grammar. What it does not know it does not guess: a wrong amount saved silently is
the worst defect this product can have. So a number without a unit, a vague one (约, 余, 左右), one
that has two readings (3亿5000) and anything with words the grammar lacks come back as a doubt,
with the readings that could be meant.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.numerals import DIGITS, POINT, UNITS, read_number
from domain.words import any_of, read_words

WAN_YUAN = 10_000
YI_YUAN = 100_000_000
# More than any programme, and far less than a slip of the thumb can make of an amount.
LARGEST = 100_000 * YI_YUAN
LONGEST_TEXT = 60


class DoubtReason(StrEnum):
    """Why an amount is asked about; templates word it."""

    NONE = "none"
    NO_UNIT = "no_unit"
    NO_SIGN = "no_sign"
    VAGUE = "vague"
    NEGATIVE = "negative"
    SEVERAL = "several"
    TOO_FINE = "too_fine"
    TOO_LARGE = "too_large"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount that has one reading, in whole yuan, never negative."""

    yuan: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """An amount to ask about, with the readings in yuan that could be meant, likeliest first."""

    reason: DoubtReason
    candidates: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of an amount, such as the 2千 of 1亿2千万: as typed and as a number."""

    typed: str
    value: Fraction

    @property
    def is_digit(self) -> bool:
        return len(self.typed) == 1 and 0 < self.value < 10

    @property
    def is_spelled(self) -> bool:
        return any(unit in self.typed for unit in UNITS)


@dataclass(frozen=True, slots=True)
class _Parts:
    """An amount in its parts: so many 亿, so many 万, and the rest."""

    yi: _Part | None
    wan: _Part | None
    rest: _Part | None
    after_zero: bool
    in_yuan: bool

    @property
    def given(self) -> list[_Part]:
        return [part for part in (self.yi, self.wan, self.rest) if part]

    @property
    def upper(self) -> Fraction:
        """The value of all but the rest, in yuan."""
        yi, wan = (part.value if part else 0 for part in (self.yi, self.wan))
        return Fraction(yi * YI_YUAN + wan * WAN_YUAN)

    @property
    def literal(self) -> Fraction:
        """The value in yuan, taking each part at its word."""
        return self.upper + (self.rest.value if self.rest else 0)

    def is_sound(self) -> bool:
        """Whether only the last part has decimals and each lower part fits under the higher."""
        *upper, last = self.given
        if any(part.value.denominator > 1 for part in upper):
            return False
        if upper and any(part.value == 0 for part in (*upper, last)):
            return False
        wan_fits = not (self.yi and self.wan) or self.wan.value < WAN_YUAN
        room = WAN_YUAN if self.wan else YI_YUAN
        return wan_fits and not (upper and self.rest and self.rest.value >= room)


def read_amount(text: str) -> Amount | Doubt:
    """The one amount a text states, or what is doubtful about it.

    Both 万元 and 亿元 are understood, in digits, words and formal numerals (3.5亿, 一个亿,
    3亿5, 壹亿贰仟万元整, 500w, 12,345.67万元), as are whole yuan and "35 million".
    """
    said = _folded(text)
    if not _NUMERAL.search(said):
        return Doubt(DoubtReason.NONE)
    if len(said) > LONGEST_TEXT:
        return Doubt(DoubtReason.UNCLEAR)
    return _doubtful_form(said) or _read_exact(said) or _unclear(said)


def _folded(text: str) -> str:
    """Lower case, narrow, plain characters; single spaces; nothing invisible."""
    visible = "".join(character for character in text if unicodedata.category(character) != "Cf")
    narrow = visible.translate(_NARROW).lower().translate(_FOLD)
    return " ".join(narrow.split()).lstrip(_WORDS["before"]).rstrip(_WORDS["after"]).strip()


def _doubtful_form(said: str) -> Doubt | None:
    """Forms that are asked about however well their number reads."""
    bare = said.replace(" ", "")
    if sign := _NEGATIVE.match(bare):
        readings = _readings([bare[sign.end() :].rstrip(")")])
        return Doubt(DoubtReason.NEGATIVE, tuple(-yuan for yuan in readings))
    if _VAGUE.search(_DECIMALS.sub("", bare)):
        return Doubt(DoubtReason.VAGUE)
    if _ABOUT.search(bare):
        return Doubt(DoubtReason.VAGUE, _readings([_ABOUT.sub(" ", bare).strip()]))
    if _FINER.search(bare):
        return Doubt(DoubtReason.TOO_FINE)
    if _APART.search(said):
        return _unclear(said)
    if _LIST_NUMBER.search(bare):
        typed = [bare, bare.partition(".")[2], bare.replace(".", "", 1)]
        return Doubt(DoubtReason.UNCLEAR, _readings(typed))
    return None


def _unclear(said: str) -> Doubt:
    pieces = _PIECE.findall(said)
    reason = DoubtReason.SEVERAL if len(pieces) > 1 else DoubtReason.UNCLEAR
    return Doubt(reason, _readings([said.replace(" ", ""), *pieces]))


def _readings(texts: Iterable[str]) -> tuple[int, ...]:
    """The amounts that some of the texts state exactly, each once."""
    found = (None if " " in text else _read_exact(text) for text in texts)
    return tuple(dict.fromkeys(one.yuan for one in found if isinstance(one, Amount)))


def _read_exact(said: str) -> Amount | Doubt | None:
    """What the grammar makes of it; None when it does not know the form."""
    typed = said.replace(" ", "")
    if scaled := _SCALED.fullmatch(typed):
        number = read_number(scaled["number"])
        return None if number is None else _whole(number * _WORDS["scales"][scaled["scale"]])
    parts = _parts(typed)
    if parts is None or not parts.is_sound():
        return None
    if parts.rest is None:
        return _whole(parts.literal)
    if parts.yi is None and parts.wan is None:
        return _without_unit(parts.rest.value, parts)
    return _with_rest(parts, parts.rest)


def _parts(typed: str) -> _Parts | None:
    shape = _SHAPE.fullmatch(_without_pieces(typed))
    if shape is None:
        return None
    typed_parts = shape.group("yi", "wan", "rest")
    yi, wan, rest = (_part(part) if part else None for part in typed_parts)
    parts = _Parts(yi, wan, rest, after_zero=bool(shape["zero"]), in_yuan=bool(shape["yuan"]))
    all_are_read = len(parts.given) == sum(map(bool, typed_parts)) > 0
    return parts if all_are_read else None


def _without_pieces(typed: str) -> str:
    """The measure word 个 resolved: 一个亿, 半个亿, 一个半亿."""
    half_more = _HALF_MORE.sub(f"{POINT}5", typed)
    return _ONE_PIECE.sub("", _HALF_OF.sub("0.5", half_more))


def _without_unit(number: Fraction, parts: _Parts) -> Amount | Doubt:
    if parts.in_yuan or number == 0:
        return _whole(number)
    units = (WAN_YUAN, YI_YUAN) if number < 100 else (WAN_YUAN, 1)
    readings = (number * unit for unit in units)
    return Doubt(DoubtReason.NO_UNIT, tuple(int(one) for one in readings if one.denominator == 1))


def _with_rest(parts: _Parts, rest: _Part) -> Amount | Doubt:
    """An amount that goes on after its 亿 or 万: 三万五千, 3亿5, 一亿零五百元."""
    if _is_plain_rest(parts, rest):
        return _whole(parts.literal)
    if rest.is_digit and not parts.after_zero and not parts.in_yuan:
        if parts.wan is None:
            return _whole(parts.upper + rest.value * YI_YUAN / 10)
        if _is_short(parts):
            return _whole(parts.upper + rest.value * WAN_YUAN / 10)
    as_wan = [parts.upper + rest.value * WAN_YUAN] if rest.value < WAN_YUAN else []
    readings = [*([] if parts.wan else as_wan), parts.literal]
    return Doubt(DoubtReason.UNCLEAR, tuple(int(one) for one in readings if one.denominator == 1))


def _is_plain_rest(parts: _Parts, rest: _Part) -> bool:
    """Whether nobody could have left out a 万 after the rest."""
    if parts.in_yuan:
        return parts.wan is not None or parts.after_zero
    if parts.wan is None:
        return False
    return rest.is_spelled or (len(rest.typed) == 4 and _is_short(parts))


def _is_short(parts: _Parts) -> bool:
    """Whether it is a small number of 万, as in speech: 三万五, 35万5, 3万5000."""
    return parts.yi is None and parts.wan is not None and parts.wan.value < 100


def _whole(yuan: Fraction) -> Amount | Doubt:
    if yuan.denominator != 1:
        return Doubt(DoubtReason.TOO_FINE, (round(yuan),))
    if yuan > LARGEST:
        return Doubt(DoubtReason.TOO_LARGE, (int(yuan),))
    return Amount(int(yuan))


def _part(typed: str) -> _Part | None:
    value = read_number(typed)
    return None if value is None else _Part(typed, value)


_WORDS = read_words("amounts")
_NARROW = {0x3000: " "} | {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_FOLD = str.maketrans(_WORDS["fold"])


def _expressions() -> dict[str, str]:
    """What a name in braces stands for in the patterns below."""
    words = {
        name: any_of([words] if isinstance(words, str) else words) for name, words in _WORDS.items()
    }
    numerals = "".join((*UNITS, *DIGITS))
    countable = [unit for unit, value in UNITS.items() if value > 10]
    return words | {
        "zero": DIGITS[0],
        "digit": any_of(DIGITS[1:]),
        "small": any_of(UNITS),
        "point": POINT,
        "countable": any_of([*countable, _WORDS["wan"], _WORDS["yi"]]),
        "numeral": f"[0-9{numerals}]",
        "written": f"[0-9.,{POINT}{numerals}]",
    }


_EXPRESSIONS = _expressions()


def _pattern(regex: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\{([a-z]+)\}", lambda name: _EXPRESSIONS[name[1]], regex))


_NUMERAL = _pattern(r"{numeral}|{wan}|{yi}|{half}")
_SCALED = _pattern(r"{currency}?(?P<number>[0-9.,]+)(?P<scale>{scales}){yuan}?{currency}?")
_SHAPE = _pattern(
    r"(?:{leads}:?)?{currency}?(?:(?P<yi>{written}+){yi})?"
    r"(?:(?:(?<={yi}){zero})?(?P<wan>{written}+?){wan})?"
    r"(?P<zero>(?:(?<={yi})|(?<={wan})){zero}(?={numeral}))?(?P<rest>{written}+)?"
    r"(?P<yuan>{yuan})?{currency}?{closers}?"
)
_HALF_MORE = _pattern(r"(?<={numeral}){piece}{half}(?={yi})")
_HALF_OF = _pattern(r"(?<!{numeral}){half}{piece}?(?={wan}|{yi})")
_ONE_PIECE = _pattern(r"(?<={numeral}){piece}(?={small}?(?:{wan}|{yi}))")
_NEGATIVE = _pattern(r"\(?{negative}|\((?=.*\)$)")
_ABOUT = _pattern(r"{about}")
# Vague words, ranges (3-5亿, 三五亿), and units that nothing counts (百万).
_VAGUE = _pattern(
    r"{vague}|(?<=[0-9]){negative}(?=[0-9])|{digit}{digit}"
    r"|(?<!{written})(?<!{piece})(?<!{half})(?<!{wan}){countable}"
)
_DECIMALS = _pattern(r"{point}(?:{digit}|{zero})+")
_FINER = _pattern(r"{finer}")
_APART = _pattern(r"(?:{written}|{wan}|{yi}|{yuan}) (?=[0-9.{zero}]|{digit})")
# "1.3500万" may be item 1 with 3500万, "3.500万" may be 3500万 with a dot for a comma.
_LIST_NUMBER = _pattern(r"(?<![0-9])[0-9]{1,2}\.[0-9]{3,}{wan}|\.[0-9]{2,}0(?![0-9])")
_PIECE = _pattern(r"{written}+(?:{wan}|{yi}|{yuan}|{scales})+")
