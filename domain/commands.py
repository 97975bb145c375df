"""What can be said to the bot, and to whom each command is of use: one table for help and menu."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from domain.access import Action, Grant, Reach, reach
from domain.words import read_words


@dataclass(frozen=True)
class Command:
    """A command; it is offered to those with some right to one of its actions.

    Without an action it is for every linked person; `public` ones are for strangers too.
    """

    name: str
    actions: tuple[Action, ...] = ()
    public: bool = False

    @cached_property
    def word(self) -> str:
        """The Chinese word that, sent alone, does the same."""
        return str(_WORDS[self.name][0])

    def is_for(self, grants: Iterable[Grant]) -> bool:
        """Whether somebody with these grants has any use for it."""
        held = tuple(grants)
        entitled = any(reach(action, held) is not Reach.NONE for action in self.actions)
        return entitled or not self.actions


_WORDS = read_words("commands")["commands"]

# In the order of help and menu: what is used most first.
COMMANDS: tuple[Command, ...] = (
    Command("todo", (Action.READ_OVERDUE,)),
    Command("report", (Action.REPORT,)),
    Command("review", (Action.REVIEW,)),
    Command("update", (Action.ADD_PROBLEM,)),
    Command("overdue", (Action.READ_OVERDUE,)),
    Command("upcoming", (Action.READ_OVERDUE,)),
    Command("status", (Action.READ_CARD,)),
    Command("overview", (Action.READ_OVERVIEW,)),
    Command("meetings"),
    Command("items", (Action.READ_ITEM,)),
    Command("item", (Action.READ_ITEM,)),
    Command("record", (Action.READ_CHASING_RECORD,)),
    Command("holes", (Action.READ_HOLES,)),
    Command("invite", (Action.INVITE,)),
    Command("unlink", (Action.UNLINK_OTHERS,)),
    Command("left", (Action.MARK_LEFT,)),
    Command("hold", (Action.HOLD,)),
    Command("extend", (Action.EXTEND,)),
    Command("exempt", (Action.EXEMPT,)),
    Command("close", (Action.CLOSE_BOOKS,)),
    Command("bind", (Action.BIND_GROUP,)),
    Command("leave"),
    Command("settings"),
    Command("cancel"),
    Command("help", public=True),
    Command("start", public=True),
)


def commands_for(grants: Iterable[Grant]) -> tuple[Command, ...]:
    """The commands of use to a linked person with these grants."""
    held = tuple(grants)
    return tuple(command for command in COMMANDS if command.is_for(held))


def commands_for_strangers() -> tuple[Command, ...]:
    """The commands of use to somebody unknown: nothing but the way in."""
    return tuple(command for command in COMMANDS if command.public)
