"""Photos and files that show what was done: kept while they are asked for, handed out later."""

import datetime as dtm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from sqlmodel import Session, col, select

from db.tables.items import EvidenceKind, ItemEntry, ItemEvidence
from db.tables.speech import Dialog
from domain.dialogs import Position, is_awake
from templates.item_answers import EntryKept, EvidenceKept, EvidencePiece, NoEvidence
from templates.message import Message
from usecases import dialogs
from usecases.answers import Answer, Answers, KeptFile, Picture, SayOnce, UseCase, say
from usecases.asker import Asker
from usecases.items import book
from usecases.items.answering import ITEM_ANSWER, step_of
from usecases.items.book import Item
from usecases.items.reading import item_for
from usecases.items.ways import evidence_count, happened_of, head_of

Given = TypeVar("Given")

MOST_FILES = 9
LONGEST_NAME = 200

# More photos and files may follow what is on record.
EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A photo or file as it was sent: Telegram's id of it, its name, and the words under it."""

    kind: EvidenceKind
    file_id: str
    name: str = ""
    caption: str = ""

    @classmethod
    def photo(cls, file_id: str, caption: str) -> "SentFile":
        """A photo, which has no name."""
        return cls(EvidenceKind.PHOTO, file_id, caption=caption)

    @classmethod
    def document(cls, file_id: str, name: str, caption: str) -> "SentFile":
        """A file of any kind."""
        return cls(EvidenceKind.DOCUMENT, file_id, name, caption)


def evidence_or(sent: SentFile, otherwise: UseCase[Given]) -> UseCase[Given]:
    """The use-case for a photo or file: evidence where that is asked for just now."""

    @wraps(otherwise)
    def taken(session: Session, asker: Asker, given: Given, now: dtm.datetime) -> Answers:
        row = dialogs.open_dialog(session, asker)
        if row is None or not _is_asked_for(row, now):
            return otherwise(session, asker, given, now)
        return _take(session, asker, row, sent, now)

    return taken


def with_evidence(
    session: Session,
    asker: Asker,
    entry: ItemEntry,
    item: Item,
    draft: Mapping[str, Any],
    now: dtm.datetime,
) -> Message:
    """The entry with what came before its words; more may follow."""
    for kind, file_id, name in draft.get("evidence", ()):
        _add(session, entry, SentFile(EvidenceKind(kind), file_id, name))
    known = {"item_id": item.id, "entry_id": entry.id}
    dialogs.stand_at(session, asker, ITEM_ANSWER, Position(EVIDENCE, known), now)
    return EntryKept(head_of(item), happened_of(session, entry))


def show(session: Session, asker: Asker, item_id: int, now: dtm.datetime) -> Answers:
    """看佐证: all photos and files of the item, in the order of its thread."""
    item = item_for(session, asker, item_id, now)
    if isinstance(item, Message):
        return say(item)
    pieces = _pieces(session, item)
    if not pieces:
        return say(NoEvidence(head_of(item)))
    return tuple(
        _handed(session, item, (number, len(pieces)), *piece)
        for number, piece in enumerate(pieces, start=1)
    )


def _is_asked_for(row: Dialog, now: dtm.datetime) -> bool:
    if row.kind != ITEM_ANSWER.kind or not is_awake(row.touched_at, now):
        return False
    step = step_of(row)
    return step is None or step.takes_evidence


def _take(
    session: Session, asker: Asker, row: Dialog, sent: SentFile, now: dtm.datetime
) -> Answers:
    row.touched_at = now
    session.add(row)
    item = book.item(session, row.draft["item_id"], now)
    assert item, "items are never deleted"
    step = step_of(row)
    if step is None:
        return _added(session, row, item, sent)
    waiting = list(row.draft.get("evidence", ()))
    kept = EvidenceKept(head_of(item), len(waiting), is_full=True)
    if len(waiting) < MOST_FILES:
        waiting.append([sent.kind.value, sent.file_id, sent.name])
        row.draft = {**row.draft, "evidence": waiting}
        kept = EvidenceKept(head_of(item), len(waiting))
    session.flush()
    if words := "\n".join(filter(None, (row.draft.get("words"), sent.caption))):
        return ITEM_ANSWER.heard(session, asker, row, words, now)
    return (SayOnce(kept),)


def _added(session: Session, row: Dialog, item: Item, sent: SentFile) -> Answers:
    """What is on record already is shown by one more."""
    entry = session.get_one(ItemEntry, row.draft["entry_id"])
    count = evidence_count(session, entry)
    is_full = count >= MOST_FILES
    if not is_full:
        _add(session, entry, sent)
        count += 1
    return (SayOnce(EvidenceKept(head_of(item), count, is_noted=True, is_full=is_full)),)


def _add(session: Session, entry: ItemEntry, sent: SentFile) -> None:
    row = ItemEvidence(
        entry_id=entry.id, kind=sent.kind, file_id=sent.file_id, name=sent.name[:LONGEST_NAME]
    )
    session.add(row)
    session.flush()


def _pieces(session: Session, item: Item) -> Sequence[tuple[ItemEntry, ItemEvidence]]:
    query = (
        select(ItemEntry, ItemEvidence)
        .join(ItemEvidence, col(ItemEvidence.entry_id) == col(ItemEntry.id))
        .where(ItemEntry.item_id == item.id)
        .order_by(col(ItemEvidence.id))
    )
    return session.exec(query).all()


def _handed(
    session: Session, item: Item, place: tuple[int, int], entry: ItemEntry, piece: ItemEvidence
) -> Answer:
    caption = EvidencePiece(head_of(item), happened_of(session, entry), *place)
    if piece.kind is EvidenceKind.PHOTO:
        return Picture(caption, piece.file_id)
    return KeptFile(caption, piece.file_id)
