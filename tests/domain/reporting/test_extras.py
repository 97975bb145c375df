"""Corrections of last month with their sign, and steps of preliminary work, as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.amounts import Doubt, DoubtReason
from domain.reporting.extras import read_change
from domain.reporting.preliminary import (
    PreliminaryStep,
    Stage,
    StageState,
    as_data,
    of_data,
    pressed,
    read_stages,
    state_of,
)

WAN = 10_000
NOT_YET, UNDER_WAY, DONE = StageState


@pytest.mark.parametrize(
    ("said", "yuan"),
    [
        ("核减200万", -200 * WAN),
        ("减少 35万", -35 * WAN),
        ("-200万", -200 * WAN),
        ("－0.5亿", -5000 * WAN),
        ("多报了200万", -200 * WAN),
        ("minus 2 million", -200 * WAN),
        ("核增200万", 200 * WAN),
        ("+35万", 35 * WAN),
        ("增加1亿2千万", 12_000 * WAN),
        ("漏报1200万", 1200 * WAN),
    ],
)
def test_a_correction_with_its_sign_is_read_exactly(said: str, yuan: int) -> None:
    assert read_change(said) == yuan


@pytest.mark.parametrize(
    ("said", "reason", "candidates"),
    [
        ("200万", DoubtReason.NO_SIGN, (200 * WAN, -200 * WAN)),
        ("减200", DoubtReason.NO_UNIT, None),
        ("核减约200万", DoubtReason.VAGUE, None),
        ("说不清", DoubtReason.NONE, ()),
        ("减了又减", DoubtReason.NONE, ()),
    ],
)
def test_a_doubtful_correction_is_asked_about(
    said: str, reason: DoubtReason, candidates: tuple[int, ...] | None
) -> None:
    read = read_change(said)
    assert isinstance(read, Doubt)
    assert read.reason is reason
    if candidates is not None:
        assert read.candidates == candidates
    if said.startswith(("减", "核减")):
        assert all(yuan < 0 for yuan in read.candidates)


@given(st.integers(min_value=1, max_value=10**6), st.sampled_from(["核减", "-", "减少"]))
def test_what_takes_off_is_never_read_as_an_addition(wan: int, word: str) -> None:
    assert read_change(f"{word}{wan}万") == -wan * WAN


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("可研8月已批复", [(PreliminaryStep.FEASIBILITY, DONE)]),
        ("环评办理中", [(PreliminaryStep.ENVIRONMENT, UNDER_WAY)]),
        ("施工许可证未办", [(PreliminaryStep.PERMIT, NOT_YET)]),
        ("用地预审已上报", [(PreliminaryStep.LAND, UNDER_WAY)]),
        (
            "立项已完成，初设正在编制",
            [(PreliminaryStep.PROPOSAL, DONE), (PreliminaryStep.DESIGN, UNDER_WAY)],
        ),
        ("天气很好", []),
    ],
)
def test_steps_are_read_with_how_far_they_are(
    said: str, expected: list[tuple[PreliminaryStep, StageState]]
) -> None:
    assert [(one.step, one.state) for one in read_stages(said)] == expected


def test_a_step_pressed_three_times_is_where_it_was() -> None:
    stages: tuple[Stage, ...] = (Stage(PreliminaryStep.LAND, UNDER_WAY, "9月上报"),)
    for _ in range(3):
        stages = pressed(stages, PreliminaryStep.LAND)
    assert state_of(stages, PreliminaryStep.LAND) is UNDER_WAY


def test_steps_survive_being_kept() -> None:
    stages = read_stages("可研8月已批复，环评办理中")
    assert of_data(as_data(stages)) == stages
