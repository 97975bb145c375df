from domain.commands import COMMANDS
from templates.help import Help
from templates.message import Message

SAMPLES: list[Message] = [Help(COMMANDS, may_import=True), Help(COMMANDS[:1])]
