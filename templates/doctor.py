"""What `doctor` says, a line for each thing looked at."""

from dataclasses import dataclass

from domain.schema import Fault
from templates.message import Message


@dataclass(frozen=True)
class Checkup(Message):
    """What was found; an empty failure is good news.

    `unpublished` is the year whose days off are not known in full yet, 0 when they are.
    """

    database: str
    bot: str
    telegram_failure: str
    unpublished: int
    listings: int
    with_holes: int
    unlinked: int
    without_coordinator: bool
    rule_faults: tuple[Fault, ...] = ()
