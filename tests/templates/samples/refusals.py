from templates.message import Message
from templates.refusals import NotYours

SAMPLES: list[Message] = [NotYours()]
