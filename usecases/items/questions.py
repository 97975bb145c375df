"""What is asked of a decision that is being recorded, and what is odd about it."""

import datetime as dtm

from sqlmodel import Session

from db.tables.items import CoordinationItem
from db.tables.meetings import AgendaItem
from db.tables.programme import Project
from db.tables.reporting import Problem
from templates.deciding import (
    AskDecidedProject,
    AskDecidedUnit,
    AskDueDay,
    AskSupportingUnits,
    AskWording,
    DecisionOdd,
    Odd,
    Offer,
)
from templates.message import Message
from usecases.asker import office
from usecases.items.drafts import due_on
from usecases.items.sketch import Sketch, open_item_of, project_name
from usecases.items.unit_names import Meant, offered, unit_meant, units_by_id
from usecases.listings import listings_of, local_day, of_year
from usecases.meetings.book import called
from usecases.policies import timetable

PROJECT, WORDS, TEXT = "project", "words", "text"
UNIT, SUPPORT, DAY, SURE = "unit", "support", "day", "sure"


def question(
    session: Session, step: str, sketch: Sketch, now: dtm.datetime, problem: Offer | None = None
) -> Message:
    """The question of a step, above it what is known."""
    if step == PROJECT:
        return AskDecidedProject()
    project = project_name(session, sketch)
    working_days = timetable(session).policy.meetings.decision_working_days
    if step in (WORDS, TEXT):
        words, item_id = _raised(session, sketch)
        return AskWording(
            project, sketch.text or words, item_id, working_days, step == TEXT, problem
        )
    if step == DAY:
        return AskDueDay(project, sketch.text, working_days, problem)
    if step == UNIT:
        meant = _meant(session, sketch, sketch.unit_words)
        return AskDecidedUnit(project, sketch.text, sketch.unit_words, meant.problem, meant.likely)
    if step == SUPPORT:
        return _support(session, sketch, project)
    assert sketch.unit_id
    unit = units_by_id(session, [sketch.unit_id])[sketch.unit_id]
    due_at = due_on(timetable(session), sketch.due_day) if sketch.due_day else None
    return DecisionOdd(project, sketch.text, unit.name, odd(session, sketch, now), due_at)


def odd(session: Session, sketch: Sketch, now: dtm.datetime) -> tuple[Odd, ...]:
    """What about the decision is asked about once more."""
    rules, day = timetable(session), sketch.due_day
    found = []
    if day and due_on(rules, day) <= now:
        found.append(Odd.DAY_PAST)
    elif day and not rules.calendar.is_working_day(day):
        found.append(Odd.DAY_OFF)
    if not sketch.decision_id and _is_withdrawn(session, sketch, now):
        found.append(Odd.WITHDRAWN)
    return tuple(found)


def _support(session: Session, sketch: Sketch, project: str) -> AskSupportingUnits:
    said = sketch.support_words[0] if sketch.support_words else ""
    meant = _meant(session, sketch, said)
    known = units_by_id(session, sketch.supporting)
    kept = tuple(known[one].name for one in sketch.supporting)
    taken = {sketch.unit_id, *sketch.supporting}
    likely = tuple(one for one in meant.likely if one.unit_id not in taken)
    return AskSupportingUnits(project, sketch.text, kept, said, meant.problem, likely)


def _meant(session: Session, sketch: Sketch, said: str) -> Meant:
    near = _near(session, sketch)
    if said:
        return unit_meant(session, said, near)
    known = units_by_id(session, near)
    return Meant(likely=offered([known[one] for one in near]))


def _near(session: Session, sketch: Sketch) -> list[int]:
    """The units that have to do with the project, then those at the meeting."""
    listings = listings_of(session, [sketch.project_id]).get(sketch.project_id, ())
    meeting = called(session, sketch.meeting_id) if sketch.meeting_id else None
    ids = [unit.id for listed in listings for unit in listed.units]
    ids += [unit.organisation.id for unit in meeting.units] if meeting else []
    return list(dict.fromkeys(ids))


def _raised(session: Session, sketch: Sketch) -> tuple[str, int]:
    """The words of what is decided on, and its number, if it is an item already."""
    line = session.get(AgendaItem, sketch.agenda_id) if sketch.agenda_id else None
    item_id = sketch.item_id or (open_item_of(session, line) if line else None) or 0
    if found := session.get(CoordinationItem, item_id):
        return found.text, item_id
    problem = session.get(Problem, line.problem_id) if line and line.problem_id else None
    return (problem.text if problem else ""), 0


def _is_withdrawn(session: Session, sketch: Sketch, now: dtm.datetime) -> bool:
    project = session.get_one(Project, sketch.project_id)
    listings = listings_of(session, [project.id]).get(project.id, ())
    counting = of_year(listings, local_day(office(session).zone, now).year)
    return bool(counting) and not any(listed.is_active for listed in counting)
