"""A conversation is a row: it goes on after a restart, sleeps after half an hour, can be left."""

import datetime as dtm
from collections.abc import Mapping
from typing import Any

import pytest
from sqlmodel import Session, select

from db.tables.speech import Dialog
from domain.dialogs import ASLEEP_AFTER, Ask, Finish, Position, Turn
from templates.dialogs import DialogAsleep, DialogCancelled, NothingToCancel
from templates.message import Message
from templates.office import Failure, UpdatesFailed
from tests.builders import NOW, Cast, asker, the_cast
from usecases import dialogs
from usecases.answers import Answers, say
from usecases.asker import Asker
from usecases.dialogs import Flow

SOON = NOW + dtm.timedelta(minutes=1)
ASLEEP = NOW + ASLEEP_AFTER + dtm.timedelta(seconds=1)


class TwoNumbers:
    """Asks for two numbers and adds them up."""

    def start(self, known: Mapping[str, Any]) -> Position:
        return Position("first", known)

    def hear(self, position: Position, text: str, today: dtm.date) -> Turn:  # noqa: ARG002
        if not text.isdigit():
            return Ask(position)
        if position.step == "first":
            return Ask(position.noted("second", first=int(text)))
        return Finish({**position.draft, "second": int(text)})

    def back(self, position: Position) -> Position:
        return position


def _question(_session: Session, _asker: Asker, ask: Ask) -> Message:
    return UpdatesFailed((ask.position.draft.get("first", 0),))


def _finish(
    _session: Session, _asker: Asker, draft: Mapping[str, Any], _now: dtm.datetime
) -> Answers:
    return say(UpdatesFailed((draft["first"] + draft["second"],)))


def look_up(_session: Session, _asker: Asker, _text: str, _now: dtm.datetime) -> Answers:
    return say(Failure())


FLOW = Flow("two_numbers", TwoNumbers(), _question, _finish)
hear = dialogs.hear(look_up)
look_up_instead = dialogs.look_up_instead(look_up)


@pytest.fixture
def cast(session: Session, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setitem(dialogs._CONVERSATIONS, FLOW.kind, FLOW)
    return the_cast(session)


@pytest.fixture
def wei(session: Session, cast: Cast) -> Asker:
    """Wei, who has just been asked for the first number."""
    who = asker(session, cast.wei)
    dialogs.begin(session, who, FLOW, {}, NOW)
    return who


def only(answers: Answers) -> Message:
    (answer,) = answers
    return answer.message


def test_what_is_said_is_kept_until_all_is_said(session: Session, wei: Asker) -> None:
    assert only(hear(session, wei, "3", SOON)) == UpdatesFailed((3,))
    session.flush()
    session.expire_all()
    row = session.exec(select(Dialog)).one()
    assert (row.step, row.draft, row.touched_at) == ("second", {"first": 3}, SOON)

    assert only(hear(session, wei, "4", SOON)) == UpdatesFailed((7,))
    assert session.exec(select(Dialog)).all() == []


def test_without_a_conversation_words_are_looked_up(session: Session, cast: Cast) -> None:
    assert only(hear(session, asker(session, cast.huang), "3", NOW)) == Failure()
    assert only(hear(session, asker(session, None), "3", NOW)) == Failure()


def test_after_half_an_hour_of_silence_one_is_asked_what_is_meant(
    session: Session, wei: Asker
) -> None:
    hear(session, wei, "3", NOW)
    assert only(hear(session, wei, "白露大道", ASLEEP)) == DialogAsleep("two_numbers", "白露大道")
    assert only(look_up_instead(session, wei, None, ASLEEP)) == Failure()
    assert only(dialogs.go_on(session, wei, None, ASLEEP)) == UpdatesFailed((3,))
    assert only(hear(session, wei, "4", ASLEEP)) == UpdatesFailed((7,))


def test_a_new_conversation_takes_the_place_of_the_open_one(session: Session, wei: Asker) -> None:
    hear(session, wei, "3", NOW)
    dialogs.begin(session, wei, FLOW, {}, NOW)
    assert session.exec(select(Dialog)).one().step == "first"


def test_a_conversation_can_always_be_left(session: Session, wei: Asker) -> None:
    assert only(dialogs.cancel(session, wei, None, NOW)) == DialogCancelled()
    assert only(dialogs.cancel(session, wei, None, NOW)) == NothingToCancel()
    assert only(dialogs.go_on(session, wei, None, NOW)) == NothingToCancel()
    assert only(look_up_instead(session, wei, None, NOW)) == NothingToCancel()


def test_people_talk_side_by_side(session: Session, cast: Cast, wei: Asker) -> None:
    huang = asker(session, cast.huang)
    dialogs.begin(session, huang, FLOW, {}, NOW)
    hear(session, wei, "3", NOW)
    hear(session, huang, "5", NOW)
    assert only(hear(session, wei, "1", NOW)) == UpdatesFailed((4,))


def test_a_conversation_this_version_does_not_know_is_in_nobodys_way(
    session: Session, wei: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(dialogs._CONVERSATIONS, FLOW.kind)
    assert only(hear(session, wei, "3", NOW)) == Failure()
    assert only(dialogs.cancel(session, wei, None, NOW)) == DialogCancelled()
