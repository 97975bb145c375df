"""Photos and files that show what was done: before the words, with them, after them."""

import pytest
from sqlmodel import Session, col, select

from db.tables.items import EvidenceKind, ItemEntry, ItemEvidence
from domain.items.machine import ItemAct, ItemState
from templates.item_answers import (
    AskDecisionWords,
    AskEvidence,
    DecisionStanding,
    EntryKept,
    EvidenceKept,
    NoEvidence,
)
from templates.items import ItemUnknown
from templates.message import Message
from templates.office import StaleButton
from templates.picturing import PhotoUnplaced
from tests.builders import Cast, asker, the_cast
from tests.usecases.items.desk import NOW, a_decided, again
from tests.usecases.meetings.hall import at, does, only, types
from usecases.answers import Answers, KeptFile, Picture
from usecases.items import answering, closing_out, evidence, telling_progress
from usecases.items.evidence import SentFile, evidence_or
from usecases.policies import apply_policy
from usecases.reporting.picturing import Sent
from usecases.updating.dialog import take_photo

LATER = at(12, 10, 9)
NEEDED = 'extends = "city"\n[meetings]\nevidence_photo = true\n'


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def sends(session: Session, cast: Cast, photo: str, caption: str = "") -> Answers:
    """Huang sends a photo."""
    use_case = evidence_or(SentFile.photo(photo, caption), take_photo)
    return use_case(session, asker(session, cast.huang, LATER), Sent(photo, caption), LATER)


def sends_file(session: Session, cast: Cast, file: str) -> Message:
    """Huang sends a file; whatever else it could be is not asked."""

    def never(*_: object) -> Answers:
        raise AssertionError("it is evidence")

    use_case = evidence_or(SentFile.document(file, "协议.pdf", ""), never)
    return only(use_case(session, asker(session, cast.huang, LATER), None, LATER))


def pieces(session: Session, act: ItemAct = ItemAct.DONE) -> list[tuple[EvidenceKind, str]]:
    """What is on record with entries of this kind."""
    query = (
        select(ItemEvidence.kind, ItemEvidence.file_id)
        .join(ItemEntry, col(ItemEntry.id) == col(ItemEvidence.entry_id))
        .where(ItemEntry.act == act)
        .order_by(col(ItemEvidence.id))
    )
    return [(EvidenceKind(kind), file_id) for kind, file_id in session.exec(query)]


def test_what_comes_before_the_words_and_after_them_is_with_the_entry(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    before = only(sends(session, cast, "one"))
    assert isinstance(before, EvidenceKept)
    assert (before.count, before.is_noted) == (1, False)
    kept = types(session, cast.huang, "2户均已签约", LATER)
    assert isinstance(kept, EntryKept)
    assert kept.happened.evidence == 1
    after = sends_file(session, cast, "two")
    assert isinstance(after, EvidenceKept)
    assert (after.count, after.is_noted) == (2, True)
    assert pieces(session) == [(EvidenceKind.PHOTO, "one"), (EvidenceKind.DOCUMENT, "two")]


def test_the_words_may_stand_under_the_photo(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, telling_progress.ask_progress, item.id, LATER)
    kept = only(sends(session, cast, "one", "已签1户"))
    assert isinstance(kept, EntryKept)
    assert (kept.happened.text, kept.happened.evidence) == ("已签1户", 1)
    sends(session, cast, "two")
    assert [one for _, one in pieces(session, ItemAct.PROGRESS)] == ["one", "two"]


def test_where_the_policy_wants_evidence_nothing_is_done_without_it(
    session: Session, cast: Cast
) -> None:
    apply_policy(session, None, NEEDED, NOW)
    item = a_decided(session, cast)
    question = does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    assert isinstance(question, AskDecisionWords)
    assert question.needs_evidence
    assert isinstance(types(session, cast.huang, "2户均已签约", LATER), AskEvidence)
    assert again(session, item.id).row.state is ItemState.ASSIGNED
    assert isinstance(types(session, cast.huang, "照片马上到", LATER), AskEvidence)
    kept = only(sends(session, cast, "one", "协议首页"))
    assert isinstance(kept, EntryKept)
    assert kept.happened.text == "2户均已签约\n照片马上到\n协议首页"
    assert again(session, item.id).row.state is ItemState.DONE
    assert pieces(session) == [(EvidenceKind.PHOTO, "one")]


def test_a_photo_that_came_first_is_enough_where_the_policy_wants_one(
    session: Session, cast: Cast
) -> None:
    apply_policy(session, None, NEEDED, NOW)
    item = a_decided(session, cast)
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    sends(session, cast, "one")
    assert isinstance(types(session, cast.huang, "2户均已签约", LATER), EntryKept)


def test_no_more_are_kept_than_a_phone_can_look_through(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    for number in range(8):
        sends(session, cast, f"photo {number}")
    types(session, cast.huang, "2户均已签约", LATER)
    sends(session, cast, "the ninth")
    full = only(sends(session, cast, "one too many"))
    assert isinstance(full, EvidenceKept)
    assert full.is_full
    assert len(pieces(session)) == 9


def test_a_file_is_what_it_always_was_while_no_evidence_is_asked_for(
    session: Session, cast: Cast
) -> None:
    item = a_decided(session, cast)
    assert isinstance(only(sends(session, cast, "one")), PhotoUnplaced)
    does(session, cast.huang, closing_out.ask_done, item.id, NOW)
    # The conversation has been asleep for days.
    assert isinstance(only(sends(session, cast, "one")), PhotoUnplaced)


def test_that_was_all_shows_where_the_item_stands(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    does(session, cast.huang, telling_progress.ask_progress, item.id, LATER)
    assert isinstance(does(session, cast.huang, answering.finish, None, LATER), StaleButton)
    types(session, cast.huang, "已签1户", LATER)
    standing = does(session, cast.huang, answering.finish, None, LATER)
    assert isinstance(standing, DecisionStanding)
    assert isinstance(only(sends(session, cast, "one")), PhotoUnplaced)


def test_whoever_reads_the_item_sees_its_evidence(session: Session, cast: Cast) -> None:
    item = a_decided(session, cast)
    assert isinstance(does(session, cast.meng, evidence.show, item.id, LATER), NoEvidence)
    does(session, cast.huang, closing_out.ask_done, item.id, LATER)
    sends(session, cast, "one", "2户均已签约")
    sends_file(session, cast, "two")
    shown = evidence.show(session, asker(session, cast.meng, LATER), item.id, LATER)
    assert [type(answer) for answer in shown] == [Picture, KeptFile]
    assert isinstance(does(session, cast.ou, evidence.show, item.id, LATER), ItemUnknown)
