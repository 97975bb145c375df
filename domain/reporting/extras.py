"""What may be added to a report behind 补充, apart from its own questions.

A correction of the month before, wanted help, the steps of a 预备 project's preliminary work.
"""

import re

from domain.amounts import Amount, Doubt, DoubtReason, read_amount
from domain.reporting.base import Base
from domain.reporting.filling import Filling
from domain.reporting.preliminary import PreliminaryStep, merged, pressed, read_stages
from domain.reporting.problems import is_none
from domain.reporting.turns import AnswerProblem, Turn
from domain.words import any_of, read_words


def hear_adjustment(filling: Filling, base: Base, said: str) -> Turn:
    """A correction of the month before (调整上月数); one without a sign is asked about."""
    if is_none(said):
        return adjusted(filling, base, 0)
    read = read_change(said)
    if isinstance(read, Doubt):
        return Turn(filling.changed(doubt=read))
    return adjusted(filling, base, read)


def adjusted(filling: Filling, base: Base, yuan: int) -> Turn:
    """The filling with this correction; nothing corrects nothing, and needs no reason."""
    same = filling.adjustment == yuan
    stated = filling.changed(
        adjustment=yuan or None,
        adjustment_reason=filling.adjustment_reason if same else "",
        explanation=filling.explanation if same else "",
    )
    if base.is_below_nothing(yuan):
        return Turn(filling.changed(), problems=(AnswerProblem.BELOW_NOTHING,))
    return Turn(stated, heard=yuan or None)


def read_change(said: str) -> int | Doubt:
    """The yuan to be added, or taken off where negative, or what is doubtful about it."""
    sign, amount = _signed(said.strip())
    read = read_amount(amount)
    if isinstance(read, Amount):
        if sign or not read.yuan:
            return read.yuan * (sign or 1)
        return Doubt(DoubtReason.NO_SIGN, (read.yuan, -read.yuan))
    readings = [abs(yuan) for yuan in read.candidates]
    signs = (sign,) if sign else (1, -1)
    return Doubt(read.reason, tuple(one * yuan for yuan in readings for one in signs))


def hear_reason(filling: Filling, _base: Base, said: str) -> Turn:
    """Why the month before is corrected."""
    return Turn(filling.changed(adjustment_reason=said))


def hear_help(filling: Filling, _base: Base, said: str) -> Turn:
    """What somebody else has to settle (需协调事项); 无 takes it back."""
    return Turn(filling.changed(wanted_help="" if is_none(said) else said))


def hear_stages(filling: Filling, base: Base, said: str) -> Turn:
    """Steps of the preliminary work in words; the list stays open for more."""
    stages = read_stages(said)
    if not stages:
        return Turn(filling.changed(), problems=(AnswerProblem.NO_STAGE,))
    return Turn(filling.changed(stages=merged(filling.stages_from(base), stages)))


def press_stage(filling: Filling, base: Base, number: int) -> Turn | None:
    """A step pressed is one state further."""
    steps = tuple(PreliminaryStep)
    if not base.is_preparatory or not 0 <= number < len(steps):
        return None
    return Turn(filling.changed(stages=pressed(filling.stages_from(base), steps[number])))


def _signed(said: str) -> tuple[int, str]:
    """+1, -1 or 0 for none, and the text without the word that says so."""
    for sign, pattern in _SIGNS.items():
        if found := pattern.match(said):
            return sign, said[found.end() :]
    return 0, said


_WORDS = read_words("reporting")
_SIGNS = {
    sign: re.compile(rf"{any_of(_WORDS[words])}\s*", re.IGNORECASE)
    for sign, words in ((-1, "less"), (1, "more"))
}
