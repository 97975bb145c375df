from templates.leaving import (
    ConfirmLeft,
    LastCoordinator,
    LeftAlready,
    LeftRecorded,
    StillInOffice,
)
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_ROLES, HOSTILE_UNIT, ROLES

SAMPLES: list[Message] = [
    ConfirmLeft(1, "韦某", "样例城投公司", ROLES, is_linked=True),
    ConfirmLeft(2**40, HOSTILE_NAME, HOSTILE_UNIT, HOSTILE_ROLES, is_linked=False),
    ConfirmLeft(1, "韦某", "", (), is_linked=False),
    LeftRecorded("韦某", "样例城投公司"),
    LeftRecorded(HOSTILE_NAME, HOSTILE_UNIT),
    LeftAlready("韦某"),
    LeftAlready(HOSTILE_NAME),
    StillInOffice("韦某"),
    StillInOffice(HOSTILE_NAME),
    LastCoordinator("韦某"),
    LastCoordinator(HOSTILE_NAME),
]
