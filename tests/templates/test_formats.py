"""Figures as they are shown."""

from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest

from templates.formats import Formats


@pytest.mark.parametrize(
    ("share", "full"),
    [
        (Fraction(0), 0),
        (Fraction(423, 1000), 4),
        (Fraction(99_949, 100_000), 9),
        (Fraction(99_996, 100_000), 10),
        (Fraction(3), 10),
        (Fraction(-1), 0),
    ],
)
def test_a_bar_is_as_full_as_the_percentage_beside_it(share: Fraction, full: int) -> None:
    bar = Formats({}, ZoneInfo("Asia/Shanghai")).bar(share)
    assert bar == "▓" * full + "░" * (10 - full)
