"""Sharing printed totals out to projects so that every sum comes out exactly."""

from collections.abc import Sequence
from random import Random

UNIT = 1_000_000
"""Printed totals are multiples of this (0.01亿元); amounts are shared out in it."""


def apportion(total: int, weights: Sequence[float]) -> list[int]:
    """Whole shares of ``total`` in proportion to the weights, by largest remainder."""
    scale = total / sum(weights)
    shares = [int(weight * scale) for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: shares[i] - weights[i] * scale)
    for i in by_remainder[: total - sum(shares)]:
        shares[i] += 1
    return shares


def share_out(total: int, weights: Sequence[float], least: Sequence[int]) -> list[int]:
    """Yuan shares of ``total``, each its least amount and a part of the rest, in whole UNITs.

    Raises ValueError when the least amounts alone are more than the total.
    """
    rest = total - sum(least)
    if rest < 0:
        raise ValueError("the least amounts exceed the total")
    extra = apportion(rest // UNIT, weights)
    return [low + part * UNIT for low, part in zip(least, extra, strict=True)]


def fit_margins(
    row_sums: Sequence[int], column_sums: Sequence[int], seed: Sequence[Sequence[float]]
) -> list[list[int]]:
    """A table of whole numbers with exactly these row and column sums, shaped like ``seed``.

    The two margins must have the same sum. Iterative proportional fitting, then each cell's
    fraction is settled where its row and its column still miss something.
    """
    if sum(row_sums) != sum(column_sums):
        raise ValueError("the rows and the columns have different sums")
    cells = [list(row) for row in seed]
    for _ in range(200):
        _scale_rows(cells, row_sums)
        columns = [list(column) for column in zip(*cells, strict=True)]
        _scale_rows(columns, column_sums)
        cells = [list(row) for row in zip(*columns, strict=True)]
    return _settle(cells, row_sums, column_sums)


def _scale_rows(cells: list[list[float]], sums: Sequence[int]) -> None:
    for row, wanted in zip(cells, sums, strict=True):
        factor = wanted / sum(row)
        row[:] = [cell * factor for cell in row]


def _settle(
    cells: list[list[float]], row_sums: Sequence[int], column_sums: Sequence[int]
) -> list[list[int]]:
    whole = [[int(cell) for cell in row] for row in cells]
    row_left = [want - sum(row) for want, row in zip(row_sums, whole, strict=True)]
    column_left = [
        want - sum(column)
        for want, column in zip(column_sums, zip(*whole, strict=True), strict=True)
    ]
    places = [(r, c) for r in range(len(row_sums)) for c in range(len(column_sums))]
    for r, c in sorted(places, key=lambda place: _fraction(cells, place), reverse=True):
        extra = min(row_left[r], column_left[c])
        whole[r][c] += extra
        row_left[r] -= extra
        column_left[c] -= extra
    return whole


def _fraction(cells: list[list[float]], place: tuple[int, int]) -> float:
    return cells[place[0]][place[1]] % 1


def sizes(rng: Random, count: int, spread: float) -> list[float]:
    """Log-normal weights: a few very large, many small, as investments are."""
    return [rng.lognormvariate(0, spread) for _ in range(count)]


def uneven(rng: Random, amounts: Sequence[int]) -> list[int]:
    """The same amounts with the odd hundreds of yuan real ones have; the sum stays."""
    result = list(amounts)
    for i in range(0, len(result) - 1, 6):
        odd = rng.randrange(1, 2000) * 100
        result[i] += odd
        result[i + 1] -= odd
    return result
