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


class ReplyStanding(StrEnum):
    """How a unit stands to a meeting: what it answered, and what was said of its leave."""

    UNANSWERED = "unanswered"
    LEADER = "leader"
    DEPUTY_LEADER = "deputy_leader"
    DELEGATE = "delegate"
    LEAVE_ASKED = "leave_asked"
    LEAVE_GRANTED = "leave_granted"
    LEAVE_REFUSED = "leave_refused"

    @property
    def is_coming(self) -> bool:
        """Whether somebody of the unit comes."""
        return self in (ReplyStanding.LEADER, ReplyStanding.DEPUTY_LEADER, ReplyStanding.DELEGATE)

    @property
    def is_open(self) -> bool:
        """Whether the unit still has to answer; so it does when its leave was refused."""
        return self in (ReplyStanding.UNANSWERED, ReplyStanding.LEAVE_REFUSED)


def standing_of(attendance: Attendance | None, verdict: LeaveVerdict | None) -> ReplyStanding:
    """The standing that follows from a unit's newest answer; None is no answer."""
    if attendance is None:
        return ReplyStanding.UNANSWERED
    if attendance is Attendance.LEAVE:
        return ReplyStanding(f"leave_{verdict or LeaveVerdict.ASKED}")
    return ReplyStanding(attendance.value)


class Topic(StrEnum):
    """Why a project is on the agenda. Late reporting is no topic."""

    ITEM = "item"
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
