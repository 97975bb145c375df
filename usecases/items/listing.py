"""/items: open coordination items within what the asker may read, narrowed down and counted."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.asking import Lookup
from db.tables.items import CoordinationItem
from db.tables.people import Organisation, Region
from db.tables.programme import Project
from domain.access import Action, Reach, ScopeKind, covers
from domain.items.machine import ItemState
from domain.items.narrowing import ItemFilter, filter_called, kind_called
from domain.people import comparable_name
from domain.search import Certainty
from domain.vocabulary import ProblemKind
from templates.item_lists import (
    ItemCounts,
    ItemLine,
    ItemList,
    ItemRegions,
    KindCount,
    RegionItems,
)
from templates.message import Message
from templates.office import StaleButton
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.items.book import Item, items_of
from usecases.items.open_items import head_of, is_open
from usecases.items.ways import extensions_asked
from usecases.listings import local_day
from usecases.name_index import name_index
from usecases.paging import page_of
from usecases.rights import entitled
from usecases.standing import standing_in

ITEMS_A_PAGE = 8
REGIONS_A_PAGE = 8
MOST_HITS = 400
LONGEST_WORDS = 100
_WITH_OFFICE = frozenset({ItemState.RAISED, ItemState.REFUSED, ItemState.DONE})
_KINDS = tuple(ProblemKind)


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A page, counted from 0, of the items a filter leaves; `arg` is its kind's place in the list
    of kinds, or the id of its region, project or of the words asked for."""

    what: int
    arg: int = 0
    page: int = 0


@entitled(Action.READ_ITEM)
def items_called(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Answers:
    """/items, alone or with words: a filter, a kind, a region, or names of projects."""
    return say(_list(session, asker, _meant(session, asker, text, now), now))


@entitled(Action.READ_ITEM)
def show_list(session: Session, asker: Asker, wanted: Narrowed, now: dtm.datetime) -> Answers:
    """The pressed message becomes this list."""
    return in_place(_list(session, asker, wanted, now))


@entitled(Action.READ_ITEM)
def show_counts(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The pressed list becomes counts by kind: raised, closed out, overdue."""
    every = _readable(session, asker, now, only_open=False)
    kinds = tuple(
        KindCount(
            kind,
            raised=len(group),
            closed=sum(one.row.state is ItemState.CLOSED_OUT for one in group),
            overdue=sum(one.is_overdue(now) for one in group),
            open=sum(one.is_open for one in group),
        )
        for kind in _KINDS
        if (group := [one for one in every if one.row.kind is kind])
    )
    return in_place(ItemCounts(kinds, local_day(asker.voice.zone, now)))


@entitled(Action.READ_ITEM)
def show_regions(session: Session, asker: Asker, page: int, now: dtm.datetime) -> Answers:
    """The pressed list becomes a choice among the regions of its items."""
    items = _readable(session, asker, now)
    counts = Counter(one.project.region_id for one in items if one.project.region_id)
    names = select(Region.id, Region.name).where(col(Region.id).in_(counts))
    regions = [RegionItems(key, name, counts[key]) for key, name in session.exec(names)]
    regions.sort(key=lambda one: (-one.count, one.region_id))
    shown = page_of(regions, page, REGIONS_A_PAGE)
    return in_place(ItemRegions(shown.items, shown.number, shown.count))


def _meant(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Narrowed:
    words = " ".join(text.split())[:LONGEST_WORDS]
    if not words:
        return Narrowed(ItemFilter.OPEN.number)
    if what := filter_called(words):
        return Narrowed(what.number)
    if kind := kind_called(words):
        return Narrowed(ItemFilter.KIND.number, _KINDS.index(kind))
    if region_id := _region_called(session, words):
        return Narrowed(ItemFilter.REGION.number, region_id)
    # A button carries ids only: what was asked is kept under one, as it is for projects.
    row = Lookup(contact_id=asker.contact_id, query=words, as_at="", asked_at=now)
    session.add(row)
    session.flush()
    return Narrowed(ItemFilter.WORDS.number, row.id)


def _region_called(session: Session, words: str) -> int | None:
    """The region that is called so, with or without what it is: 柳江 or 柳江区."""
    wanted = comparable_name(words)
    regions = session.exec(select(Region.id, Region.name).order_by(col(Region.id))).all()
    names = {key: comparable_name(name) for key, name in regions}
    near = [key for key, name in names.items() if wanted in (name, name[:-1])]
    return near[0] if len(near) == 1 else None


def _list(session: Session, asker: Asker, wanted: Narrowed, now: dtm.datetime) -> Message:
    filters = tuple(ItemFilter)
    if not 0 <= wanted.what < len(filters):
        return StaleButton()
    what = filters[wanted.what]
    narrowing = _narrowing(session, asker, what, wanted.arg)
    if narrowing is None:
        return StaleButton()
    items = _readable(session, asker, now, only_open=what is not ItemFilter.PROJECT)
    mine = _mine(session, asker, items, now)
    found = [one for one in items if _fits(one, narrowing, mine, now)]
    page = page_of(sorted(found, key=lambda one: _urgency(one, now)), wanted.page, ITEMS_A_PAGE)
    asked_of = _asked_of(session, page.items)
    return ItemList(
        what=what,
        arg=wanted.arg,
        name=narrowing.name,
        of_kind=narrowing.kind,
        lines=tuple(_line(one, asked_of, now) for one in page.items),
        total=len(found),
        page=page.number,
        pages=page.count,
        mine=len(mine),
        overdue=sum(one.is_overdue(now) for one in items),
    )


@dataclass(frozen=True, slots=True)
class _Narrowing:
    """What a filter leaves, once it is known what its argument stands for."""

    what: ItemFilter
    name: str = ""
    kind: ProblemKind | None = None
    region_id: int | None = None
    project_ids: frozenset[int] = frozenset()


def _narrowing(session: Session, asker: Asker, what: ItemFilter, arg: int) -> _Narrowing | None:
    """What the argument stands for; None where nothing has this number, or not for this person."""
    match what:
        case ItemFilter.KIND:
            return _Narrowing(what, kind=_KINDS[arg]) if 0 <= arg < len(_KINDS) else None
        case ItemFilter.REGION:
            region = session.get(Region, arg)
            return _Narrowing(what, region.name, region_id=region.id) if region else None
        case ItemFilter.PROJECT:
            project = session.get(Project, arg)
            ids = frozenset({arg})
            return _Narrowing(what, project.name, project_ids=ids) if project else None
        case ItemFilter.WORDS:
            row = session.get(Lookup, arg)
            if row is None or row.contact_id != asker.contact_id:
                return None
            return _Narrowing(what, row.query, project_ids=_projects(session, row.query))
    return _Narrowing(what)


def _projects(session: Session, words: str) -> frozenset[int]:
    answer = name_index(session).find(words, MOST_HITS)
    sure = answer.kind in (Certainty.ONE, Certainty.SEVERAL)
    return frozenset(hit.key for hit in answer.hits) if sure else frozenset()


def _fits(item: Item, narrowing: _Narrowing, mine: frozenset[int], now: dtm.datetime) -> bool:
    match narrowing.what:
        case ItemFilter.OPEN:
            return True
        case ItemFilter.MINE:
            return item.id in mine
        case ItemFilter.OVERDUE:
            return item.is_overdue(now)
        case ItemFilter.KIND:
            return item.row.kind is narrowing.kind
        case ItemFilter.REGION:
            return item.project.region_id == narrowing.region_id
    return item.project.id in narrowing.project_ids


def _readable(
    session: Session, asker: Asker, now: dtm.datetime, *, only_open: bool = True
) -> list[Item]:
    """The items this asker may read, by number."""
    query = select(CoordinationItem).order_by(col(CoordinationItem.id))
    if only_open:
        query = query.where(is_open())
    acting = standing_in(session, asker, now)
    items = items_of(session, session.exec(query).all(), now)
    return [one for one in items if acting.may(Action.READ_ITEM, one.ground)]


def _mine(
    session: Session, asker: Asker, items: Sequence[Item], now: dtm.datetime
) -> frozenset[int]:
    """The items whose unit's person this is, or that wait for the office, where this is it."""
    acting = standing_in(session, asker, now)
    is_office = acting.reach(Action.DECIDE_ITEM) is not Reach.NONE
    units = {one.scope_id for one in acting.grants if one.scope_kind is ScopeKind.ORGANISATION}
    asked = extensions_asked(session, items) if is_office else {}
    own = [one for one in acting.grants if one.scope_kind is not ScopeKind.ALL]
    return frozenset(
        one.id
        for one in items
        if one.is_open
        and (
            (is_office and (one.row.state in _WITH_OFFICE or one.id in asked))
            or one.row.asked_of_id in units
            or one.row.raised_by_id == asker.contact_id
            or (one.decided and any(covers(grant, one.unit_ground) for grant in own))
        )
    )


def _urgency(item: Item, now: dtm.datetime) -> tuple[bool, bool, float, int]:
    """What is overdue first, then what is due first, then what waits for a meeting; ended last."""
    due = item.decided.row.due_at.timestamp() if item.decided else float("inf")
    return not item.is_open, not item.is_overdue(now), due, item.id


def _line(item: Item, asked_of: dict[int, str], now: dtm.datetime) -> ItemLine:
    unit = item.decided.unit.name if item.decided else asked_of.get(item.row.asked_of_id or 0, "")
    due_at = item.decided.row.due_at if item.decided and item.is_open else None
    return ItemLine(head_of(item), item.row.state, unit, due_at, item.is_overdue(now))


def _asked_of(session: Session, items: Sequence[Item]) -> dict[int, str]:
    ids = {one.row.asked_of_id for one in items}
    query = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(ids))
    return dict(session.exec(query).all())
