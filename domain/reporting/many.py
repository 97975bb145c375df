"""Several reports at once: what a line does to a report's filling, and what it leaves open.

Everything goes through the dialog's own machine, answer by answer, so that whatever would be asked
there is asked here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.amounts import Amount, Doubt, read_amount
from domain.reporting import machine
from domain.reporting.base import Base
from domain.reporting.filling import Filling, ReportedProblem, Step, awaited, path
from domain.reporting.lines import Said
from domain.reporting.turns import AnswerProblem, Choice, Turn
from domain.vocabulary import ProblemKind
from domain.words import read_words


class Open(StrEnum):
    """What is left open of a line, besides a doubtful amount; templates word it."""

    CUMULATIVE = "cumulative"
    UNASKED = "unasked"
    CONTRARY = "contrary"
    NOTHING_SAID = "nothing_said"
    TOO_LONG = "too_long"
    TOO_MANY = "too_many"
    NEGATIVE = "negative"
    START_BELOW_YEAR = "start_below_year"
    NOTHING_BEFORE = "nothing_before"
    AN_AMOUNT = "an_amount"
    FORMULA = "formula"
    NO_KIND = "no_kind"


@dataclass(frozen=True, slots=True)
class Note:
    """Something left open, with the words that were not taken, as typed."""

    what: Open
    text: str = ""


@dataclass(frozen=True, slots=True)
class Applied:
    """The filling after a line, and what of the line is left open."""

    filling: Filling
    notes: tuple[Note, ...] = ()


def apply_line(filling: Filling, base: Base, said: Said) -> Applied:
    """The filling with what a line says; what it does not say stays as it was."""
    notes, doubts = list(_left_open(said, base)), dict[Step, Doubt]()
    if _states_no_change(filling, said):
        turn = _no_change(filling, base)
        filling, notes = turn.filling, [*notes, *_notes(turn, "")]
        said = replace(said, invested="", is_same=False)
    for step, text in _answers(said, base):
        turn = machine.hear(machine.go_to(filling, step), base, text)
        filling, notes = turn.filling, [*notes, *_notes(turn, text)]
        if filling.doubt is not None:
            doubts[step], filling = filling.doubt, filling.changed(**{step.value: None})
    if (kind := _kind_named(said.kind)) and filling.problems:
        filling = filling.changed(problems=_of_kind(filling.problems, kind))
    return Applied(_at_rest(filling, base, doubts), tuple(notes))


def _of_kind(
    problems: tuple[ReportedProblem, ...], kind: ProblemKind
) -> tuple[ReportedProblem, ...]:
    """The problems, those whose words name no kind being of this one."""
    return tuple(replace(one, kind=one.kind or kind) for one in problems)


def _at_rest(filling: Filling, base: Base, doubts: Mapping[Step, Doubt]) -> Filling:
    """The filling at the first amount in doubt, else at the first question still open."""
    for step, doubt in doubts.items():
        return replace(filling, step=step, doubt=doubt)
    return replace(filling, step=awaited(filling, base), doubt=None)


def _answers(said: Said, base: Base) -> Iterator[tuple[Step, str]]:
    """What was said at each question; the figures first, for a reason is of the figures given."""
    asked = path(base)
    progress = said.progress or (_SAME if said.is_same else "")
    told = {
        Step.OPENING_YEAR: said.opening_year,
        Step.OPENING_START: said.opening_start,
        Step.INVESTED: said.invested,
        Step.PROGRESS: progress,
        Step.PROBLEMS: said.problems,
    }
    yield from ((step, text) for step, text in told.items() if text and step in asked)
    more = {Step.EXPLANATION: said.explanation, Step.NEXT_STEPS: said.next_steps}
    yield from ((step, text) for step, text in more.items() if text)


def _states_no_change(filling: Filling, said: Said) -> bool:
    """整项无变化, or 无变化 alone where nothing else is known of the month."""
    if said.invested and read_amount(said.invested) != Amount(0):
        return False
    is_all = not (said.invested or said.progress or filling.has(Step.PROGRESS))
    return said.is_unchanged or (said.is_same and is_all and filling.invested is None)


def _no_change(filling: Filling, base: Base) -> Turn:
    first = Step.PROGRESS if base.is_preparatory else Step.INVESTED
    at = machine.go_to(filling, first)
    turn = machine.choose(at, base, Choice.UNCHANGED)
    return turn or Turn(at, problems=(AnswerProblem.NOTHING_BEFORE,))


def _notes(turn: Turn, text: str) -> Iterator[Note]:
    return (Note(Open(problem.value), text) for problem in turn.problems)


def _left_open(said: Said, base: Base) -> Iterator[Note]:
    """What no answer can be made of."""
    yield from (Note(Open.FORMULA, cell) for cell in said.formulas)
    if said.kind and _kind_named(said.kind) is None:
        yield Note(Open.NO_KIND, said.kind)
    if said.unasked:
        yield Note(Open.UNASKED, said.unasked)
    if said.is_unchanged and said.invested and read_amount(said.invested) != Amount(0):
        yield Note(Open.CONTRARY, said.invested)
    if not all(read_amount(text) in _sums(said, base) for text in said.sums):
        yield Note(Open.CUMULATIVE, said.cumulative)


def _sums(said: Said, base: Base) -> set[Amount | Doubt]:
    """The sums that are known already, before the month and with it: nothing new if repeated."""
    month = read_amount(said.invested)
    before = [yuan for yuan in (base.year_to_date, base.since_start) if yuan is not None]
    with_month = [yuan + month.yuan for yuan in before] if isinstance(month, Amount) else []
    return {Amount(yuan) for yuan in (*before, *with_month)}


def _kind_named(text: str) -> ProblemKind | None:
    """The kind of problem that a table's cell names."""
    return _KINDS.get(text.strip().casefold())


_SAME: str = read_words("reporting")["same"][0]
_KINDS = {
    word: ProblemKind(kind)
    for kind, words in read_words("lines")["kinds"].items()
    for word in words
}
