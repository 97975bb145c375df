"""What is told becomes a progress note or a problem, with its photos."""

import datetime as dtm
from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.reporting import Photo, Problem, ProgressNote
from domain.vocabulary import ProblemKind
from templates.updating import UpdateKind
from usecases import audit
from usecases.asker import Asker

MOST_PHOTOS = 9


@dataclass(frozen=True, slots=True)
class Update:
    """Something told: a progress note or a problem."""

    row: ProgressNote | Problem

    @property
    def what(self) -> UpdateKind:
        return UpdateKind.PROBLEM if isinstance(self.row, Problem) else UpdateKind.NOTE

    @property
    def problem(self) -> ProblemKind | None:
        return self.row.kind if isinstance(self.row, Problem) else None

    @property
    def author_id(self) -> int | None:
        row = self.row
        return row.raised_by_id if isinstance(row, Problem) else row.noted_by_id

    @property
    def at(self) -> dtm.datetime:
        row = self.row
        return row.raised_at if isinstance(row, Problem) else row.noted_at

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has adopted or refused it yet."""
        row = self.row
        refused = row.closed_at if isinstance(row, Problem) else row.dismissed_at
        return row.adopted_at is None and refused is None


def update_of(session: Session, what: UpdateKind, row_id: int) -> Update | None:
    """What was told, by its number."""
    row: ProgressNote | Problem | None
    if what is UpdateKind.NOTE:
        row = session.get(ProgressNote, row_id)
    else:
        row = session.get(Problem, row_id)
    return Update(row) if row else None


def tell_progress(
    session: Session, asker: Asker, project_id: int, text: str, now: dtm.datetime
) -> Update:
    """A progress note, not adopted yet."""
    note = ProgressNote(
        project_id=project_id, text=text, noted_by_id=asker.contact_id, noted_at=now
    )
    return _recorded(session, asker, note, "progress.noted", now)


def tell_problem(
    session: Session,
    asker: Asker,
    project_id: int,
    problem: tuple[ProblemKind, str],
    now: dtm.datetime,
) -> Update:
    """A problem, not adopted yet."""
    kind, text = problem
    row = Problem(
        project_id=project_id, kind=kind, text=text, raised_by_id=asker.contact_id, raised_at=now
    )
    return _recorded(session, asker, row, "problem.raised", now)


def photos_with(session: Session, update: Update) -> Sequence[Photo]:
    """The photos that came with it."""
    belongs = Photo.problem_id if update.what is UpdateKind.PROBLEM else Photo.progress_note_id
    found = select(Photo).where(belongs == update.row.id)
    return session.exec(found.order_by(col(Photo.id))).all()


def add_photo(
    session: Session, asker: Asker, update: Update, file_id: str, now: dtm.datetime
) -> None:
    """A photo belongs to it."""
    is_problem = update.what is UpdateKind.PROBLEM
    photo = Photo(
        problem_id=update.row.id if is_problem else None,
        progress_note_id=None if is_problem else update.row.id,
        file_id=file_id,
        added_by_id=asker.contact_id,
        added_at=now,
    )
    session.add(photo)
    session.flush()


def _recorded(
    session: Session, asker: Asker, row: ProgressNote | Problem, action: str, now: dtm.datetime
) -> Update:
    session.add(row)
    session.flush()
    update = Update(row)
    audit.record(session, asker, action, now, (update.what.value, row.id))
    return update
