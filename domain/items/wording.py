"""A decision typed in one message: 完成签约；柳北区政府；配合市住建局；12月30日前."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from domain.calendar import Calendar
from domain.items.due_day import read_due_day
from domain.words import any_of, read_words


@dataclass(frozen=True, slots=True)
class Wording:
    """What was typed, taken apart; what is not in it is empty."""

    text: str = ""
    unit: str = ""
    supporting: tuple[str, ...] = ()
    due: date | None = None


def read_wording(typed: str, today: date, calendar: Calendar) -> Wording:
    """What is decided comes first, whose duty it is last among the parts without a mark.

    Further parts without a mark belong to the text: a decision may have a semicolon of its own.
    """
    plain: list[str] = []
    unit, due = "", None
    supporting: tuple[str, ...] = ()
    for number, part in enumerate(filter(None, map(str.strip, _BETWEEN.split(typed)))):
        if number and (helping := _SUPPORT.fullmatch(part)):
            supporting = names_in(helping["before"] or helping["after"])
        elif number and (named := _UNIT.fullmatch(part)):
            unit = named["unit"].strip()
        elif number and due is None and (day := read_due_day(part, today, calendar)):
            due = day
        else:
            plain.append(part)
    if not unit and len(plain) > 1:
        unit = plain.pop()
    return Wording(_JOINED.join(plain), unit, supporting, due)


def names_in(text: str) -> tuple[str, ...]:
    """The names in a list of units, without 配合 around them; none for 无."""
    bare = _SUPPORT.fullmatch(text.strip())
    words = (bare["before"] or bare["after"]) if bare else text
    names = tuple(filter(None, map(str.strip, _BETWEEN_UNITS.split(words))))
    return () if [_plain(name) for name in names] in _NOBODY else names


def with_rest(text: str, rest: str) -> str:
    """The text with a part that turned out to belong to it."""
    return _JOINED.join(filter(None, (text, rest)))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower().strip()


_WORDS = read_words("decisions")
_JOINED: str = _WORDS["between"][0]
_BETWEEN = re.compile(any_of(_WORDS["between"]))
_BETWEEN_UNITS = re.compile(any_of([*_WORDS["units_between"], *_WORDS["between"]]))
_NOBODY = [[word] for word in _WORDS["nobody"]]
_UNIT = re.compile(rf"{any_of(_WORDS['unit_leads'])}\s*[:\uff1a]?\s*(?P<unit>.+)", re.IGNORECASE)
_SUPPORT = re.compile(
    rf"{any_of(_WORDS['support_leads'])}\s*[:\uff1a]?\s*(?P<after>.+)"
    rf"|(?P<before>.+?)\s*{any_of(_WORDS['support_ends'])}",
    re.IGNORECASE,
)
