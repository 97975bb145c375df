"""Filling the blanks of a template from pools of words, the same blank always alike."""

from collections.abc import Mapping, Sequence
from random import Random

Range = Sequence[int | float]
"""Two numbers are a range, more are the only values possible."""


class Draw(dict[str, str]):
    """The blanks of one project and what fills them; a new blank is drawn when first asked for.

    ``{spot2}`` draws from the pool ``spot`` and differs from ``{spot}``. Blanks inside a pool's
    entry are drawn anew each time, save those already filled. ``scale`` from 0 to 1 moves the
    numbers through their ranges, so that a dear project is also a large one.
    """

    def __init__(
        self,
        rng: Random,
        pools: Mapping[str, Sequence[str]],
        numbers: Mapping[str, Range],
        scale: float,
        known: Mapping[str, str],
    ) -> None:
        super().__init__(known)
        self._rng = rng
        self._pools = pools
        self._numbers = numbers
        self._scale = scale

    def __missing__(self, blank: str) -> str:
        self[blank] = word = self._number(blank) if blank in self._numbers else self._new(blank)
        return word

    def fill(self, template: str) -> str:
        """The template with its blanks filled; what is drawn stays for the next template."""
        return template.format_map(self)

    def fresh(self, blank: str) -> str:
        """A word for the blank that is not kept."""
        template = self._rng.choice(self._pools[blank.rstrip("23")])
        return template.format_map(_Inner(self))

    def _new(self, blank: str) -> str:
        used = set(self.values())
        for _ in range(8):
            word = self.fresh(blank)
            if word not in used:
                break
        return word

    def _number(self, blank: str) -> str:
        values = self._numbers[blank]
        if len(values) > 2:
            return str(self._rng.choice(values))
        low, high = float(values[0]), float(values[1])
        wobble = self._rng.uniform(0.85, 1.15)
        value = min(high, max(low, low * (high / low) ** self._scale * wobble))
        return _round(value) if all(isinstance(end, int) for end in values) else f"{value:.1f}"


class _Inner(dict[str, str]):
    """Blanks inside a pool's entry: what the draw has, else a word of its own."""

    def __init__(self, draw: Draw) -> None:
        super().__init__()
        self._draw = draw

    def __missing__(self, blank: str) -> str:
        return self._draw[blank] if blank in self._draw else self._draw.fresh(blank)


def _round(value: float) -> str:
    """Two leading digits, as scopes are written: 83, 460, 12000."""
    step = 10 ** max(0, len(str(int(value))) - 2)
    return str(round(value / step) * step)
