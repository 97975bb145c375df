import datetime as dtm

from domain.invitations import Refusal
from templates.linking import (
    ConfirmUnlink,
    ConfirmUnlinkSelf,
    Displaced,
    Greeting,
    HowToLink,
    Linked,
    LinkRefused,
    NotLinked,
    TooManyTries,
    UnlinkDone,
    UnlinkedByOffice,
    UnlinkedSelf,
    UnlinkLeft,
)
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_ROLES, HOSTILE_UNIT, ROLES

SAMPLES: list[Message] = [
    HowToLink(),
    Linked("韦某", "工程部经理", "样例城投公司", ROLES),
    Linked(HOSTILE_NAME, HOSTILE_UNIT, HOSTILE_UNIT, HOSTILE_ROLES),
    Linked("韦某", "", "", ()),
    Greeting("韦某", "", "样例城投公司", ROLES),
    Greeting(HOSTILE_NAME, HOSTILE_UNIT, "", HOSTILE_ROLES),
    *(LinkRefused(why) for why in Refusal),
    TooManyTries(dtm.datetime(2026, 11, 18, 3, tzinfo=dtm.UTC)),
    Displaced(),
    ConfirmUnlinkSelf(),
    UnlinkedSelf(),
    ConfirmUnlink(1, "韦某", "市住建局"),
    ConfirmUnlink(2**40, HOSTILE_NAME, HOSTILE_UNIT),
    UnlinkDone("韦某"),
    UnlinkDone(HOSTILE_NAME),
    UnlinkLeft("韦某"),
    UnlinkLeft(HOSTILE_NAME),
    NotLinked("韦某"),
    NotLinked(HOSTILE_NAME),
    UnlinkedByOffice(),
]
