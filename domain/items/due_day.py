"""By when something is to be done, as offices write it: 12月30日前, 月底前, 10个工作日内."""

import re
import unicodedata
from datetime import date

from domain.calendar import Calendar
from domain.days import read_day
from domain.periods import Period
from domain.words import any_of, read_words

MOST_WORKING_DAYS = 250


def read_due_day(text: str, today: date, calendar: Calendar) -> date | None:
    """The last day that is meant, or None where none is; working days count from today."""
    phrase = _ENDS.sub("", _LEADS.sub("", _squashed(text)))
    if counted := _COUNTED.fullmatch(phrase):
        days = int(counted["days"])
        return calendar.add_working_days(today, days) if 0 < days <= MOST_WORKING_DAYS else None
    return _end_of(phrase, today) or read_day(phrase, today)


def _end_of(phrase: str, today: date) -> date | None:
    this = Period(today.year, today.month)
    if phrase in _THIS_MONTH:
        return this.last_day
    if phrase in _NEXT_MONTH:
        return this.next.last_day
    if phrase in _YEAR_END:
        return date(today.year, 12, 31)
    named = _MONTH_END.fullmatch(phrase)
    if named is None or not 1 <= int(named["month"]) <= 12:
        return None
    month = int(named["month"])
    return Period(today.year + (month < today.month), month).last_day


def _squashed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _all(name: str) -> list[str]:
    return [_squashed(word) for word in _WORDS[name]]


_WORDS = read_words("decisions")
_LEADS = re.compile(rf"^{any_of(_all('due_leads'))}:?")
_ENDS = re.compile(rf"{any_of(_all('due_ends'))}$")
_COUNTED = re.compile(rf"(?P<days>[0-9]{{1,3}}){any_of(_all('working_days'))}")
_MONTH_END = re.compile(
    rf"(?P<month>[0-9]{{1,2}}){any_of(_all('month_marks'))}{any_of(_all('month_ends'))}"
)
_THIS_MONTH, _NEXT_MONTH, _YEAR_END = map(_all, ("this_month", "next_month", "year_end"))
