"""The steps of preliminary work (前期工作) of a 预备 project: which are done, which under way."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from domain.words import any_of, read_words

LONGEST_NOTE = 40


class PreliminaryStep(StrEnum):
    """The usual steps before construction, in their usual order (前期工作台账)."""

    PROPOSAL = "proposal"
    FEASIBILITY = "feasibility"
    PLANNING = "planning"
    LAND = "land"
    ENVIRONMENT = "environment"
    DESIGN = "design"
    TENDER = "tender"
    PERMIT = "permit"


class StageState(StrEnum):
    """How far a step is."""

    NOT_YET = "not_yet"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def following(self) -> "StageState":
        """The state a press leads to; after the last the first again."""
        states = tuple(StageState)
        return states[(states.index(self) + 1) % len(states)]


@dataclass(frozen=True, slots=True)
class Stage:
    """A step and how far it is; `note` is what was typed of it, its date as a rule."""

    step: PreliminaryStep
    state: StageState
    note: str = ""


Stages = tuple[Stage, ...]


def state_of(stages: Stages, step: PreliminaryStep) -> StageState:
    """How far a step is; nothing said is nothing done."""
    return next((one.state for one in stages if one.step is step), StageState.NOT_YET)


def pressed(stages: Stages, step: PreliminaryStep) -> Stages:
    """The step one state further; what was noted of it goes with the old one."""
    return merged(stages, [Stage(step, state_of(stages, step).following)])


def merged(stages: Stages, said: Sequence[Stage]) -> Stages:
    """What was known with what is said now, in the order of the steps."""
    latest = {one.step: one for one in (*stages, *said)}
    return tuple(latest[step] for step in PreliminaryStep if step in latest)


def read_stages(text: str) -> Stages:
    """The steps a text names, each with its state: 可研8月已批复，环评办理中."""
    pieces = (piece.strip() for piece in _BETWEEN.split(text))
    return merged((), [one for piece in pieces if (one := _read_stage(piece))])


def as_data(stages: Stages) -> dict[str, list[str]]:
    """The steps as JSON can hold them."""
    return {one.step.value: [one.state.value, one.note] for one in stages}


def of_data(data: Mapping[str, Any] | None) -> Stages:
    """The steps that `as_data` wrote."""
    return tuple(
        Stage(PreliminaryStep(step), StageState(state), note)
        for step, (state, note) in (data or {}).items()
    )


def _read_stage(piece: str) -> Stage | None:
    said = piece.casefold()
    for step, names in _STEPS.items():
        if found := re.search(any_of(names), said):
            rest = f"{piece[: found.start()]}{piece[found.end() :]}".strip(" ：:")
            return Stage(step, _read_state(rest.casefold()), rest[:LONGEST_NOTE])
    return None


def _read_state(said: str) -> StageState:
    found = (state for state, words in _STATES.items() if any(word in said for word in words))
    return next(found, StageState.UNDER_WAY)


_WORDS = read_words("preliminary")
_STEPS = {PreliminaryStep(step): names for step, names in _WORDS["steps"].items()}
_STATES = {StageState(state): words for state, words in _WORDS["states"].items()}
_BETWEEN = re.compile(any_of(_WORDS["marks"]["between"]))
