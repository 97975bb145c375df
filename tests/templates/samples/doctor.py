from domain.schema import Fault, FaultCode
from templates.doctor import Checkup
from templates.message import Message

SAMPLES: list[Message] = [
    Checkup("sqlite", "liaison_bot", "", 0, 1132, 0, 0, without_coordinator=False),
    Checkup(
        "sqlite",
        "bot",
        "",
        0,
        1,
        0,
        0,
        without_coordinator=False,
        rule_faults=(Fault("ladder.release", FaultCode.MISSING, "<x>", "ask"),),
    ),
    Checkup("postgresql", "", "<Unauthorized & 'lost'>", 2027, 9, 9, 40, without_coordinator=True),
]
