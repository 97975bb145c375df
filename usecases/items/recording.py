"""Recording what was decided (议定事项): on what, from the agenda, another project or a thread."""

import datetime as dtm
from dataclasses import dataclass, replace

from sqlmodel import Session, col, func, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.meetings import AgendaItem
from db.tables.programme import Project
from db.tables.reporting import Problem
from domain.access import Action
from domain.items.machine import ItemAct, may
from templates.deciding import ItemOver, MeetingNotBegun, RecordWhich, TopicLine
from templates.message import Message
from templates.office import StaleButton
from usecases import dialogs
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items.asking import RECORDING, ask_on, here, stand
from usecases.items.book import item
from usecases.items.draft_cards import card
from usecases.items.drafts import draft_count
from usecases.items.questions import PROJECT
from usecases.items.sketch import Sketch, open_item_of
from usecases.meetings import agenda
from usecases.meetings.book import Called, called
from usecases.paging import page_of
from usecases.rights import entitled

LINES_A_PAGE = 8


@dataclass(frozen=True, slots=True)
class Page:
    """A page of what a meeting speaks about."""

    meeting_id: int
    page: int = 0


@entitled(Action.DECIDE_ITEM)
def record(session: Session, asker: Asker, page: Page, now: dtm.datetime) -> Answers:
    """记录议定事项: on what was decided?"""
    meeting = begun(session, page.meeting_id, now)
    if isinstance(meeting, Message):
        return say(meeting)
    _stop_asking(session, asker)
    shown = page_of(_topics(session, meeting), page.page, LINES_A_PAGE)
    which = RecordWhich(
        meeting.head,
        shown.items,
        shown.number,
        shown.count,
        shown.number * LINES_A_PAGE + 1,
        draft_count(session, meeting.id),
    )
    return in_place(which)


@entitled(Action.DECIDE_ITEM)
def record_topic(session: Session, asker: Asker, agenda_id: int, now: dtm.datetime) -> Answers:
    """Something on the agenda: what is recorded on it already, else what was decided?"""
    line = session.get(AgendaItem, agenda_id)
    meeting = begun(session, line.meeting_id, now) if line else StaleButton()
    if line is None or isinstance(meeting, Message):
        return say(meeting if isinstance(meeting, Message) else StaleButton())
    item_id = open_item_of(session, line)
    if item_id and (drafted := _draft_on(session, item_id)):
        return say(card(session, drafted, now))
    sketch = Sketch(line.project_id, line.meeting_id, line.id, item_id)
    return ask_on(session, asker, sketch, now)


@entitled(Action.DECIDE_ITEM)
def record_item(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """A decision without a meeting (特殊情况随时协调), from the item's thread."""
    found = item(session, item_id, now)
    if found is None:
        return say(StaleButton())
    if not may(ItemAct.DECIDED, found.row.state):
        return say(ItemOver(found.id, found.project.name, found.row.state))
    if drafted := _draft_on(session, item_id):
        return say(card(session, drafted, now))
    sketch = Sketch(found.project.id, item_id=found.id)
    return ask_on(session, asker, sketch, now)


@entitled(Action.DECIDE_ITEM)
def record_other(session: Session, asker: Asker, meeting_id: int, now: dtm.datetime) -> Answers:
    """A project that is not on the agenda: which?"""
    meeting = begun(session, meeting_id, now)
    if isinstance(meeting, Message):
        return say(meeting)
    return stand(session, asker, PROJECT, Sketch(meeting_id=meeting_id), now)


@entitled(Action.DECIDE_ITEM)
def choose_project(session: Session, asker: Asker, project_id: int, now: dtm.datetime) -> Answers:
    """It is this one of those that were found."""
    sketch = here(session, asker, PROJECT)
    if sketch is None or session.get(Project, project_id) is None:
        return say(StaleButton())
    return ask_on(session, asker, replace(sketch, project_id=project_id), now)


def begun(session: Session, meeting_id: int, now: dtm.datetime) -> Called | Message:
    """The meeting, if it was held or is being held."""
    meeting = called(session, meeting_id)
    if meeting is None or not meeting.is_on:
        return StaleButton()
    return meeting if meeting.has_begun(now) else MeetingNotBegun(meeting.head)


def _draft_on(session: Session, item_id: int) -> Decision | None:
    query = select(Decision).where(
        Decision.item_id == item_id, Decision.state == DecisionState.DRAFT
    )
    return session.exec(query.order_by(col(Decision.id))).first()


def _topics(session: Session, meeting: Called) -> list[TopicLine]:
    rows = [row for row in agenda.items(session, meeting.id) if not row.left_out]
    names = _projects(session, {row.project_id for row in rows})
    drafts = _draft_counts(session, meeting.id)
    return [_topic(session, row, names[row.project_id], drafts) for row in rows]


def _topic(session: Session, row: AgendaItem, project: str, drafts: dict[int, int]) -> TopicLine:
    item_id = open_item_of(session, row) or 0
    about: CoordinationItem | Problem | None = (
        session.get(CoordinationItem, item_id)
        if item_id
        else session.get(Problem, row.problem_id or 0)
    )
    kind, words = (about.kind, about.text) if about else (None, "")
    return TopicLine(row.id, project, row.topic, kind, words, item_id, drafts.get(item_id, 0))


def _projects(session: Session, ids: set[int]) -> dict[int, str]:
    query = select(Project.id, Project.name).where(col(Project.id).in_(ids))
    return dict(session.exec(query).all())


def _draft_counts(session: Session, meeting_id: int) -> dict[int, int]:
    query = (
        select(Decision.item_id, func.count())
        .where(Decision.meeting_id == meeting_id, Decision.state == DecisionState.DRAFT)
        .group_by(col(Decision.item_id))
    )
    return dict(session.exec(query).all())


def _stop_asking(session: Session, asker: Asker) -> None:
    """Going back to the list ends the conversation."""
    row = dialogs.open_dialog(session, asker)
    if row is not None and row.kind == RECORDING.kind:
        dialogs.end(session, asker)
