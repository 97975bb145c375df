"""/overview: the programme added up for what the asker may see, down to the projects behind it."""

import datetime as dtm
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Organisation, Region
from domain.access import Action, Reach
from domain.overview import ANY, Dimension, Fact, grouped, most_behind_first, sums
from templates.documents.overview import ProjectRow, overview_workbook
from templates.documents.workbook import file_name
from templates.linking import HowToLink
from templates.message import Message
from templates.overview import (
    DIMENSIONS,
    GroupLine,
    GroupName,
    Header,
    NothingToOverview,
    Overview,
    OverviewProjects,
    OverviewTable,
    ProjectSum,
    Slice,
)
from templates.refusals import NotYours
from usecases.answers import Answers, Hand, in_place, say
from usecases.asker import Asker
from usecases.overview_facts import CATEGORIES, SECTORS, ProgrammeOfYear, programme_of_year
from usecases.paging import page_of
from usecases.stated_figures import stated_otherwise

GROUPS_A_PAGE = 8
PROJECTS_A_PAGE = 8
_NAMELESS = GroupName()

_Names = Mapping[tuple[Dimension, int], GroupName]


@dataclass(frozen=True, slots=True)
class Division:
    """A slice divided by a dimension; a page, counted from 0, of its groups."""

    slice: Slice
    dimension: Dimension
    page: int = 0


@dataclass(frozen=True, slots=True)
class SlicePage:
    """A page, counted from 0, of the projects of a slice."""

    slice: Slice
    page: int = 0


def overview(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The totals of the programme by category, as a new message."""
    told = _told(session, asker, None, now)
    if isinstance(told, Message):
        return say(told)
    return say(_divided(session, told, Division(Slice(told.level), Dimension.CATEGORY)))


def show_division(session: Session, asker: Asker, wanted: Division, now: dtm.datetime) -> Answers:
    """The pressed message becomes the slice, divided as wanted."""
    told = _told(session, asker, wanted.slice, now)
    return say(told) if isinstance(told, Message) else in_place(_divided(session, told, wanted))


def show_projects(session: Session, asker: Asker, wanted: SlicePage, now: dtm.datetime) -> Answers:
    """The pressed message becomes the list of the projects behind the sums."""
    told = _told(session, asker, wanted.slice, now)
    if isinstance(told, Message):
        return say(told)
    facts = most_behind_first(_within(told, wanted.slice), told.through)
    page = page_of(facts, wanted.page, PROJECTS_A_PAGE)
    message = OverviewProjects(
        slice=wanted.slice,
        header=_header(session, told, wanted.slice),
        projects=tuple(_project_sum(told, fact) for fact in page.items),
        total=len(facts),
        first=page.number * PROJECTS_A_PAGE + 1,
        page=page.number,
        pages=page.count,
    )
    return in_place(message)


def hand_table(session: Session, asker: Asker, wanted: Slice, now: dtm.datetime) -> Answers:
    """The projects behind the sums as a workbook."""
    told = _told(session, asker, wanted, now)
    if isinstance(told, Message):
        return say(told)
    facts = most_behind_first(_within(told, wanted), told.through)
    caption = OverviewTable(_header(session, told, wanted), told.level, len(facts))
    content = overview_workbook(_table_rows(session, told, facts), told.through, asker.voice)
    return (Hand(caption, file_name("overview", asker.voice, year=told.year), content),)


def _told(
    session: Session, asker: Asker, wanted: Slice | None, now: dtm.datetime
) -> ProgrammeOfYear | Message:
    """What this asker may see of that level, or the message with which they are refused."""
    if asker.contact is None:
        return HowToLink()
    if asker.reach(Action.READ_OVERVIEW) is Reach.NONE:
        return NotYours()
    told = programme_of_year(session, asker, wanted.level if wanted else None, now)
    if told is None or (wanted and wanted.level is not told.level):
        return NothingToOverview()
    return told


def _within(told: ProgrammeOfYear, slice_: Slice) -> list[Fact]:
    return [fact for fact in told.facts if fact.is_within(slice_.keys)]


def _divided(session: Session, told: ProgrammeOfYear, wanted: Division) -> Overview:
    facts = _within(told, wanted.slice)
    page = page_of(grouped(facts, wanted.dimension), wanted.page, GROUPS_A_PAGE)
    names = _names(session, {wanted.dimension: {key for key, _ in page.items}})
    whole = sums(facts, told.through)
    return Overview(
        slice=wanted.slice,
        header=_header(session, told, wanted.slice),
        sums=whole,
        dimension=wanted.dimension,
        groups=tuple(
            GroupLine(key, names.get((wanted.dimension, key), _NAMELESS), sums(group, told.through))
            for key, group in page.items
        ),
        first=page.number * GROUPS_A_PAGE + 1,
        page=page.number,
        pages=page.count,
        levels=told.levels,
        stated=stated_otherwise(session, told, wanted.slice, whole),
    )


def _header(session: Session, told: ProgrammeOfYear, slice_: Slice) -> Header:
    fixed = {
        dimension: {key}
        for dimension, key in zip(DIMENSIONS, slice_.keys, strict=True)
        if key != ANY
    }
    names = _names(session, fixed)
    return Header(
        year=told.year,
        names=tuple(
            names.get((dimension, key), _NAMELESS)
            for dimension, keys in fixed.items()
            for key in keys
        ),
        through=told.through,
        today=told.today,
        is_whole=told.is_whole,
    )


def _project_sum(told: ProgrammeOfYear, fact: Fact) -> ProjectSum:
    name = told.rows[fact.project_id].project.name
    return ProjectSum(fact.project_id, name, fact.category, sums([fact], told.through))


def _table_rows(
    session: Session, told: ProgrammeOfYear, facts: Collection[Fact]
) -> list[ProjectRow]:
    keys = {one: {fact.key(one) for fact in facts} for one in (Dimension.REGION, Dimension.UNIT)}
    names = _names(session, keys)
    rows = []
    for fact in facts:
        project, listing = told.rows[fact.project_id].project, told.rows[fact.project_id].listing
        region = names.get((Dimension.REGION, fact.key(Dimension.REGION)), _NAMELESS)
        unit = names.get((Dimension.UNIT, fact.key(Dimension.UNIT)), _NAMELESS)
        rows.append(
            ProjectRow(
                name=project.name,
                code=project.code or "",
                category=fact.category,
                sector=listing.sector,
                region=region.name,
                lead_unit=unit.name,
                state=project.actual_state,
                sums=sums([fact], told.through),
                total_investment=fact.total_investment,
                annual_plan=listing.annual_planned_investment,
            )
        )
    return rows


def _names(session: Session, wanted: Mapping[Dimension, Collection[int]]) -> _Names:
    """What the groups with these keys are called; nothing for what no listing states."""
    found: dict[tuple[Dimension, int], GroupName] = {}
    for dimension, keys in wanted.items():
        for key, name in _names_of(session, dimension, keys).items():
            found[dimension, key] = name
    return found


def _names_of(
    session: Session, dimension: Dimension, keys: Collection[int]
) -> Mapping[int, GroupName]:
    match dimension:
        case Dimension.CATEGORY:
            return {n: GroupName(one) for n, one in enumerate(CATEGORIES, start=1) if n in keys}
        case Dimension.SECTOR:
            return {n: GroupName(one) for n, one in enumerate(SECTORS, start=1) if n in keys}
        case Dimension.REGION:
            regions = select(Region.id, Region.name).where(col(Region.id).in_(keys))
            return {key: GroupName(name=name) for key, name in session.exec(regions)}
        case Dimension.UNIT:
            units = select(Organisation.id, Organisation.name).where(col(Organisation.id).in_(keys))
            return {key: GroupName(name=name) for key, name in session.exec(units)}
