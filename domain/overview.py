"""Adding a programme up: how many projects, what they cost, what is done, by whatever divides them.

Sums are made of the same facts the cards show, so that a figure can be opened down to its projects.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from domain.periods import Period
from domain.progress import YearPlan
from domain.vocabulary import PlanCategory

ANY = 0
"""The key that leaves nothing out."""

NONE = -1
"""The key of what a listing does not state."""


class Dimension(StrEnum):
    """What a programme is divided by."""

    CATEGORY = "category"
    REGION = "region"
    SECTOR = "sector"
    UNIT = "unit"


Keys = tuple[int, int, int, int]
"""A key for each dimension, in their order: an id, or the place in its closed set from 1."""

EVERYTHING: Keys = (ANY, ANY, ANY, ANY)
_PLACES = {dimension: place for place, dimension in enumerate(Dimension)}


@dataclass(frozen=True, slots=True)
class Fact:
    """A listed project, as far as sums go; money in whole yuan.

    `done` is what is accepted of the year up to the month told through, `known` the newest month
    of the year that anything is accepted of, if any.
    """

    project_id: int
    category: PlanCategory
    keys: Keys
    total_investment: int | None = None
    plan: YearPlan | None = None
    done: int = 0
    known: Period | None = None

    def key(self, dimension: Dimension) -> int:
        """Which group of a dimension the project belongs to."""
        return self.keys[_PLACES[dimension]]

    def is_within(self, keys: Keys) -> bool:
        """Whether the project is among those the keys leave."""
        return all(wanted in (ANY, own) for wanted, own in zip(keys, self.keys, strict=True))

    @property
    def is_preparatory(self) -> bool:
        """Whether the year is for preliminary work only: no investment is planned."""
        return self.category is PlanCategory.PREPARATORY


@dataclass(frozen=True, slots=True)
class Sums:
    """What projects come to, in whole yuan.

    `share` and `due` compare only the projects with an annual plan; `unplanned` counts those that
    should have one, `missing` those whose newest month is not in.
    """

    projects: int
    total_investment: int
    annual_plan: int
    done: int
    done_as_planned: int
    due_yuan: Fraction
    unplanned: int
    missing: int

    @property
    def share(self) -> Fraction | None:
        """The part of the year's plans that is done; None without any plan."""
        return Fraction(self.done_as_planned, self.annual_plan) if self.annual_plan else None

    @property
    def due(self) -> Fraction:
        """The part that should be done by now (序时进度)."""
        return self.due_yuan / self.annual_plan if self.annual_plan else Fraction(0)

    @property
    def behind(self) -> Fraction:
        """How far the plans are behind time elapsed; negative when they are ahead."""
        return self.due - (self.share or 0)


def narrowed(keys: Keys, dimension: Dimension, key: int) -> Keys:
    """The keys that leave only one group of a dimension."""
    place = _PLACES[dimension]
    before, after = keys[:place], keys[place + 1 :]
    # One for one in a tuple of fixed length, which slices make the type checker forget.
    return (*before, key, *after)  # type: ignore[return-value]


def is_fixed(keys: Keys, dimension: Dimension) -> bool:
    """Whether the keys leave only one group of the dimension already."""
    return keys[_PLACES[dimension]] != ANY


def told_through(known: Iterable[Period | None]) -> Period | None:
    """The month up to which sums are told: at least half of the projects with figures reach it.

    A few accepted early must not make all the others look late. (Our own rule.)
    """
    reached = sorted((month for month in known if month), reverse=True)
    return reached[(len(reached) - 1) // 2] if reached else None


def sums(facts: Iterable[Fact], through: Period | None) -> Sums:
    """What the projects come to, `due` by the end of the month told through."""
    group = list(facts)
    planned = [(fact, fact.plan) for fact in group if fact.plan]
    month = through.month if through else 0
    return Sums(
        projects=len(group),
        total_investment=sum(fact.total_investment or 0 for fact in group),
        annual_plan=sum(plan.yuan for _, plan in planned),
        done=sum(fact.done for fact in group),
        done_as_planned=sum(fact.done for fact, _ in planned),
        due_yuan=sum((plan.due_yuan(month) for _, plan in planned if month), Fraction(0)),
        unplanned=sum(not fact.plan and not fact.is_preparatory for fact in group),
        missing=sum(_is_missing(fact, through) for fact in group),
    )


def grouped(facts: Iterable[Fact], dimension: Dimension) -> Sequence[tuple[int, list[Fact]]]:
    """The groups of a dimension: those of a closed set in its order, others the largest first."""
    groups: defaultdict[int, list[Fact]] = defaultdict(list)
    for fact in facts:
        groups[fact.key(dimension)].append(fact)
    in_order = dimension in (Dimension.CATEGORY, Dimension.SECTOR)
    return sorted(
        groups.items(),
        key=lambda item: (item[0] == NONE, 0 if in_order else -len(item[1]), item[0]),
    )


def most_behind_first(facts: Iterable[Fact], through: Period | None) -> list[Fact]:
    """The projects by how far they are behind time elapsed; those without a plan last."""
    return sorted(facts, key=lambda fact: (-_behind(fact, through), fact.project_id))


def _behind(fact: Fact, through: Period | None) -> Fraction:
    if fact.plan is None or through is None:
        return Fraction(-(10**6))
    return fact.plan.points_behind(fact.done, through.month)


def _is_missing(fact: Fact, through: Period | None) -> bool:
    if fact.is_preparatory or through is None:
        return False
    return fact.known is None or fact.known < through
