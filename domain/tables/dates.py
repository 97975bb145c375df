"""Years and months as tables write them."""

import re
from dataclasses import dataclass
from datetime import date

from domain.periods import Period
from domain.spellings import folded
from domain.tables.grid import Value
from domain.tables.problems import ProblemCode, Unreadable
from domain.tables.values import WORDS, text
from domain.words import any_of

_YEARS, _MONTHS = WORDS["years"], WORDS["months"]
_YEAR = r"(?:19|20)\d{2}"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_RANGE = f"(?:{any_of(_YEARS['ranges'])})+"


def _point(name: str) -> str:
    """A year, or a month of a year: 2019, 2019年, 2019.03, 2019年3月, 2019/3/1, 2019-03."""
    year, month, day = any_of(_YEARS["year"]), _YEARS["month"], any_of(_YEARS["day"])
    dotted = rf"[./]{_MONTH}(?:{month}|[./]{_DAY})?"
    dashed = rf"-(?:0[1-9]|1[0-2])(?=$|{_RANGE})"
    worded = rf"{year}(?:{_MONTH}{month}(?:{_DAY}{day})?|{any_of(_YEARS['year_ends'])})?"
    return rf"(?P<{name}>{_YEAR})(?:{dotted}|{dashed}|{worded})?"


_END = rf"{_point('end')}|(?P<same_year>{_MONTH}{_YEARS['month']})|(?P<open>)"
_ONWARDS = f"(?P<onwards>{any_of(_YEARS['open_ends'])})"
_SPAN = re.compile(rf"{_point('start')}(?:{_RANGE}(?:{_END})|{_ONWARDS})?")
_TWO_NUMBERS = re.compile(rf"(?P<start>{_YEAR})-(?P<second>\d{{2}})")

_AFTER_MONTH = rf"(?:{any_of(_MONTHS['after_month'])}|{_DAY}{any_of(_MONTHS['day'])})?"
_MONTH_OF_YEAR = re.compile(
    rf"(?:(?P<year>{_YEAR})(?:{_MONTHS['year']}|[./-]))?(?P<month>{_MONTH})"
    rf"(?:{_MONTHS['month']}{_AFTER_MONTH}|[./-]{_DAY})?"
)
_SIX_DIGITS = re.compile(rf"(?P<year>{_YEAR})(?P<month>0[1-9]|1[0-2])")
_ALREADY = {folded(word) for word in _MONTHS["already"]}


@dataclass(frozen=True, slots=True)
class Years:
    """The first and the last year of construction; the last may be open."""

    start: int
    end: int | None


def years(value: Value) -> Years | None:
    """建设起止年限 in its spellings: 2013—2015, 2019.03-2021.12, 2020年, 2018至2022, 2020-.

    A duration (两年) says nothing about when, and is unreadable.
    """
    said = text(value)
    if said is None:
        return None
    if isinstance(value, date):
        raise Unreadable(ProblemCode.YEARS_UNREADABLE, raw=said)
    span = folded(said)
    if two := _TWO_NUMBERS.fullmatch(span):
        return _short(int(two["start"]), int(two["second"]), said)
    if found := _SPAN.fullmatch(span):
        return _ordered(int(found["start"]), _end(found), said)
    raise Unreadable(ProblemCode.YEARS_UNREADABLE, raw=said)


def year(value: Value) -> int | None:
    """A single year, where its column is the first or the last year of construction."""
    span = years(value)
    if span is None:
        return None
    if span.end != span.start:
        raise Unreadable(ProblemCode.YEARS_UNREADABLE, raw=text(value) or "")
    return span.start


def _end(found: re.Match[str]) -> int | None:
    if found["end"]:
        return int(found["end"])
    is_open = found["open"] is not None or found["onwards"]
    return None if is_open else int(found["start"])


def _short(start: int, second: int, said: str) -> Years:
    """2010-12 may be a month or two years; 2019-03 and 2019-21 can only be one of them."""
    as_year = start // 100 * 100 + second
    may_be_month, may_be_year = 1 <= second <= 12, as_year >= start
    if may_be_month and may_be_year:
        raise Unreadable(ProblemCode.TWO_MEANINGS, raw=said)
    if may_be_month or may_be_year:
        return Years(start, as_year if may_be_year else start)
    raise Unreadable(ProblemCode.YEARS_UNREADABLE, raw=said)


def _ordered(start: int, end: int | None, said: str) -> Years:
    if end is not None and end < start:
        raise Unreadable(ProblemCode.YEARS_REVERSED, raw=said)
    return Years(start, end)


def month(value: Value, programme_year: int) -> Period | None:
    """A planned month; one without its year (9月) is of the programme's year."""
    said = text(value)
    if said is None or folded(said) in _ALREADY:
        return None
    if isinstance(value, date):
        return Period.of(value)
    if isinstance(value, float) and re.fullmatch(rf"{_YEAR}\.1", said):
        # The number a spreadsheet makes of 2020.1 and of 2020.10 is the same.
        raise Unreadable(ProblemCode.TWO_MEANINGS, raw=said)
    spelled = folded(said)
    found = _SIX_DIGITS.fullmatch(spelled) or _MONTH_OF_YEAR.fullmatch(spelled)
    if found is None:
        raise Unreadable(ProblemCode.MONTH_UNREADABLE, raw=said)
    return Period(int(found["year"] or programme_year), int(found["month"]))
