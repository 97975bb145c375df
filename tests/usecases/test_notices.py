"""Somebody hears something once, said as it is when it leaves; who cannot be told stops nobody."""

import datetime as dtm
from collections.abc import Sequence

import pytest
from sqlmodel import Session, select

from db.tables.people import Contact, Unreachable
from db.tables.speech import Dialog, Message, MessageState, Notice, NoticeState, Urgency
from templates.office import UpdatesFailed
from tests.builders import NOW, Cast, the_cast
from usecases import composing, delivery, notices
from usecases.composing import NotComposedError
from usecases.notices import Composed, Occasion, Subject, notify
from usecases.outcomes import NotSent

NOBODY: frozenset[int] = frozenset()
SETTLED: set[int] = set()
POISON = 666


def _compose(
    _session: Session, _contact: Contact, due: Sequence[Notice], _now: dtm.datetime
) -> Composed:
    numbers = [notice.subject_id for notice in due if notice.subject_id not in SETTLED]
    if POISON in numbers:
        raise RuntimeError("no words for this")
    told = frozenset(notice.id for notice in due if notice.subject_id in numbers)
    return Composed(UpdatesFailed(tuple(numbers)) if numbers else None, told)


@pytest.fixture
def occasion(monkeypatch: pytest.MonkeyPatch) -> Occasion:
    """A routine occasion whose subjects settle when a test says so."""
    made = Occasion("test", Urgency.ROUTINE, _compose, expires_after=dtm.timedelta(days=1))
    monkeypatch.setitem(notices._OCCASIONS, made.name, made)
    SETTLED.clear()
    return made


@pytest.fixture
def cast(session: Session) -> Cast:
    return the_cast(session)


def next_message(session: Session, now: dtm.datetime = NOW) -> Message | None:
    return composing.compose_next(session, Urgency.ROUTINE, now, NOBODY)


def states(session: Session) -> list[NoticeState]:
    return [notice.state for notice in session.exec(select(Notice).order_by("id"))]


def did_not_leave(session: Session, message: Message) -> dtm.datetime:
    """The message was claimed and no connection stood; when it may be tried again."""
    delivery.claim(session, message.id, NOW)
    delivery.settle(session, message.id, NotSent("no connection"), NOW)
    return NOW + dtm.timedelta(minutes=1)


def test_saying_twice_that_somebody_must_hear_it_changes_nothing(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    for _ in range(2):
        notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    assert states(session) == [NoticeState.DUE]


def test_what_one_person_is_to_hear_becomes_one_message(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    for number in (1, 2, 3):
        notify(session, occasion, Subject("thing", number), cast.wei.id, NOW)
    SETTLED.add(2)

    message = next_message(session)
    assert message is not None
    assert "1、3" in message.text
    assert states(session) == [NoticeState.TOLD, NoticeState.WITHDRAWN, NoticeState.TOLD]


def test_nothing_is_said_of_what_has_settled(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    SETTLED.add(1)
    assert next_message(session) is None
    assert states(session) == [NoticeState.WITHDRAWN]


def test_what_cannot_be_said_to_one_stops_nobody_else(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    notify(session, occasion, Subject("thing", POISON), cast.wei.id, NOW)
    notify(session, occasion, Subject("thing", 1), cast.huang.id, NOW)

    with pytest.raises(NotComposedError) as raised:
        next_message(session)
    composing.put_off(session, raised.value.notice_ids, NOW)
    message = next_message(session)
    assert message is not None
    assert message.contact_id == cast.huang.id
    assert next_message(session) is None
    with pytest.raises(NotComposedError):
        next_message(session, NOW + composing.PUT_OFF)


def test_an_occasion_nobody_knows_any_more_is_a_fault_of_its_notices_only(
    session: Session, cast: Cast
) -> None:
    gone = Occasion("gone", Urgency.ROUTINE, _compose)
    notify(session, gone, Subject("thing", 1), cast.wei.id, NOW)
    with pytest.raises(NotComposedError):
        next_message(session)


def test_many_notices_of_a_resting_chat_hide_nobody(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    for number in range(30):
        notify(session, occasion, Subject("thing", number), cast.wei.id, NOW)
    notify(session, occasion, Subject("thing", 99), cast.huang.id, NOW)

    resting = frozenset({cast.wei.telegram_user_id or 0})
    message = composing.compose_next(session, Urgency.ROUTINE, NOW, resting)
    assert message is not None
    assert message.contact_id == cast.huang.id


def test_nothing_new_overtakes_what_still_waits_for_a_person(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    first = next_message(session)
    assert first is not None
    notify(session, occasion, Subject("thing", 2), cast.wei.id, NOW)
    assert next_message(session) is None


def test_what_did_not_leave_at_once_is_read_again_and_takes_along_what_is_new(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    for number in (1, 2):
        notify(session, occasion, Subject("thing", number), cast.wei.id, NOW)
    message = next_message(session)
    assert message is not None
    later = did_not_leave(session, message)
    SETTLED.add(1)
    notify(session, occasion, Subject("thing", 3), cast.wei.id, NOW)

    parcel = delivery.claim(session, message.id, later)
    assert parcel is not None
    assert "2、3" in parcel.text
    assert states(session) == [NoticeState.WITHDRAWN, NoticeState.TOLD, NoticeState.TOLD]


def test_what_settled_before_it_could_leave_is_not_said(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    message = next_message(session)
    assert message is not None
    later = did_not_leave(session, message)
    SETTLED.add(1)

    assert delivery.claim(session, message.id, later) is None
    assert message.state is MessageState.SUPERSEDED
    assert states(session) == [NoticeState.WITHDRAWN]


def test_a_routine_word_waits_while_a_conversation_is_awake(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    talk = Dialog(contact_id=cast.wei.id, kind="x", step="y", started_at=NOW, touched_at=NOW)
    session.add(talk)
    session.flush()
    assert next_message(session) is None
    assert next_message(session, NOW + dtm.timedelta(minutes=31)) is not None


@pytest.mark.parametrize("why", list(Unreachable))
def test_nothing_is_composed_for_somebody_who_cannot_be_reached(
    session: Session, cast: Cast, occasion: Occasion, why: Unreachable
) -> None:
    notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    cast.wei.unreachable = why
    session.flush()
    assert next_message(session) is None
    assert states(session) == [NoticeState.DUE]


def test_what_nobody_could_be_told_in_time_is_let_go(
    session: Session, cast: Cast, occasion: Occasion
) -> None:
    notify(session, occasion, Subject("thing", 1), cast.wei.id, NOW)
    assert notices.expire(session, NOW) == 0
    assert notices.expire(session, NOW + dtm.timedelta(days=1)) == 1
    assert states(session) == [NoticeState.EXPIRED]
