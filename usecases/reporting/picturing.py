"""Photos sent while a report is filled in, and the reviewer who opens them."""

import datetime as dtm
from dataclasses import dataclass

from sqlmodel import Session, col, select

from db.tables.reporting import Photo, Report, ReportDraft
from domain.access import Action
from domain.dialogs import ASLEEP_AFTER, is_awake
from domain.reporting.filling import Step
from domain.reporting.turns import Turn
from templates.linking import HowToLink
from templates.message import Message
from templates.office import StaleButton
from templates.picturing import PhotosKept, PhotoUnplaced, ReportPhoto, TooManyPhotos
from usecases import dialogs
from usecases.answers import Answers, Picture, SayOnce, in_place, say
from usecases.asker import Asker
from usecases.reporting.cards import head_of
from usecases.reporting.filling import AtStep, Desk, desk_of, keep
from usecases.reporting.photos import drop_photos, photos_of, photos_so_far
from usecases.reporting.rights import entitled_matter
from usecases.reporting.taking_over import OBLIGATION, REPORT

MOST_PHOTOS = 9


@dataclass(frozen=True, slots=True)
class Sent:
    """A photo as it was sent: Telegram's id of the file, and the words under it."""

    file_id: str
    caption: str = ""


def take(session: Session, asker: Asker, sent: Sent, now: dtm.datetime) -> Answers:
    """A photo goes to the report that is being filled in; without one it is said where it could."""
    if asker.contact is None:
        return say(HowToLink())
    obligation_id = _in_hand(session, asker, now)
    if obligation_id is None:
        return (SayOnce(PhotoUnplaced()),)
    desk = desk_of(session, asker, obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    return (SayOnce(_kept(session, asker, desk, sent, now)),)


def drop(session: Session, asker: Asker, at: AtStep, now: dtm.datetime) -> Answers:
    """删掉照片: those of the draft are let go."""
    desk = desk_of(session, asker, at.obligation_id, now)
    if isinstance(desk, Message):
        return say(desk)
    drop_photos(session, at.obligation_id)
    return in_place(keep(session, asker, desk.matter, Turn(desk.filling), now))


def show(session: Session, asker: Asker, report_id: int, now: dtm.datetime) -> Answers:
    """[照片N]: the photos of a report, to whoever may review it."""
    report = session.get(Report, report_id)
    if report is None:
        return say(StaleButton())
    matter = entitled_matter(session, asker, Action.REVIEW, report.obligation_id, now)
    if isinstance(matter, Message):
        return say(matter)
    photos = photos_of(session, report)
    if not photos:
        return say(StaleButton())
    head, count = head_of(matter), len(photos)
    return tuple(
        Picture(ReportPhoto(report_id, head, number, count), photo.file_id)
        for number, photo in enumerate(photos, start=1)
    )


def _kept(
    session: Session, asker: Asker, desk: Desk, sent: Sent, now: dtm.datetime
) -> PhotosKept | TooManyPhotos:
    head = head_of(desk.matter)
    count = len(photos_so_far(session, desk.matter.id))
    if count >= MOST_PHOTOS:
        return TooManyPhotos(head, MOST_PHOTOS)
    photo = Photo(
        obligation_id=desk.matter.id,
        file_id=sent.file_id,
        added_by_id=asker.contact_id,
        added_at=now,
    )
    session.add(photo)
    # The question still waits for its answer, and now for as long again.
    keep(session, asker, desk.matter, Turn(desk.filling), now)
    return PhotosKept(head, count + 1, has_words=bool(sent.caption))


def _in_hand(session: Session, asker: Asker, now: dtm.datetime) -> int | None:
    """The report this person is filling in: its question waits, or its card was just shown."""
    row = dialogs.open_dialog(session, asker)
    if row is not None and is_awake(row.touched_at, now):
        obligation_id: int | None = row.draft[OBLIGATION] if row.kind == REPORT else None
        return obligation_id
    recent = select(ReportDraft).where(
        ReportDraft.holder_id == asker.contact_id, ReportDraft.touched_at >= now - ASLEEP_AFTER
    )
    draft = session.exec(recent.order_by(col(ReportDraft.touched_at).desc())).first()
    shown = draft is not None and draft.content.get("step") == Step.CARD
    return draft.obligation_id if draft and shown else None
