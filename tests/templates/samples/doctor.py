from templates.doctor import Checkup
from templates.message import Message

SAMPLES: list[Message] = [
    Checkup("sqlite", "liaison_bot", "", 0, 1132, 0, 0, without_coordinator=False),
    Checkup("postgresql", "", "<Unauthorized & 'lost'>", 2027, 9, 9, 40, without_coordinator=True),
]
