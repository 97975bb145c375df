"""What one cell says: texts, amounts, years, months, phone numbers.

Every reader returns None for a blank cell and raises Unreadable for one it cannot understand, or
could understand in two ways: nothing is guessed.
"""

import re
import unicodedata
from datetime import date
from decimal import Decimal

from domain.amounts import LARGEST, Amount, DoubtReason, read_amount
from domain.spellings import folded
from domain.tables.grid import Formula, Value
from domain.tables.problems import ProblemCode, Unreadable
from domain.words import read_words

WORDS = read_words("tables")

# What adding thousands of decimals in binary may leave behind; far below any printed digit.
FLOAT_NOISE = Decimal("1e-12")

_BLANKS = {folded(word) for word in WORDS["blanks"]}
_ERROR_VALUE = re.compile(r"#(?:REF!|N/A|VALUE!|DIV/0!|NAME\?|NULL!|NUM!|SPILL!|CALC!)")
_SPACE_IN_CHINESE = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?(?:e[+-]?\d+)?")
_NUMBERS_ONLY = re.compile(r"[-\d.,%/]*")
_ROUNDED_CODE = re.compile(r"\d(?:\.\d+)?e\+\d+")

_PHONE_FILLERS = re.compile(r"[-()\s.]")
_COUNTRY_CODE = re.compile(r"^(?:\+|00)?86(?=1\d{10}$)")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_LANDLINE = re.compile(r"(?:(?:(?:\+|00)86|0)\d{2,3})?[2-8]\d{6,7}")

_AMOUNT_PROBLEMS = {
    DoubtReason.VAGUE: ProblemCode.AMOUNT_VAGUE,
    DoubtReason.NEGATIVE: ProblemCode.AMOUNT_NEGATIVE,
    DoubtReason.TOO_FINE: ProblemCode.AMOUNT_FRACTION,
    DoubtReason.TOO_LARGE: ProblemCode.AMOUNT_TOO_LARGE,
}


def raw_text(value: Value) -> str:
    """A value as a reader of the table sees it, on one line."""
    match value:
        case None:
            return ""
        case Formula():
            return value.text
        case date():
            return value.isoformat()
    return " ".join(str(value).split())


def is_blank_word(value: Value) -> bool:
    """Whether a cell holds nothing, or a word or sign that stands for nothing: —, /, 无."""
    raw = raw_text(value)
    return not raw or folded(raw) in _BLANKS


def is_wordy(value: Value) -> bool:
    """Whether a cell holds a text that is more than a number."""
    return isinstance(value, str) and not _NUMBERS_ONLY.fullmatch(folded(value))


def text(value: Value) -> str | None:
    """A name or a longer text, on one line; None for a blank, a dash or a slash."""
    raw = raw_text(value)
    if isinstance(value, Formula):
        raise Unreadable(ProblemCode.FORMULA, raw=raw)
    if _ERROR_VALUE.fullmatch(raw):
        raise Unreadable(ProblemCode.ERROR_VALUE, raw=raw)
    return None if is_blank_word(raw) else _SPACE_IN_CHINESE.sub("", raw)


def code(value: Value) -> str | None:
    """A project code. Long codes that a spreadsheet rounded to a number are refused."""
    said = text(value)
    if said and (isinstance(value, float) or _ROUNDED_CODE.fullmatch(said.casefold())):
        raise Unreadable(ProblemCode.CODE_ROUNDED, raw=said)
    return unicodedata.normalize("NFKC", said) if said else None


def amount(value: Value, unit: int | None) -> int | None:
    """Whole yuan. A number without its own unit counts in `unit`, the column's, in yuan."""
    said = text(value)
    if said is None:
        return None
    number = folded(said)
    if _PLAIN_NUMBER.fullmatch(number.removeprefix("-")):
        return _whole_yuan(number, unit)
    if isinstance(value, date):
        raise Unreadable(ProblemCode.AMOUNT_UNREADABLE, raw=said)
    read = read_amount(said)
    if isinstance(read, Amount):
        return read.yuan
    raise Unreadable(_AMOUNT_PROBLEMS.get(read.reason, ProblemCode.AMOUNT_UNREADABLE), raw=said)


def _whole_yuan(number: str, unit: int | None) -> int:
    exact = Decimal(number.replace(",", "")) * (unit or 1)
    if exact < 0:
        raise Unreadable(ProblemCode.AMOUNT_NEGATIVE, raw=number)
    if unit is None and exact:
        raise Unreadable(ProblemCode.MONEY_UNIT_MISSING, raw=number)
    if exact > LARGEST:
        raise Unreadable(ProblemCode.AMOUNT_TOO_LARGE, raw=number)
    yuan: int = round(exact)
    if abs(exact - yuan) > FLOAT_NOISE * max(yuan, 1):
        raise Unreadable(ProblemCode.AMOUNT_FRACTION, raw=number)
    return yuan


def printed_step(value: Value, unit: int) -> int:
    """What one more in the last digit of a number counted in `unit` is worth, in yuan."""
    _, _, decimals = raw_text(value).partition(".")
    return max(unit // int(10 ** len(decimals)), 1)


def phone(value: Value) -> str | None:
    """A mobile number of mainland China in its eleven digits."""
    said = text(value)
    if said is None:
        return None
    digits = _PHONE_FILLERS.sub("", folded(said))
    digits = _COUNTRY_CODE.sub("", digits)
    if _MOBILE.fullmatch(digits):
        return digits
    if _LANDLINE.fullmatch(digits):
        raise Unreadable(ProblemCode.PHONE_LANDLINE, raw=said)
    if len(_MOBILE.findall(digits)) > 1:
        raise Unreadable(ProblemCode.TWO_MEANINGS, raw=said)
    raise Unreadable(ProblemCode.PHONE_UNREADABLE, raw=said)
