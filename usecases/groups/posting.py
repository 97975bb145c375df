"""Posts: a bound group is to read something once. What it says is decided when it leaves, as with
notices (`usecases.composing`)."""

import datetime as dtm
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import Session, col, exists, select

from db.tables.groups import Group, GroupPost, WorkGroup
from db.tables.speech import WAITING, Message, NoticeState, Urgency
from templates.message import Message as Typed
from templates.render import Rendered, render
from usecases.asker import voice_of
from usecases.composing import PUT_OFF, reword, window_is_open
from usecases.groups.book import Bound, bound
from usecases.notices import Subject
from usecases.outbox import new_rows


class PostNotComposedError(Exception):
    """A post that cannot be put into words: our mistake; it must stop no other's."""

    def __init__(self, post_id: int) -> None:
        super().__init__(f"post {post_id} could not be composed")
        self.post_id = post_id


Compose = Callable[[Session, Bound, GroupPost, dtm.datetime], Typed | None]


@dataclass(frozen=True, slots=True)
class PostOccasion:
    """A reason to post something.

    `compose` says what is true of it now and of the group's scope; None where that is nothing.
    While it `waits` the post is left alone.
    """

    name: str
    compose: Compose
    waits: Callable[[Session, dtm.datetime], bool] = lambda _session, _now: False


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be posted where, and until when it is worth it."""

    binding: Bound
    subject: Subject
    expires_at: dtm.datetime | None = None


_OCCASIONS: dict[str, PostOccasion] = {}


def register(occasion: PostOccasion) -> PostOccasion:
    """Make an occasion known, so that its posts can be composed."""
    _OCCASIONS[occasion.name] = occasion
    return occasion


def post_once(
    session: Session, occasion: PostOccasion, postings: Iterable[Posting], now: dtm.datetime
) -> None:
    """Each of these is to be posted; what was posted before, or let go, is not."""
    wanted = {(one.binding.row.id, one.subject): one for one in postings}
    ids = {binding_id for binding_id, _ in wanted}
    known = select(GroupPost).where(
        GroupPost.occasion == occasion.name, col(GroupPost.work_group_id).in_(ids)
    )
    for row in session.exec(known):
        wanted.pop((row.work_group_id, Subject(row.subject_kind, row.subject_id, row.turn)), None)
    session.add_all(
        GroupPost(
            work_group_id=one.binding.row.id,
            subject_kind=one.subject.kind,
            subject_id=one.subject.id,
            occasion=occasion.name,
            turn=one.subject.turn,
            due_at=now,
            expires_at=one.expires_at,
        )
        for one in wanted.values()
    )
    session.flush()


def expire_posts(session: Session, now: dtm.datetime) -> None:
    """Let go of what could not be posted in time."""
    stale = select(GroupPost).where(
        GroupPost.state == NoticeState.DUE, col(GroupPost.expires_at) <= now
    )
    for post in session.exec(stale).all():
        _settle(session, post, NoticeState.EXPIRED, now)


def compose_next(session: Session, now: dtm.datetime, resting: frozenset[int]) -> Message | None:
    """The next post of any group, rendered from what is still true, or None.

    In the hours of routine messages only. `resting` are chats that must wait. Raises
    PostNotComposedError; `put_off` then keeps that post from stopping the others.
    """
    waiting = session.exec(_due(now, resting)).all()
    if not waiting or not window_is_open(session, Urgency.ROUTINE, now):
        return None
    for post, group in waiting:
        if _OCCASIONS[post.occasion].waits(session, now):
            continue
        if row := _compose(session, post, group, now):
            return row
    return None


def compose_again(session: Session, message: Message, now: dtm.datetime) -> bool:
    """Have a post that did not leave at once say what is true now; False when nothing is.

    A message that is no post, and a later part of a long one, stays as it is.
    """
    post = session.exec(select(GroupPost).where(GroupPost.message_id == message.id)).one_or_none()
    if post is None:
        return True
    group = session.exec(_group_of(post)).one()
    rendered = _words(session, post, group, now)
    if rendered is not None:
        reword(session, message, rendered)
    elif not message.repeated:
        _settle(session, post, NoticeState.WITHDRAWN, now)
    return rendered is not None


def put_off(session: Session, post_id: int, now: dtm.datetime) -> None:
    """Try this one again later, so that other groups are told meanwhile."""
    post = session.get_one(GroupPost, post_id)
    post.due_at = now + PUT_OFF
    session.add(post)


def give_up(session: Session, message: Message, now: dtm.datetime) -> None:
    """The message will never arrive: what it was to tell was not posted."""
    for post in session.exec(select(GroupPost).where(GroupPost.message_id == message.id)):
        _settle(session, post, NoticeState.FAILED, now)


def _due(now: dtm.datetime, resting: frozenset[int]) -> Any:
    waiting = exists().where(
        col(Message.chat_id) == col(Group.chat_id),
        col(Message.urgency) == Urgency.ROUTINE,
        col(Message.state).in_(WAITING),
    )
    return (
        select(GroupPost, Group)
        .join(WorkGroup, col(WorkGroup.id) == col(GroupPost.work_group_id))
        .join(Group, col(Group.id) == col(WorkGroup.group_id))
        .where(
            GroupPost.state == NoticeState.DUE,
            GroupPost.due_at <= now,
            col(WorkGroup.unbound_at).is_(None),
            col(Group.chat_id).not_in(resting),
            ~waiting,
        )
        .order_by(col(GroupPost.due_at), col(GroupPost.id))
        .limit(20)
    )


def _group_of(post: GroupPost) -> Any:
    return (
        select(Group)
        .join(WorkGroup, col(WorkGroup.group_id) == col(Group.id))
        .where(WorkGroup.id == post.work_group_id)
    )


def _compose(session: Session, post: GroupPost, group: Group, now: dtm.datetime) -> Message | None:
    rendered = _first_words(session, post, group, now)
    if rendered is None:
        _settle(session, post, NoticeState.WITHDRAWN, now)
        return None
    rows = new_rows(group.chat_id, None, rendered, Urgency.ROUTINE, now)
    session.add_all(rows)
    session.flush()
    post.message_id = rows[0].id
    _settle(session, post, NoticeState.TOLD, now)
    return rows[0]


def _first_words(
    session: Session, post: GroupPost, group: Group, now: dtm.datetime
) -> Rendered | None:
    try:
        return _words(session, post, group, now)
    except OperationalError:
        # The database is away or busy: no fault of what is to be said.
        raise
    except Exception as error:
        raise PostNotComposedError(post.id) from error


def _words(session: Session, post: GroupPost, group: Group, now: dtm.datetime) -> Rendered | None:
    """What is to be said in the office's language, while the group is still bound as it was."""
    binding = bound(session, group.id)
    if binding is None or binding.row.id != post.work_group_id:
        return None
    if post.expires_at is not None and post.expires_at <= now:
        return None
    message = _OCCASIONS[post.occasion].compose(session, binding, post, now)
    return render(message, voice_of(session, None)) if message else None


def _settle(session: Session, post: GroupPost, state: NoticeState, now: dtm.datetime) -> None:
    post.state, post.settled_at = state, now
    session.add(post)
    session.flush()
