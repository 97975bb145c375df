"""Days as people type them: 11月25日, 25日, 明天, 下周一, 2026-11-25, 12.25, and 25日至27日."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.words import any_of, read_words

# A day of a month that was so recently is that one, not the one a year ahead.
LOOKS_BACK = timedelta(days=60)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Days:
    """Days from the first to the last as somebody named them; the last may be the earlier one."""

    first: date
    last: date

    @property
    def in_order(self) -> bool:
        """Whether the last day is no earlier than the first."""
        return self.first <= self.last


def read_day(text: str, today: date) -> date | None:
    """The day that is meant, or None when it names no day there is.

    A day without its month is the next such day; one without its year the nearest, which may
    lie up to two months back; a weekday is the next one, today included.
    """
    return _read(_squashed(text), today, today)


def read_days(text: str, today: date) -> Days | None:
    """A day, or days from one to another; what the second leaves out it takes from the first."""
    phrase = _squashed(text)
    if day := _read(phrase, today, today):
        return Days(day, day)
    for first, last in _parts(phrase):
        begin = _beside(first, today, today)
        end = begin and _beside(last, today, begin)
        if begin and end:
            return Days(begin, end)
    return None


def read_last_day(text: str, first: date, today: date) -> date | None:
    """The last day that is meant, the first being known: a day, 当天, or how many days (3天)."""
    phrase = _squashed(text)
    if phrase in _SAME_DAY:
        return first
    if counted := _COUNTED.fullmatch(phrase):
        return first + _DAY * (int(counted["count"]) - 1)
    return _beside(phrase, today, first)


def _beside(phrase: str, today: date, since: date) -> date | None:
    """A day named beside another; there a mere number is one, too."""
    if re.fullmatch(r"[0-9]{1,2}", phrase):
        return _next_day(int(phrase), since)
    return _read(phrase, today, since)


def _read(phrase: str, today: date, since: date) -> date | None:
    """The day that is meant on or about `since`; 明天 and 下周 count from today all the same."""
    phrase = _AROUND.sub("", phrase)
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(phrase):
            return _day(found.groupdict(), today, since)
    return None


def _day(said: Mapping[str, str | None], today: date, since: date) -> date | None:
    if word := said.get("word"):
        return today + _DAY * _DAYS[word]
    if weekday := said.get("weekday"):
        number, week = _WEEKDAYS[weekday], said.get("week")
        return _of_week(number, week, today) if week else _next_weekday(number, since)
    day = int(said["day"] or 0)
    month = _month(said)
    if month is None:
        return _next_day(day, since)
    return _day_of_month(_year(said, today), month, day, since)


def _month(said: Mapping[str, str | None]) -> int | None:
    if name := said.get("month_name"):
        return int(_WORDS["english_months"][name])
    month = said.get("month")
    return int(month) if month else None


def _year(said: Mapping[str, str | None], today: date) -> int | None:
    if word := said.get("year_word"):
        return int(today.year + _WORDS["years"][word])
    year = said.get("year")
    return int(year) if year else None


def _day_of_month(year: int | None, month: int, day: int, since: date) -> date | None:
    years = [year] if year is not None else [since.year, since.year + 1]
    days = [found for one in years if (found := _date(one, month, day))]
    near = [one for one in days if year is not None or one >= since - LOOKS_BACK]
    return near[0] if near else None


def _next_day(day: int, since: date) -> date | None:
    """The next day of that number; a month that has none is passed over."""
    for months in range(3):
        years, month = divmod(since.month - 1 + months, 12)
        found = _date(since.year + years, month + 1, day)
        if found and found >= since:
            return found
    return None


def _next_weekday(number: int, since: date) -> date:
    return since + _DAY * ((number - since.isoweekday()) % 7)


def _of_week(number: int, week: str, today: date) -> date:
    monday = today - _DAY * (today.isoweekday() - 1)
    return monday + _DAY * (7 * _WEEKS[week] + number - 1)


def _parts(phrase: str) -> Iterator[tuple[str, str]]:
    for mark in re.finditer(any_of(_WORDS["to"]), phrase):
        yield phrase[: mark.start()], phrase[mark.end() :]


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _squashed(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).lower().split())


def _patterns() -> tuple[re.Pattern[str], ...]:
    words = {name: any_of(_WORDS[name]) for name in _WORDS}
    year = rf"(?:(?P<year>[0-9]{{4}}){words['year_marks']}|(?P<year_word>{words['years']}))?"
    month = rf"(?P<month>[0-9]{{1,2}}){words['month_marks']}"
    month_name = rf"(?P<month_name>{words['english_months']})"
    day = r"(?P<day>[0-9]{1,2})"
    week = rf"(?P<week>{words['which_week']})?"
    shapes = (
        rf"(?P<word>{words['days']})",
        rf"{year}{month}{day}{words['day_marks']}?",
        r"(?P<year>[0-9]{4})(?P<month>[0-9]{2})(?P<day>[0-9]{2})",
        rf"{day}{words['day_marks']}",
        rf"{day}{month_name}(?P<year>[0-9]{{4}})?",
        rf"{month_name}{day}(?:,?(?P<year>[0-9]{{4}}))?",
        rf"{week}{words['weeks']}(?P<weekday>{words['weekdays']})",
        rf"{week}(?P<weekday>{words['english_weekdays']})",
    )
    return tuple(re.compile(shape) for shape in shapes)


_WORDS = read_words("days")
_DAYS: Mapping[str, int] = _WORDS["days"]
_WEEKDAYS: Mapping[str, int] = _WORDS["weekdays"] | _WORDS["english_weekdays"]
_WEEKS: Mapping[str, int] = _WORDS["which_week"]
_AROUND = re.compile(rf"^{any_of(_WORDS['leads'])}|{any_of(_WORDS['ends'])}+$")
_SAME_DAY = frozenset(map(_squashed, _WORDS["same_day"]))
_COUNTED = re.compile(rf"(?P<count>[1-9][0-9]{{0,2}}){any_of(_WORDS['counted'])}")
_PATTERNS = _patterns()
