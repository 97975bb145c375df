"""A project's newest progress note: the adopted ones for all, the others for those who may."""

from sqlmodel import Session, col, select

from db.tables.reporting import ProgressNote
from domain.access import Action
from templates.status import LatestNote
from usecases.asked import Asked
from usecases.asker import Asker
from usecases.ledgers import Record
from usecases.listings import local_day


def latest_note(session: Session, asker: Asker, known: Asked, record: Record) -> LatestNote | None:
    """What was told last, unless a report accepted since then says it better."""
    query = select(ProgressNote).where(
        ProgressNote.project_id == known.project.id, col(ProgressNote.dismissed_at).is_(None)
    )
    if not asker.may(Action.READ_UNREVIEWED, known.ground):
        query = query.where(col(ProgressNote.adopted_at).is_not(None))
    note = session.exec(query.order_by(col(ProgressNote.id).desc())).first()
    accepted = max((month.known_at for month in record.months), default=None)
    if note is None or (accepted is not None and note.noted_at <= accepted):
        return None
    day = local_day(asker.voice.zone, note.noted_at)
    return LatestNote(day, note.text, note.adopted_at is not None)
