"""What the coordinator is asked before a first-responsible person hears of a late report."""

import datetime as dtm
from dataclasses import dataclass
from enum import StrEnum

from domain.chain import Gap
from domain.periods import Period
from templates.alerts import EndedReport, Heard
from templates.message import Button, Message, Rows


class ReleaseStand(StrEnum):
    """How it stands with letting one late report out."""

    WAITING = "waiting"
    UNREACHABLE = "unreachable"
    PROMISED = "promised"
    SENT = "sent"
    HELD_BACK = "held_back"


@dataclass(frozen=True)
class ReleaseLine:
    """A late report, to whom it would go, and what was decided of it.

    `arrives_at`: it was sent, but the person's budget is used up until then.
    """

    obligation_id: int
    name: str
    month: Period
    days_late: int
    stand: ReleaseStand
    person: str = ""
    unit: str = ""
    gap: Gap | None = None
    commissioner: Heard | None = None
    arrives_at: dtm.datetime | None = None


@dataclass(frozen=True)
class ReleaseAsked(Message):
    """To every coordinator: what would go to whom; what is not sent is not told."""

    as_at: dtm.datetime
    lines: tuple[ReleaseLine, ...]
    ended: tuple[EndedReport, ...] = ()

    def rows(self) -> Rows:
        """Send all that waits, look at each, or put it off."""
        waiting = sum(line.stand is ReleaseStand.WAITING for line in self.lines)
        if not waiting:
            return ()
        each, none = Button("release_each", "release.each"), Button("release_none", "release.none")
        return ((Button("release_all", "release.all", (), {"count": waiting}),), (each, none))


@dataclass(frozen=True)
class ReleaseItem(Message):
    """One of them, with what was done about it below."""

    as_at: dtm.datetime
    line: ReleaseLine
    position: int
    count: int

    def rows(self) -> Rows:
        """Send it or put it off; back to the list."""
        which = (self.line.obligation_id,)
        return (
            (
                Button("release_send", "release.send", which),
                Button("release_hold", "release.hold", which),
            ),
            (Button("release_list", "release.list"),),
        )


@dataclass(frozen=True)
class ReleaseOver(Message):
    """To whoever decides on what is settled: the report came in, or it was decided before.

    Nothing was sent by this press.
    """

    name: str
    ended: EndedReport | None = None
    stand: ReleaseStand | None = None
