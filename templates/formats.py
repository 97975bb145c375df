"""How figures, days and closed sets are written; the words themselves come from names.toml."""

import datetime as dtm
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from domain.importing.changes import Fact
from domain.importing.projects import MONEY
from domain.periods import Period
from domain.place import Place
from domain.progress import tenths

DECIMALS = 10_000
# Parameters of a reason that are yuan.
_AMOUNTS = frozenset({"plan", "total"})


class Formats:
    """The filters of one language and zone."""

    def __init__(self, names: dict[str, Any], zone: ZoneInfo) -> None:
        self._names = names
        self._zone = zone

    def filters(self) -> dict[str, Callable[..., str]]:
        """The filters by the names templates use."""
        return {
            "money": self.money,
            "both": self.both,
            "total": self.total,
            "percent": self.percent,
            "points": self.points,
            "bar": self.bar,
            "day": self.day,
            "date": self.date,
            "moment": self.moment,
            "moment_from": self.moment_from,
            "month": self.month,
            "period": self.period,
            "span": self.span,
            "named": self.named,
            "shortened": self.shortened,
            "spot": self.spot,
            "reason": self.reason,
            "fact": self.fact,
        }

    @staticmethod
    def group_of(kind: type[StrEnum]) -> str:
        """The table of names.toml that names a closed set: `PlanCategory` → `plan_category`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower()

    def named(self, member: StrEnum) -> str:
        """What a member of a closed set is called."""
        return str(self._names[self.group_of(type(member))][member.value])

    def shortened(self, text: str, longest: int = 30) -> str:
        """A quoted text cut to what a phone shows in a line."""
        return text if len(text) <= longest else text[: longest - 1] + "…"

    def spot(self, place: Place) -> str:
        """Where something stands in a file: 《新开工》第12行D列（总投资）."""
        patterns = self._names["place"]
        parts = [patterns["sheet"].format(sheet=self.shortened(place.sheet, 20))]
        parts += [patterns["row"].format(row=place.row)] if place.row else []
        parts += [patterns["column"].format(column=place.column)] if place.column else []
        header = self.shortened(place.header, 20)
        return "".join(parts) + (patterns["header"].format(header=header) if header else "")

    def reason(self, code: StrEnum, parameters: Mapping[str, str | int]) -> str:
        """Why something in a file is wrong, odd or asked about, with what the cell says."""
        said: dict[str, object] = {
            name: self.shortened(value) if isinstance(value, str) else value
            for name, value in parameters.items()
        }
        said |= {name: self.money(int(parameters[name])) for name in _AMOUNTS & said.keys()}
        if "column" in said:
            said["column"] = self._names["column"][said["column"]]
        pattern = str(self._names[self.group_of(type(code))][code.value])
        written = self._names["patterns"]["written"] if said.get("raw") else ""
        return (pattern if "{raw}" in pattern else pattern + written).format(**said)

    def fact(self, value: Fact, field: StrEnum) -> str:
        """A fact that a table states, in the words of its field."""
        match value:
            case StrEnum():
                return self.named(value)
            case Period():
                return self.period(value)
            case int() if field in MONEY:
                return self.money(value)
            case tuple() if value:
                return self.shortened(str(self._names["patterns"]["between"]).join(value))
            case None | "" | ():
                return str(self._names["patterns"]["nothing"])
        return self.shortened(str(value))

    def money(self, yuan: int) -> str:
        """An amount of yuan as the field writes it, exactly: 1.2亿元, 8,600万元, 35元."""
        for unit in self._names["units"]:
            size = unit["size"]
            # A larger unit only where four decimals lose nothing: what is shown is what is stored.
            if abs(yuan) >= size and yuan * DECIMALS % size == 0:
                return f"{_trimmed(Decimal(yuan) / size)}{unit['name']}"
        return f"{yuan:,}{self._names['units'][-1]['name']}"

    def both(self, yuan: int) -> str:
        """An amount in both larger units where both are exact: 1,200万元（0.12亿元）."""
        said = self.money(yuan)
        forms = [
            f"{_trimmed(Decimal(yuan) / unit['size'])}{unit['name']}"
            for unit in self._names["units"][:2]
            if yuan >= self._names["units"][1]["size"] and yuan * DECIMALS % unit["size"] == 0
        ]
        other = next((form for form in forms if form != said), "")
        return (
            str(self._names["patterns"]["aside"]).format(said=said, other=other) if other else said
        )

    def total(self, yuan: int) -> str:
        """A sum of many projects, rounded to two decimals of the language's largest unit."""
        unit = self._names["units"][0]
        return f"{Decimal(yuan) / unit['size']:,.2f}{unit['name']}"

    def percent(self, share: Decimal | Fraction) -> str:
        """A share as a percentage with one decimal: 0.717 → 71.7%."""
        return f"{tenths(Fraction(share) * 100)}%"

    def points(self, share: Decimal | Fraction) -> str:
        """A difference of shares in percentage points, without its sign: -0.117 → 11.7."""
        return str(tenths(abs(Fraction(share)) * 100))

    def bar(self, share: Decimal | Fraction, length: int = 10) -> str:
        """A share as a bar of ten blocks that a phone shows at one width."""
        # As much as the percentage beside it says: 100.0% is full.
        full = max(0, min(length, int(tenths(Fraction(share) * 100) * length / 100)))
        return "▓" * full + "░" * (length - full)

    def day(self, when: dtm.date | dtm.datetime) -> str:
        """A day without its year, with its weekday: 11月25日(周三)."""
        local = self._local(when)
        weekday = self._names["weekdays"][local.isoweekday() - 1]
        return str(self._names["patterns"]["day"]).format(
            month=local.month, month_name=self._month(local), day=local.day, weekday=weekday
        )

    def date(self, when: dtm.date | dtm.datetime) -> str:
        """A day with its year: 2026年11月25日."""
        local = self._local(when)
        return str(self._names["patterns"]["date"]).format(
            year=local.year, month=local.month, month_name=self._month(local), day=local.day
        )

    def moment(self, when: dtm.datetime) -> str:
        """An instant on the office's clock: 11月25日(周三)18:00."""
        return f"{self.day(when)}{self._names['patterns']['gap']}{self._local(when):%H:%M}"

    def moment_from(self, when: dtm.datetime, now: dtm.datetime) -> str:
        """An instant as it is said at `now`: 今天18:00, on another day with its date."""
        if self.date(when) != self.date(now):
            return self.moment(when)
        return f"{self._names['patterns']['today']}{self._local(when):%H:%M}"

    def month(self, period: Period) -> str:
        """A reporting period without its year: 10月."""
        return str(self._names["months"][period.month - 1])

    def period(self, period: Period) -> str:
        """A reporting period with its year: 2026年10月."""
        pattern = str(self._names["patterns"]["period"])
        return pattern.format(year=period.year, month=self.month(period))

    def span(self, first: Period, last: Period) -> str:
        """The months of a year from the first to the last: 1—10月."""
        if first == last:
            return self.month(last)
        pattern = str(self._names["patterns"]["span"])
        return pattern.format(
            first=first.month, first_name=self.month(first), last_name=self.month(last)
        )

    def _month(self, day: dtm.date) -> str:
        return str(self._names["months"][day.month - 1])

    def _local(self, when: dtm.date | dtm.datetime) -> dtm.date:
        if isinstance(when, dtm.datetime):
            return when.astimezone(self._zone)
        return when


def _trimmed(amount: Decimal) -> str:
    """At most four decimals, thousands separated, no zeros left at the end."""
    whole = f"{amount:,.4f}"
    return whole.rstrip("0").rstrip(".")
