"""What may become of a message given to Telegram, each named by what is to be done next."""

from dataclasses import dataclass

from db.tables.people import Unreachable


@dataclass(frozen=True, slots=True)
class Delivered:
    """Telegram took it."""

    telegram_message_id: int | None = None
    file_id: str | None = None


@dataclass(frozen=True, slots=True)
class NotSent:
    """It surely did not leave (no connection, a 5xx): try again after a while."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unexpected:
    """An answer Telegram never gives (a redirect, a 418): something between us and it gave it."""

    reason: str


@dataclass(frozen=True, slots=True)
class Throttled:
    """429: wait these seconds; it does not count as an attempt."""

    seconds: float


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """It may have been delivered or not: Telegram never said."""

    reason: str


@dataclass(frozen=True, slots=True)
class PersonUnreachable:
    """This person cannot be written to at present."""

    why: Unreachable


@dataclass(frozen=True, slots=True)
class GroupGone:
    """The bot is no longer in this group."""

    reason: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """The group has a new id; send it there."""

    new_chat_id: int


@dataclass(frozen=True, slots=True)
class BadMarkup:
    """Telegram cannot parse our markup: our mistake; send the plain text."""

    reason: str


@dataclass(frozen=True, slots=True)
class BadKeyboard:
    """Telegram does not take our buttons: our mistake; send the text without them."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotEditable:
    """The message to edit is gone or too old."""

    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram will never take this: our mistake, nobody else's."""

    reason: str


Outcome = (
    Delivered
    | NotSent
    | Unexpected
    | Throttled
    | NoAnswer
    | PersonUnreachable
    | GroupGone
    | Migrated
    | BadMarkup
    | BadKeyboard
    | NotEditable
    | Refused
)
