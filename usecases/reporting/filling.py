"""The dialog of a report: taken up, answered, put aside, taken over; every turn is kept at once."""

import datetime as dtm
from dataclasses import dataclass, replace

from sqlmodel import Session

from db.tables.people import Contact
from db.tables.reporting import ReportDraft
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position
from domain.reporting import machine
from domain.reporting.filling import Filling, Step, awaited, path
from domain.reporting.machine import Choice, Control, Turn
from templates.message import Message
from templates.office import StaleButton
from templates.reporting import (
    DraftDropped,
    DraftHeld,
    DraftKept,
    DropDraft,
    ReportCard,
    ReportFields,
    ReportNotOpen,
    ReportQuestion,
)
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.reporting import taking_over
from usecases.reporting.cards import card_of, figures_of, findings_of, head_of, note_of
from usecases.reporting.matters import Matter, Obstacle, draft_of, newest_report
from usecases.reporting.rights import entitled_matter, may_withdraw
from usecases.reporting.taking_over import OBLIGATION, tell_former_holder


@dataclass(frozen=True, slots=True)
class Pressed:
    """A ready answer, at the step it was offered for."""

    choice: Choice
    obligation_id: int
    step: int
    value: int = 0


@dataclass(frozen=True, slots=True)
class AtStep:
    """A step of a report, by its number."""

    obligation_id: int
    step: int


@dataclass(frozen=True, slots=True)
class Shown:
    """A report's card as it was shown."""

    obligation_id: int
    version: int


@dataclass(frozen=True, slots=True)
class Desk:
    """A report being filled in by whoever asks: its matter and what is filled in so far."""

    matter: Matter
    filling: Filling


def fill(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """Take a report up where it was left, or begin it."""
    desk = desk_of(session, asker, obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    turn = Turn(machine.brought_up_to(desk.filling, desk.matter.base))
    return say(keep(session, asker, desk.matter, turn, now))


def take_over(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """Go on with what somebody else has filled in; they are told."""
    matter = open_matter(session, asker, obligation_id, now)
    if isinstance(matter, Message):
        return say(matter)
    draft = draft_of(session, obligation_id)
    if draft is not None and draft.holder_id != asker.contact_id:
        tell_former_holder(session, asker, draft, head_of(matter), now)
        draft.holder_id = asker.contact_id
        session.add(draft)
        session.flush()
        audit.record(session, asker, "report.taken_over", now, ("obligation", obligation_id))
    return fill(session, asker, obligation_id, now)


def choose(session: Session, asker: Asker, pressed: Pressed, now: dtm.datetime) -> Answers:
    """A ready answer was pressed; one of another question changes nothing."""
    desk = desk_of(session, asker, pressed.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    filling, base = desk.filling, desk.matter.base
    turn = None
    if filling.step.number == pressed.step:
        turn = machine.choose(filling, base, pressed.choice, pressed.value)
    if turn is None:
        return outdated(session, asker, desk, now)
    return in_place(keep(session, asker, desk.matter, turn, now))


def back(session: Session, asker: Asker, at: AtStep, now: dtm.datetime) -> Answers:
    """上一步: the question before; its answer stands until another is given."""
    desk = desk_of(session, asker, at.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    if desk.filling.step.number != at.step:
        return outdated(session, asker, desk, now)
    turn = Turn(machine.go_back(desk.filling, desk.matter.base))
    return in_place(keep(session, asker, desk.matter, turn, now))


def later(session: Session, asker: Asker, at: AtStep, now: dtm.datetime) -> Answers:
    """先存着: what is filled in is kept and offered again."""
    desk = desk_of(session, asker, at.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    dialogs.end(session, asker)
    return say(DraftKept(head_of(desk.matter)))


def edit(session: Session, asker: Asker, at: AtStep, now: dtm.datetime) -> Answers:
    """Answer one question again, or add what the dialog does not ask."""
    desk = desk_of(session, asker, at.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    steps = tuple(Step)
    allowed = (*path(desk.matter.base), Step.EXPLANATION, Step.NEXT_STEPS)
    if not 0 <= at.step < len(steps) or steps[at.step] not in allowed:
        return say(StaleButton())
    turn = Turn(machine.go_to(desk.filling, steps[at.step]))
    return in_place(keep(session, asker, desk.matter, turn, now))


def fields(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """修改: which answer is to be changed?"""
    desk = desk_of(session, asker, obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    return in_place(ReportFields(head_of(desk.matter), path(desk.matter.base)))


def more(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """补充: what may be added."""
    desk = desk_of(session, asker, obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    return in_place(ReportFields(head_of(desk.matter), (Step.EXPLANATION, Step.NEXT_STEPS)))


def show_card(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """Back to the card, or to the first question that still waits."""
    desk = desk_of(session, asker, obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    step = awaited(desk.filling, desk.matter.base)
    turn = Turn(replace(desk.filling, step=step))
    return in_place(keep(session, asker, desk.matter, turn, now))


def drop(session: Session, asker: Asker, shown: Shown, now: dtm.datetime) -> Answers:
    """作废: really?"""
    desk = desk_of(session, asker, shown.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    if desk.filling.version != shown.version:
        return outdated(session, asker, desk, now)
    return in_place(DropDraft(head_of(desk.matter), shown.version))


def dropped(session: Session, asker: Asker, shown: Shown, now: dtm.datetime) -> Answers:
    """What was filled in is dropped; the report is still owed."""
    desk = desk_of(session, asker, shown.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    draft = draft_of(session, shown.obligation_id)
    if draft is None or desk.filling.version != shown.version:
        return outdated(session, asker, desk, now)
    session.delete(draft)
    dialogs.end(session, asker)
    audit.record(session, asker, "report.draft_dropped", now, ("obligation", desk.matter.id))
    return in_place(DraftDropped(head_of(desk.matter)))


def open_matter(
    session: Session, asker: Asker, obligation_id: int, now: dtm.datetime
) -> Matter | Message:
    """A matter the asker may fill in now, or the message that says why not."""
    matter = entitled_matter(session, asker, Action.REPORT, obligation_id, now)
    if isinstance(matter, Message) or matter.obstacle is None:
        return matter
    draft, report = draft_of(session, obligation_id), newest_report(session, obligation_id)
    waiting = matter.obstacle is Obstacle.SUBMITTED
    return ReportNotOpen(
        head_of(matter),
        matter.obstacle,
        kept=figures_of(matter, Filling.of_data(draft.content)) if draft else None,
        may_withdraw=waiting and report is not None and may_withdraw(asker, matter, report),
    )


def desk_of(
    session: Session, asker: Asker, obligation_id: int, now: dtm.datetime
) -> Desk | Message:
    """The report as the asker has filled it in so far, or why they cannot."""
    matter = open_matter(session, asker, obligation_id, now)
    if isinstance(matter, Message):
        return matter
    draft = draft_of(session, obligation_id)
    if draft is None:
        return Desk(matter, machine.start(matter.base))
    if draft.holder_id != asker.contact_id:
        holder = session.get_one(Contact, draft.holder_id).name
        return DraftHeld(head_of(matter), holder, draft.touched_at)
    return Desk(matter, Filling.of_data(draft.content))


def keep(
    session: Session, asker: Asker, matter: Matter, turn: Turn, now: dtm.datetime
) -> ReportCard | ReportQuestion:
    """Keep what was filled in, listen for the next answer, and say what comes next."""
    draft = draft_of(session, matter.id) or ReportDraft(
        obligation_id=matter.id, holder_id=asker.contact_id, touched_at=now
    )
    draft.content, draft.touched_at = turn.filling.as_data(), now
    session.add(draft)
    session.flush()
    if turn.filling.step is Step.CARD:
        dialogs.end(session, asker)
        return card_of(session, matter, turn.filling)
    position = Position(turn.filling.step.value, {OBLIGATION: matter.id})
    dialogs.stand_at(session, asker, REPORT, position, now)
    return _question(session, matter, turn)


def outdated(session: Session, asker: Asker, desk: Desk, now: dtm.datetime) -> Answers:
    """A button that is not on offer any more changes nothing: what is asked now is asked again."""
    message = keep(session, asker, desk.matter, Turn(desk.filling), now)
    return say(replace(message, is_stale=True))


def _question(session: Session, matter: Matter, turn: Turn) -> ReportQuestion:
    filling, base = turn.filling, matter.base
    asked, step = path(base), filling.step
    figures = figures_of(matter, filling)
    unclear = [one.text for one in filling.problems or () if one.kind is None]
    answered = {Step.EXPLANATION: filling.explanation, Step.NEXT_STEPS: filling.next_steps}
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
        now=_given(filling, step) if step in asked else answered.get(step),
        odd=findings_of(matter, figures).odd if step is Step.EXPLANATION else (),
        problem=unclear[0] if unclear and step is Step.PROBLEM_KIND else "",
        note=note_of(session, matter),
    )


def _given(filling: Filling, step: Step) -> int | str | None:
    """The answer a question has so far, as it may be shown above the question."""
    if step is Step.PROBLEMS:
        return None
    given: int | str | None = getattr(filling, step.value)
    return given


class _Conversation:
    """Free text while a report is being filled in."""

    kind = taking_over.REPORT

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """The answer to the question at which the report stands."""
        at = AtStep(row.draft[OBLIGATION], Step(row.step).number)
        desk = desk_of(session, asker, at.obligation_id, now)
        if isinstance(desk, Message):
            dialogs.end(session, asker)
            return say(desk)
        match machine.control_of(text):
            case Control.LATER:
                return later(session, asker, at, now)
            case Control.BACK:
                turn = Turn(machine.go_back(desk.filling, desk.matter.base))
            case None:
                turn = machine.hear(desk.filling, desk.matter.base, text)
        return say(keep(session, asker, desk.matter, turn, now))

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which the report stands."""
        return fill(session, asker, row.draft[OBLIGATION], now)


REPORT = dialogs.register_flow(_Conversation())
