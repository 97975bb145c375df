import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.items.machine import OPEN, WITH_UNIT, ItemAct, ItemState, after, level_above, may
from domain.vocabulary import Level

STATES = st.sampled_from(ItemState)
ACTS = st.sampled_from(ItemAct)


def test_an_item_goes_from_the_meeting_to_its_close() -> None:
    state = ItemState.RAISED
    for act in (ItemAct.DECIDED, ItemAct.SIGNED, ItemAct.PROGRESS, ItemAct.DONE):
        state = after(act, state)
    assert after(ItemAct.SENT_BACK, state) is ItemState.IN_HAND
    assert after(ItemAct.CLOSED_OUT, state) is ItemState.CLOSED_OUT


def test_what_is_no_duty_of_a_unit_may_be_given_to_another() -> None:
    back = after(ItemAct.REFUSED, ItemState.ASSIGNED)
    assert back is ItemState.REFUSED
    assert after(ItemAct.DECIDED, back) is ItemState.ASSIGNED


@pytest.mark.parametrize(
    ("act", "state"),
    [
        (ItemAct.REFUSED, ItemState.IN_HAND),
        (ItemAct.DONE, ItemState.RAISED),
        (ItemAct.CLOSED_OUT, ItemState.IN_HAND),
        (ItemAct.EXTENSION_ASKED, ItemState.DONE),
        (ItemAct.SIGNED, ItemState.CLOSED_OUT),
        (ItemAct.RAISED, ItemState.RAISED),
    ],
)
def test_what_cannot_happen_is_refused(act: ItemAct, state: ItemState) -> None:
    assert not may(act, state)
    with pytest.raises(ValueError, match=act.value):
        after(act, state)


@given(ACTS, STATES)
def test_only_an_open_item_changes(act: ItemAct, state: ItemState) -> None:
    if may(act, state):
        assert state in OPEN


@given(STATES)
def test_no_open_item_is_stuck(state: ItemState) -> None:
    assert (state in OPEN) == may(ItemAct.DECIDED, state) == may(ItemAct.DROPPED, state)


@given(ACTS, STATES)
def test_what_a_unit_says_of_its_work_means_that_it_signed(act: ItemAct, state: ItemState) -> None:
    told = {ItemAct.PROGRESS, ItemAct.EXTENSION_ASKED, ItemAct.SENT_BACK}
    if act in told and may(act, state):
        assert after(act, state) is ItemState.IN_HAND
        assert after(act, state) in WITH_UNIT


def test_a_level_hands_on_to_the_next_higher_one() -> None:
    assert level_above(Level.COUNTY) is Level.CITY
    assert level_above(Level.CITY) is Level.REGION
    assert level_above(Level.REGION) is None
