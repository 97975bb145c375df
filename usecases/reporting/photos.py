"""Pictures of the works that belong to a report; Telegram keeps the files."""

from collections.abc import Sequence

from sqlmodel import Session, col, or_, select

from db.tables.reporting import Photo, Report, Verdict


def photos_so_far(session: Session, obligation_id: int) -> Sequence[Photo]:
    """All that were sent for a month, those of the draft too."""
    found = select(Photo).where(Photo.obligation_id == obligation_id)
    return session.exec(found.order_by(col(Photo.id))).all()


def photos_of(session: Session, report: Report) -> Sequence[Photo]:
    """What a revision shows: its own and those of the revisions before."""
    found = select(Photo).where(
        Photo.obligation_id == report.obligation_id, col(Photo.report_id) <= report.id
    )
    return session.exec(found.order_by(col(Photo.id))).all()


def hand_in_photos(session: Session, report: Report) -> None:
    """What was sent while the draft was open belongs to this revision."""
    for photo in photos_so_far(session, report.obligation_id):
        photo.report_id = photo.report_id or report.id
        session.add(photo)


def drop_photos(session: Session, obligation_id: int) -> None:
    """Those of the draft are let go; what was accepted once stays."""
    accepted = select(Report.id).where(Report.verdict == Verdict.ACCEPTED)
    found = select(Photo).where(
        Photo.obligation_id == obligation_id,
        or_(col(Photo.report_id).is_(None), col(Photo.report_id).not_in(accepted)),
    )
    for photo in session.exec(found):
        session.delete(photo)
    session.flush()
