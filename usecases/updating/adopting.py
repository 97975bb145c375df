"""What was told waits until the liaison, or the office, adopts it: then it counts."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.people import Contact
from db.tables.programme import Project
from db.tables.reporting import Problem, ProgressNote, ProjectChangeKind
from db.tables.speech import Notice, Urgency
from domain.access import Action, Ground
from templates.message import Message
from templates.office import StaleButton
from templates.refusals import NotYours
from templates.updating import (
    NoUpdates,
    ToldLine,
    UpdateCard,
    UpdateKind,
    UpdatePhoto,
    UpdateSettled,
    UpdatesSettled,
)
from usecases import audit
from usecases.answers import Answers, Picture, in_place, say
from usecases.asker import Asker
from usecases.following import project_changed
from usecases.notices import Composed, Occasion, Subject, notify, register
from usecases.people import unit_name
from usecases.rights import entitled
from usecases.standing import standing_in
from usecases.updating.grounds import grounds_of
from usecases.updating.telling import Update, photos_with, update_of

_KINDS = tuple(UpdateKind)


@dataclass(frozen=True, slots=True)
class Pointed:
    """Something told, as buttons carry it: the place of its kind, and its number."""

    kind: int
    id: int


def waiting_updates(session: Session, asker: Asker, now: dtm.datetime) -> Sequence[Update]:
    """What waits for this person to adopt it, the oldest first."""
    notes = select(ProgressNote).where(
        col(ProgressNote.adopted_at).is_(None), col(ProgressNote.dismissed_at).is_(None)
    )
    problems = select(Problem).where(
        col(Problem.adopted_at).is_(None),
        col(Problem.closed_at).is_(None),
        col(Problem.report_id).is_(None),
    )
    told = [Update(row) for query in (notes, problems) for row in session.exec(query)]
    grounds = grounds_of(session, asker, {one.row.project_id for one in told}, now)
    acting = standing_in(session, asker, now)
    mine = [one for one in told if acting.may(Action.REVIEW, grounds[one.row.project_id][1])]
    return sorted(mine, key=lambda one: (one.at, one.row.id))


@entitled(Action.REVIEW)
def show_waiting(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """The oldest of what waits, as a new message."""
    waiting = waiting_updates(session, asker, now)
    return say(_card(session, waiting[0], len(waiting) - 1) if waiting else NoUpdates())


def adopt(session: Session, asker: Asker, pointed: Pointed, now: dtm.datetime) -> Answers:
    """采纳: it counts from now on, and who follows the project hears of it."""
    update = _waiting(session, asker, pointed, now)
    if isinstance(update, Message):
        return in_place(update)
    _adopt(session, asker, update, now)
    return in_place(_settled(session, asker, update, now))


def dismiss(session: Session, asker: Asker, pointed: Pointed, now: dtm.datetime) -> Answers:
    """不采纳: it counts for nothing; its author hears so."""
    update = _waiting(session, asker, pointed, now)
    if isinstance(update, Message):
        return in_place(update)
    row = update.row
    if isinstance(row, Problem):
        row.closed_at = now
    else:
        row.dismissed_at = now
    session.add(row)
    _record(session, asker, update, "dismissed", now)
    return in_place(_settled(session, asker, update, now))


def show_photos(session: Session, asker: Asker, pointed: Pointed, now: dtm.datetime) -> Answers:
    """The photos that came with it."""
    update = _reviewable(session, asker, pointed, now)
    if isinstance(update, Message):
        return say(update)
    photos = photos_with(session, update)
    if not photos:
        return say(StaleButton())
    name = session.get_one(Project, update.row.project_id).name
    return tuple(
        Picture(UpdatePhoto(name, number, len(photos)), photo.file_id)
        for number, photo in enumerate(photos, start=1)
    )


def adopt_own(
    session: Session, asker: Asker, ground: Ground, update: Update, now: dtm.datetime
) -> bool:
    """What a reviewer tells needs nobody else; whether that was so."""
    may = standing_in(session, asker, now).may(Action.REVIEW, ground)
    if may:
        _adopt(session, asker, update, now)
    return may


def _adopt(session: Session, asker: Asker, update: Update, now: dtm.datetime) -> None:
    update.row.adopted_at, update.row.adopted_by_id = now, asker.contact_id
    session.add(update.row)
    session.flush()
    is_note = update.what is UpdateKind.NOTE
    what = ProjectChangeKind.PROGRESS_NOTED if is_note else ProjectChangeKind.PROBLEM_ADOPTED
    project_changed(session, update.row.project_id, what, now)
    _record(session, asker, update, "adopted", now)


def _record(
    session: Session, asker: Asker, update: Update, verdict: str, now: dtm.datetime
) -> None:
    subject = (update.what.value, update.row.id)
    audit.record(session, asker, f"update.{verdict}", now, subject)
    if update.author_id is not None and update.author_id != asker.contact_id:
        notify(session, UPDATE_SETTLED, Subject(*subject), update.author_id, now)


def _reviewable(
    session: Session, asker: Asker, pointed: Pointed, now: dtm.datetime
) -> Update | Message:
    if not 0 <= pointed.kind < len(_KINDS):
        return StaleButton()
    update = update_of(session, _KINDS[pointed.kind], pointed.id)
    if update is None or asker.contact is None:
        return StaleButton()
    project_id = update.row.project_id
    ground = grounds_of(session, asker, [project_id], now)[project_id][1]
    return update if standing_in(session, asker, now).may(Action.REVIEW, ground) else NotYours()


def _waiting(
    session: Session, asker: Asker, pointed: Pointed, now: dtm.datetime
) -> Update | Message:
    update = _reviewable(session, asker, pointed, now)
    if isinstance(update, Message):
        return update
    session.refresh(update.row, with_for_update=True)
    return update if update.is_waiting else StaleButton()


def _settled(session: Session, asker: Asker, update: Update, now: dtm.datetime) -> UpdateSettled:
    name = session.get_one(Project, update.row.project_id).name
    left = len(waiting_updates(session, asker, now))
    adopted = update.row.adopted_at is not None
    return UpdateSettled(name, update.row.text, adopted, left, raisable(update))


def raisable(update: Update) -> int | None:
    """The problem that whoever adopted it may take to a meeting."""
    is_problem = update.what is UpdateKind.PROBLEM
    return update.row.id if is_problem and update.row.adopted_at is not None else None


def _card(session: Session, update: Update, left: int) -> UpdateCard:
    row = update.row
    author = session.get(Contact, update.author_id) if update.author_id else None
    return UpdateCard(
        what=update.what,
        id=row.id,
        project_id=row.project_id,
        name=session.get_one(Project, row.project_id).name,
        text=row.text,
        author=author.name if author else "",
        unit=unit_name(session, author) if author else "",
        at=update.at,
        problem=update.problem,
        photos=len(photos_with(session, update)),
        left=left,
    )


def _tell_author(
    session: Session, _contact: Contact, notices: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    lines = []
    for notice in notices:
        update = update_of(session, UpdateKind(notice.subject_kind), notice.subject_id)
        if update is not None and not update.is_waiting:
            name = session.get_one(Project, update.row.project_id).name
            lines.append(ToldLine(name, update.row.text, update.row.adopted_at is not None))
    told = frozenset(notice.id for notice in notices)
    return Composed(UpdatesSettled(tuple(lines)) if lines else None, told)


UPDATE_SETTLED = register(
    Occasion("update_settled", Urgency.ROUTINE, _tell_author, expires_after=dtm.timedelta(days=7))
)
