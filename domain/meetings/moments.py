"""The time of a meeting as people type it: 下周三下午3点, 11月28日15:00, 明天上午9点半, Fri 3pm."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from domain.days import read_day
from domain.words import any_of, read_words

# A bare hour up to this one is in the afternoon: no office meets at three in the morning.
_LAST_AFTERNOON_HOUR = 6


class MomentProblem(StrEnum):
    """What is missing or wrong in what somebody typed."""

    NOT_A_TIME = "not_a_time"
    DAY_MISSING = "day_missing"
    TIME_MISSING = "time_missing"
    WEEKDAY_DIFFERS = "weekday_differs"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day and a time of day in the office."""

    day: date
    time: time


def read_moment(text: str, today: date) -> Moment | MomentProblem:
    """The moment that is meant, the day before or after the time of day, or what is missing.

    A bare 3点 is 15:00: an hour from 1 to 6 without a word for its half of the day is in the
    afternoon. A weekday beside a date, as in 12月2日(周三)15:00, must be that date's.
    """
    phrase = _squashed(text)
    clock = _clock_in(phrase)
    if clock is None:
        return MomentProblem.TIME_MISSING if _day(phrase, today) else MomentProblem.NOT_A_TIME
    at, rest = clock
    if not rest:
        return MomentProblem.DAY_MISSING
    day, *weekday = _days(rest, today)
    if day is None:
        return MomentProblem.NOT_A_TIME
    if any(one is None or one.weekday() != day.weekday() for one in weekday):
        return MomentProblem.WEEKDAY_DIFFERS
    return Moment(day, at)


def _days(phrase: str, today: date) -> list[date | None]:
    """The day, and the weekday beside it, if there is one: 12月2日(周三), Wed 2 Dec."""
    if found := _WITH_WEEKDAY.fullmatch(_JOINS.sub("", phrase)):
        weekday = found["weekday"] or found["latin_weekday"]
        return [_day(found["date"] or found["latin_date"], today), _day(weekday, today)]
    return [_day(phrase, today)]


def _day(phrase: str, today: date) -> date | None:
    # As it stands first: "sat" does not end with an "at".
    return read_day(phrase, today) or read_day(_JOINS.sub("", phrase), today)


def _clock_in(phrase: str) -> tuple[time, str] | None:
    """A time of day at the end or the beginning of a phrase, and the rest of it."""
    for pattern in _PATTERNS:
        if (found := pattern.fullmatch(phrase)) and (at := _time(found.groupdict())):
            return at, found["day"]
    return None


def _time(said: Mapping[str, str | None]) -> time | None:
    if said.get("noon"):
        return time(12)
    hour = int(_HOURS.get(said["hour"] or "") or said["hour"] or 0)
    half = said.get("half_before") or said.get("half_after")
    hour = _hour(hour, half, written_out=len(said["hour"] or "") == len("15"))
    minute = _minute(said)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _hour(hour: int, half: str | None, *, written_out: bool) -> int:
    if half is None:
        bare = 1 <= hour <= _LAST_AFTERNOON_HOUR and not written_out
        return hour + 12 if bare else hour
    if hour == 12 and half in _WORDS["before_noon"]:
        return 0
    return _late(hour) if half == _WORDS["midday"] else hour + _HALVES[half] * (hour < 12)


def _late(hour: int) -> int:
    """中午11点 is before noon, 中午1点 after it."""
    return hour + 12 if hour < _LAST_AFTERNOON_HOUR else hour


def _minute(said: Mapping[str, str | None]) -> int:
    if quarter := said.get("quarter"):
        return _QUARTERS[quarter]
    if said.get("halfway"):
        return 30
    return int(said.get("minute") or 0)


def _squashed(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).lower().strip()
    # Between two numbers a space says where the first one ends: 2026-11-28 15:00.
    return "".join(re.sub(r"(?<=[0-9])\s+(?=[0-9])", ",", plain).split())


def _patterns() -> tuple[re.Pattern[str], ...]:
    hour = rf"(?P<hour>{any_of(_HOURS)}|[0-9]{{1,2}})"
    minute = rf"(?P<minute>[0-9]{{1,2}}){any_of(_WORDS['minute_marks'])}?"
    part = rf"{minute}|(?P<quarter>{any_of(_QUARTERS)})|(?P<halfway>{any_of(_WORDS['half'])})"
    before = rf"(?P<half_before>{any_of(_HALVES)})"
    after = rf"(?P<half_after>{any_of(_HALVES)})"
    exact = any_of(_WORDS["exact"])
    clock = rf"{before}?{hour}{any_of(_WORDS['hour_marks'])}(?:{part}|{exact})?{after}?"
    latin = rf"{hour}{after}"
    noon = rf"(?P<noon>{any_of(_WORDS['noon'])})"
    return tuple(
        re.compile(shape)
        for one in (clock, latin, noon)
        for shape in (rf"(?P<day>.*?)(?<![0-9]){one}", rf"{one}(?P<day>.*)")
    )


_WORDS = read_words("meetings")
_HALVES: Mapping[str, int] = _WORDS["halves"]
_QUARTERS: Mapping[str, int] = _WORDS["quarters"]
_HOURS: Mapping[str, int] = _WORDS["hours"]
_JOINS = re.compile(rf"^{any_of(_WORDS['joins'])}+|{any_of(_WORDS['joins'])}+$")
_WITH_WEEKDAY = re.compile(
    r"(?P<date>.+)\((?P<weekday>.+)\)"
    rf"|(?P<latin_weekday>{any_of(read_words('days')['english_weekdays'])}),?(?P<latin_date>[0-9].+)"
)
_PATTERNS = _patterns()
