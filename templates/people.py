"""People as lines of a list, to pick one from."""

from dataclasses import dataclass
from enum import StrEnum

from domain.access import ScopeKind
from domain.vocabulary import Role
from templates.message import Button, Message, Rows
from templates.paging import in_rows

SHOWN = 8
BUTTONS_A_ROW = 4


@dataclass(frozen=True)
class PersonLine:
    """Somebody in the contact book, with what tells them from a namesake."""

    contact_id: int
    name: str
    unit: str = ""
    position: str = ""


@dataclass(frozen=True)
class RoleLine:
    """A role somebody holds, and the names of what it is held over; ALL needs none."""

    role: Role
    kind: ScopeKind
    scopes: tuple[str, ...] = ()


class Purpose(StrEnum):
    """What a person is picked for; the value is the action of the button that picks them."""

    INVITE = "invite.one"
    UNLINK = "unlink.ask"
    LEAVE = "leave.of"
    LEFT = "left.ask"


@dataclass(frozen=True)
class PeopleFound(Message):
    """Several people fit: which one? At most eight are shown of all `total`."""

    purpose: Purpose
    people: tuple[PersonLine, ...]
    total: int

    def rows(self) -> Rows:
        """A button for each person."""
        buttons = tuple(
            Button("ordinal", self.purpose.value, (person.contact_id,), {"number": number})
            for number, person in enumerate(self.people, start=1)
        )
        return in_rows(buttons, BUTTONS_A_ROW)


@dataclass(frozen=True)
class NobodyFound(Message):
    """Nobody in the contact book fits these words."""

    words: str


@dataclass(frozen=True)
class WhomMissing(Message):
    """A command that needs a person came without one; how to give it."""

    command: str
