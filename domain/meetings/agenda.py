"""The order in which a meeting speaks: unit by unit, each its projects, each project its topics."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from domain.meetings.kinds import Topic

_TOPICS = tuple(Topic)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A project is spoken about for one reason, and its lead unit reports."""

    project_id: int
    organisation_id: int
    topic: Topic
    problem_id: int | None = None
    item_id: int | None = None


def in_speaking_order(found: Iterable[Spoken], seats: Mapping[int, int]) -> Sequence[Spoken]:
    """What the meeting speaks about, the units by their seats; a unit that is not invited has none.

    A unit's projects stand in the order of the programme; a project's items come before its
    problems, and those before its delays.
    """
    present = [one for one in found if one.organisation_id in seats]
    projects = {one: number for number, one in enumerate(dict.fromkeys(_projects(present)))}
    return sorted(
        present,
        key=lambda one: (
            seats[one.organisation_id],
            projects[one.project_id],
            _TOPICS.index(one.topic),
            one.item_id or one.problem_id or 0,
        ),
    )


def _projects(found: Iterable[Spoken]) -> Iterable[int]:
    return (one.project_id for one in found)
