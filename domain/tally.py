"""How a month's reports stand: how many are expected, in, on time, waiting, missing."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from fractions import Fraction
from typing import Self


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of a month's reports.

    应报 expected, 实报 reported (first submissions), 按时 on time among them; 待审 waiting for a
    review; 退回待改 returned; 未报 missing: never submitted; 联系不上 unreached: not in, and no
    reporter the bot can tell.
    """

    expected: int = 0
    reported: int = 0
    on_time: int = 0
    waiting: int = 0
    returned: int = 0
    missing: int = 0
    unreached: int = 0

    @property
    def rate(self) -> Fraction | None:
        """The share that is in (报送率); None where nothing is expected."""
        return Fraction(self.reported, self.expected) if self.expected else None

    @property
    def outstanding(self) -> int:
        """How many a reporter still has to send, for the first time or again."""
        return self.missing + self.returned

    @classmethod
    def total(cls, tallies: Iterable[Self]) -> Self:
        """All of them together."""
        return cls(*map(sum, zip(astuple(cls()), *map(astuple, tallies), strict=True)))
