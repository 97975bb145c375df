"""What a question of the report's dialog looks like."""

from sqlmodel import Session

from domain.reporting import machine
from domain.reporting.filling import Filling, Step, path
from domain.reporting.turns import Turn
from templates.reporting import ReportQuestion
from usecases.reporting.cards import figures_of, findings_of, head_of, note_of
from usecases.reporting.matters import Matter
from usecases.reporting.photos import photos_so_far


def question_of(session: Session, matter: Matter, turn: Turn) -> ReportQuestion:
    """The question at which the filling stands, with what was just heard."""
    filling, base = turn.filling, matter.base
    asked, step = path(base), filling.step
    figures = figures_of(matter, filling)
    unclear = [one.text for one in filling.problems or () if one.kind is None]
    return ReportQuestion(
        head=head_of(matter),
        step=step,
        number=asked.index(step) + 1 if step in asked else 0,
        total=len(asked),
        offered=machine.offers(filling, base),
        heard=turn.heard,
        doubt=filling.doubt.reason if filling.doubt else None,
        candidates=machine.candidates(filling),
        problems=turn.problems,
        before=base.year_to_date,
        missing=base.missing,
        last={Step.PROGRESS: base.progress, Step.EXPLANATION: base.explanation}.get(step, ""),
        now=_given(filling, step),
        odd=findings_of(matter, figures).odd if step is Step.EXPLANATION else (),
        problem=unclear[0] if unclear and step is Step.PROBLEM_KIND else "",
        note=note_of(session, matter),
        corrects=base.corrects,
        stages=filling.stages_from(base),
        photos=len(photos_so_far(session, matter.id)) if step is Step.PHOTOS else 0,
    )


_SHOWN_OTHERWISE = (Step.PROBLEMS, Step.PROBLEM_KIND, Step.STAGES, Step.PHOTOS, Step.CARD)


def _given(filling: Filling, step: Step) -> int | str | None:
    """The answer a question has so far, as it may be shown above the question."""
    if step in _SHOWN_OTHERWISE:
        return None
    given: int | str | None = getattr(filling, step.value)
    return given
