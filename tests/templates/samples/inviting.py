import datetime as dtm

from templates.inviting import (
    InvitationIssued,
    InvitationsHanded,
    InvitationToForward,
    InviteMany,
    InviteMenu,
    InviteUnit,
    InviteUnits,
    LinkedAlready,
    NobodyToInvite,
    NoLinksYet,
)
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME, HOSTILE_UNIT

UNTIL = dtm.datetime(2026, 11, 25, 2, tzinfo=dtm.UTC)
LINK = "https://t.me/liaison_test_bot?start=abcdefghijklmnopqrstuvwx"

SAMPLES: list[Message] = [
    InviteMenu(40),
    InviteMenu(0),
    InviteUnits((InviteUnit(3, "市住建局", 4),)),
    InviteUnits((InviteUnit(2**40, HOSTILE_UNIT, 10**6),) * 8, page=1, pages=3, first=9),
    InviteMany(0, "", 40, 0),
    InviteMany(2**40, HOSTILE_UNIT, 4, 2),
    InvitationIssued("韦某", "样例城投公司", UNTIL),
    InvitationIssued(HOSTILE_NAME, HOSTILE_UNIT, UNTIL),
    InvitationToForward("韦某", LINK, UNTIL),
    InvitationToForward(HOSTILE_NAME, LINK, UNTIL),
    LinkedAlready(1, "韦某", UNTIL),
    LinkedAlready(2**40, HOSTILE_NAME, UNTIL),
    InvitationsHanded(40, UNTIL),
    NobodyToInvite(),
    NoLinksYet(),
]
