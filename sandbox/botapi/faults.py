"""Troubles on demand: wrong answers, lost connections, delays."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Trouble(StrEnum):
    """What happens to a call."""

    ANSWER = "answer"
    DROP_BEFORE = "drop_before"
    DROP_AFTER = "drop_after"
    HOLD = "hold"


@dataclass(slots=True)
class Fault:
    """A trouble and the calls it befalls.

    `methods` (any case) and `chat` narrow it down, none means all; it ends after `times` calls
    or at `until` on the sandbox's clock, whichever is set. ANSWER gives `status` (500, 502, or
    429 with `retry_after`) and does nothing; DROP_BEFORE closes the connection and does nothing;
    DROP_AFTER does the work first; HOLD waits `seconds` and then works and answers as usual,
    even when the caller has gone (a slow flood).
    """

    trouble: Trouble
    methods: frozenset[str] = frozenset()
    chat: int | None = None
    times: int | None = 1
    until: datetime | None = None
    status: int = 500
    retry_after: int = 0
    seconds: float = 0.0

    def befalls(self, method: str, chat: int | None) -> bool:
        """Whether it is about this call."""
        names = {name.lower() for name in self.methods}
        return (not names or method.lower() in names) and self.chat in (None, chat)

    def over(self, now: datetime) -> bool:
        """Whether it has run out."""
        return self.times == 0 or (self.until is not None and now >= self.until)


@dataclass(slots=True)
class Faults:
    """What is the matter now; `latency` in seconds is spread around every call."""

    latency: float = 0.0
    waiting: list[Fault] = field(default_factory=list)

    def add(self, fault: Fault) -> None:
        """Let something go wrong from now on."""
        self.waiting.append(fault)

    def clear(self) -> None:
        """All is well again."""
        self.latency = 0.0
        self.waiting.clear()

    def take(self, method: str, chat: int | None, now: datetime) -> Fault | None:
        """The first fault that befalls this call, counted as used once more."""
        self.waiting = [fault for fault in self.waiting if not fault.over(now)]
        fault = next((fault for fault in self.waiting if fault.befalls(method, chat)), None)
        if fault and fault.times is not None:
            fault.times -= 1
        return fault
