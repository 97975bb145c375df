from db.tables.reporting import ProjectChangeKind
from templates.following import FollowedProject, FollowedProjectsChanged, WhatChanged
from templates.message import Message

HOSTILE = "<b>道&\"'</b>😀" + "柳" * 180
EVERYTHING = tuple(WhatChanged(what, 10**6) for what in ProjectChangeKind)

SAMPLES: list[Message] = [
    FollowedProjectsChanged(
        (
            FollowedProject(
                1,
                "白露大道（一期）",
                (WhatChanged(ProjectChangeKind.REPORT_ACCEPTED, 1),),
            ),
        )
    ),
    FollowedProjectsChanged(
        tuple(FollowedProject(2**40 + number, HOSTILE, EVERYTHING) for number in range(12)),
        more=10**6,
    ),
]
