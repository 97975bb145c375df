"""/update: which project, what is told, progress or a problem, and its photos."""

import datetime as dtm
from enum import StrEnum
from typing import Any

from sqlmodel import Session

from db.tables.programme import Project
from db.tables.speech import Dialog
from domain.access import Action
from domain.dialogs import Position, is_awake
from domain.reporting.problems import kind_of
from domain.vocabulary import ProblemKind
from templates.message import Message
from templates.office import StaleButton
from templates.updating import (
    AskUpdate,
    AskUpdateKind,
    AskUpdateProject,
    UpdateKind,
    UpdateOver,
    UpdatePhotos,
    UpdateSaved,
)
from usecases import dialogs
from usecases.answers import Answers, SayOnce, in_place, say
from usecases.asked import Asked, asked
from usecases.asker import Asker
from usecases.lookup import look_up
from usecases.reporting import picturing
from usecases.reporting.picturing import Sent
from usecases.rights import entitled
from usecases.updating.adopting import adopt_own, raisable
from usecases.updating.grounds import MOST_OFFERED, called, own_projects
from usecases.updating.telling import (
    MOST_PHOTOS,
    Update,
    add_photo,
    photos_with,
    tell_problem,
    tell_progress,
    update_of,
)

LONGEST_TEXT = 500


class Step(StrEnum):
    """What is asked for, and at the end the photos of what was told."""

    PROJECT = "project"
    TEXT = "text"
    KIND = "kind"
    PHOTOS = "photos"


@entitled(Action.ADD_PROBLEM)
def begin(session: Session, asker: Asker, name: str, now: dtm.datetime) -> Answers:
    """/update, with a project's name or without one."""
    if name:
        return say(_found(session, asker, name, now))
    dialogs.stand_at(session, asker, UPDATE, Position(Step.PROJECT), now)
    return say(AskUpdateProject(own_projects(session, asker, now)))


def choose(session: Session, asker: Asker, project_id: int, now: dtm.datetime) -> Answers:
    """A project was pressed."""
    return in_place(_about(session, asker, project_id, now))


def is_progress(session: Session, asker: Asker, _given: None, now: dtm.datetime) -> Answers:
    """What was typed is progress."""
    return _told(session, asker, None, now)


def is_problem(session: Session, asker: Asker, number: int, now: dtm.datetime) -> Answers:
    """What was typed is a problem of this kind, by its number."""
    kinds = tuple(ProblemKind)
    return (
        _told(session, asker, kinds[number], now)
        if 0 <= number < len(kinds)
        else say(StaleButton())
    )


def finish(session: Session, asker: Asker, _given: None, _now: dtm.datetime) -> Answers:
    """好了: no more photos."""
    row = dialogs.open_dialog(session, asker)
    if row is not None and row.kind == UPDATE.kind:
        dialogs.end(session, asker)
    return say(UpdateOver())


def take_photo(session: Session, asker: Asker, sent: Sent, now: dtm.datetime) -> Answers:
    """A photo belongs to what is being told, else to the report that is being filled in."""
    row = dialogs.open_dialog(session, asker)
    awake = row is not None and is_awake(row.touched_at, now)
    if row is None or not awake or row.kind != UPDATE.kind or row.step == Step.PROJECT:
        return picturing.take(session, asker, sent, now)
    row.touched_at = now
    session.add(row)
    kept = _keep_photo(session, asker, row, sent, now)
    if sent.caption and row.step == Step.TEXT:
        return (SayOnce(kept), *_CONVERSATION.heard(session, asker, row, sent.caption, now))
    return (SayOnce(kept),)


def _keep_photo(
    session: Session, asker: Asker, row: Dialog, sent: Sent, now: dtm.datetime
) -> UpdatePhotos:
    """Photos wait in the dialog until what they belong to is on record."""
    update = _update_in(session, row)
    waiting = list(row.draft.get("photos", ()))
    count = len(photos_with(session, update)) if update else len(waiting)
    name = session.get_one(Project, row.draft["project_id"]).name
    if count >= MOST_PHOTOS:
        return UpdatePhotos(name, count, is_full=True)
    if update:
        add_photo(session, asker, update, sent.file_id, now)
    else:
        row.draft = {**row.draft, "photos": [*waiting, sent.file_id]}
        session.add(row)
        session.flush()
    return UpdatePhotos(name, count + 1)


def _update_in(session: Session, row: Dialog) -> Update | None:
    if row.step != Step.PHOTOS:
        return None
    return update_of(session, UpdateKind(row.draft["what"]), row.draft["id"])


def _found(session: Session, asker: Asker, text: str, now: dtm.datetime) -> Message:
    found = called(session, asker, text, now)
    exact = [one for one in found if one.name == text.strip()]
    if len(exact or found) == 1:
        return _about(session, asker, (exact or found)[0].project_id, now)
    dialogs.stand_at(session, asker, UPDATE, Position(Step.PROJECT), now)
    return AskUpdateProject(found[:MOST_OFFERED], said=text)


def _about(session: Session, asker: Asker, project_id: int, now: dtm.datetime) -> Message:
    known = asked(session, asker, Action.ADD_PROBLEM, project_id, now)
    if isinstance(known, Message):
        return known
    dialogs.stand_at(session, asker, UPDATE, Position(Step.TEXT, {"project_id": project_id}), now)
    return AskUpdate(known.project.name)


def _heard_text(
    session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
) -> Message:
    known = asked(session, asker, Action.ADD_PROBLEM, row.draft["project_id"], now)
    if isinstance(known, Message):
        return known
    said = text.strip()
    if not said or len(said) > LONGEST_TEXT:
        return AskUpdate(known.project.name, is_unfit=True)
    row.step, row.draft, row.touched_at = Step.KIND, {**row.draft, "text": said}, now
    session.add(row)
    session.flush()
    return _kind_question(asker, known, said)


def _kind_question(asker: Asker, known: Asked, said: str) -> AskUpdateKind:
    may_note = asker.may(Action.NOTE_PROGRESS, known.ground)
    return AskUpdateKind(known.project.name, said, may_note, kind_of(said))


def _told(session: Session, asker: Asker, kind: ProblemKind | None, now: dtm.datetime) -> Answers:
    """It goes on record; what its author may adopt needs nobody else."""
    row = dialogs.open_dialog(session, asker)
    if row is None or row.kind != UPDATE.kind or row.step != Step.KIND:
        return say(StaleButton())
    action = Action.ADD_PROBLEM if kind else Action.NOTE_PROGRESS
    known = asked(session, asker, action, row.draft["project_id"], now)
    if isinstance(known, Message):
        return say(known)
    update = _recorded(session, asker, row.draft, kind, now)
    draft: dict[str, Any] = {"what": update.what.value, "id": update.row.id}
    draft["project_id"] = known.project.id
    dialogs.stand_at(session, asker, UPDATE, Position(Step.PHOTOS, draft), now)
    adopted = adopt_own(session, asker, known.ground, update, now)
    photos = len(photos_with(session, update))
    name, text, raises = known.project.name, update.row.text, raisable(update)
    return in_place(UpdateSaved(name, text, kind, photos, adopted, raises))


def _recorded(
    session: Session,
    asker: Asker,
    draft: dict[str, Any],
    kind: ProblemKind | None,
    now: dtm.datetime,
) -> Update:
    project_id, text = draft["project_id"], draft["text"]
    if kind is None:
        update = tell_progress(session, asker, project_id, text, now)
    else:
        update = tell_problem(session, asker, project_id, (kind, text), now)
    for file_id in draft.get("photos", ()):
        add_photo(session, asker, update, file_id, now)
    return update


class _Conversation:
    """Free text while something is being told."""

    kind = "update"

    def heard(
        self, session: Session, asker: Asker, row: Dialog, text: str, now: dtm.datetime
    ) -> Answers:
        """A project's name, or what there is to tell; at the end anything else is looked up."""
        match Step(row.step):
            case Step.PROJECT:
                return say(_found(session, asker, text, now))
            case Step.TEXT | Step.KIND:
                return say(_heard_text(session, asker, row, text, now))
            case Step.PHOTOS:
                dialogs.end(session, asker)
                return look_up(session, asker, text, now)

    def asked_again(
        self, session: Session, asker: Asker, row: Dialog, now: dtm.datetime
    ) -> Answers:
        """The question at which it stands."""
        match Step(row.step):
            case Step.PROJECT:
                return say(AskUpdateProject(own_projects(session, asker, now)))
            case Step.TEXT:
                return say(_about(session, asker, row.draft["project_id"], now))
            case Step.KIND:
                return say(_heard_text(session, asker, row, row.draft["text"], now))
            case Step.PHOTOS:
                return finish(session, asker, None, now)


_CONVERSATION = _Conversation()
UPDATE = dialogs.register_flow(_CONVERSATION)
