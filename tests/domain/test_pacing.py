"""Messages leave as fast as Telegram allows, and never faster."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from domain.pacing import CHAT_BURST, GROUP_MOST, GROUP_WINDOW, Pacer

RATE = 28.0
PERSON, GROUP = 7, -7


def sent_as_soon_as_allowed(pacer: Pacer, chats: list[int], start: float = 100.0) -> list[float]:
    """Send to these chats in order, each as early as the pacer allows."""
    now, times = start, []
    for chat in chats:
        now = pacer.ready_at(chat, now)
        pacer.sent(chat, now)
        times.append(now)
    return times


def most_within(times: list[float], window: float) -> int:
    """The most that left within any stretch of that length."""
    return max(sum(1 for at in times if first <= at < first + window) for first in times)


def test_many_people_get_theirs_evenly_at_the_full_rate() -> None:
    times = sent_as_soon_as_allowed(Pacer(RATE), list(range(1, 281)))
    assert 9.8 < times[-1] - times[0] < 10.1
    assert most_within(times, 1.0) <= 29


def test_one_person_gets_a_short_burst_and_then_one_a_second() -> None:
    times = sent_as_soon_as_allowed(Pacer(RATE), [PERSON] * 8)
    assert times[CHAT_BURST - 1] - times[0] < 0.2
    assert all(later - earlier > 1 for earlier, later in pairwise(times[3:]))


def test_a_group_gets_twenty_in_any_minute() -> None:
    times = sent_as_soon_as_allowed(Pacer(RATE), [GROUP] * 50)
    assert most_within(times, GROUP_WINDOW) == GROUP_MOST


@given(st.lists(st.sampled_from([PERSON, GROUP, 8, 9, -8]), min_size=1, max_size=120))
def test_no_order_of_chats_breaks_a_limit(chats: list[int]) -> None:
    times = sent_as_soon_as_allowed(Pacer(RATE), chats)
    by_chat = {chat: [t for t, c in zip(times, chats, strict=True) if c == chat] for chat in chats}
    assert most_within(times, 1.0) <= 29
    for chat, own in by_chat.items():
        assert most_within(own, 1.0) <= CHAT_BURST
        assert chat > 0 or most_within(own, GROUP_WINDOW) <= GROUP_MOST


def test_windows_are_rebuilt_from_what_left_before() -> None:
    pacer = Pacer(RATE)
    for second in range(GROUP_MOST):
        pacer.remember(GROUP, 50.0 + second)
    assert pacer.ready_at(GROUP, 100.0) == 50.0 + GROUP_WINDOW


def test_a_429_of_a_group_rests_that_group_only() -> None:
    pacer = Pacer(RATE)
    pacer.throttled(GROUP, 30, 100.0)
    assert pacer.ready_at(GROUP, 100.0) == 130.0
    assert pacer.ready_at(PERSON, 100.0) == 100.0


def test_a_429_of_a_person_rests_everybody_and_then_goes_slower_for_a_while() -> None:
    pacer = Pacer(RATE)
    pacer.throttled(PERSON, 5, 100.0)
    assert pacer.ready_at(8, 100.0) == 105.0
    slow = sent_as_soon_as_allowed(pacer, list(range(100, 110)), start=105.0)
    assert slow[-1] - slow[0] > 9 / RATE * 1.8


def test_what_no_window_reaches_is_forgotten() -> None:
    pacer = Pacer(RATE)
    pacer.sent(PERSON, 100.0)
    pacer.forget_before(100.0 + 2 * GROUP_WINDOW)
    assert pacer.resting(100.0 + 2 * GROUP_WINDOW) == frozenset()


def test_a_chat_asked_about_after_its_window_has_passed_is_forgotten_too() -> None:
    pacer = Pacer(RATE)
    pacer.sent(PERSON, 100.0)
    later = 100.0 + 2 * GROUP_WINDOW
    assert pacer.resting(later) == frozenset()

    pacer.forget_before(later)

    assert pacer.resting(later) == frozenset()


def test_a_message_long_on_its_way_counts_from_when_it_was_answered() -> None:
    quick, slow = Pacer(RATE), Pacer(RATE)
    for pacer, answered in ((quick, 100.0), (slow, 101.0)):
        pacer.sent(PERSON, 100.0)
        pacer.landed(PERSON, answered)
        pacer.sent(PERSON, 101.0)
        pacer.sent(PERSON, 101.0)
    assert slow.ready_at(PERSON, 101.0) > quick.ready_at(PERSON, 101.0) + 0.9
