"""How figures, days and closed sets are written; the words themselves come from names.toml."""

import datetime as dtm
import re
from collections.abc import Callable
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

YI = 100_000_000
WAN = 10_000


class Formats:
    """The filters of one language and zone."""

    def __init__(self, names: dict[str, Any], zone: ZoneInfo) -> None:
        self._names = names
        self._zone = zone

    def filters(self) -> dict[str, Callable[..., str]]:
        """The filters by the names templates use."""
        return {
            "money": self.money,
            "yi": self.yi,
            "percent": self.percent,
            "points": self.points,
            "bar": self.bar,
            "day": self.day,
            "date": self.date,
            "moment": self.moment,
            "named": self.named,
            "shortened": self.shortened,
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

    def money(self, yuan: int) -> str:
        """An amount of yuan as the field writes it: 1.2亿元, 8,600万元, 35元."""
        units = self._names["units"]
        # 亿 only where four decimals lose nothing: a figure shown is the figure stored.
        if abs(yuan) >= YI and yuan % WAN == 0:
            return f"{_trimmed(Decimal(yuan) / YI)}{units['yi']}"
        if abs(yuan) >= WAN:
            return f"{_trimmed(Decimal(yuan) / WAN)}{units['wan']}"
        return f"{yuan:,}{units['yuan']}"

    def yi(self, yuan: int) -> str:
        """An amount of yuan in 亿元, always, with two decimals: for columns and totals."""
        return f"{Decimal(yuan) / YI:,.2f}{self._names['units']['yi']}"

    def percent(self, share: Decimal) -> str:
        """A share as a percentage with one decimal: 0.717 → 71.7%."""
        return f"{share * 100:.1f}%"

    def points(self, share: Decimal) -> str:
        """A difference of shares in percentage points, without its sign: -0.117 → 11.7."""
        return f"{abs(share) * 100:.1f}"

    def bar(self, share: Decimal, length: int = 10) -> str:
        """A share as a bar of ten blocks that a phone shows at one width."""
        full = max(0, min(length, int(share * length)))
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
