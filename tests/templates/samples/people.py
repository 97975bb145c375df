from domain.access import ScopeKind
from domain.vocabulary import Role
from templates.message import Message
from templates.people import NobodyFound, PeopleFound, PersonLine, Purpose, RoleLine, WhomMissing

HOSTILE_NAME = "<b>韦&\"'😀</b>" + "长" * 80
HOSTILE_UNIT = "局<>&\"'" + "位" * 190
HOSTILE = PersonLine(2**40, HOSTILE_NAME, HOSTILE_UNIT, "务" * 100)

ROLES = (
    RoleLine(Role.LIAISON, ScopeKind.ORGANISATION, ("市住建局",)),
    RoleLine(Role.INFORMATION_OFFICER, ScopeKind.PROJECT, ("白露大道（一期）",)),
)
HOSTILE_ROLES = tuple(
    RoleLine(role, kind, (HOSTILE_UNIT,) * 30) for role in Role for kind in ScopeKind
)

SAMPLES: list[Message] = [
    PeopleFound(
        Purpose.INVITE,
        (PersonLine(1, "韦某", "市住建局", "科长"), PersonLine(2, "韦某", "市教育局")),
        total=2,
    ),
    *(PeopleFound(purpose, (HOSTILE,) * 8, total=400) for purpose in Purpose),
    NobodyFound("张三"),
    NobodyFound(HOSTILE_UNIT),
    WhomMissing("unlink"),
]
