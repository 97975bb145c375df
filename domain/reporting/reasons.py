"""Why reports are returned, most often: ready reasons a reviewer presses instead of typing."""

from enum import StrEnum


class ReturnReason(StrEnum):
    """A ready reason; buttons carry its place in this list."""

    CHECK_AMOUNT = "check_amount"
    PROGRESS_VAGUE = "progress_vague"
    PROGRESS_DIFFERS = "progress_differs"
    EXPLAIN = "explain"
    NAME_PROBLEM = "name_problem"
