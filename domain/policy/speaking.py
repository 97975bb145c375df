"""`[windows]` and `[budgets]`: when the bot may speak unasked, and how often to whom."""

import datetime as dtm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Self

from domain.schema import Between, Fault, FaultCode, parse_time
from domain.vocabulary import Role


class Per(StrEnum):
    """The stretch of the office's time that a budget is for; a week begins on Monday."""

    DAY = "day"
    WEEK = "week"


class WindowDays(StrEnum):
    """The days on which a window is open."""

    WORKING = "working"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Hours:
    """From a time of day until before another; written 08:45-11:30."""

    start: dtm.time
    end: dtm.time

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError for anything but two times of a day in order."""
        start, _, end = text.partition("-")
        hours = cls(parse_time(start), parse_time(end))
        if hours.end <= hours.start:
            raise ValueError(f"ends before it begins: {text!r}")
        return hours


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When messages of a class may leave, in the office's time."""

    days: WindowDays
    hours: tuple[Hours, ...]

    def faults(self) -> Iterator[Fault]:
        """There are hours, and they follow each other."""
        if not self.hours:
            yield Fault("hours", FaultCode.MISSING)
        for earlier, later in pairwise(self.hours):
            if later.start < earlier.end:
                yield Fault("hours", FaultCode.CONFLICT, f"{later.start:%H:%M}", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The windows of routine and urgent messages, and the hours at which digests are made."""

    routine: Window
    urgent: Window
    digests: Mapping[Role, tuple[dtm.time, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """How many unasked messages a person gets a day or a week; more joins the next one."""

    messages: Annotated[int, Between(1, 50)]
    per: Per
