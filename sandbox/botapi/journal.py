"""What the bots asked for, and what they should not have."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class Call:
    """One Bot API call and its answer; `status` is 0 when the connection was dropped."""

    at: datetime
    bot: int
    method: str
    parameters: dict[str, str]
    status: int
    answer: dict[str, Any]

    def __str__(self) -> str:
        said = self.answer.get("description", "ok")
        given = {name: value[:80] for name, value in self.parameters.items()}
        return f"{self.at:%H:%M:%S.%f} {self.method} {given} -> {self.status} {said}"


@dataclass(frozen=True, slots=True)
class Violation:
    """A send over a limit, or while a retry_after was still running."""

    at: datetime
    bot: int
    method: str
    chat: int
    what: str

    def __str__(self) -> str:
        return f"{self.at:%H:%M:%S.%f} {self.method} to {self.chat}: {self.what}"


@dataclass(slots=True)
class Journal:
    """Everything that was asked; `refusals` are calls wrong in their form, `violations` limits."""

    calls: list[Call] = field(default_factory=list)
    refusals: list[Call] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
