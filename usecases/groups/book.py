"""Reading work groups: which groups there are, what they are bound to, what of it is theirs."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.groups import Group, WorkGroup
from db.tables.people import Region
from domain.vocabulary import Level
from templates.groups import GroupScope
from usecases.meetings.scope import listed


@dataclass(frozen=True, slots=True)
class Bound:
    """A group that is bound now, and the region it is bound to; None for the whole level."""

    row: WorkGroup
    group: Group
    region: Region | None

    @property
    def scope(self) -> GroupScope:
        """What it is bound to, as it is shown."""
        return GroupScope(self.row.level, self.region.name if self.region else "")

    def holds(self, level: Level, region_id: int | None) -> bool:
        """Whether everything of that level, or of that region at it, belongs to the group's scope.

        What concerns a whole level is not one county's.
        """
        return self.row.level == level and self.row.region_id in (None, region_id)


@dataclass(frozen=True, slots=True)
class Extent:
    """The projects of a scope and the units that lead them there: nothing else is posted."""

    project_ids: frozenset[int]
    unit_ids: frozenset[int]


def group_of(session: Session, chat_id: int, now: dtm.datetime) -> Group:
    """The group with this chat; one the bot was in before it kept groups is known from now on."""
    row = group_at(session, chat_id)
    if row is None:
        row = Group(chat_id=chat_id, joined_at=now)
        session.add(row)
        session.flush()
    return row


def group_at(session: Session, chat_id: int) -> Group | None:
    """The group with this chat, if it is known."""
    return session.exec(select(Group).where(Group.chat_id == chat_id)).one_or_none()


def bound(session: Session, group_id: int) -> Bound | None:
    """What a group is bound to now, if to anything."""
    return next((one for one in bound_groups(session) if one.group.id == group_id), None)


def bound_groups(session: Session) -> list[Bound]:
    """Every group that is bound now, in the order in which they were."""
    query = (
        select(WorkGroup, Group, Region)
        .join(Group, col(Group.id) == col(WorkGroup.group_id))
        .join(Region, col(Region.id) == col(WorkGroup.region_id), isouter=True)
        .where(col(WorkGroup.unbound_at).is_(None))
        .order_by(col(WorkGroup.id))
    )
    return [Bound(*found) for found in session.exec(query)]


def present_groups(session: Session) -> list[Group]:
    """The groups the bot is in now, the newest first."""
    here = select(Group).where(col(Group.left_at).is_(None))
    return list(session.exec(here.order_by(col(Group.joined_at).desc(), col(Group.id))))


def extent(session: Session, level: Level, region_id: int | None, now: dtm.datetime) -> Extent:
    """What belongs to a level, or to one region at it."""
    projects = listed(session, level, region_id, now)
    return Extent(
        frozenset(one.project.id for one in projects),
        frozenset(one.lead_unit.id for one in projects if one.lead_unit),
    )
