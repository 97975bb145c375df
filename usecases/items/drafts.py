"""Drafted decisions: those of a meeting in the order of its minutes, and how each is shown."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, func, select

from db.tables.items import CoordinationItem, Decision, DecisionState
from db.tables.people import Contact
from domain.chain import Roster, Rung
from domain.timetable import Timetable
from templates.deciding import DraftedLine
from usecases.chain import load_roster
from usecases.items.book import Decided, Item, decided_all, items_of
from usecases.items.people import place_of, seat_of
from usecases.policies import timetable


def usual_due_at(rules: Timetable, now: dtm.datetime) -> dtm.datetime:
    """When a decision given out now is due unless a day was named (限时办结)."""
    days = rules.policy.meetings.decision_working_days
    return due_on(rules, rules.calendar.add_working_days(rules.local_day(now), days))


def due_on(rules: Timetable, day: dtm.date) -> dtm.datetime:
    """The instant at which something is due on a day: when reports are."""
    return rules.instant(day, rules.policy.reporting.time)


def has_own_day(decision: Decision) -> bool:
    """Whether a day was named for a draft: until then it is due the instant it was recorded."""
    return decision.due_at != decision.recorded_at


def drafts_of(session: Session, meeting_id: int) -> list[Decided]:
    """What a meeting decided and was not given out yet, in the order in which it was recorded."""
    query = select(Decision).where(
        Decision.meeting_id == meeting_id, Decision.state == DecisionState.DRAFT
    )
    return decided_all(session, session.exec(query.order_by(col(Decision.id))).all())


def draft_count(session: Session, meeting_id: int) -> int:
    """How many of a meeting's decisions wait to be given out."""
    query = select(func.count()).where(
        Decision.meeting_id == meeting_id, Decision.state == DecisionState.DRAFT
    )
    return session.exec(query).one()


def next_article(session: Session, meeting_id: int) -> int:
    """The first number that no article of the meeting's minutes has."""
    query = select(func.max(Decision.article)).where(Decision.meeting_id == meeting_id)
    return (session.exec(query).one() or 0) + 1


def items_decided(
    session: Session, drafts: Sequence[Decided], now: dtm.datetime
) -> dict[int, Item]:
    """The items these are about, by their ids."""
    ids = {draft.row.item_id for draft in drafts}
    rows = session.exec(select(CoordinationItem).where(col(CoordinationItem.id).in_(ids))).all()
    return {one.id: one for one in items_of(session, rows, now)}


def lines_of(
    session: Session, drafts: Sequence[Decided], now: dtm.datetime
) -> tuple[DraftedLine, ...]:
    """These decisions as they are shown, with whom to phone where the liaison cannot be told."""
    items = items_decided(session, drafts, now)
    places = [place_of(items[draft.row.item_id], draft) for draft in drafts]
    roster, rules = load_roster(session, now, places), timetable(session)
    return tuple(
        _line(session, roster, rules, (items[draft.row.item_id], draft), now) for draft in drafts
    )


def _line(
    session: Session,
    roster: Roster,
    rules: Timetable,
    about: tuple[Item, Decided],
    now: dtm.datetime,
) -> DraftedLine:
    item, decided = about
    row = decided.row
    is_default = row.state is DecisionState.DRAFT and not has_own_day(row)
    seat = seat_of(roster, item, decided, Rung.REVIEWER)
    holder = seat.acting_id or seat.holder_id
    person = session.get(Contact, holder) if seat.gap and holder else None
    return DraftedLine(
        decision_id=row.id,
        item_id=item.id,
        project=item.project.name,
        text=row.text,
        unit=decided.unit.name,
        due_at=usual_due_at(rules, now) if is_default else row.due_at,
        supporting=tuple(unit.name for unit in decided.supporting),
        is_default=is_default,
        is_past=row.state is DecisionState.DRAFT and not is_default and row.due_at <= now,
        is_withdrawn=item.is_withdrawn,
        article=row.article,
        gap=seat.gap,
        person=person.name if person else "",
        phone=(person.phone or "") if person else "",
    )
