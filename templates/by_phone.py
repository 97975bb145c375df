"""代录: entering a report that was given by phone."""

from dataclasses import dataclass

from templates.message import Button, Message, Rows
from templates.reporting import ReportHead


@dataclass(frozen=True)
class AskPhoneSource(Message):
    """Who gave the figures, and when? `holder` has begun the report already, if anybody has."""

    head: ReportHead
    holder: str = ""
    is_unfit: bool = False

    def rows(self) -> Rows:
        """The way out."""
        return ((Button("brake_cancel", "dialog.cancel"),),)
