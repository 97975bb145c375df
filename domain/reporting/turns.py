"""What is said or pressed while a report is filled in, and what follows."""

from dataclasses import dataclass
from enum import StrEnum

from domain.reporting.filling import Filling


class AnswerProblem(StrEnum):
    """What is wrong with an answer, apart from a doubtful amount."""

    NOTHING_SAID = "nothing_said"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NEGATIVE = "negative"
    START_BELOW_YEAR = "start_below_year"
    NOTHING_BEFORE = "nothing_before"
    AN_AMOUNT = "an_amount"
    BELOW_NOTHING = "below_nothing"
    NO_STAGE = "no_stage"
    NOT_A_PHOTO = "not_a_photo"


class Choice(StrEnum):
    """What may be pressed instead of typed."""

    ZERO = "zero"
    AMOUNT = "amount"
    UNKNOWN = "unknown"
    UNCHANGED = "unchanged"
    NONE = "none"
    SAME = "same"
    KIND = "kind"
    KEEP = "keep"
    STAGE = "stage"


class Control(StrEnum):
    """What may be typed at any question that is no answer to it."""

    BACK = "back"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Turn:
    """The filling after an answer.

    `heard` is the amount just read, to be echoed above the next question; `problems` is
    everything that is wrong with the answer, whose question is asked again.
    """

    filling: Filling
    heard: int | None = None
    problems: tuple[AnswerProblem, ...] = ()
