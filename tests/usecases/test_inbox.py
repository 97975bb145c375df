"""Updates are kept before they are handled, and handled in order within a chat."""

import datetime as dtm
import json

from sqlmodel import Session

from db.tables.intake import InboxUpdate, UpdateState
from tests.builders import NOW
from usecases import inbox


def message(update_id: int, chat: int = 1001, text: str = "/start") -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "韦"}
    body = {"message_id": update_id, "date": 0, "chat": {"id": chat, "type": "private"}}
    return {"update_id": update_id, "message": {**body, "from": person, "text": text}}


def test_an_update_given_twice_is_kept_once(session: Session) -> None:
    inbox.store(session, [message(1)], NOW)
    inbox.store(session, [message(1, text="changed"), message(2)], NOW)

    kept = {number: session.get_one(InboxUpdate, number) for number in (1, 2)}
    assert json.loads(kept[1].raw)["message"]["text"] == "/start"
    assert kept[2].state is UpdateState.PENDING


def test_the_highest_number_is_what_may_be_confirmed(session: Session) -> None:
    assert inbox.store(session, [message(7), message(5)], NOW) == 7
    assert inbox.store(session, [], NOW) is None


def test_a_malformed_update_is_kept_beside_the_others(session: Session) -> None:
    inbox.store(session, [message(1), {"update_id": 2, "message": "?"}, message(3)], NOW)
    assert session.get_one(InboxUpdate, 2).chat_id == 2


def test_a_chat_is_handled_in_order_while_another_goes_ahead(session: Session) -> None:
    inbox.store(session, [message(1, chat=11), message(2, chat=11), message(3, chat=22)], NOW)

    first = inbox.claim_next(session, "a", NOW)
    second = inbox.claim_next(session, "b", NOW)
    assert first is not None
    assert second is not None
    assert (first.update_id, second.update_id) == (1, 3)
    assert inbox.claim_next(session, "c", NOW) is None


def test_a_failing_update_is_tried_three_times_and_then_the_chat_goes_on(session: Session) -> None:
    inbox.store(session, [message(1), message(2)], NOW)
    now = NOW
    for attempt in range(1, 4):
        claimed = inbox.claim_next(session, f"try {attempt}", now)
        assert claimed is not None
        assert claimed.update_id == 1
        row = inbox.still_ours(session, claimed)
        assert row is not None
        assert inbox.put_back(session, row, "boom", now) is (attempt == 3)
        now += dtm.timedelta(seconds=2)

    following = inbox.claim_next(session, "next", now)
    assert following is not None
    assert following.update_id == 2


def test_a_claim_of_a_dead_process_lapses(session: Session) -> None:
    inbox.store(session, [message(1)], NOW)
    first = inbox.claim_next(session, "dead", NOW)
    later = NOW + inbox.CLAIM_LASTS + dtm.timedelta(seconds=1)

    second = inbox.claim_next(session, "alive", later)
    assert first is not None
    assert second is not None
    assert inbox.still_ours(session, first) is None
    assert inbox.still_ours(session, second) is not None


def test_an_update_that_kills_its_process_is_given_up_after_three_attempts(
    session: Session,
) -> None:
    inbox.store(session, [message(1)], NOW)
    hopeless = []
    for attempt in range(4):
        claimed = inbox.claim_next(session, f"process {attempt}", NOW)
        assert claimed is not None
        hopeless.append(claimed.is_hopeless)
        inbox.release_claims(session)
    assert hopeless == [False, False, False, True]


def test_a_clock_set_back_keeps_nobody_waiting(session: Session) -> None:
    inbox.store(session, [message(1, chat=11), message(2, chat=22)], NOW)
    ahead = NOW + dtm.timedelta(days=30)
    failed = inbox.claim_next(session, "failed", ahead)
    assert failed is not None
    row = inbox.still_ours(session, failed)
    assert row is not None
    inbox.put_back(session, row, "boom", ahead)
    inbox.claim_next(session, "died", ahead)

    claimed = [inbox.claim_next(session, "now", NOW) for _ in range(2)]
    assert [update.update_id for update in claimed if update] == [1, 2]
