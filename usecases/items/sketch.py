"""A decision while it is being recorded: what is known of it, and writing it down as a draft."""

import datetime as dtm
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, Decision, DecisionState, DecisionSupport
from db.tables.meetings import AgendaItem, Meeting
from db.tables.programme import Project
from db.tables.reporting import Problem
from domain.items.machine import OPEN, ItemAct
from domain.vocabulary import Level, ProblemKind
from templates.render import name_of
from usecases.asker import Asker, voice_of
from usecases.items.book import Decided, Item, claimed, decided_all, item, note
from usecases.items.drafts import due_on, has_own_day
from usecases.listings import listings_of
from usecases.meetings.scope import own_level
from usecases.policies import timetable


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of a decision so far; it waits in the conversation's row.

    `unit_words` and `support_words` name units that are not clear yet; `due` is an ISO date.
    """

    project_id: int = 0
    meeting_id: int | None = None
    agenda_id: int | None = None
    item_id: int | None = None
    decision_id: int | None = None
    text: str = ""
    unit_id: int | None = None
    unit_words: str = ""
    supporting: tuple[int, ...] = ()
    support_words: tuple[str, ...] = ()
    due: str = ""
    is_sure: bool = False

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Self:
        """The sketch that was kept in a row."""
        lists = {name: tuple(kept.get(name, ())) for name in ("supporting", "support_words")}
        return cls(**{**kept, **lists})

    def kept(self) -> dict[str, Any]:
        """The sketch as a row keeps it."""
        return asdict(self)

    @property
    def due_day(self) -> dtm.date | None:
        """The day that was named, if one was."""
        return dtm.date.fromisoformat(self.due) if self.due else None


def sketch_of(session: Session, decided: Decided) -> Sketch:
    """A draft taken up again, to change a part of it."""
    row = decided.row
    own_day = timetable(session).local_day(row.due_at) if has_own_day(row) else None
    return Sketch(
        project_id=session.get_one(CoordinationItem, row.item_id).project_id,
        meeting_id=row.meeting_id,
        item_id=row.item_id,
        decision_id=row.id,
        text=row.text,
        unit_id=decided.unit.id,
        supporting=tuple(unit.id for unit in decided.supporting),
        due=own_day.isoformat() if own_day else "",
        is_sure=True,
    )


def write_down(
    session: Session, asker: Asker, sketch: Sketch, now: dtm.datetime
) -> Decided | Item | None:
    """The draft, written or changed; its item where that came to an end; None for no draft."""
    row = draft(session, sketch.decision_id) if sketch.decision_id else None
    if sketch.decision_id and row is None:
        return None
    about = _item(session, asker, sketch, now)
    if not about.is_open:
        return about
    assert sketch.unit_id
    row = row or Decision(
        item_id=about.id,
        meeting_id=sketch.meeting_id,
        organisation_id=sketch.unit_id,
        recorded_by_id=asker.contact_id,
        recorded_at=now,
        due_at=now,
        text="",
    )
    day = sketch.due_day
    row.text, row.organisation_id = sketch.text, sketch.unit_id
    row.due_at = due_on(timetable(session), day) if day else row.recorded_at
    session.add(row)
    session.flush()
    _have_help(session, row, [one for one in sketch.supporting if one != sketch.unit_id])
    return decided_all(session, [row])[0]


def draft(session: Session, decision_id: int) -> Decision | None:
    """The decision, locked, while it is a draft."""
    query = select(Decision).where(Decision.id == decision_id).with_for_update()
    row = session.exec(query.execution_options(populate_existing=True)).one_or_none()
    return row if row and row.state is DecisionState.DRAFT else None


def open_item_of(session: Session, row: AgendaItem) -> int | None:
    """The item an agenda's line is about by now, if it has become one that is still open."""
    about = CoordinationItem.id == row.item_id
    if row.item_id is None:
        if row.problem_id is None:
            return None
        about = CoordinationItem.problem_id == row.problem_id
    query = select(CoordinationItem.id).where(about, col(CoordinationItem.state).in_(sorted(OPEN)))
    return session.exec(query.order_by(col(CoordinationItem.id))).first()


def _item(session: Session, asker: Asker, sketch: Sketch, now: dtm.datetime) -> Item:
    """The item that is decided on; what was none yet is raised with its decision.

    Who records a second decision on one item means something else to be done: that is an item of
    its own, for each has one decision in force.
    """
    line = session.get(AgendaItem, sketch.agenda_id or 0, with_for_update=True)
    known = sketch.item_id or (open_item_of(session, line) if line else None)
    found = claimed(session, known, now) if known else None
    if found and (sketch.decision_id or not _has_draft(session, found.id)):
        return found
    row = _another(found.row) if found else _first(session, sketch, line)
    row.level = found.row.level if found else _level(session, sketch, now)
    row.raised_by_id, row.raised_at = asker.contact_id, now
    return _raised(session, row, None if found else line, now)


def _has_draft(session: Session, item_id: int) -> bool:
    query = select(Decision.id).where(
        Decision.item_id == item_id, Decision.state == DecisionState.DRAFT
    )
    return session.exec(query).first() is not None


def _another(like: CoordinationItem) -> CoordinationItem:
    return CoordinationItem(project_id=like.project_id, kind=like.kind, text=like.text)


def _first(session: Session, sketch: Sketch, line: AgendaItem | None) -> CoordinationItem:
    """A problem's words, or why the project is spoken about, or what was decided itself."""
    if line and line.problem_id:
        problem = session.get_one(Problem, line.problem_id)
        return CoordinationItem(
            project_id=line.project_id,
            problem_id=problem.id,
            kind=problem.kind,
            text=problem.text,
        )
    text = name_of(line.topic, voice_of(session, None).language) if line else sketch.text
    return CoordinationItem(project_id=sketch.project_id, kind=ProblemKind.OTHER, text=text)


def _raised(
    session: Session, row: CoordinationItem, line: AgendaItem | None, now: dtm.datetime
) -> Item:
    session.add(row)
    session.flush()
    if line:
        line.item_id = row.id
        session.add(line)
    found = item(session, row.id, now)
    assert found
    note(session, found, ItemAct.RAISED, now, by_id=row.raised_by_id, text=row.text)
    return found


def _level(session: Session, sketch: Sketch, now: dtm.datetime) -> Level:
    """Whose matter it is: the meeting's level, else the lowest that lists the project."""
    if sketch.meeting_id:
        return session.get_one(Meeting, sketch.meeting_id).level
    listed = listings_of(session, [sketch.project_id]).get(sketch.project_id)
    levels = [one.programme.level for one in listed or ()]
    return max(levels, key=tuple(Level).index) if levels else own_level(session, now)


def _have_help(session: Session, row: Decision, unit_ids: list[int]) -> None:
    known = select(DecisionSupport).where(DecisionSupport.decision_id == row.id)
    for one in session.exec(known):
        session.delete(one)
    session.flush()
    session.add_all(
        DecisionSupport(decision_id=row.id, organisation_id=unit_id, position=position)
        for position, unit_id in enumerate(unit_ids, start=1)
    )
    session.flush()


def project_name(session: Session, sketch: Sketch) -> str:
    """The project that is decided on."""
    return session.get_one(Project, sketch.project_id).name
