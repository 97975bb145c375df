"""年终核定: the year's figures may still be settled."""

import datetime as dtm
from dataclasses import dataclass

from templates.message import Button, Message, Rows
from templates.paging import in_rows


@dataclass(frozen=True)
class ToSettle:
    """A project whose accepted December may be settled."""

    obligation_id: int
    name: str


@dataclass(frozen=True)
class SettlementReminder(Message):
    """Until when the December of these projects may be settled; whoever agrees does nothing."""

    year: int
    until: dtm.datetime
    lines: tuple[ToSettle, ...]
    more: int = 0

    def rows(self) -> Rows:
        """A correction of each."""
        buttons = tuple(
            Button("settle", "correct.ask", (line.obligation_id,), words={"number": number})
            for number, line in enumerate(self.lines, start=1)
        )
        return in_rows(buttons, 5)
