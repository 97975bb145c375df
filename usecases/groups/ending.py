"""How a binding ends: by a coordinator, or with the bot's place in the group; and that it goes on
when Telegram upgrades the group."""

import datetime as dtm
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.groups import Group, GroupPost, WorkGroup
from db.tables.people import Contact, Region
from db.tables.speech import Notice, NoticeState, Urgency
from templates.groups import GroupLine, GroupScope, GroupsLost
from usecases import audit
from usecases.groups.book import Bound, bound, group_at
from usecases.notices import Composed, Occasion, Subject, notify_office, register

WORK_GROUP = "work_group"


def end(session: Session, binding: Bound, now: dtm.datetime) -> None:
    """The binding is over; what was still to be posted there is let go."""
    binding.row.unbound_at = now
    session.add(binding.row)
    waiting = select(GroupPost).where(
        GroupPost.work_group_id == binding.row.id, GroupPost.state == NoticeState.DUE
    )
    for post in session.exec(waiting):
        post.state, post.settled_at = NoticeState.WITHDRAWN, now
        session.add(post)
    session.flush()


def lose(session: Session, chat_id: int, now: dtm.datetime) -> None:
    """The bot is out of the group, or may not write there: unbound, and the office hears once."""
    group = group_at(session, chat_id)
    if group is None:
        return
    group.left_at = group.left_at or now
    session.add(group)
    binding = bound(session, group.id)
    if binding is not None:
        end(session, binding, now)
        audit.record(session, None, "group.lost", now, (WORK_GROUP, binding.row.id))
        notify_office(session, GROUP_LOST, Subject(WORK_GROUP, binding.row.id), now)


def move_group(session: Session, old: int, new: int) -> None:
    """Telegram upgraded the group: it goes on under its new id, bound as it was.

    Telegram may say so of a message that was on its way while the group had moved already.
    """
    group, newcomer = group_at(session, old), group_at(session, new)
    if group is None or group is newcomer:
        return
    if newcomer is not None:
        _merge(session, group, newcomer)
    group.chat_id, group.left_at = new, None
    session.add(group)
    session.flush()


def _merge(session: Session, group: Group, newcomer: Group) -> None:
    """Telegram told of the new group before it said that it is the old one."""
    older, newer = bound(session, group.id), bound(session, newcomer.id)
    if older and newer:
        end(session, older, newer.row.bound_at)
    for row in session.exec(select(WorkGroup).where(WorkGroup.group_id == newcomer.id)):
        row.group_id = group.id
        session.add(row)
    group.greeted_at = group.greeted_at or newcomer.greeted_at
    session.flush()
    session.delete(newcomer)
    session.flush()


def _lost(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    """The groups the bot has not been let into again meanwhile."""
    ids = {notice.subject_id for notice in notices}
    query = (
        select(WorkGroup, Group, Region)
        .join(Group, col(Group.id) == col(WorkGroup.group_id))
        .join(Region, col(Region.id) == col(WorkGroup.region_id), isouter=True)
        .where(col(WorkGroup.id).in_(ids), col(Group.left_at).is_not(None))
        .order_by(col(WorkGroup.id))
    )
    lines = {
        row.id: GroupLine(
            group.id, group.title, GroupScope(row.level, region.name if region else "")
        )
        for row, group, region in session.exec(query)
    }
    told = frozenset(notice.id for notice in notices if notice.subject_id in lines)
    return Composed(GroupsLost(tuple(lines.values())) if lines else None, told)


GROUP_LOST = register(Occasion("group_lost", Urgency.ROUTINE, _lost, spends_budget=False))
