"""Which items are open: of a problem, of a project; and how one is named in a line."""

import datetime as dtm
from collections.abc import Collection, Mapping
from typing import Any

from sqlmodel import Session, col, select

from db.tables.items import CoordinationItem
from domain.access import Action
from domain.items.machine import OPEN
from templates.items import ItemHead
from templates.status import ItemCount
from usecases.asker import Asker
from usecases.items.book import Item, items_of
from usecases.standing import standing_in


def head_of(item: Item) -> ItemHead:
    """The item as messages name it."""
    row = item.row
    return ItemHead(item.id, row.project_id, item.project.name, row.kind, row.text)


def is_open() -> Any:
    """The condition that an item has not come to its end."""
    return col(CoordinationItem.state).in_(sorted(OPEN))


def of_problems(session: Session, problem_ids: Collection[int]) -> Mapping[int, CoordinationItem]:
    """The open item that each of these problems has become, if it has."""
    query = select(CoordinationItem).where(
        col(CoordinationItem.problem_id).in_(problem_ids), is_open()
    )
    rows = session.exec(query.order_by(col(CoordinationItem.id)))
    return {row.problem_id: row for row in rows if row.problem_id is not None}


def ever_raised(session: Session, problem_ids: Collection[int]) -> set[int]:
    """Those of these problems that are or were an item."""
    query = select(CoordinationItem.problem_id).where(
        col(CoordinationItem.problem_id).in_(problem_ids)
    )
    return {one for one in session.exec(query) if one is not None}


def count_of(
    session: Session, asker: Asker, project_id: int, now: dtm.datetime
) -> ItemCount | None:
    """A project's open items as its card counts them: those this asker may read, if any."""
    query = select(CoordinationItem).where(CoordinationItem.project_id == project_id, is_open())
    rows = session.exec(query.order_by(col(CoordinationItem.id))).all()
    if not rows:
        return None
    acting = standing_in(session, asker, now)
    items = [
        one for one in items_of(session, rows, now) if acting.may(Action.READ_ITEM, one.ground)
    ]
    overdue = sum(one.is_overdue(now) for one in items)
    return ItemCount(len(items), overdue) if items else None
