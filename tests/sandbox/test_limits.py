"""Sending limits: what passes, what waits, and what is held against a bot that does not wait."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.botapi.errors import ApiError
from sandbox.botapi.limits import SendingLimits
from sandbox.botapi.settings import Settings
from tests.sandbox.office import Office

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
GROUP, PERSON = -5, 7


def at(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def retry_after(limits: SendingLimits, chat: int, seconds: float) -> int:
    """0 when the send passes."""
    try:
        limits.pass_send(chat, chat < 0, at(seconds))
    except ApiError as error:
        return int(error.parameters["retry_after"])
    return 0


def test_a_chat_takes_a_short_burst_and_then_one_a_second() -> None:
    limits = SendingLimits(Settings())
    assert [retry_after(limits, PERSON, 0) for _ in range(4)] == [0, 0, 0, 1]
    assert [retry_after(limits, PERSON, second) for second in (1, 2, 3, 4)] == [0] * 4
    assert retry_after(limits, PERSON, 4.1) == 1


def test_a_group_takes_twenty_in_any_sixty_seconds() -> None:
    limits = SendingLimits(Settings())
    assert [retry_after(limits, GROUP, 2 * n) for n in range(20)] == [0] * 20
    assert retry_after(limits, GROUP, 40) == 20
    assert retry_after(limits, GROUP, 60) == 0
    assert retry_after(limits, GROUP, 61) == 1


def test_the_bot_sends_thirty_in_any_second() -> None:
    limits = SendingLimits(Settings())
    assert [retry_after(limits, 100 + n, n / 100) for n in range(30)] == [0] * 30
    assert retry_after(limits, 200, 0.9) == 1
    assert limits.violations == ["more than the bot may send in all; retry after 1"]


def test_who_does_not_wait_waits_longer_and_is_noted() -> None:
    limits = SendingLimits(Settings())
    limits.pause(5, at(0), PERSON)
    assert retry_after(limits, PERSON, 4) == 5
    assert limits.violations == ["sent 1.00 s before the retry_after was over"]
    assert retry_after(limits, PERSON, 8.9) == 5
    assert retry_after(limits, PERSON, 14) == 0


def test_a_send_already_on_its_way_is_refused_but_not_held_against_the_bot() -> None:
    limits = SendingLimits(Settings())
    limits.pause(5, at(0))
    assert retry_after(limits, PERSON, 0.2) == 5
    assert limits.violations == []
    assert retry_after(limits, PERSON, 5) == 0


def test_a_clock_moved_back_leaves_no_wait_behind() -> None:
    limits = SendingLimits(Settings())
    for second in range(21):
        retry_after(limits, GROUP, second)
    assert retry_after(limits, GROUP, 22) > 0
    assert retry_after(limits, GROUP, -3600) == 0


@given(st.lists(st.tuples(st.floats(0, 3), st.sampled_from([GROUP, PERSON, 8, 9]))))
def test_no_window_is_ever_overfull(gaps: list[tuple[float, int]]) -> None:
    limits, passed, now = SendingLimits(Settings()), list[tuple[float, int]](), 0.0
    for gap, chat in gaps:
        now += gap
        if retry_after(limits, chat, now) == 0:
            passed.append((now, chat))
    for end, chat in passed:
        in_chat = [when for when, where in passed if where == chat]
        assert sum(end - 10 < when <= end for when in in_chat) <= 13
        if chat == GROUP:
            assert sum(end - 60 < when <= end for when in in_chat) <= 20


def test_edits_count_and_answers_to_presses_do_not() -> None:
    office = Office()
    number = office.said()
    assert [office.edit(number, str(n)).status for n in range(3)] == [200, 200, 429]
    assert office.ask("sendChatAction", chat_id=office.wang.id, action="typing").status == 200
    assert [violation.method for violation in office.telegram.journal.violations] == [
        "editMessageText"
    ]


@pytest.mark.parametrize("text", ["<b>broken", ""])
def test_a_call_wrong_in_its_form_does_not_count(text: str) -> None:
    office = Office()
    for _ in range(10):
        assert office.say(text, parse_mode="HTML").status == 400
    assert office.say().status == 200
