"""Deadlines that were missed, and items stuck so often that the next higher level takes them up."""

import datetime as dtm
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem, ItemEntry
from db.tables.people import Contact
from db.tables.speech import Notice, Urgency
from domain.items.deadline import is_stuck
from domain.items.machine import ItemAct, level_above
from domain.vocabulary import Level
from templates.item_alerts import ItemsMovedUp, MovedLine
from usecases.items.alerts import LINES_SHOWN
from usecases.items.book import Item, items_of, note
from usecases.items.timing import Pressed
from usecases.notices import Composed, Occasion, Subject, notify_office, register

ITEM = "coordination_item"


def note_missed(session: Session, late: Collection[Pressed], now: dtm.datetime) -> None:
    """Each missed deadline stands in the thread once; who is stuck moves up (分层解决)."""
    threads = _threads(session, [one.item.id for one in late])
    for one in late:
        known = threads[one.item.id]
        if any(entry.decision_id == one.id and entry.due_at == one.row.due_at for entry in known):
            continue
        note(session, one.item, ItemAct.DEADLINE_MISSED, now, due_at=one.row.due_at)
        if is_stuck([*(entry.act for entry in known), ItemAct.DEADLINE_MISSED]):
            _move_up(session, one.item, now)


def _move_up(session: Session, item: Item, now: dtm.datetime) -> None:
    """The next higher level's meetings speak of it; the highest one's go on, and see it marked."""
    above = level_above(item.row.level)
    entry = note(session, item, ItemAct.MOVED_UP, now)
    item.row.level = above or item.row.level
    session.add(item.row)
    level = above.value if above else None
    notify_office(session, ITEM_MOVED_UP, Subject(ITEM, item.id, str(entry.id)), now, level=level)


def _threads(session: Session, item_ids: Collection[int]) -> Mapping[int, list[ItemEntry]]:
    """What was missed and moved of each item, in the order of time."""
    acts = (ItemAct.DEADLINE_MISSED, ItemAct.MOVED_UP)
    query = (
        select(ItemEntry)
        .where(col(ItemEntry.item_id).in_(item_ids), col(ItemEntry.act).in_(acts))
        .order_by(col(ItemEntry.at), col(ItemEntry.id))
    )
    found: defaultdict[int, list[ItemEntry]] = defaultdict(list)
    for entry in session.exec(query):
        found[entry.item_id].append(entry)
    return found


def _compose(
    session: Session, _contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """Those that are still open."""
    levels = {notice.subject_id: notice.details["level"] for notice in notices}
    query = select(CoordinationItem).where(col(CoordinationItem.id).in_(levels))
    rows = session.exec(query.order_by(col(CoordinationItem.id))).all()
    still = [one for one in items_of(session, rows, now) if one.is_open]
    if not still:
        return Composed(None)
    lines = tuple(_line(one, levels[one.id]) for one in still[:LINES_SHOWN])
    ids = {one.id for one in still}
    told = frozenset(notice.id for notice in notices if notice.subject_id in ids)
    return Composed(ItemsMovedUp(lines, len(still[LINES_SHOWN:])), told)


def _line(one: Item, level: str | None) -> MovedLine:
    return MovedLine(one.id, one.project.name, one.row.text, Level(level) if level else None)


ITEM_MOVED_UP = register(Occasion("item_moved_up", Urgency.ROUTINE, _compose))
