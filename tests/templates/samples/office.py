"""Samples of what is said about the running of the bot."""

from db.tables.people import Unreachable
from templates.message import Message
from templates.office import (
    Failure,
    NotUnderstood,
    PeopleUnreachable,
    PeopleUntold,
    Repeated,
    StaleButton,
    UnreachablePerson,
    UntoldPerson,
    UpdatesFailed,
)

SAMPLES: list[Message] = [
    Repeated(),
    Failure(),
    StaleButton(),
    NotUnderstood(),
    PeopleUnreachable(
        (UnreachablePerson("黄联络员", "柳州市住建局", Unreachable.BLOCKED),),
    ),
    PeopleUnreachable(
        (
            UnreachablePerson("黄联络员", "柳州市住建局", Unreachable.BLOCKED),
            UnreachablePerson("<b>韦&一鸣</b>", "", Unreachable.DEACTIVATED),
            UnreachablePerson("长" * 100, "😀" * 200, Unreachable.NEVER_STARTED),
        )
    ),
    PeopleUntold((UntoldPerson("韦信息员", "样例城投公司", 1),)),
    PeopleUntold((UntoldPerson("<b>韦&一鸣</b>" + "😀" * 100, "长" * 200, 10**6),) * 100),
    UpdatesFailed((812_345_678,)),
    UpdatesFailed(tuple(range(40))),
]
