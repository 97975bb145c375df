"""The office's calendar: days off, make-up workdays, and counting in working days.

Layers of data, the country first and the region above it; a later layer wins, so Guangxi's notice
can add 三月三 and take off a national make-up workday. A year that is not published yet is known
by its statutory days only, and what is computed from it is provisional (暂定).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from importlib import resources
from itertools import chain
from typing import Self

from domain.periods import Period
from domain.schema import Fault, FaultCode, FaultyDataError, read_table

_DAY = timedelta(days=1)
_SATURDAY = 5


class Roll(StrEnum):
    """Where a date goes that falls on a day off."""

    NEXT = "next"
    PREVIOUS = "previous"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Span:
    """Days from the first to the last, both included; written 2026-10-01..2026-10-07."""

    first: date
    last: date

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything but a day or two days in order."""
        first, _, last = text.partition("..")
        span = cls(date.fromisoformat(first), date.fromisoformat(last or first))
        if span.last < span.first:
            raise ValueError(f"ends before it begins: {text!r}")
        return span

    @property
    def length(self) -> int:
        return (self.last - self.first).days + 1

    def days(self) -> Iterator[date]:
        return (self.first + _DAY * n for n in range(self.length))


@dataclass(frozen=True, slots=True, order=True)
class DayOfYear:
    """A day of any year, written 05-01."""

    month: int
    day: int

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for a day that not every year has."""
        day = date.fromisoformat(f"2001-{text}")
        return cls(day.month, day.day)

    def in_year(self, year: int) -> date:
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class YearNotice:
    """What one layer says of a year. `published` false: an estimate until the notice is out."""

    published: bool
    off: tuple[Span, ...] = ()
    makeup_work: tuple[Span, ...] = ()
    source: str = ""

    def is_off(self, day: date) -> bool:
        return any(span.first <= day <= span.last for span in self.off)

    def is_makeup_work(self, day: date) -> bool:
        return any(span.first <= day <= span.last for span in self.makeup_work)

    def faults(self) -> Iterator[Fault]:
        """Make-up workdays that are no weekend days, or that are off as well."""
        for day in chain.from_iterable(span.days() for span in self.makeup_work):
            if self.is_off(day):
                yield Fault("makeup_work", FaultCode.CONFLICT, str(day), "off")
            if day.weekday() < _SATURDAY:
                yield Fault("makeup_work", FaultCode.CONFLICT, str(day), "weekend")


@dataclass(frozen=True, slots=True)
class Layer:
    """The years that a country or a region has announced.

    `fixed` days are off in every year without a notice. `season` is the part of the year that the
    layer's notices touch (both days included); outside it a missing notice matters to nobody.
    """

    name: str
    years: Mapping[int, YearNotice]
    fixed: tuple[DayOfYear, ...] = ()
    season: tuple[DayOfYear, ...] = ()

    def notice(self, year: int) -> YearNotice:
        """The year's notice, or the estimate that stands in for it."""
        return self.years.get(year) or self._estimate(year)

    def _estimate(self, year: int) -> YearNotice:
        fixed = (day.in_year(year) for day in self.fixed)
        return YearNotice(published=False, off=tuple(Span(day, day) for day in fixed))

    def is_provisional(self, day: date) -> bool:
        """Whether this layer may still change what is known of `day`."""
        in_season = not self.season or (
            self.season[0] <= DayOfYear(day.month, day.day) <= self.season[-1]
        )
        return in_season and not self.notice(day.year).published

    def faults(self) -> Iterator[Fault]:
        """Notices that speak of another year's days."""
        for year, notice in self.years.items():
            for span in (*notice.off, *notice.makeup_work):
                if {span.first.year, span.last.year} != {year}:
                    path = f"years.{year}"
                    yield Fault(path, FaultCode.CONFLICT, f"{span.first}..{span.last}", str(year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days the office works. Layers later in the list win over earlier ones.

    Days stand under their own year, also where a notice speaks of the December before it.
    """

    layers: tuple[Layer, ...]

    def is_working_day(self, day: date) -> bool:
        for layer in reversed(self.layers):
            notice = layer.notice(day.year)
            if notice.is_off(day):
                return False
            if notice.is_makeup_work(day):
                return True
        return day.weekday() < _SATURDAY

    def is_provisional(self, day: date) -> bool:
        """Whether a notice that is still to come may change what is known of `day` (暂定)."""
        return any(layer.is_provisional(day) for layer in self.layers)

    def is_published(self, year: int) -> bool:
        """Whether every layer has announced the year."""
        return all(layer.notice(year).published for layer in self.layers)

    def add_working_days(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`, or before it when `count` is negative.

        "N 个工作日内" counts make-up Saturdays; zero gives `day` itself, working or not.
        """
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working_day(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start` up to and including `end`.

        Negative when `end` is earlier: so many after `end` up to and including `start`.
        """
        if end < start:
            return -self.working_days_between(end, start)
        days = (start + _DAY * n for n in range(1, (end - start).days + 1))
        return sum(map(self.is_working_day, days))

    def nth_working_day(self, period: Period, number: int) -> date:
        """The `number`-th working day counted from the period's first day."""
        return self.add_working_days(period.first_day - _DAY, number)

    def roll(self, day: date, rule: Roll) -> date:
        """`day` itself when it is worked or the rule leaves it, else the working day beside it."""
        if rule is Roll.NONE or self.is_working_day(day):
            return day
        return self.add_working_days(day, 1 if rule is Roll.NEXT else -1)

    def break_before(self, day: date) -> Span | None:
        """The days off in a row that end the day before `day`, or None when that was worked."""
        first = day
        while not self.is_working_day(first - _DAY):
            first -= _DAY
        return Span(first, day - _DAY) if first < day else None

    def long_break_before(self, day: date, at_least: int, within: int) -> Span | None:
        """A break of `at_least` days after which `day` is no later than the `within`-th worked."""
        for back in range(within):
            found = self.break_before(self.add_working_days(day, -back))
            if found and found.length >= at_least:
                return found
        return None

    def with_notice(self, layer: str, year: int, data: Mapping[str, object]) -> "Calendar":
        """A calendar that knows a year's notice, such as one that has just been published.

        Raises FaultyDataError when the data is unsound or there is no such layer.
        """
        names = [known.name for known in self.layers]
        if layer not in names:
            raise FaultyDataError((Fault("layer", FaultCode.NOT_ONE_OF, layer, ", ".join(names)),))
        added = read_table(Layer, {"name": layer, "years": {str(year): data}}).years
        return Calendar(
            tuple(
                replace(known, years={**known.years, **added}) if known.name == layer else known
                for known in self.layers
            )
        )


def read_calendar(data: object) -> Calendar:
    """The calendar that parsed JSON describes. Raises FaultyDataError with all that is wrong."""
    return read_table(Calendar, data)


@cache
def shipped_calendar() -> Calendar:
    """China with Guangxi above it, as `domain/data/calendar.json` holds them."""
    text = resources.files("domain.data").joinpath("calendar.json").read_text("utf-8")
    return read_calendar(json.loads(text))
