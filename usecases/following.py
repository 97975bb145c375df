"""Following a project: being told, in one message, when something settled about it changes."""

import datetime as dtm
from collections import Counter, defaultdict
from collections.abc import Sequence

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Follow, ProjectChange, ProjectChangeKind
from db.tables.speech import Notice, Urgency
from domain.access import Action, Reach, reach
from templates.following import FollowedProject, FollowedProjectsChanged, WhatChanged
from templates.message import Message
from usecases import audit
from usecases.answers import Answers, say
from usecases.asked import Wanted, asked
from usecases.asker import Asker, grants_of
from usecases.notices import Composed, Occasion, Subject, notify, register
from usecases.status import turn_card

PROJECTS_TOLD = 12


def follow(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """The asker is told of the project's changes from now on; the card says so."""
    known = asked(session, asker, Action.FOLLOW, wanted.project_id, now)
    if isinstance(known, Message):
        return say(known)
    if session.get(Follow, (asker.contact_id, wanted.project_id)) is None:
        session.add(Follow(contact_id=asker.contact_id, project_id=wanted.project_id, since=now))
        session.flush()
        audit.record(session, asker, "project.followed", now, ("project", wanted.project_id))
    return turn_card(session, asker, wanted, now)


def unfollow(session: Session, asker: Asker, wanted: Wanted, now: dtm.datetime) -> Answers:
    """The asker no longer hears of the project; what is queued for them is dropped as well."""
    known = asked(session, asker, Action.FOLLOW, wanted.project_id, now)
    if isinstance(known, Message):
        return say(known)
    row = session.get(Follow, (asker.contact_id, wanted.project_id))
    if row is not None:
        session.delete(row)
        session.flush()
        audit.record(session, asker, "project.unfollowed", now, ("project", wanted.project_id))
    return turn_card(session, asker, wanted, now)


def project_changed(
    session: Session, project_id: int, what: ProjectChangeKind, now: dtm.datetime
) -> None:
    """Whoever follows the project is to hear of this; for use-cases that settle something.

    Call it when a report is accepted, a problem adopted or closed out, a listing changed.
    """
    followers = session.exec(select(Follow.contact_id).where(Follow.project_id == project_id)).all()
    if not followers:
        return
    change = ProjectChange(project_id=project_id, what=what, at=now)
    session.add(change)
    session.flush()
    for contact_id in followers:
        notify(
            session, FOLLOWED_PROJECT_CHANGED, Subject("project_change", change.id), contact_id, now
        )


def changes_undone(session: Session, project_id: int, at: dtm.datetime) -> None:
    """What was settled at that instant is not settled after all: who has not heard, does not."""
    found = select(ProjectChange).where(
        ProjectChange.project_id == project_id, ProjectChange.at == at
    )
    for change in session.exec(found):
        notices = session.exec(
            select(Notice).where(
                Notice.occasion == FOLLOWED_PROJECT_CHANGED.name, Notice.subject_id == change.id
            )
        ).all()
        for notice in notices:
            session.delete(notice)
        # A number may be given again: a change goes only with everything that refers to it.
        session.flush()
        session.delete(change)
    session.flush()


def _compose(
    session: Session, contact: Contact, notices: Sequence[Notice], now: dtm.datetime
) -> Composed:
    """One message for all changes of projects this person still follows and may still read."""
    if reach(Action.FOLLOW, grants_of(session, contact.id, now)) is Reach.NONE:
        return Composed(None)
    told: set[int] = set()
    changes: defaultdict[int, Counter[ProjectChangeKind]] = defaultdict(Counter)
    for notice, change in _changes(session, contact, notices):
        told.add(notice.id)
        changes[change.project_id][change.what] += 1
    if not told:
        return Composed(None)
    shown = list(changes.items())[:PROJECTS_TOLD]
    projects = tuple(_told(session, project_id, counts) for project_id, counts in shown)
    message = FollowedProjectsChanged(projects, more=len(changes) - len(shown))
    return Composed(message, frozenset(told))


def _changes(
    session: Session, contact: Contact, notices: Sequence[Notice]
) -> list[tuple[Notice, ProjectChange]]:
    """The changes behind the notices, but for projects no longer followed."""
    followed = set(session.exec(select(Follow.project_id).where(Follow.contact_id == contact.id)))
    ids = [notice.subject_id for notice in notices]
    rows = session.exec(select(ProjectChange).where(col(ProjectChange.id).in_(ids)))
    changes = {row.id: row for row in rows if row.project_id in followed}
    return [
        (notice, changes[notice.subject_id]) for notice in notices if notice.subject_id in changes
    ]


def _told(session: Session, project_id: int, counts: Counter[ProjectChangeKind]) -> FollowedProject:
    name = session.get_one(Project, project_id).name
    return FollowedProject(
        project_id, name, tuple(WhatChanged(what, count) for what, count in counts.items())
    )


FOLLOWED_PROJECT_CHANGED = register(
    Occasion(
        "followed_project_changed",
        Urgency.ROUTINE,
        _compose,
        expires_after=dtm.timedelta(days=14),
        # Asked for by the follower: it must not use up what an alert to them may need.
        spends_budget=False,
    )
)
