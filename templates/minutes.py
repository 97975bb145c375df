"""The minutes (纪要), to the office: what is drafted, what is missing, approved and given out."""

import datetime as dtm
from dataclasses import dataclass, replace

from templates.deciding import BUTTONS_A_ROW, DraftedLine
from templates.meetings import MeetingHead
from templates.message import Button, Message, Rows
from templates.paging import in_rows


@dataclass(frozen=True)
class DraftDecisions(Message):
    """What a meeting decided, before its minutes are approved, and what is missing."""

    head: MeetingHead
    lines: tuple[DraftedLine, ...]
    working_days: int

    def rows(self) -> Rows:
        """Open each, record more, read the document, approve."""
        here = (self.head.meeting_id,)
        taps = tuple(
            Button("ordinal", "minutes.card", (line.decision_id,), {"number": line.article})
            for line in self.lines[:40]
        )
        approve = ((Button("minutes_approve", "minutes.approve", here),),) if self.lines else ()
        return (
            *in_rows(taps, BUTTONS_A_ROW),
            *approve,
            (
                Button("minutes_next", "minutes.record", (*here, 0)),
                Button("minutes_file", "minutes.file", here),
                Button("back", "meeting.show", here),
            ),
        )


@dataclass(frozen=True)
class ConfirmMinutes(Message):
    """Once approved these decisions go to so many units: is it so? The day of `past` is over.

    Only what was recorded up to `newest_id` goes; `has_grown`: more was since it was asked last.
    """

    head: MeetingHead
    decisions: int
    units: tuple[str, ...]
    to_phone: tuple[DraftedLine, ...] = ()
    past: int = 0
    newest_id: int = 0
    has_grown: bool = False

    def rows(self) -> Rows:
        """Approve, or back."""
        here = (self.head.meeting_id,)
        return (
            (
                Button("minutes_approve_yes", "minutes.approve_yes", (*here, self.newest_id)),
                Button("back", "minutes.drafts", here),
            ),
        )


@dataclass(frozen=True)
class ConfirmIssue(Message):
    """A decision without a meeting goes to its unit: is it so?"""

    line: DraftedLine

    def rows(self) -> Rows:
        """Give it out, or back."""
        here = (self.line.decision_id,)
        return (
            (
                Button("minutes_issue_yes", "minutes.issue_yes", here),
                Button("back", "minutes.card", here),
            ),
        )


@dataclass(frozen=True)
class DecisionsIssued(Message):
    """These decisions count now; `left` could not be given out: their items came to an end."""

    head: MeetingHead | None
    lines: tuple[DraftedLine, ...]
    left: tuple[DraftedLine, ...] = ()

    def rows(self) -> Rows:
        """The document; a single item's thread."""
        file = (
            (Button("minutes_file", "minutes.file", (self.head.meeting_id,)),) if self.head else ()
        )
        item = (
            (Button("item_thread", "item.show", (self.lines[0].item_id,)),)
            if len(self.lines) == 1
            else ()
        )
        return tuple(filter(None, ((*file, *item),)))


@dataclass(frozen=True)
class MinutesApproved(Message):
    """The minutes were approved already, by whom and when."""

    head: MeetingHead
    at: dtm.datetime
    by: str


@dataclass(frozen=True)
class NoDecisionRecorded(Message):
    """The meeting has no decision that waits to be given out."""

    head: MeetingHead

    def rows(self) -> Rows:
        """Record one."""
        here = (self.head.meeting_id,)
        return ((Button("minutes_record", "minutes.record", (*here, 0)),),)


@dataclass(frozen=True)
class MinutesFile(Message):
    """The caption of the minutes: a draft for the office to edit, or the approved ones."""

    head: MeetingHead
    decisions: int
    is_approved: bool


def numbered(lines: tuple[DraftedLine, ...], first: int) -> tuple[DraftedLine, ...]:
    """The lines as articles of the minutes, from that number on."""
    return tuple(replace(line, article=number) for number, line in enumerate(lines, start=first))
