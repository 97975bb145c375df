"""Changing a report before it is submitted: an answer again, an addition, or all of it dropped."""

import datetime as dtm

from sqlmodel import Session

from domain.reporting import machine
from domain.reporting.filling import Step, addable, path
from domain.reporting.turns import Turn
from templates.message import Message
from templates.office import StaleButton
from templates.reporting import DraftDropped, DropDraft, ReportFields
from usecases import audit, dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.reporting.cards import head_of
from usecases.reporting.filling import AtStep, Shown, desk_of, keep, outdated
from usecases.reporting.matters import draft_of
from usecases.reporting.photos import drop_photos


def edit(session: Session, asker: Asker, at: AtStep, now: dtm.datetime) -> Answers:
    """Answer one question again, or add what the dialog does not ask."""
    desk = desk_of(session, asker, at.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    steps, base = tuple(Step), desk.matter.base
    allowed = (*path(base), *addable(base))
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
    return in_place(ReportFields(head_of(desk.matter), addable(desk.matter.base)))


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
    drop_photos(session, shown.obligation_id)
    dialogs.end(session, asker)
    audit.record(session, asker, "report.draft_dropped", now, ("obligation", desk.matter.id))
    return in_place(DraftDropped(head_of(desk.matter)))
