"""The deadlines of decisions as people hear of them: before, after, and when it is over."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.chain import Gap
from domain.vocabulary import Level
from templates.alerts import Heard
from templates.chasing import TrialLine
from templates.message import Button, Message, Rows
from templates.paging import in_rows
from templates.release import ReleaseStand

BUTTONS_A_ROW = 4


class DecisionEnd(StrEnum):
    """How a decision somebody was alarmed about stands now that it is late no more."""

    DONE = "done"
    CLOSED_OUT = "closed_out"
    REFUSED = "refused"
    DROPPED = "dropped"
    EXTENDED = "extended"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"


@dataclass(frozen=True)
class DueDecision:
    """A decision whose deadline is near or over; `commissioner` is what they answered to it."""

    item_id: int
    project: str
    text: str
    unit: str
    due_at: dtm.datetime
    days_late: int = 0
    is_unsigned: bool = False
    commissioner: Heard | None = None


@dataclass(frozen=True)
class EndedDecision:
    """A decision that was in the alert and is late no more; `due_at` is its deadline now."""

    item_id: int
    project: str
    end: DecisionEnd
    due_at: dtm.datetime | None = None


@dataclass(frozen=True)
class DecisionReminder(Message):
    """To the unit's liaison: what is to be done soon."""

    lines: tuple[DueDecision, ...]
    as_at: dtm.datetime
    more: int = 0

    def rows(self) -> Rows:
        """For a single one what may be done, among them more time; else each one's thread."""
        return _ways(self.lines, may_extend=True)


@dataclass(frozen=True)
class UnsignedDecisions(Message):
    """To the unit's liaison, once: these decisions wait for their signature (签收)."""

    lines: tuple[DueDecision, ...]
    more: int = 0

    def rows(self) -> Rows:
        """Sign, or say it is no duty of the unit; with several, each one's thread."""
        if len(self.lines) != 1:
            return _threads(self.lines)
        which = (self.lines[0].item_id,)
        sign = Button("decision_sign", "decision.sign", which)
        refuse = Button("decision_refuse", "decision.refuse", which)
        return ((sign, refuse), *_threads(self.lines))


@dataclass(frozen=True)
class LateDecisionsForLiaison(Message):
    """To the unit's liaison: what should have been done by now; `late` counts those not shown."""

    lines: tuple[DueDecision, ...]
    late: int
    as_at: dtm.datetime
    ended: tuple[EndedDecision, ...] = ()

    def rows(self) -> Rows:
        """For a single one what may be done; else each one's thread."""
        return _ways(self.lines, may_extend=False)


@dataclass(frozen=True)
class LateDecisionsForCommissioner(Message):
    """To the commissioner: what the units they answer for have not done in time."""

    lines: tuple[DueDecision, ...]
    late: int
    as_at: dtm.datetime
    ended: tuple[EndedDecision, ...] = ()
    known_at: dtm.datetime | None = None

    def rows(self) -> Rows:
        """They know of it; each one's thread."""
        return _known(self.lines, self.known_at)


@dataclass(frozen=True)
class LateDecisionsForFirstResponsible(Message):
    """To the first-responsible person, when the office let it out: the office speaks."""

    lines: tuple[DueDecision, ...]
    late: int
    as_at: dtm.datetime
    ended: tuple[EndedDecision, ...] = ()
    known_at: dtm.datetime | None = None

    def rows(self) -> Rows:
        """They know of it; each one's thread."""
        return _known(self.lines, self.known_at)


@dataclass(frozen=True)
class PhoneLine:
    """A decision the bot gets no further with, and whom to phone; late, or not signed for."""

    item_id: int
    text: str
    unit: str
    person: str
    phone: str
    days_late: int = 0
    gap: Gap | None = None


@dataclass(frozen=True)
class DecisionsToPhone(Message):
    """To the office: units to be phoned about decisions."""

    lines: tuple[PhoneLine, ...]
    more: int = 0

    def rows(self) -> Rows:
        """Each one's thread."""
        return _numbered(tuple(line.item_id for line in self.lines))


@dataclass(frozen=True)
class DecisionRungOnTrial(Message):
    """To the office on trial: what was not sent, and to whom it would have gone."""

    lines: tuple[TrialLine, ...]


@dataclass(frozen=True)
class DecisionReleaseLine:
    """An overdue decision, to whom it would go, and what was decided of it.

    `arrives_at`: it was sent, but the person's budget is used up until then.
    """

    decision_id: int
    line: DueDecision
    stand: ReleaseStand
    person: str = ""
    gap: Gap | None = None
    arrives_at: dtm.datetime | None = None


@dataclass(frozen=True)
class DecisionReleaseAsked(Message):
    """To every coordinator: what would go to whom; what is not sent is not told."""

    as_at: dtm.datetime
    lines: tuple[DecisionReleaseLine, ...]
    ended: tuple[EndedDecision, ...] = ()

    def rows(self) -> Rows:
        """Send all that waits, look at each, or put it off."""
        waiting = sum(line.stand is ReleaseStand.WAITING for line in self.lines)
        if not waiting:
            return ()
        everything = Button("release_all", "decision_release.all", (), {"count": waiting})
        each = Button("release_each", "decision_release.each")
        none = Button("release_none", "decision_release.none")
        return ((everything,), (each, none))


@dataclass(frozen=True)
class DecisionReleaseItem(Message):
    """One of them, with what was done about it below."""

    as_at: dtm.datetime
    line: DecisionReleaseLine
    position: int
    count: int

    def rows(self) -> Rows:
        """Send it or put it off; its thread, and back to the list."""
        which = (self.line.decision_id,)
        send = Button("release_send", "decision_release.send", which)
        hold = Button("release_hold", "decision_release.hold", which)
        thread = Button("alert_item", "item.show", (self.line.line.item_id,))
        return ((send, hold), (thread, Button("release_list", "decision_release.list")))


@dataclass(frozen=True)
class DecisionsCleared(Message):
    """To those above who were alarmed: these decisions are late no more."""

    lines: tuple[EndedDecision, ...]
    more: int = 0
    still_late: int = 0


@dataclass(frozen=True)
class MovedLine:
    """An item that was stuck twice, and whose meetings speak of it now; None: the highest's."""

    item_id: int
    project: str
    text: str
    level: Level | None


@dataclass(frozen=True)
class ItemsMovedUp(Message):
    """To the office: stuck twice, these stand on the next higher level's agenda."""

    lines: tuple[MovedLine, ...]
    more: int = 0

    def rows(self) -> Rows:
        """Each one's thread."""
        return _numbered(tuple(line.item_id for line in self.lines))


def _ways(lines: tuple[DueDecision, ...], *, may_extend: bool) -> Rows:
    if len(lines) != 1:
        return _threads(lines)
    which = (lines[0].item_id,)
    extend = (Button("decision_extend", "decision.extend", which),) * may_extend
    done = Button("decision_done", "decision.done", which)
    first = (Button("decision_progress", "decision.progress", which), *extend)
    return (first, (done, *_threads(lines)[0]))


def _known(lines: tuple[DueDecision, ...], known_at: dtm.datetime | None) -> Rows:
    if not lines:
        return ()
    know = ((Button("alert_know", "item.know"),),) * (known_at is None)
    return (*know, *_threads(lines))


def _threads(lines: tuple[DueDecision, ...]) -> Rows:
    """A single one's thread by name, several by their numbers."""
    if len(lines) == 1:
        return ((Button("alert_item", "item.show", (lines[0].item_id,)),),)
    return _numbered(tuple(line.item_id for line in lines))


def _numbered(item_ids: tuple[int, ...]) -> Rows:
    buttons = tuple(
        Button("alert_item_number", "item.show", (item_id,), {"number": item_id})
        for item_id in item_ids
    )
    return in_rows(buttons, BUTTONS_A_ROW)
