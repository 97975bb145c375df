"""Whom the page lists."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from domain.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """An account's owner as the office's contact book has them.

    `hint` names a sentence of the page's `words.json`: somebody with one is listed first.
    """

    account: int
    name: str
    phone: str = ""
    role: Role | None = None
    unit: str = ""
    position: str = ""
    hint: str = ""


def _nobody() -> Collection[int]:
    return ()


@dataclass(frozen=True, slots=True)
class Roster:
    """The office's people; `linked` tells which accounts are linked at this moment.

    Accounts of the local Telegram that are not in it are listed as unknown people.
    """

    entries: tuple[Entry, ...] = ()
    linked: Callable[[], Collection[int]] = field(default=_nobody)
