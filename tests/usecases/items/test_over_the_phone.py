"""One item from 签收 to 销号 over the real handlers, with the buttons people are offered."""

import datetime as dtm
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlmodel import select

from db.session import Database
from db.tables.items import CoordinationItem, ItemEntry, ItemEvidence
from db.tables.people import Contact
from domain.items.machine import ItemAct, ItemState
from templates.item_answers import DecisionStanding
from templates.message import Message
from tests.builders import the_cast
from tests.offline import Heard, Offline
from tests.usecases.items.desk import a_decided
from tests.usecases.meetings.hall import at, does
from usecases.items import signing

HUANG, QIN, MENG, OU = 1002, 1003, 1005, 1007
# Thursday morning, within the hours of routine messages.
NOW = at(12, 3, 9)
HOUR = dtm.timedelta(hours=1)
TOO_BIG = 30 * 1024 * 1024


@pytest.fixture
def phones(database: Database) -> Offline:
    """Everybody's phones; Huang has opened what was decided for their unit."""
    with database.transaction() as session:
        number = a_decided(session, the_cast(session)).id
    phones = Offline(database)
    phones.types(HUANG, f"/item {number}", NOW)
    return phones


def state(phones: Offline) -> ItemState:
    with phones.database.transaction() as session:
        return ItemState(session.exec(select(CoordinationItem.state)).one())


def photo(file_id: str) -> dict[str, Any]:
    return {"photo": [{"file_id": file_id, "file_unique_id": file_id, "width": 9, "height": 9}]}


def kinds(heard: list[Heard]) -> list[tuple[int, str]]:
    return [(one.account, one.kind) for one in heard]


def test_the_pressed_message_changes_as_the_item_does(phones: Offline) -> None:
    (signed,) = phones.presses(HUANG, "decision.sign", NOW)
    assert signed.is_edit
    assert state(phones) is ItemState.IN_HAND
    (question,) = phones.presses(HUANG, "decision.progress", NOW)
    assert question.kind == "ask_decision_words"


def test_from_signing_to_closing_out(phones: Offline) -> None:
    phones.presses(HUANG, "decision.sign", NOW)
    phones.presses(HUANG, "decision.done", NOW)
    phones.types(HUANG, "2户均已签约", NOW)
    phones.sends(HUANG, photo("one"), NOW)
    phones.presses(HUANG, "decision.finish", NOW)
    assert kinds(phones.deliver(NOW)) == [(MENG, "decisions_done")]
    assert [one.kind for one in phones.presses(MENG, "decision.evidence", NOW)] == [
        "evidence_piece"
    ]
    phones.presses(MENG, "decision.confirm", NOW)
    assert state(phones) is ItemState.CLOSED_OUT
    assert kinds(phones.deliver(NOW)) == [(HUANG, "decisions_closed_out")]


def test_a_file_too_big_for_the_bot_is_evidence_all_the_same(phones: Offline) -> None:
    phones.presses(HUANG, "decision.sign", NOW)
    phones.presses(HUANG, "decision.progress", NOW)
    document = {"file_id": "film", "file_unique_id": "film", "file_name": "现场.mp4"}
    body = {"document": {**document, "file_size": TOO_BIG}, "caption": "已清表"}
    (kept,) = phones.sends(HUANG, body, NOW)
    assert kept.kind == "entry_kept"
    with phones.database.transaction() as session:
        assert session.exec(select(ItemEvidence.name)).one() == "现场.mp4"


def test_more_time_is_asked_for_and_given_with_thumbs(phones: Offline) -> None:
    phones.presses(HUANG, "decision.sign", NOW)
    phones.presses(HUANG, "decision.extend", NOW)
    phones.presses(HUANG, "decision.extend_until", NOW)
    phones.types(HUANG, "2户外出务工", NOW)
    assert kinds(phones.deliver(NOW)) == [(MENG, "extensions_asked")]
    phones.presses(MENG, "decision.extend_yes", NOW)
    assert kinds(phones.deliver(NOW)) == [
        (HUANG, "extensions_answered"),
        (QIN, "extensions_granted"),
    ]


def test_what_is_refused_is_insisted_on_or_dropped(phones: Offline) -> None:
    phones.presses(HUANG, "decision.refuse", NOW)
    phones.types(HUANG, "属市自然资源局职责", NOW)
    phones.deliver(NOW)
    phones.presses(MENG, "decision.insist", NOW)
    phones.types(MENG, "按三定方案第5条", NOW)
    assert state(phones) is ItemState.ASSIGNED
    assert kinds(phones.deliver(NOW)) == [(HUANG, "decisions_insisted")]
    phones.presses(HUANG, "decision.refuse", NOW + HOUR)
    phones.types(HUANG, "确非我单位职责", NOW + HOUR)
    phones.deliver(NOW + HOUR)
    phones.presses(MENG, "decision.drop", NOW + HOUR)
    phones.types(MENG, "另行研究", NOW + HOUR)
    assert state(phones) is ItemState.DROPPED


def test_what_is_sent_back_goes_on(phones: Offline) -> None:
    phones.presses(HUANG, "decision.sign", NOW)
    phones.presses(HUANG, "decision.done", NOW)
    phones.types(HUANG, "2户均已签约", NOW)
    phones.presses(HUANG, "decision.finish", NOW)
    phones.deliver(NOW)
    phones.presses(MENG, "decision.send_back", NOW)
    phones.types(MENG, "缺1户的协议", NOW)
    assert kinds(phones.deliver(NOW)) == [(HUANG, "decisions_sent_back")]
    assert phones.is_offered(HUANG, "decision.done")


def test_who_reads_the_thread_of_others_is_offered_nothing_to_do(phones: Offline) -> None:
    phones.types(OU, "/item 1", NOW)
    assert not phones.was_offered(OU, "decision.sign")
    phones.types(MENG, "/item 1", NOW)
    assert phones.was_offered(MENG, "decision.drop")
    assert not phones.was_offered(MENG, "decision.sign")


def test_of_two_who_press_at_once_one_acts_and_the_other_sees_it(database: Database) -> None:
    with database.transaction() as session:
        cast = the_cast(session)
        item_id = a_decided(session, cast).id
        pressing = cast.huang.id, cast.qin.id

    def sign(contact_id: int) -> Message:
        with database.transaction() as session:
            who = session.get_one(Contact, contact_id)
            return does(session, who, signing.sign, item_id, NOW)

    with ThreadPoolExecutor(2) as two:
        seen = list(two.map(sign, pressing))
    happened = {one.line.happened for one in seen if isinstance(one, DecisionStanding)}
    assert len(happened) == 1
    with database.transaction() as session:
        signed = select(ItemEntry).where(ItemEntry.act == ItemAct.SIGNED)
        assert len(session.exec(signed).all()) == 1
