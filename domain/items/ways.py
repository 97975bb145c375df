"""What the unit and the office may do with an item as it stands, and what is offered of that."""

from collections.abc import Mapping
from enum import StrEnum

from domain.items.machine import ItemAct, ItemState, may


class Way(StrEnum):
    """A way on for an item; the value ends the action of its button."""

    SIGN = "sign"
    REFUSE = "refuse"
    PROGRESS = "progress"
    DONE = "done"
    EXTEND = "extend"
    EXTEND_YES = "extend_yes"
    EXTEND_NO = "extend_no"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    RECORD = "record"  # decide on it, or anew: another unit, another deadline
    INSIST = "insist"  # the unit that refused it does it
    DROP = "drop"


OF_UNIT = frozenset({Way.SIGN, Way.REFUSE, Way.PROGRESS, Way.DONE, Way.EXTEND})
"""What the unit does; all else is the office's."""

ABOUT_EXTENSION = frozenset({Way.EXTEND_YES, Way.EXTEND_NO})
"""What the office answers a unit that asks for more time."""

_ACTS: Mapping[Way, ItemAct] = {
    Way.SIGN: ItemAct.SIGNED,
    Way.REFUSE: ItemAct.REFUSED,
    Way.PROGRESS: ItemAct.PROGRESS,
    Way.DONE: ItemAct.DONE,
    Way.EXTEND: ItemAct.EXTENSION_ASKED,
    Way.EXTEND_YES: ItemAct.EXTENDED,
    Way.EXTEND_NO: ItemAct.EXTENSION_REFUSED,
    Way.CONFIRM: ItemAct.CLOSED_OUT,
    Way.SEND_BACK: ItemAct.SENT_BACK,
    Way.RECORD: ItemAct.DECIDED,
    Way.DROP: ItemAct.DROPPED,
}

_OFFERED: Mapping[ItemState, tuple[Way, ...]] = {
    ItemState.RAISED: (Way.RECORD, Way.DROP),
    ItemState.ASSIGNED: (Way.SIGN, Way.REFUSE, Way.RECORD, Way.DROP),
    ItemState.REFUSED: (Way.RECORD, Way.INSIST, Way.DROP),
    ItemState.IN_HAND: (
        Way.PROGRESS,
        Way.DONE,
        Way.EXTEND,
        Way.EXTEND_YES,
        Way.EXTEND_NO,
        Way.RECORD,
        Way.DROP,
    ),
    ItemState.DONE: (Way.CONFIRM, Way.SEND_BACK),
}


def is_open(way: Way, state: ItemState) -> bool:
    """Whether the item can go this way from there."""
    if way is Way.INSIST:
        return state is ItemState.REFUSED
    return may(_ACTS[way], state)


def offered(state: ItemState) -> tuple[Way, ...]:
    """What is offered of an item that stands there, to whoever is entitled to it."""
    return _OFFERED.get(state, ())
