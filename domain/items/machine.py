"""The life of a coordination item: who may do what next, and where that leads."""

from collections.abc import Mapping
from enum import StrEnum

from domain.vocabulary import Level


class ItemState(StrEnum):
    """Where a coordination item stands."""

    RAISED = "raised"  # waits for a meeting
    ASSIGNED = "assigned"  # the decision was sent; its unit has not signed for it yet (待签收)
    REFUSED = "refused"  # no duty of that unit, so it is back with the office
    IN_HAND = "in_hand"  # signed for (办理中)
    DONE = "done"  # the unit says it is done; the office has yet to confirm (待销号)
    CLOSED_OUT = "closed_out"  # 销号
    DROPPED = "dropped"  # let go by the office, with words


class ItemAct(StrEnum):
    """What happens to an item; each stands in its thread, in the order of time."""

    RAISED = "raised"
    DECIDED = "decided"  # a decision came into force: 纪要已审定
    SIGNED = "signed"  # 签收
    REFUSED = "refused"  # 不属我单位职责
    PROGRESS = "progress"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    DONE = "done"
    CLOSED_OUT = "closed_out"
    SENT_BACK = "sent_back"
    DEADLINE_MISSED = "deadline_missed"
    MOVED_UP = "moved_up"  # onto the agenda of the next higher level
    DROPPED = "dropped"


_HERE = ItemState
OPEN = frozenset({_HERE.RAISED, _HERE.ASSIGNED, _HERE.REFUSED, _HERE.IN_HAND, _HERE.DONE})
"""The item is not at its end."""

WITH_UNIT = frozenset({_HERE.ASSIGNED, _HERE.IN_HAND})
"""The unit has to act: only then does the deadline press."""

_MAY: Mapping[ItemAct, tuple[frozenset[ItemState], ItemState | None]] = {
    ItemAct.DECIDED: (OPEN, _HERE.ASSIGNED),
    ItemAct.SIGNED: (frozenset({_HERE.ASSIGNED}), _HERE.IN_HAND),
    ItemAct.REFUSED: (frozenset({_HERE.ASSIGNED}), _HERE.REFUSED),
    ItemAct.PROGRESS: (WITH_UNIT, _HERE.IN_HAND),
    ItemAct.EXTENSION_ASKED: (WITH_UNIT, _HERE.IN_HAND),
    ItemAct.EXTENDED: (WITH_UNIT, None),
    ItemAct.EXTENSION_REFUSED: (WITH_UNIT, None),
    ItemAct.DONE: (WITH_UNIT, _HERE.DONE),
    ItemAct.CLOSED_OUT: (frozenset({_HERE.DONE}), _HERE.CLOSED_OUT),
    ItemAct.SENT_BACK: (frozenset({_HERE.DONE}), _HERE.IN_HAND),
    ItemAct.DEADLINE_MISSED: (WITH_UNIT, None),
    ItemAct.MOVED_UP: (OPEN, None),
    ItemAct.DROPPED: (OPEN, _HERE.DROPPED),
}

STUCK_AT = 2
"""So many deadlines missed, and the item goes to the next higher level (分层解决)."""


def may(act: ItemAct, state: ItemState) -> bool:
    """Whether this can happen to an item that stands there."""
    return act in _MAY and state in _MAY[act][0]


def after(act: ItemAct, state: ItemState) -> ItemState:
    """Where the item stands once this has happened; ValueError where it cannot happen.

    Who tells of progress, asks for more time or says it is done has signed for the item with that.
    """
    if not may(act, state):
        raise ValueError(f"{act} cannot happen to an item that is {state}")
    return _MAY[act][1] or state


def level_above(level: Level) -> Level | None:
    """Who meets about what is stuck below (县 → 设区市 → 自治区); None above the region."""
    return {Level.COUNTY: Level.CITY, Level.CITY: Level.REGION}.get(level)
