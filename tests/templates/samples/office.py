"""Samples of what is said about the running of the bot."""

from db.tables.people import Unreachable
from templates.message import Message
from templates.office import (
    Failure,
    NotUnderstood,
    PeopleUnreachable,
    Repeated,
    StaleButton,
    UnreachablePerson,
    UpdatesFailed,
)

SAMPLES: list[Message] = [
    Repeated(),
    Failure(),
    StaleButton(),
    NotUnderstood(),
    PeopleUnreachable(
        (
            UnreachablePerson("黄联络员", "柳州市住建局", Unreachable.BLOCKED),
            UnreachablePerson("<b>韦&一鸣</b>", "", Unreachable.DEACTIVATED),
            UnreachablePerson("长" * 100, "😀" * 200, Unreachable.NEVER_STARTED),
        )
    ),
    UpdatesFailed((812_345_678,)),
    UpdatesFailed(tuple(range(40))),
]
