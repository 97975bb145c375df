"""When a project runs, how much it had before the year, and how it stands in October."""

from dataclasses import dataclass
from random import Random

from domain.vocabulary import ActualState, PlanCategory
from sandbox.sample.amounts import UNIT
from sandbox.sample.slots import Slot

STATE_MONTH = 10
"""Actual states are those at the end of this month of the programme's year."""

START_MONTHS = (3, 4, 5, 6, 6, 7, 8, 9, 9, 10, 11, 12)
FINISH_MONTHS = (5, 6, 6, 7, 8, 9, 9, 10, 11, 12, 12, 12)


@dataclass(frozen=True, slots=True)
class Schedule:
    """A project's course; months are those of the programme's year, None in another year."""

    start_year: int
    finish_year: int
    start_month: int | None
    finish_month: int | None
    invested_before: int
    state: ActualState


def schedule(slot: Slot, year: int, rng: Random) -> Schedule:
    """A course believable for the slot's category, total investment and annual plan."""
    match slot.category:
        case PlanCategory.NEW_START:
            return _new_start(slot, year, rng)
        case PlanCategory.CONTINUING:
            return _continuing(slot, year, rng)
        case PlanCategory.COMPLETION:
            return _completion(slot, year, rng)
        case PlanCategory.PREPARATORY:
            return _preparatory(year, rng)


def _new_start(slot: Slot, year: int, rng: Random) -> Schedule:
    month = rng.choice(START_MONTHS)
    finish = year + min(6, _years(slot.total - _annual(slot), _annual(slot)))
    if month > STATE_MONTH:
        state = ActualState.NOT_STARTED
    elif rng.random() < 0.14:
        state = ActualState.OVERDUE_START
    else:
        state = ActualState.UNDER_CONSTRUCTION
    return Schedule(year, finish, month, None, 0, state)


def _continuing(slot: Slot, year: int, rng: Random) -> Schedule:
    annual = _annual(slot)
    before = int((slot.total - annual) * rng.uniform(0.15, 0.95)) // UNIT * UNIT
    left = _years(slot.total - annual - before, annual)
    state = ActualState.SUSPENDED if rng.random() < 0.04 else ActualState.UNDER_CONSTRUCTION
    start = year - max(1, min(6, _years(before, annual)))
    return Schedule(start, year + min(5, left), None, None, before, state)


def _completion(slot: Slot, year: int, rng: Random) -> Schedule:
    annual = _annual(slot)
    before = slot.total - annual
    if rng.random() < 0.3:
        before -= int(annual * rng.uniform(0.02, 0.2)) // UNIT * UNIT
    month = rng.choice(FINISH_MONTHS)
    done = month <= STATE_MONTH and rng.random() < 0.75
    state = ActualState.COMPLETED if done else ActualState.UNDER_CONSTRUCTION
    start = year - max(1, min(5, _years(before, annual)))
    return Schedule(start, year, None, month, max(0, before), state)


def _preparatory(year: int, rng: Random) -> Schedule:
    start = year + rng.choice((0, 1, 1, 1, 2))
    finish = start + rng.randint(2, 5)
    return Schedule(start, finish, None, None, 0, ActualState.PREPARATORY_WORK)


def _annual(slot: Slot) -> int:
    if slot.annual is None:
        raise ValueError("a preparatory project has no annual plan")
    return slot.annual


def _years(amount: int, annual: int) -> int:
    """How many years the amount lasts at the annual plan, begun years counted."""
    return -(-amount // annual)
