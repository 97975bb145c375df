"""How an item stands, as it is shown, and what its reader may do with it next."""

import datetime as dtm
from collections.abc import Collection

from sqlmodel import Session, col, func, select

from db.tables.items import ItemEntry, ItemEvidence
from db.tables.people import Contact
from domain.access import Action, may
from domain.items.machine import WITH_UNIT, ItemAct
from domain.items.ways import ABOUT_EXTENSION, OF_UNIT, Way, offered
from domain.vocabulary import Role
from templates.item_answers import (
    DecisionHead,
    DecisionLine,
    DecisionStanding,
    Happened,
    Ways,
)
from usecases.asker import Asker
from usecases.items.book import Item
from usecases.people import unit_name
from usecases.standing import standing_in

# What a request for more time ends with.
_ENDS_REQUEST = (
    ItemAct.EXTENSION_ASKED,
    ItemAct.EXTENDED,
    ItemAct.EXTENSION_REFUSED,
    ItemAct.DONE,
    ItemAct.DECIDED,
)


def ways_of(session: Session, asker: Asker, item: Item, now: dtm.datetime) -> Ways:
    """What this asker may do with the item now, for the unit and as the office."""
    acting = standing_in(session, asker, now)
    answers, decides = is_of_unit(acting, item), acting.may(Action.DECIDE_ITEM, item.ground)
    ways = [way for way in offered(item.row.state) if (answers if way in OF_UNIT else decides)]
    if item.is_overdue(now):
        ways = [way for way in ways if way is not Way.EXTEND]
    request = extension_asked(session, item)
    if request is None:
        ways = [way for way in ways if way not in ABOUT_EXTENSION]
    return Ways(item.id, tuple(ways), request.id if request else 0)


def is_of_unit(acting: Asker, item: Item) -> bool:
    """Whether this is one of those who answer for the unit; the office may, but is not."""
    if item.decided is None:
        return False
    own = tuple(grant for grant in acting.grants if grant.role is not Role.COORDINATOR)
    return may(Action.ANSWER_DECISION, own, item.unit_ground)


def standing(session: Session, asker: Asker, item: Item, now: dtm.datetime) -> DecisionStanding:
    """The item as it stands, to this asker."""
    return DecisionStanding(line_of(session, item, ways_of(session, asker, item, now)))


def line_of(
    session: Session, item: Item, ways: Ways, entry: ItemEntry | None = None
) -> DecisionLine:
    """The item with this entry, or with what happened to it last."""
    last = entry or newest(session, item)
    return DecisionLine(
        head_of(item), item.row.state, happened_of(session, last) if last else None, ways
    )


def head_of(item: Item) -> DecisionHead:
    """Which item it is, with what was decided on it."""
    if item.decided is None:
        return DecisionHead(
            item.id, item.project.name, item.row.text, is_withdrawn=item.is_withdrawn
        )
    return DecisionHead(
        item.id,
        item.project.name,
        item.decided.row.text,
        item.decided.unit.name,
        item.decided.row.due_at,
        item.is_withdrawn,
    )


def happened_of(session: Session, entry: ItemEntry) -> Happened:
    """An entry of the thread as it is shown."""
    by = session.get_one(Contact, entry.by_id) if entry.by_id else None
    return Happened(
        entry.act,
        entry.at,
        by.name if by else "",
        unit_name(session, by) if by else "",
        entry.text,
        entry.due_at,
        evidence_count(session, entry),
    )


def evidence_count(session: Session, entry: ItemEntry) -> int:
    """How many photos and files came with this entry."""
    count = select(func.count()).where(ItemEvidence.entry_id == entry.id)
    return session.exec(count).one()


def newest(
    session: Session, item: Item, acts: Collection[ItemAct] = tuple(ItemAct)
) -> ItemEntry | None:
    """What happened to the item last, of these."""
    query = select(ItemEntry).where(ItemEntry.item_id == item.id, col(ItemEntry.act).in_(acts))
    return session.exec(query.order_by(col(ItemEntry.id).desc()).limit(1)).one_or_none()


def extension_asked(session: Session, item: Item) -> ItemEntry | None:
    """The unit's request for more time that waits for the office, if any; the newest counts."""
    return extensions_asked(session, [item]).get(item.id)


def extensions_asked(session: Session, items: Collection[Item]) -> dict[int, ItemEntry]:
    """The requests for more time that wait for the office, by the ids of their items."""
    ids = {item.id for item in items if item.row.state in WITH_UNIT}
    query = select(ItemEntry).where(
        col(ItemEntry.item_id).in_(ids), col(ItemEntry.act).in_(_ENDS_REQUEST)
    )
    last = {entry.item_id: entry for entry in session.exec(query.order_by(col(ItemEntry.id)))}
    return {key: one for key, one in last.items() if one.act is ItemAct.EXTENSION_ASKED}
