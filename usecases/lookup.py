"""Looking a project up by what somebody types of its name: the card, or a list to tap."""

import datetime as dtm
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.asking import Lookup
from db.tables.people import Region
from db.tables.programme import Project
from domain.access import Action, Reach
from domain.periods import Period, split_as_at
from domain.search import Answer, Certainty, Evidence
from domain.vocabulary import PlanCategory
from templates.linking import HowToLink
from templates.lookup import (
    AskForName,
    CategoryCount,
    HitCategories,
    HitLine,
    HitList,
    HitRegions,
    Narrowing,
    NearestHits,
    NothingFound,
    RegionCount,
)
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from usecases.answers import Answers, in_place, say
from usecases.asked import Wanted
from usecases.asker import Asker
from usecases.listings import listings_of, local_day, of_year
from usecases.name_index import name_index
from usecases.paging import page_of
from usecases.status import card

HITS_A_PAGE = 6
REGIONS_A_PAGE = 8
MOST_HITS = 400
NEAREST_SHOWN = 5
_LONGEST_QUERY = 256
_SURE = (Evidence.EXACT, Evidence.CODE)


@dataclass(frozen=True, slots=True)
class ListPage:
    """A page, counted from 0, of the hits of a question asked earlier, narrowed down."""

    lookup_id: int
    narrowing: Narrowing
    page: int = 0


@dataclass(frozen=True, slots=True)
class _Hit:
    """A project found, with what the hits are listed and narrowed by."""

    line: HitLine
    region_id: int | None

    def fits(self, narrowing: Narrowing) -> bool:
        of_category = narrowing.category in (None, self.line.category)
        return of_category and narrowing.region_id in (None, self.region_id)


def look_up(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Answers:
    """What the words mean: the card of the one project, a list, the nearest, or how to ask."""
    if asker.contact is None:
        return say(HowToLink())
    if asker.reach(Action.READ_CARD) is Reach.NONE:
        return say(NotYours())
    today = local_day(asker.voice.zone, now)
    query, as_at, answer = _understood(session, _readable(text), today)
    if not query:
        return say(AskForName())
    return say(_told(session, asker, query, as_at, answer, now))


def show_hits(session: Session, asker: Asker, wanted: ListPage, now: dtm.datetime) -> Answers:
    """The pressed list becomes another page of it, or shows only some of the hits."""
    lookup = _own_lookup(session, asker, wanted.lookup_id)
    if lookup is None:
        return say(StaleButton())
    hits = _hits_again(session, asker, lookup, now)
    return in_place(_list(session, lookup, hits, wanted))


def show_categories(session: Session, asker: Asker, wanted: ListPage, now: dtm.datetime) -> Answers:
    """The pressed list becomes a choice among the categories of its hits."""
    lookup = _own_lookup(session, asker, wanted.lookup_id)
    if lookup is None:
        return say(StaleButton())
    hits = _hits_again(session, asker, lookup, now)
    counts = Counter(hit.line.category for hit in hits if hit.fits(wanted.narrowing))
    categories = tuple(CategoryCount(one, counts[one]) for one in PlanCategory if counts[one])
    return in_place(HitCategories(lookup.id, lookup.query, categories, wanted.narrowing))


def show_regions(session: Session, asker: Asker, wanted: ListPage, now: dtm.datetime) -> Answers:
    """The pressed list becomes a choice among the regions of its hits, the most frequent first."""
    lookup = _own_lookup(session, asker, wanted.lookup_id)
    if lookup is None:
        return say(StaleButton())
    hits = _hits_again(session, asker, lookup, now)
    counts = Counter(hit.region_id for hit in hits if hit.fits(wanted.narrowing))
    names = select(Region.id, Region.name).where(col(Region.id).in_([one for one in counts if one]))
    regions = [RegionCount(key, name, counts[key]) for key, name in session.exec(names)]
    regions.sort(key=lambda one: (-one.count, one.region_id))
    page = page_of(regions, wanted.page, REGIONS_A_PAGE)
    message = HitRegions(
        lookup.id, lookup.query, page.items, page.number, page.count, wanted.narrowing
    )
    return in_place(message)


def _understood(session: Session, text: str, today: dtm.date) -> tuple[str, Period | None, Answer]:
    """The words, the month they ask about, what they find: a project called so is no month."""
    index = name_index(session)
    whole = index.find(text, MOST_HITS)
    if whole.kind is Certainty.ONE and whole.hits[0].how in _SURE:
        return text, None, whole
    query, as_at = split_as_at(text, today)
    if as_at is None:
        return text, None, whole
    return query, as_at if as_at <= Period.of(today) else None, index.find(query, MOST_HITS)


def _told(
    session: Session,
    asker: Asker,
    query: str,
    as_at: Period | None,
    answer: Answer,
    now: dtm.datetime,
) -> Message:
    ids = [hit.key for hit in answer.hits]
    match answer.kind:
        case Certainty.ONE:
            return card(session, asker, Wanted(ids[0], as_at), now)
        case Certainty.SEVERAL:
            lookup = _kept(session, asker, query, as_at, now)
            hits = _hits(session, ids, local_day(asker.voice.zone, now).year)
            return _list(session, lookup, hits, ListPage(lookup.id, Narrowing()))
        case Certainty.NEAREST:
            nearest = _hits(session, ids[:NEAREST_SHOWN], local_day(asker.voice.zone, now).year)
            return NearestHits(query, tuple(hit.line for hit in nearest), as_at)
        case Certainty.NOTHING:
            return NothingFound(query)


def _kept(
    session: Session, asker: Asker, query: str, as_at: Period | None, now: dtm.datetime
) -> Lookup:
    row = Lookup(contact_id=asker.contact_id, query=query, as_at=str(as_at or ""), asked_at=now)
    session.add(row)
    session.flush()
    return row


def _own_lookup(session: Session, asker: Asker, lookup_id: int) -> Lookup | None:
    """The question asked earlier, if this person asked it and may still have the answer."""
    row = session.get(Lookup, lookup_id)
    if row is None or asker.contact is None or row.contact_id != asker.contact.id:
        return None
    return None if asker.reach(Action.READ_CARD) is Reach.NONE else row


def _hits_again(
    session: Session, asker: Asker, lookup: Lookup, now: dtm.datetime
) -> Sequence[_Hit]:
    ids = [hit.key for hit in name_index(session).find(lookup.query, MOST_HITS).hits]
    return _hits(session, ids, local_day(asker.voice.zone, now).year)


def _hits(session: Session, project_ids: Sequence[int], year: int) -> list[_Hit]:
    """The projects found, in the order found, as the year's listings have them."""
    rows = session.exec(select(Project).where(col(Project.id).in_(project_ids)))
    projects = {row.id: row for row in rows}
    listings = listings_of(session, project_ids)
    hits = []
    for project in (projects[one] for one in project_ids if one in projects):
        first = next(iter(of_year(listings.get(project.id, ()), year)), None)
        category = first.listing.plan_category if first else None
        line = HitLine(project.id, project.name, category, bool(first and not first.is_active))
        hits.append(_Hit(line, project.region_id))
    return hits


def _list(session: Session, lookup: Lookup, hits: Sequence[_Hit], wanted: ListPage) -> HitList:
    narrowing = wanted.narrowing
    fitting = [hit.line for hit in hits if hit.fits(narrowing)]
    page = page_of(fitting, wanted.page, HITS_A_PAGE)
    region = session.get(Region, narrowing.region_id) if narrowing.region_id else None
    return HitList(
        lookup_id=lookup.id,
        query=lookup.query,
        hits=page.items,
        total=len(fitting),
        first=page.number * HITS_A_PAGE + 1,
        page=page.number,
        pages=page.count,
        narrowing=narrowing,
        region=region.name if region else "",
        as_at=Period.parse(lookup.as_at) if lookup.as_at else None,
        is_cut=len(hits) >= MOST_HITS and narrowing.is_any,
    )


def _readable(text: str) -> str:
    """The words on one line, as much of them as is looked for, without what cannot be shown."""
    line = " ".join(text.split())[:_LONGEST_QUERY]
    return "".join(sign for sign in line if sign.isprintable()).strip()
