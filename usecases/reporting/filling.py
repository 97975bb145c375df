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
from domain.reporting.filling import Filling, Step, awaited
from domain.reporting.turns import Choice, Control, Turn
from templates.message import Message
from templates.reporting import (
    DraftHeld,
    DraftKept,
    ReportCard,
    ReportNotOpen,
    ReportQuestion,
)
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.reporting import taking_over
from usecases.reporting.cards import card_of, figures_of, head_of
from usecases.reporting.matters import Matter, Obstacle, draft_of, is_corrected, newest_report
from usecases.reporting.questions import question_of
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
        draft.holder_id, draft.source_note = asker.contact_id, ""
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


def show_card(session: Session, asker: Asker, obligation_id: int, now: dtm.datetime) -> Answers:
    """Back to the card, or to the first question that still waits."""
    desk = desk_of(session, asker, obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    step = awaited(desk.filling, desk.matter.base)
    turn = Turn(replace(desk.filling, step=step))
    return in_place(keep(session, asker, desk.matter, turn, now))


def open_matter(
    session: Session, asker: Asker, obligation_id: int, now: dtm.datetime
) -> Matter | Message:
    """A matter the asker may fill in now, or the message that says why not."""
    matter = entitled_matter(session, asker, Action.REPORT, obligation_id, now)
    if isinstance(matter, Message) or matter.obstacle is None:
        return matter
    if matter.obstacle is Obstacle.ACCEPTED and is_corrected(session, obligation_id):
        return matter
    draft, report = draft_of(session, obligation_id), newest_report(session, obligation_id)
    waiting = matter.obstacle is Obstacle.SUBMITTED
    return ReportNotOpen(
        head_of(matter),
        matter.obstacle,
        kept=figures_of(matter, Filling.of_data(draft.content)) if draft else None,
        may_correct=matter.obstacle in (Obstacle.ACCEPTED, Obstacle.CLOSED),
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
    return question_of(session, matter, turn)


def outdated(session: Session, asker: Asker, desk: Desk, now: dtm.datetime) -> Answers:
    """A button that is not on offer any more changes nothing: what is asked now is asked again."""
    message = keep(session, asker, desk.matter, Turn(desk.filling), now)
    return say(replace(message, is_stale=True))


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
