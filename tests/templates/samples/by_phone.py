from templates.by_phone import AskPhoneSource
from templates.message import Message
from tests.templates.samples.people import HOSTILE_NAME
from tests.templates.samples.reporting import HEAD, HOSTILE_HEAD

SAMPLES: list[Message] = [
    AskPhoneSource(HEAD),
    AskPhoneSource(HOSTILE_HEAD, HOSTILE_NAME, is_unfit=True),
]
