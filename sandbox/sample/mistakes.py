"""The programme's workbook with mistakes planted in it, and the list of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sandbox.sample.facts import Programme
from sandbox.sample.grid import Cell, Row, Sheet, workbook
from sandbox.sample.sheets import programme_sheets
from sandbox.sample.words import table

FIRST, STEP = 5, 9
"""The first row with a mistake on the first sheet, and how many rows lie between mistakes."""


class Mistake(StrEnum):
    """What is wrong with a planted cell."""

    MISSING_NAME = "missing_name"
    DUPLICATE_CODE = "duplicate_code"
    YEARS_REVERSED = "years_reversed"
    YEARS_UNREADABLE = "years_unreadable"
    TEXT_IN_NUMBER = "text_in_number"
    VAGUE_AMOUNT = "vague_amount"
    NEGATIVE_AMOUNT = "negative_amount"
    WRONG_UNIT = "wrong_unit"
    MONTH_OUT_OF_RANGE = "month_out_of_range"
    UNKNOWN_SECTOR = "unknown_sector"
    UNKNOWN_UNIT_NEAR_A_KNOWN_ONE = "unknown_unit_near_a_known_one"
    CLASSIFIED = "classified"


@dataclass(frozen=True, slots=True)
class PlantedMistake:
    """Where a mistake is, as a spreadsheet shows it, what the cell says, what it should say."""

    mistake: Mistake
    sheet: str
    row: int
    column: str
    written: Cell
    correct: Cell


@dataclass(frozen=True, slots=True)
class _Plant:
    mistake: Mistake
    key: str
    spoil: Callable[[Row, Row], Cell]
    """The spoiled cell, from its row and the project's row before it."""


def write_programme_with_mistakes(programme: Programme) -> tuple[bytes, tuple[PlantedMistake, ...]]:
    """The workbook with one mistake of each kind on its first sheet, and where they are.

    Everything else is as in ``write_programme_xlsx``. A row has one mistake at most.
    """
    first, *others = programme_sheets(programme)
    rows, planted = list(first.rows), []
    for plant, index in zip(_plants(), _plain_rows(first.rows), strict=False):
        row = rows[index]
        spoiled = plant.spoil(row, rows[index - 1])
        rows[index] = replace(row, cells={**row.cells, plant.key: spoiled})
        planted.append(_planted(plant, first, index, spoiled))
    return workbook([replace(first, rows=tuple(rows)), *others]), tuple(planted)


def _planted(plant: _Plant, sheet: Sheet, index: int, spoiled: Cell) -> PlantedMistake:
    header = next(column.header for column in sheet.columns if column.key == plant.key)
    correct = sheet.rows[index].cells.get(plant.key)
    number = sheet.row_number(index)
    return PlantedMistake(plant.mistake, sheet.name, number, header, spoiled, correct)


def _plain_rows(rows: Sequence[Row]) -> list[int]:
    """Rows of projects after a project's row, neither continued nor continuing, far apart."""
    plain = [
        index
        for index in range(1, len(rows) - 1)
        if "code" in rows[index - 1].cells
        and "code" in rows[index].cells
        and not rows[index + 1].continues
    ]
    return plain[FIRST::STEP]


def _plants() -> tuple[_Plant, ...]:
    wrong = table("mistakes")
    return (
        _Plant(Mistake.MISSING_NAME, "name", lambda _, __: None),
        _Plant(Mistake.DUPLICATE_CODE, "code", lambda _, before: before.cells["code"]),
        _Plant(Mistake.YEARS_REVERSED, "years", lambda _, __: wrong["years_reversed"]),
        _Plant(Mistake.YEARS_UNREADABLE, "years", lambda _, __: wrong["years_unreadable"]),
        _Plant(Mistake.TEXT_IN_NUMBER, "total", lambda _, __: wrong["text_in_number"]),
        _Plant(Mistake.VAGUE_AMOUNT, "total", lambda _, __: wrong["vague_amount"]),
        _Plant(Mistake.NEGATIVE_AMOUNT, "annual", lambda _, __: wrong["negative_amount"]),
        _Plant(Mistake.WRONG_UNIT, "total", _in_yi),
        _Plant(Mistake.MONTH_OUT_OF_RANGE, "start", lambda _, __: wrong["month_out_of_range"]),
        _Plant(Mistake.UNKNOWN_SECTOR, "sector", lambda _, __: wrong["unknown_sector"]),
        _Plant(Mistake.UNKNOWN_UNIT_NEAR_A_KNOWN_ONE, "units", _misspelt_lead),
        _Plant(Mistake.CLASSIFIED, "remark", lambda _, __: wrong["classified"]),
    )


def _in_yi(row: Row, _: Row) -> Cell:
    """The total in 亿元 in a table of 万元: less than the year's plan."""
    total = row.cells["total"]
    return total / 10_000 if isinstance(total, int | float) else total


def _misspelt_lead(row: Row, _: Row) -> Cell:
    """The lead unit with a character left out: 柳州市交通运输局 becomes 柳州市交运输局."""
    units = str(row.cells["units"])
    return units[:4] + units[5:]
