"""Binding a group to a level or region, in the coordinator's own chat, and ending that."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.groups import Group, WorkGroup
from db.tables.people import Contact, Region
from domain.access import Action, Reach
from domain.vocabulary import Level
from templates.groups import (
    BindLevels,
    BindPreview,
    BindRegions,
    ConfirmUnbind,
    GroupBound,
    GroupLine,
    GroupScope,
    GroupUnbound,
    WorkGroups,
)
from templates.message import Message
from templates.office import StaleButton
from usecases import audit
from usecases.answers import Answers, in_place, say
from usecases.asker import Asker
from usecases.groups.book import bound, extent, group_of, present_groups
from usecases.groups.ending import WORK_GROUP, end
from usecases.groups.meetings import meetings_to_post
from usecases.groups.speaking import addressed
from usecases.meetings.scope import scopes
from usecases.outbox import queue_for
from usecases.paging import page_of
from usecases.rights import entitled

GROUPS_A_PAGE = 9
REGIONS_A_PAGE = 12
LEVELS = tuple(Level)


@dataclass(frozen=True, slots=True)
class Page:
    """A page, counted from 0."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class LevelChosen:
    """A level by its number, for a group; a page of its counties, where it has some."""

    group_id: int
    level: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class ScopeChosen:
    """A level by its number and a region's id, for a group; 0 is the whole level."""

    group_id: int
    level: int
    region_id: int


def bind_here(session: Session, asker: Asker, given: None, now: dtm.datetime) -> Answers:
    """/bind in a group: a coordinator chooses in their own chat; the group hears nothing of it."""
    if asker.reach(Action.BIND_GROUP) is Reach.NONE:
        return addressed(session, asker, given, now)
    offer(session, asker, group_of(session, asker.caller.chat_id, now), now)
    return ()


def unbind_here(session: Session, asker: Asker, given: None, now: dtm.datetime) -> Answers:
    """/unbind in a group: asked about in the coordinator's own chat."""
    group = group_of(session, asker.caller.chat_id, now)
    if asker.reach(Action.BIND_GROUP) is Reach.NONE or bound(session, group.id) is None:
        return addressed(session, asker, given, now)
    _in_private(session, asker, ConfirmUnbind(_line(session, group)), now)
    return ()


def offer(session: Session, asker: Asker, group: Group, now: dtm.datetime) -> None:
    """In the coordinator's own chat: to which level is the group to be bound?"""
    _in_private(session, asker, _levels(session, group, now), now)


@entitled(Action.BIND_GROUP)
def list_groups(session: Session, _asker: Asker, given: Page, _now: dtm.datetime) -> Answers:
    """/bind in private: the groups there are."""
    return say(_groups(session, given.page))


@entitled(Action.BIND_GROUP)
def turn_groups(session: Session, _asker: Asker, given: Page, _now: dtm.datetime) -> Answers:
    """Another page of them."""
    return in_place(_groups(session, given.page))


@entitled(Action.BIND_GROUP)
def show_group(session: Session, _asker: Asker, group_id: int, now: dtm.datetime) -> Answers:
    """A group: what it is bound to, and to what it may be."""
    group = _present(session, group_id)
    return in_place(_levels(session, group, now)) if group else say(StaleButton())


@entitled(Action.BIND_GROUP)
def choose_level(session: Session, asker: Asker, given: LevelChosen, now: dtm.datetime) -> Answers:
    """The level; at the county level, all of it or which county?"""
    group = _present(session, given.group_id)
    if group is None:
        return say(StaleButton())
    level = LEVELS[given.level]
    counties = [
        (region_id, name)
        for known, region_id, name in scopes(session, now)
        if known is level and region_id is not None
    ]
    if not counties:
        return preview(session, asker, ScopeChosen(group.id, given.level, 0), now)
    page = page_of(counties, given.page, REGIONS_A_PAGE)
    return in_place(BindRegions(_line(session, group), page.items, page.number, page.count))


@entitled(Action.BIND_GROUP)
def preview(session: Session, _asker: Asker, given: ScopeChosen, now: dtm.datetime) -> Answers:
    """What would be posted there."""
    group = _present(session, given.group_id)
    if group is None:
        return say(StaleButton())
    level, region = _scope(session, given)
    theirs = extent(session, level, region.id if region else None, now)
    meetings = meetings_to_post(session, level, region.id if region else None, now)
    return in_place(
        BindPreview(
            _line(session, group),
            GroupScope(level, region.name if region else ""),
            given.region_id,
            len(theirs.project_ids),
            len(theirs.unit_ids),
            tuple(one.head for one in meetings),
        )
    )


@entitled(Action.BIND_GROUP)
def bind(session: Session, asker: Asker, given: ScopeChosen, now: dtm.datetime) -> Answers:
    """确认绑定: from now on the group reads what belongs to that scope, and nothing else."""
    group = _present(session, given.group_id)
    if group is None:
        return say(StaleButton())
    level, region = _scope(session, given)
    region_id = region.id if region else None
    before = bound(session, group.id)
    if before is None or (before.row.level, before.row.region_id) != (level, region_id):
        if before:
            end(session, before, now)
        row = WorkGroup(
            group_id=group.id,
            level=level,
            region_id=region_id,
            bound_by_id=asker.contact_id,
            bound_at=now,
        )
        session.add(row)
        session.flush()
        audit.record(session, asker, "group.bound", now, (WORK_GROUP, row.id))
    return in_place(GroupBound(_line(session, group)))


@entitled(Action.BIND_GROUP)
def ask_unbind(session: Session, _asker: Asker, group_id: int, _now: dtm.datetime) -> Answers:
    """解除绑定: nothing would be posted there any more."""
    group = _present(session, group_id)
    if group is None or bound(session, group.id) is None:
        return say(StaleButton())
    return in_place(ConfirmUnbind(_line(session, group)))


@entitled(Action.BIND_GROUP)
def unbind(session: Session, asker: Asker, group_id: int, now: dtm.datetime) -> Answers:
    """The group is bound to nothing; what was still to be posted is not."""
    group = _present(session, group_id)
    before = bound(session, group.id) if group else None
    if group is None or before is None:
        return say(StaleButton())
    end(session, before, now)
    audit.record(session, asker, "group.unbound", now, (WORK_GROUP, before.row.id))
    return in_place(GroupUnbound(_line(session, group)))


def _groups(session: Session, page: int) -> Message:
    shown = page_of(present_groups(session), page, GROUPS_A_PAGE)
    lines = tuple(_line(session, group) for group in shown.items)
    return WorkGroups(lines, shown.number, shown.count)


def _levels(session: Session, group: Group, now: dtm.datetime) -> Message:
    levels = dict.fromkeys(level for level, _, _ in scopes(session, now))
    return BindLevels(_line(session, group), tuple(levels))


def _line(session: Session, group: Group) -> GroupLine:
    binding = bound(session, group.id)
    return GroupLine(group.id, group.title, binding.scope if binding else None)


def _present(session: Session, group_id: int) -> Group | None:
    """The group, locked, while the bot is in it."""
    found = select(Group).where(Group.id == group_id, col(Group.left_at).is_(None))
    return session.exec(found.with_for_update()).one_or_none()


def _scope(session: Session, given: ScopeChosen) -> tuple[Level, Region | None]:
    return LEVELS[given.level], session.get(Region, given.region_id) if given.region_id else None


def _in_private(session: Session, asker: Asker, message: Message, now: dtm.datetime) -> None:
    queue_for(session, session.get_one(Contact, asker.contact_id), message, now)
