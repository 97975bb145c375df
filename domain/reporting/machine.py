"""The conversation of a report: what was said or pressed at a question, and what follows.

Pure: it knows neither who speaks nor where the filling is kept. An amount is taken only as
`domain.amounts` reads it exactly; whatever is doubtful stops and asks.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.amounts import LARGEST, Amount, Doubt, DoubtReason, read_amount
from domain.reporting import extras
from domain.reporting.base import Base
from domain.reporting.filling import AMOUNT_STEPS, OPENINGS, Filling, Step, awaited, before
from domain.reporting.problems import bare, is_none, read_problems
from domain.reporting.turns import AnswerProblem, Choice, Control, Turn
from domain.vocabulary import ProblemKind
from domain.words import read_words

LONGEST_TEXT = 500
MOST_PROBLEMS = 10


def start(base: Base) -> Filling:
    """An empty filling at its first question."""
    empty = Filling(step=Step.CARD)
    return replace(empty, step=awaited(empty, base))


def control_of(text: str) -> Control | None:
    """上一步 or 先存着, when that is all that was typed."""
    said = bare(text)
    return next((control for control, words in _CONTROLS.items() if said in words), None)


def hear(filling: Filling, base: Base, text: str) -> Turn:
    """The turn after this was typed at the filling's step."""
    said = text.strip()
    if problems := _unfit(said):
        return Turn(filling, problems=problems)
    if filling.step in AMOUNT_STEPS:
        return _hear_amount(filling, base, said)
    return _HEARD[filling.step](filling, base, said)


def choose(filling: Filling, base: Base, choice: Choice, value: int = 0) -> Turn | None:
    """The turn after a button; None when it is not on offer at this step any more.

    `value` is the amount in yuan of AMOUNT and the number of the kind of KIND.
    """
    made = _CHOSEN[choice](filling, base, value)
    # The list of steps stays open: several are pressed one after the other.
    stays = made is None or made.problems or choice is Choice.STAGE
    return made if made is None or stays else _moved_on(made, base)


def offers(filling: Filling, base: Base) -> frozenset[Choice]:
    """What may be pressed at the filling's step, apart from readings of a doubtful amount."""
    return frozenset(
        choice for choice, chosen in _CHOSEN.items() if chosen(filling, base, 0) is not None
    ) - {Choice.AMOUNT}


def candidates(filling: Filling) -> tuple[int, ...]:
    """What the amount in doubt could be, in yuan: what may be offered to press."""
    if filling.doubt is not None and filling.step is Step.ADJUSTMENT:
        return filling.doubt.candidates
    if filling.doubt is None or filling.step not in AMOUNT_STEPS:
        return ()
    return tuple(yuan for yuan in filling.doubt.candidates if 0 <= yuan <= LARGEST)


def go_back(filling: Filling, base: Base) -> Filling:
    """The filling at the question before; its answer stands until another is given."""
    return filling.changed(step=before(filling.step, base))


def go_to(filling: Filling, step: Step) -> Filling:
    """The filling at any question, to answer it again."""
    return filling.changed(step=step)


def brought_up_to(filling: Filling, base: Base) -> Filling:
    """A filling taken up again: what was asked before and is no question now is passed over."""
    if filling.step in OPENINGS and awaited(filling, base) is not filling.step:
        return filling.changed(step=awaited(filling, base))
    return filling


def _moved_on(turn: Turn, base: Base) -> Turn:
    return replace(turn, filling=replace(turn.filling, step=awaited(turn.filling, base)))


def _unfit(said: str) -> tuple[AnswerProblem, ...]:
    if not said:
        return (AnswerProblem.NOTHING_SAID,)
    return (AnswerProblem.TOO_LONG,) if len(said) > LONGEST_TEXT else ()


def _hear_amount(filling: Filling, base: Base, said: str) -> Turn:
    if filling.step is Step.INVESTED and bare(said) in _SAME:
        unchanged = choose(filling, base, Choice.UNCHANGED)
        return unchanged or Turn(filling, problems=(AnswerProblem.NOTHING_BEFORE,))
    read = Doubt(DoubtReason.NONE, (0,)) if is_none(said) else read_amount(_of_month(filling, said))
    if isinstance(read, Amount):
        return _with_amount(filling, base, read.yuan)
    if read.reason is DoubtReason.NEGATIVE:
        return Turn(filling.changed(), problems=(AnswerProblem.NEGATIVE,))
    return Turn(filling.changed(doubt=read))


def _of_month(filling: Filling, said: str) -> str:
    """The answer without a 本月 before it, where the month's amount is asked for."""
    if filling.step is not Step.INVESTED:
        return said
    lead = next((word for word in _THIS_MONTH if said.startswith(word)), "")
    return said.removeprefix(lead)


def _with_amount(filling: Filling, base: Base, yuan: int) -> Turn:
    step = filling.step
    # A reason was given for the figures as they stood; other figures need their own.
    same = getattr(filling, step.value) == yuan
    stated = filling.changed(
        **{step.value: yuan},
        unknown=filling.unknown - {step},
        is_unchanged=filling.is_unchanged and same,
        explanation=filling.explanation if same else "",
    )
    if problems := impossible(stated, base):
        return Turn(filling.changed(), problems=problems)
    return _moved_on(Turn(stated, heard=yuan), base)


def impossible(filling: Filling, base: Base) -> tuple[AnswerProblem, ...]:
    """What cannot be: less completed since the start than since January."""
    year = filling.opening_year if base.year_to_date is None else base.year_to_date
    start = filling.opening_start if base.since_start is None else base.since_start
    below = year is not None and start is not None and start < year
    return (AnswerProblem.START_BELOW_YEAR,) if below else ()


def _hear_progress(filling: Filling, base: Base, said: str) -> Turn:
    if bare(said) in _SAME:
        if not base.progress:
            return Turn(filling, problems=(AnswerProblem.NOTHING_BEFORE,))
        said = base.progress
    if isinstance(read_amount(said), Amount):
        # An amount sent twice must not become the progress of the works.
        return Turn(filling, problems=(AnswerProblem.AN_AMOUNT,))
    unchanged = filling.is_unchanged and said == base.progress
    return _moved_on(Turn(filling.changed(progress=said, is_unchanged=unchanged)), base)


def _hear_problems(filling: Filling, base: Base, said: str) -> Turn:
    if bare(said) in _SAME:
        return choose(filling, base, Choice.SAME) or Turn(
            filling, problems=(AnswerProblem.NOTHING_BEFORE,)
        )
    problems = read_problems(said)
    if len(problems) > MOST_PROBLEMS:
        return Turn(filling, problems=(AnswerProblem.TOO_MANY,))
    if not problems and not is_none(said):
        return Turn(filling, problems=(AnswerProblem.NOTHING_SAID,))
    return _moved_on(Turn(filling.changed(problems=problems, problems_stand=False)), base)


def _hear_explanation(filling: Filling, base: Base, said: str) -> Turn:
    return _moved_on(Turn(filling.changed(explanation=said)), base)


def _hear_next_steps(filling: Filling, base: Base, said: str) -> Turn:
    return _moved_on(Turn(filling.changed(next_steps=said)), base)


def _hear_adjustment(filling: Filling, base: Base, said: str) -> Turn:
    return _unless_doubtful(extras.hear_adjustment(filling, base, said), base)


def _unless_doubtful(turn: Turn, base: Base) -> Turn:
    return turn if turn.problems or turn.filling.doubt else _moved_on(turn, base)


def _hear_reason(filling: Filling, base: Base, said: str) -> Turn:
    return _moved_on(extras.hear_reason(filling, base, said), base)


def _hear_help(filling: Filling, base: Base, said: str) -> Turn:
    return _moved_on(extras.hear_help(filling, base, said), base)


def _hear_where_photos_are(filling: Filling, _base: Base, _said: str) -> Turn:
    return Turn(filling, problems=(AnswerProblem.NOT_A_PHOTO,))


def _hear_where_buttons_are(filling: Filling, _base: Base, _said: str) -> Turn:
    """At the card and at the kinds of a problem only buttons answer."""
    return Turn(filling)


def _zero(filling: Filling, base: Base, _value: int) -> Turn | None:
    if filling.step is Step.ADJUSTMENT:
        return extras.adjusted(filling, base, 0)
    return _with_amount(filling, base, 0) if filling.step in AMOUNT_STEPS else None


def _amount(filling: Filling, base: Base, yuan: int) -> Turn | None:
    if yuan not in candidates(filling):
        return None
    take = extras.adjusted if filling.step is Step.ADJUSTMENT else _with_amount
    return take(filling, base, yuan)


def _unknown(filling: Filling, _base: Base, _value: int) -> Turn | None:
    if filling.step not in OPENINGS:
        return None
    unknown = filling.unknown | {filling.step}
    return Turn(filling.changed(**{filling.step.value: None}, unknown=unknown))


def _unchanged(filling: Filling, base: Base, _value: int) -> Turn | None:
    first = Step.PROGRESS if base.is_preparatory else Step.INVESTED
    if filling.step is not first or not base.may_be_unchanged:
        return None
    return Turn(
        filling.changed(
            invested=None if base.is_preparatory else 0,
            progress=base.progress,
            problems=(),
            problems_stand=base.open_problems > 0,
            is_unchanged=True,
        )
    )


def _none(filling: Filling, _base: Base, _value: int) -> Turn | None:
    match filling.step:
        case Step.PROBLEMS:
            return Turn(filling.changed(problems=(), problems_stand=False))
        case Step.WANTED_HELP:
            return Turn(filling.changed(wanted_help=""))
    return None


def _same(filling: Filling, base: Base, _value: int) -> Turn | None:
    match filling.step:
        case Step.PROGRESS if base.progress:
            return Turn(filling.changed(progress=base.progress))
        case Step.PROBLEMS if base.open_problems:
            return Turn(filling.changed(problems=(), problems_stand=True))
        case Step.EXPLANATION if base.explanation:
            return Turn(filling.changed(explanation=base.explanation))
    return None


def _kind(filling: Filling, _base: Base, number: int) -> Turn | None:
    kinds = tuple(ProblemKind)
    if filling.step is not Step.PROBLEM_KIND or not 0 <= number < len(kinds):
        return None
    problems = list(filling.problems or ())
    unclear = [at for at, problem in enumerate(problems) if problem.kind is None]
    if not unclear:
        return None
    problems[unclear[0]] = replace(problems[unclear[0]], kind=kinds[number])
    return Turn(filling.changed(problems=tuple(problems)))


def _stage(filling: Filling, base: Base, number: int) -> Turn | None:
    return extras.press_stage(filling, base, number) if filling.step is Step.STAGES else None


def _keep(filling: Filling, base: Base, _value: int) -> Turn | None:
    return Turn(filling.changed()) if filling.step is not awaited(filling, base) else None


_WORDS = read_words("reporting")
_SAME = frozenset(_WORDS["same"])
_THIS_MONTH = tuple(_WORDS["this_month"])
_CONTROLS = {control: frozenset(_WORDS[control.value]) for control in Control}

_HEARD: dict[Step, Callable[[Filling, Base, str], Turn]] = {
    Step.PROGRESS: _hear_progress,
    Step.PROBLEMS: _hear_problems,
    Step.EXPLANATION: _hear_explanation,
    Step.NEXT_STEPS: _hear_next_steps,
    Step.ADJUSTMENT: _hear_adjustment,
    Step.ADJUSTMENT_REASON: _hear_reason,
    Step.WANTED_HELP: _hear_help,
    Step.STAGES: extras.hear_stages,
    Step.PHOTOS: _hear_where_photos_are,
    Step.PROBLEM_KIND: _hear_where_buttons_are,
    Step.CARD: _hear_where_buttons_are,
}
_CHOSEN: dict[Choice, Callable[[Filling, Base, int], Turn | None]] = {
    Choice.ZERO: _zero,
    Choice.AMOUNT: _amount,
    Choice.UNKNOWN: _unknown,
    Choice.UNCHANGED: _unchanged,
    Choice.NONE: _none,
    Choice.SAME: _same,
    Choice.KIND: _kind,
    Choice.KEEP: _keep,
    Choice.STAGE: _stage,
}
