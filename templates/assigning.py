"""What units hear of decisions: whose duty it is, who helps, what is a duty no more."""

import datetime as dtm
from dataclasses import dataclass

from domain.chain import Gap
from templates.meetings import MeetingHead
from templates.message import Button, Message, Rows
from templates.paging import in_rows

BUTTONS_A_ROW = 4
MOST_BUTTONS = 24


@dataclass(frozen=True)
class AssignedLine:
    """A decision in force: what, whose duty, with whose help, by when, by which minutes.

    `head` and `article` are empty for one that no meeting took.
    """

    item_id: int
    project: str
    text: str
    unit: str
    supporting: tuple[str, ...]
    due_at: dtm.datetime
    head: MeetingHead | None = None
    article: int = 0


@dataclass(frozen=True)
class PhoneLine:
    """A decision whose unit nobody can be told, and whom there is to phone."""

    line: AssignedLine
    gap: Gap
    person: str = ""
    phone: str = ""


@dataclass(frozen=True)
class DecisionsAssigned(Message):
    """To a unit's liaison: these are its duties now; please sign."""

    lines: tuple[AssignedLine, ...]

    def rows(self) -> Rows:
        """Sign or refuse one; of several sign all, or open each."""
        if len(self.lines) > 1:
            return (*_all(self.lines), *_each(self.lines, "decision.open"), *_minutes(self.lines))
        item = (self.lines[0].item_id,)
        return (
            (
                Button("decision_sign", "decision.sign", item),
                Button("decision_refuse", "decision.refuse", item),
            ),
            (Button("item_thread", "item.show", item), *_papers(self.lines)),
        )


@dataclass(frozen=True)
class DecisionsCopied(Message):
    """To a unit's commissioner, from the office: these are its duties, its liaison was told."""

    lines: tuple[AssignedLine, ...]

    def rows(self) -> Rows:
        """The threads and the minutes."""
        return (*_each(self.lines, "item.show"), *_minutes(self.lines))


@dataclass(frozen=True)
class DecisionsToSupport(Message):
    """To the liaison of a unit that helps: with these, and whose duty they are."""

    lines: tuple[AssignedLine, ...]

    def rows(self) -> Rows:
        """The threads and the minutes."""
        return (*_each(self.lines, "item.show"), *_minutes(self.lines))


@dataclass(frozen=True)
class DecisionsRelieved(Message):
    """To a unit's liaison: these are its duties no more; whose they are now is in each line."""

    lines: tuple[AssignedLine, ...]

    def rows(self) -> Rows:
        """The threads."""
        return _each(self.lines, "item.show")


@dataclass(frozen=True)
class DecisionsUntold(Message):
    """To the office: the units of these decisions cannot be told, please phone."""

    lines: tuple[PhoneLine, ...]

    def rows(self) -> Rows:
        """The threads."""
        return _each(tuple(one.line for one in self.lines), "item.show")


def _each(lines: tuple[AssignedLine, ...], action: str) -> Rows:
    buttons = tuple(
        Button("item_open", action, (line.item_id,), {"number": line.item_id})
        for line in lines[:MOST_BUTTONS]
    )
    return in_rows(buttons, BUTTONS_A_ROW)


def _all(lines: tuple[AssignedLine, ...]) -> Rows:
    """All are signed for at once where one meeting took them all."""
    meetings = {line.head.meeting_id if line.head else None for line in lines}
    if len(meetings) != 1 or None in meetings:
        return ()
    (meeting_id,) = meetings
    assert meeting_id
    words = {"count": len(lines)}
    return ((Button("decision_sign_all", "decision.sign_all", (meeting_id,), words),),)


def _papers(lines: tuple[AssignedLine, ...]) -> tuple[Button, ...]:
    heads = {line.head.meeting_id: line.head for line in lines if line.head}
    return tuple(Button("minutes_read", "minutes.file", (one,)) for one in list(heads)[:3])


def _minutes(lines: tuple[AssignedLine, ...]) -> Rows:
    papers = _papers(lines)
    return (papers,) if papers else ()
