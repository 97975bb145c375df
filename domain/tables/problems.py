"""What is wrong with a table, and what must be asked about it: codes; templates word them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.place import Place

Parameters = Mapping[str, str | int]


class ProblemCode(StrEnum):
    """Why a row, a column or a whole sheet is not imported."""

    NO_TABLE = "no_table"
    COLUMN_TWICE = "column_twice"
    COLUMN_MISSING = "column_missing"
    NAME_MISSING = "name_missing"
    NO_ROW_ABOVE = "no_row_above"
    SECRET = "secret"
    SECRECY_UNKNOWN = "secrecy_unknown"
    FORMULA = "formula"
    ERROR_VALUE = "error_value"
    SEVERAL_VALUES = "several_values"
    TWO_MEANINGS = "two_meanings"
    DUPLICATE = "duplicate"

    CODE_ROUNDED = "code_rounded"
    CATEGORY_MISSING = "category_missing"
    CATEGORY_UNKNOWN = "category_unknown"
    CATEGORY_CONFLICT = "category_conflict"
    SECTOR_UNKNOWN = "sector_unknown"
    SECTOR_CONFLICT = "sector_conflict"
    STATE_UNKNOWN = "state_unknown"

    MONEY_UNIT_MISSING = "money_unit_missing"
    AMOUNT_VAGUE = "amount_vague"
    AMOUNT_NEGATIVE = "amount_negative"
    AMOUNT_FRACTION = "amount_fraction"
    AMOUNT_TOO_LARGE = "amount_too_large"
    AMOUNT_UNREADABLE = "amount_unreadable"
    AMOUNT_SHARED = "amount_shared"

    YEARS_UNREADABLE = "years_unreadable"
    YEARS_REVERSED = "years_reversed"
    MONTH_UNREADABLE = "month_unreadable"
    MONTH_MISSING = "month_missing"
    FINISH_BEFORE_START = "finish_before_start"

    PHONE_UNREADABLE = "phone_unreadable"
    PHONE_LANDLINE = "phone_landline"
    PHONE_OF_TWO = "phone_of_two"
    UNIT_MISSING = "unit_missing"
    ROLE_MISSING = "role_missing"
    ROLE_UNKNOWN = "role_unknown"
    LANGUAGE_UNKNOWN = "language_unknown"


class DoubtCode(StrEnum):
    """What can be imported, but should be looked at first."""

    UNIT_NEAR = "unit_near"
    REGION_NEAR = "region_near"
    NAME_NEAR = "name_near"
    COLUMN_NOT_USED = "column_not_used"
    SHEET_NOT_USED = "sheet_not_used"
    SHEET_HIDDEN = "sheet_hidden"
    SECTION_UNKNOWN = "section_unknown"
    SUBTOTAL_UNCLEAR = "subtotal_unclear"
    YEAR_DIFFERS = "year_differs"
    SAME_NAME = "same_name"
    PLAN_ABOVE_TOTAL = "plan_above_total"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a row from being imported; `raw` is what the cell says."""

    code: ProblemCode
    place: Place
    parameters: Parameters = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to ask about before importing."""

    code: DoubtCode
    place: Place
    parameters: Parameters = field(default_factory=dict)


class Unreadable(Exception):  # noqa: N818 - it is the value that is unreadable
    """A value that cannot be understood: the problem's code and parameters, without its place."""

    def __init__(self, code: ProblemCode, **parameters: str | int) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters
