"""/help and the command menu: what somebody can do here."""

from dataclasses import dataclass

from domain.commands import Command
from domain.vocabulary import Language
from templates.message import Message
from templates.render import wordbook

LONGEST_DESCRIPTION = 256


@dataclass(frozen=True)
class Help(Message):
    """The commands of use to the asker; with the hint that tables are imported by sending them."""

    commands: tuple[Command, ...]
    may_import: bool = False


def menu_line(command: Command, language: Language) -> str:
    """What Telegram's menu says of a command."""
    line = str(wordbook(language, "names")["command"][command.name])
    return line[:LONGEST_DESCRIPTION]
