"""An item as one readable thread: what is asked, what was decided, all that happened since."""

import datetime as dtm
from collections.abc import Iterator, Sequence

from sqlmodel import Session, col, func, select

from db.tables.items import ItemEntry, ItemEvidence
from db.tables.people import Contact, Organisation
from domain.access import Action
from domain.items.machine import ItemAct, ItemState
from domain.items.numbers import item_number
from templates.items import AskItemNumber, DecisionLines, EntryLine, ItemCard, ItemUnknown
from templates.linking import HowToLink
from templates.message import Message
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items.book import Decided, Item, item, thread
from usecases.items.open_items import head_of
from usecases.items.ways import ways_of
from usecases.meetings.book import called
from usecases.paging import Page, page_of_thread
from usecases.rights import entitled
from usecases.standing import standing_in

ENTRIES_A_PAGE = 8
NEWEST = 10**6
"""A page behind any there is: the last one."""


@entitled(Action.READ_ITEM)
def show_called(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Answers:
    """/item 12: the thread of the item these words name."""
    number = item_number(text)
    if number is None:
        return say(AskItemNumber())
    return show(session, asker, number, now)


def show(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """The item's thread as a new message, at its newest entries."""
    return say(_card(session, asker, item_id, NEWEST, now))


def turn(session: Session, asker: Asker, wanted: tuple[int, int], now: dtm.datetime) -> Answers:
    """The pressed thread shows another page of its entries."""
    return in_place(_card(session, asker, *wanted, now))


def item_for(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Item | Message:
    """The item, if this asker may read it; no difference is made between what is not there and
    what is not theirs."""
    if asker.contact is None:
        return HowToLink()
    found = item(session, item_id, now)
    acting = standing_in(session, asker, now)
    if found is None or not acting.may(Action.READ_ITEM, found.ground):
        return ItemUnknown(item_id)
    return found


def may_word(session: Session, asker: Asker, item: Item, now: dtm.datetime) -> bool:
    """Whether this person may put the item in other words now: its raiser, or the office."""
    acting = standing_in(session, asker, now)
    is_own = item.row.raised_by_id == asker.contact_id
    action = Action.RAISE_ITEM if is_own else Action.DECIDE_ITEM
    return item.row.state is ItemState.RAISED and acting.may(action, item.ground)


def _card(session: Session, asker: Asker, item_id: int, page: int, now: dtm.datetime) -> Message:
    found = item_for(session, asker, item_id, now)
    if isinstance(found, Message):
        return found
    row = found.row
    entries = page_of_thread(thread(session, item_id), page, ENTRIES_A_PAGE)
    return ItemCard(
        head=head_of(found),
        level=row.level,
        state=row.state,
        asked_of=_unit(session, row.asked_of_id),
        decision=_decision(session, found, found.decided, now) if found.decided else None,
        entries=tuple(_lines(session, found, entries)),
        evidence=_evidence_count(session, item_id),
        page=entries.number,
        pages=entries.count,
        may_word=may_word(session, asker, found, now),
        ways=ways_of(session, asker, found, now),
        is_withdrawn=found.is_withdrawn,
    )


def _decision(session: Session, item: Item, decided: Decided, now: dtm.datetime) -> DecisionLines:
    row = decided.row
    meeting = called(session, row.meeting_id) if row.meeting_id else None
    return DecisionLines(
        text=row.text,
        unit=decided.unit.name,
        supporting=tuple(unit.name for unit in decided.supporting),
        due_at=row.due_at,
        is_overdue=item.is_overdue(now),
        meeting=meeting.head if meeting else None,
        article=row.article,
    )


def _lines(session: Session, item: Item, page: Page[ItemEntry]) -> Iterator[EntryLine]:
    people = _people(session, page.items)
    for entry in page.items:
        name, unit = people.get(entry.by_id or 0, ("", ""))
        # What is asked stands above; only words it had before are worth a second reading.
        is_known = entry.act is ItemAct.RAISED and entry.text == item.row.text
        yield EntryLine(
            entry.at, entry.act, name, unit, "" if is_known else entry.text, entry.due_at
        )


def _people(session: Session, entries: Sequence[ItemEntry]) -> dict[int, tuple[str, str]]:
    """The name and unit of everybody who did something."""
    query = (
        select(Contact.id, Contact.name, Organisation.name)
        .join(Organisation, col(Organisation.id) == col(Contact.organisation_id), isouter=True)
        .where(col(Contact.id).in_({entry.by_id for entry in entries}))
    )
    return {key: (name, unit or "") for key, name, unit in session.exec(query)}


def _evidence_count(session: Session, item_id: int) -> int:
    query = (
        select(func.count())
        .select_from(ItemEvidence)
        .join(ItemEntry, col(ItemEntry.id) == col(ItemEvidence.entry_id))
        .where(ItemEntry.item_id == item_id)
    )
    return session.exec(query).one()


def _unit(session: Session, unit_id: int | None) -> str:
    return session.get_one(Organisation, unit_id).name if unit_id is not None else ""
