"""The closed sets of meetings: their kinds, what a unit answers, what they speak about."""

from collections.abc import Mapping
from enum import StrEnum

from domain.vocabulary import ProblemKind


class MeetingKind(StrEnum):
    """What a meeting is for: 协调会, 用地用林保障对接, 政银企对接, 集中开竣工."""

    COORDINATION = "coordination"
    LAND_SUPPLY = "land_supply"
    FINANCING = "financing"
    CEREMONY = "ceremony"


class Attendance(StrEnum):
    """What a unit answers to an invitation (回执)."""

    LEADER = "leader"
    DEPUTY_LEADER = "deputy_leader"
    DELEGATE = "delegate"
    LEAVE = "leave"


class LeaveVerdict(StrEnum):
    """What the organiser said to a unit that asked to stay away."""

    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"


class Topic(StrEnum):
    """Why a project is on the agenda. Late reporting is no topic."""

    PROBLEM = "problem"
    OVERDUE_START = "overdue_start"
    BEHIND = "behind"


PROBLEMS_OF: Mapping[MeetingKind, frozenset[ProblemKind]] = {
    MeetingKind.COORDINATION: frozenset(ProblemKind),
    MeetingKind.LAND_SUPPLY: frozenset(
        {ProblemKind.LAND, ProblemKind.FOREST, ProblemKind.LAND_ACQUISITION}
    ),
    MeetingKind.FINANCING: frozenset({ProblemKind.FUNDING}),
    MeetingKind.CEREMONY: frozenset(),
}
"""Which problems each kind of meeting takes up; only a coordination meeting speaks of progress."""
