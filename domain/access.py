"""Who may do what: one table of actions × roles, each with how far it reaches.

The documents print this table and the tests walk it cell by cell; use-cases ask `may` and `reach`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from domain.vocabulary import Role


class Action(StrEnum):
    """What a person may want to do."""

    READ_CARD = "read_card"
    READ_UNREVIEWED = "read_unreviewed"
    READ_PEOPLE = "read_people"
    READ_PHONES = "read_phones"
    FOLLOW = "follow"
    ADD_PROBLEM = "add_problem"
    NOTE_PROGRESS = "note_progress"
    REPORT = "report"
    REVIEW = "review"
    READ_OVERVIEW = "read_overview"
    READ_OVERDUE = "read_overdue"
    NUDGE = "nudge"
    ANSWER_ALERT = "answer_alert"
    RELEASE = "release"
    READ_CHASING_RECORD = "read_chasing_record"
    READ_HOLES = "read_holes"
    IMPORT = "import"
    INVITE = "invite"
    UNLINK_OTHERS = "unlink_others"
    RECORD_LEAVE = "record_leave"
    MARK_LEFT = "mark_left"
    HOLD = "hold"
    EXTEND = "extend"
    EXEMPT = "exempt"
    CLOSE_BOOKS = "close_books"
    ENTER_BY_PHONE = "enter_by_phone"
    HAND_OVER = "hand_over"
    CALL_MEETING = "call_meeting"
    ANSWER_INVITATION = "answer_invitation"
    READ_MEETINGS = "read_meetings"
    RAISE_ITEM = "raise_item"
    READ_ITEM = "read_item"
    ANSWER_DECISION = "answer_decision"
    DECIDE_ITEM = "decide_item"
    BIND_GROUP = "bind_group"


class ScopeKind(StrEnum):
    """What an assignment covers."""

    PROJECT = "project"
    ORGANISATION = "organisation"
    REGION = "region"
    ALL = "all"


class Reach(IntEnum):
    """How far a right goes; a larger reach includes the smaller ones."""

    NONE = 0
    OWN = 1  # projects the person's own scope covers
    INVOLVED = 2  # and those where their unit is a supporting unit (配合单位)
    ALL = 3


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held over a scope; `scope_id` is empty for ALL."""

    role: Role
    scope_kind: ScopeKind
    scope_id: int | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """What of a project decides who is entitled to it."""

    project_id: int
    region_id: int | None = None
    lead_unit_ids: frozenset[int] = frozenset()
    supporting_unit_ids: frozenset[int] = frozenset()
    owner_id: int | None = None


N, OWN, INV, ALL = Reach.NONE, Reach.OWN, Reach.INVOLVED, Reach.ALL

_COLUMNS = (
    Role.INFORMATION_OFFICER,
    Role.LIAISON,
    Role.COMMISSIONER,
    Role.FIRST_RESPONSIBLE,
    Role.COORDINATOR,
    Role.INSPECTOR,
)

# Every linked contact may read cards of accepted figures; unreviewed matters stay with the chain
# below the first-responsible person and the office; the inspector reads what is settled.
_ROWS: Mapping[Action, tuple[Reach, ...]] = {
    #                       officer liaison commis. first  coord. inspector
    Action.READ_CARD:       (ALL,   ALL,    ALL,    ALL,   ALL,   ALL),
    Action.READ_UNREVIEWED: (OWN,   OWN,    OWN,    N,     ALL,   N),
    Action.READ_PEOPLE:     (INV,   INV,    INV,    OWN,   ALL,   ALL),
    Action.READ_PHONES:     (OWN,   OWN,    OWN,    OWN,   ALL,   N),
    Action.FOLLOW:          (ALL,   ALL,    ALL,    ALL,   ALL,   ALL),
    Action.ADD_PROBLEM:     (INV,   INV,    INV,    N,     ALL,   N),
    Action.NOTE_PROGRESS:   (OWN,   OWN,    OWN,    N,     ALL,   N),
    Action.REPORT:          (OWN,   OWN,    N,      N,     ALL,   N),
    Action.REVIEW:          (N,     OWN,    N,      N,     ALL,   N),
    Action.READ_OVERVIEW:   (INV,   INV,    INV,    INV,   ALL,   ALL),
    Action.READ_OVERDUE:    (OWN,   OWN,    OWN,    OWN,   ALL,   ALL),
    Action.NUDGE:           (N,     OWN,    OWN,    N,     ALL,   N),
    Action.ANSWER_ALERT:    (N,     OWN,    OWN,    OWN,   N,     N),
    Action.RELEASE:         (N,     N,      N,      N,     ALL,   N),
    Action.READ_CHASING_RECORD: (N, OWN,    N,      N,     ALL,   ALL),
    Action.READ_HOLES:      (N,     OWN,    OWN,    N,     ALL,   ALL),
    Action.IMPORT:          (N,     N,      N,      N,     ALL,   N),
    Action.INVITE:          (N,     N,      N,      N,     ALL,   N),
    Action.UNLINK_OTHERS:   (N,     N,      N,      N,     ALL,   N),
    Action.RECORD_LEAVE:    (N,     OWN,    N,      N,     ALL,   N),
    Action.MARK_LEFT:       (N,     N,      N,      N,     ALL,   N),
    Action.HOLD:            (N,     N,      N,      N,     ALL,   N),
    Action.EXTEND:          (N,     N,      N,      N,     ALL,   N),
    Action.EXEMPT:          (N,     N,      N,      N,     ALL,   N),
    Action.CLOSE_BOOKS:     (N,     N,      N,      N,     ALL,   N),
    Action.ENTER_BY_PHONE:  (N,     OWN,    N,      N,     ALL,   N),
    Action.HAND_OVER:       (N,     OWN,    N,      N,     ALL,   N),
    Action.CALL_MEETING:    (N,     N,      N,      N,     ALL,   N),
    Action.ANSWER_INVITATION: (N,   OWN,    OWN,    OWN,   ALL,   N),
    Action.READ_MEETINGS:   (OWN,   OWN,    OWN,    OWN,   ALL,   ALL),
    Action.RAISE_ITEM:      (N,     OWN,    N,      N,     ALL,   N),
    Action.READ_ITEM:       (INV,   INV,    INV,    INV,   ALL,   ALL),
    Action.ANSWER_DECISION: (N,     OWN,    OWN,    N,     ALL,   N),
    Action.DECIDE_ITEM:     (N,     N,      N,      N,     ALL,   N),
    Action.BIND_GROUP:      (N,     N,      N,      N,     ALL,   N),
}  # fmt: skip

TABLE: Mapping[Action, Mapping[Role, Reach]] = {
    action: dict(zip(_COLUMNS, row, strict=True)) for action, row in _ROWS.items()
}


def reach(action: Action, grants: Iterable[Grant]) -> Reach:
    """The furthest the given grants let this action go; NONE for somebody without any."""
    return max((TABLE[action][grant.role] for grant in grants), default=Reach.NONE)


def may(action: Action, grants: Iterable[Grant], ground: Ground) -> bool:
    """Whether any of the grants entitles its holder to this action on this project."""
    return any(_standing(grant, ground) <= TABLE[action][grant.role] for grant in grants)


def covers(grant: Grant, ground: Ground) -> bool:
    """Whether the grant's own scope holds the project (a supporting unit's does not)."""
    match grant.scope_kind:
        case ScopeKind.ALL:
            return True
        case ScopeKind.PROJECT:
            return grant.scope_id == ground.project_id
        case ScopeKind.REGION:
            return grant.scope_id is not None and grant.scope_id == ground.region_id
        case ScopeKind.ORGANISATION:
            return grant.scope_id in ground.lead_unit_ids or (
                grant.scope_id is not None and grant.scope_id == ground.owner_id
            )


def _standing(grant: Grant, ground: Ground) -> Reach:
    """The smallest reach at which this grant gets to the project."""
    if covers(grant, ground):
        return Reach.OWN
    organisation = grant.scope_kind is ScopeKind.ORGANISATION
    if organisation and grant.scope_id in ground.supporting_unit_ids:
        return Reach.INVOLVED
    return Reach.ALL
