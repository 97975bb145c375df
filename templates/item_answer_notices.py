"""What the office hears of units, and units of the office, about decisions: one message each."""

from dataclasses import dataclass, replace

from templates.item_answers import DecisionLine, Ways, open_each
from templates.message import Message, Rows


@dataclass(frozen=True)
class DecisionsRefused(Message):
    """To the office: units say that these are no duties of theirs."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """Assign anew, or insist."""
        return open_each(self.lines)


@dataclass(frozen=True)
class ExtensionsAsked(Message):
    """To the office: units ask for more time."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """Agree or not."""
        return open_each(self.lines)


@dataclass(frozen=True)
class DecisionsDone(Message):
    """To the office: units say that these are done."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """Close out or send back."""
        return open_each(self.lines)


@dataclass(frozen=True)
class ExtensionsAnswered(Message):
    """To a unit: it has more time, or not."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """On with it."""
        return open_each(self.lines)


@dataclass(frozen=True)
class ExtensionsGranted(Message):
    """To a unit's commissioner, as a copy: more time was given."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """The item, nothing to do."""
        return open_each(tuple(replace(line, ways=Ways(line.head.item_id)) for line in self.lines))


@dataclass(frozen=True)
class DecisionsSentBack(Message):
    """To a unit: these are not done yet."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """On with it."""
        return open_each(self.lines)


@dataclass(frozen=True)
class DecisionsInsisted(Message):
    """To a unit that refused: it is to do these."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """Sign."""
        return open_each(self.lines)


@dataclass(frozen=True)
class DecisionsClosedOut(Message):
    """To a unit: these are closed out."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """The item."""
        return open_each(self.lines)


@dataclass(frozen=True)
class DecisionsDropped(Message):
    """To a unit, or whoever raised it: these are pursued no more."""

    lines: tuple[DecisionLine, ...]

    def rows(self) -> Rows:
        """The item."""
        return open_each(self.lines)
